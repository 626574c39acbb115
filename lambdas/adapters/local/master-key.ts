import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '#core/domain/ids.ts';
import type { LocalStore } from './store.ts';

/** The key that wraps all data keys: 32 random bytes in `<data>/master.key`, mode 0600, made once. Throws when the file does not belong to the store, for then nothing sealed could be opened. */
export async function masterKey(dataDir: string, store: LocalStore): Promise<KeyObject> {
  const path = join(dataDir, 'master.key');
  const known = store.meta.get('master-key');
  if (known === undefined) makeKeyFile(path);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new Error('the master key file of this data directory cannot be read', { cause });
  }
  const print = sha256(Buffer.concat([Buffer.from('master-key'), bytes]));
  if (bytes.length !== 32 || (known !== undefined && known !== print))
    throw new Error('the master key file does not belong to the store of this data directory');
  if (known === undefined) await store.meta.put('master-key', print);
  return createSecretKey(bytes);
}

/** The file appears whole or not at all: a kill in between leaves no empty key behind. */
function makeKeyFile(path: string): void {
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, randomBytes(32));
    fsyncSync(file);
    linkSync(draft, path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
}
