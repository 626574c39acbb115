import { StoreLayoutError } from '#adapters/local/store.ts';
import { PortTakenError } from './http-host.ts';
import { StartError } from './start-error.ts';

const byCode: Readonly<Record<string, string>> = {
  EROFS: 'the disk of the data folder is read-only; choose another --data',
  EACCES: 'the data folder cannot be written by this user; choose another --data',
  EPERM: 'the data folder cannot be written by this user; choose another --data',
  ENOENT: 'the data folder cannot be made there (a read-only disk?); choose another --data',
  ENOSPC: 'the disk of the data folder is full',
  ENOTDIR: 'the data folder is not a folder; choose another --data',
  EEXIST: 'the data folder is not a folder; choose another --data',
};

function codeOf(cause: unknown): string | undefined {
  for (let at = cause; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return undefined;
}

/** One line for a person about what stopped the start: what is wrong and what to do, without a stack. */
export function explain(cause: unknown): string {
  if (cause instanceof StartError) return cause.message;
  if (cause instanceof PortTakenError)
    return `port ${cause.message} is taken by another program; choose another with --port`;
  if (cause instanceof StoreLayoutError)
    return 'the data folder was kept by another version of this program; start it with that version, or choose another --data';
  // The store names its faults by the words of the system.
  if (cause instanceof Error && /no space left on device|disk full/i.test(cause.message)) return byCode['ENOSPC'] ?? '';
  const known = byCode[codeOf(cause) ?? ''];
  if (known) return known;
  const [where] =
    cause instanceof Error ? (cause.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at ')) : [];
  return `the city stopped on a fault: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown'}${where ? `\n  ${where.trim()}` : ''}`;
}
