import { randomBytes } from 'node:crypto';
import { keptFile } from './kept-file.ts';

/** A random secret of 256 bits as hex, made at first use and kept in a file of mode 0600. Throws when the file holds anything else. */
export function secretKey(path: string): string {
  const key = keptFile(path, () => `${randomBytes(32).toString('hex')}\n`).trim();
  if (!/^[0-9a-f]{64}$/.test(key)) throw new Error(`${path} is not the secret that was written there`);
  return key;
}
