/**
 * Agency files on disk: `<data>/drop/foia/<file>` is where a person drops them, `<data>/drop/orders/` where the pages put what a person asked for; custody is laid out as
 * `../anywhere/foia-custody.ts` says, under `<data>/`. Everything appears whole or not at all, and is on disk before it is answered.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { S3Event } from 'aws-lambda';
import { invariant } from '#core/domain/invariant.ts';
import type { RandomAccess } from '#core/domain/random-access.ts';
import type { FoiaFiles, FoiaOriginal } from '#core/ports.ts';
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
  const bytesOf = (original: FoiaOriginal): AsyncIterable<Uint8Array> =>
    'key' in original ? createReadStream(droppedPath(original.key), { highWaterMark: blockBytes }) : original.read();

  return foiaCustody(keptFiles(place), {
    async open(key) {
      const path = droppedPath(key);
      return { name: basename(path), ...(await opened(path)) };
    },

    openKept: (file) => opened(place(`foia/${file}/original`)),

    async keepOriginal(key, file, original) {
      const hash = createHash('sha256');
      await writeWhole(place(key), async function* () {
        for await (const bytes of bytesOf(original)) {
          hash.update(bytes);
          yield bytes;
        }
        if (hash.digest('hex') !== file) throw new FoiaFilesError('the dropped file changed while it was kept');
      });
    },

    async order(order) {
      const bytes = Buffer.from(JSON.stringify(order));
      await writeWhole(join(dataDirectory, 'drop', 'orders', `${order.id}.json`), () => [bytes]);
    },
  });
}

async function opened(path: string): Promise<{ readonly content: RandomAccess; close(): Promise<void> }> {
  const file = await open(path, 'r');
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
    close: () => file.close(),
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
      await writeWhole(draft, () => [bytes]);
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
    put: (key, bytes) => writeWhole(place(key), () => [bytes]),
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

async function writeWhole(path: string, pieces: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      let written = Promise.resolve();
      let flushed = Promise.resolve();
      let flushedAt = 0;
      let size = 0;
      // A piece is written while the next is fetched, and a large file goes to the disk while it grows: the last flush has little left to do.
      for await (const bytes of pieces()) {
        await written;
        written = unheard(file.writeFile(bytes));
        size += bytes.length;
        if (size - flushedAt < flushBytes) continue;
        flushedAt = size;
        await flushed;
        flushed = unheard(file.datasync());
      }
      await written;
      await flushed;
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
