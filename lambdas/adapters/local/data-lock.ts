/**
 * One process at a time on a data directory. The lock is a file that names its holder; a holder that is dead (also after a kill -9) loses it to the next.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type DataLock =
  | { readonly held: true; release(): void }
  /** Another living process works on this directory. */
  | { readonly held: false; readonly pid: number };

type Holder = { readonly pid: number; readonly started: string; readonly token: string };

const codeOf = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined);

/** When a process began, as the kernel counts it; empty where there is no such count. A process id alone is used again, after a restart soonest of all. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
    return `${boot}:${fields[19]}`;
  } catch {
    return '';
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (codeOf(cause) !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return started === '' || now === '' || now === started;
}

function readHolder(path: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const whole = typeof holder === 'object' && holder !== null && 'pid' in holder && typeof holder.pid === 'number';
    return whole ? (holder as Holder) : { pid: 0, started: '', token: '' };
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    if (cause instanceof SyntaxError) return { pid: 0, started: '', token: '' };
    throw cause;
  }
}

/** Takes the dead holder's file away, unless someone else has taken it over in between. */
function clearStale(path: string, dead: Holder): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return;
    throw cause;
  }
  const moved = readHolder(aside);
  if (moved && moved.token !== dead.token) {
    try {
      linkSync(aside, path);
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw cause;
    }
  }
  rmSync(aside, { force: true });
}

/** Takes the lock of a data directory (made when absent), or says who has it. Throws only when the directory cannot be written. */
export function lockData(dataDir: string): DataLock {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'lock');
  const mine: Holder = { pid: process.pid, started: startOf(process.pid), token: randomUUID() };
  const draft = `${path}.${mine.token}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (;;) {
      try {
        // A link appears with its content or not at all, so no one ever reads half a lock.
        linkSync(draft, path);
        return {
          held: true,
          release: () => {
            if (readHolder(path)?.token === mine.token) rmSync(path, { force: true });
          },
        };
      } catch (cause) {
        if (codeOf(cause) !== 'EEXIST') throw cause;
      }
      const holder = readHolder(path);
      if (holder === undefined) continue;
      if (holder.pid !== 0 && isAlive(holder)) return { held: false, pid: holder.pid };
      clearStale(path, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}
