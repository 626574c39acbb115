/**
 * Agency files on disk: `<data>/drop/foia/<file>` is where a person drops them, `<data>/drop/orders/` where the pages put what a person asked for; custody is laid out as
 * `../anywhere/foia-custody.ts` says, under `<data>/`. Everything appears whole or not at all, and is on disk before it is answered.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { S3Event } from 'aws-lambda';
import type { OpenedOriginal } from '#core/domain/foia-custody.ts';
import type { Sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { FoiaFiles } from '#core/ports.ts';
import { foiaCustody, type KeptObjects } from '../anywhere/foia-custody.ts';

/** Thrown when the bytes of a file are not those that were hashed. */
class FoiaFilesError extends Error {
  override name = 'FoiaFilesError';
}

/** The event that S3 would send for a dropped file; the key comes form-encoded, as there. */
export function dropEvent(key: string, size: number, sent?: { readonly sender: string; readonly at: string }): S3Event {
  const encoded = encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
  const record = {
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: { object: { key: encoded, size } },
    ...(sent ? { userIdentity: { principalId: sent.sender }, eventTime: sent.at } : {}),
  };
  return { Records: [record] } as S3Event;
}

const blockBytes = 1 << 20;
const flushBytes = 32 << 20;
const dropFolders = ['foia', 'orders'];

export function foiaFiles(dataDirectory: string): FoiaFiles {
  const place = (key: string) => join(dataDirectory, ...key.split('/'));
  /** A dropped file by its key `<drop>/<file>`; nothing outside the drop folders can be named. */
  const droppedPath = (key: string): string => {
    const [folder = '', name, more] = key.split('/');
    invariant(dropFolders.includes(folder) && name && more === undefined, 'a dropped file has the key <drop>/<file>');
    invariant(name !== '.' && name !== '..' && !/[\\\0]/.test(name), 'a dropped file has a plain name');
    return join(dataDirectory, 'drop', folder, name);
  };

  return foiaCustody(keptFiles(place), {
    open: async (key) => opened(droppedPath(key)),

    openKept: (file) => opened(place(`foia/${file}/original`)),

    async take(original, known) {
      const pieces = 'key' in original ? piecesOf(droppedPath(original.key)) : original.read();
      const { file, path, sha256 } = await drafted(place('foia'), pieces);
      const taken = {
        sha256,
        ...(await readable(file)),
        async place(key: string) {
          await file.sync();
          await mkdir(dirname(place(key)), { recursive: true });
          await rename(path, place(key));
          await settle(dirname(place(key)));
        },
        async close() {
          await file.close();
          await rm(path, { force: true });
        },
      };
      if (known === undefined || sha256 === known) return taken;
      await taken.close();
      throw new FoiaFilesError('the file is another than was hashed');
    },

    async order(order) {
      await writeWhole(join(dataDirectory, 'drop', 'orders', `${order.id}.json`), Buffer.from(JSON.stringify(order)));
    },
  });
}

/** A dropped file from its beginning to its end, in pieces that hold until the next but one is asked for; throws when somebody wrote to it meanwhile. */
async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const before = await file.stat();
    // One is being written and one hashed while the third is filled.
    const blocks = Array.from({ length: 3 }, () => Buffer.allocUnsafeSlow(blockBytes));
    const ask = (at: number, turn: number) => {
      const asked = file.read(blocks[turn % 3] ?? Buffer.alloc(0), 0, blockBytes, at);
      asked.catch(() => undefined);
      return asked;
    };
    let at = 0;
    for (let turn = 0, next = ask(0, turn); ; ) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) break;
      at += bytesRead;
      turn += 1;
      next = ask(at, turn);
      yield buffer.subarray(0, bytesRead);
    }
    const after = await file.stat();
    if (at !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs)
      throw new FoiaFilesError('the dropped file changed while it was kept');
  } finally {
    await file.close();
  }
}

type Draft = { readonly file: FileHandle; readonly path: string; readonly sha256: Sha256 };

/** Copies a file under a name that nobody looks at, and hashes what it copies. */
async function drafted(folder: string, pieces: AsyncIterable<Uint8Array>): Promise<Draft> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}.tmp`);
  const file = await open(path, 'wx+', 0o600);
  try {
    const hash = createHash('sha256');
    let written = Promise.resolve();
    let flushed = Promise.resolve();
    let size = 0;
    // A piece is written while the next is hashed, and a large file goes to the disk while it grows: the last flush has little left to do.
    for await (const bytes of pieces) {
      hash.update(bytes);
      await written;
      written = unheard(file.writeFile(bytes));
      const before = size;
      size += bytes.length;
      if (Math.floor(size / flushBytes) === Math.floor(before / flushBytes)) continue;
      await flushed;
      flushed = unheard(file.datasync());
    }
    await written;
    await flushed;
    return { file, path, sha256: hash.digest('hex') as Sha256 };
  } catch (cause) {
    await file.close();
    await rm(path, { force: true });
    throw cause;
  }
}

async function opened(path: string): Promise<OpenedOriginal> {
  const file = await open(path, 'r');
  return { ...(await readable(file)), close: () => file.close() };
}

async function readable(file: FileHandle): Promise<Pick<OpenedOriginal, 'content'>> {
  const { size } = await file.stat();
  return {
    content: {
      size,
      async read(offset, length) {
        const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      },
    },
  };
}

const codeOf = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined);
async function unlessAbsent<Value>(found: Promise<Value>): Promise<Value | undefined> {
  return found.catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw cause;
  });
}

/** Files as objects by key. */
function keptFiles(place: (key: string) => string): KeptObjects {
  const get = (key: string) => unlessAbsent(readFile(place(key)));
  return {
    get,
    async putIfAbsent(key, bytes) {
      const standing = await get(key);
      if (standing) return standing;
      const draft = `${place(key)}.${randomUUID()}.tmp`;
      await writeWhole(draft, bytes);
      try {
        await link(draft, place(key));
        await settle(dirname(place(key)));
        return undefined;
      } catch (cause) {
        if (codeOf(cause) !== 'EEXIST') throw cause;
        return await readFile(place(key));
      } finally {
        await rm(draft, { force: true });
      }
    },
    put: (key, bytes) => writeWhole(place(key), bytes),
    async list(prefix, folders) {
      const entries = (await unlessAbsent(readdir(place(prefix), { withFileTypes: true }))) ?? [];
      const found = entries.filter((entry) => (folders ? entry.isDirectory() : !entry.name.endsWith('.tmp')));
      return found.map(({ name }) => `${prefix}${name}${folders ? '/' : ''}`).sort();
    },
  };
}

async function settle(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  await opened.sync().finally(() => opened.close());
}

/** What is awaited later: that it fails before then is no fault of its own. */
function unheard(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await settle(dirname(path));
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
}
