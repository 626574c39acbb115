/**
 * Agency files on disk: `<data>/drop/foia/<file>` is where a person drops them; `<data>/foia/<sha256>/` keeps the `original`, `names.json` (names in order of arrival,
 * and when the first came), `custody.json` and `quarantine-N.ndjson`. Everything appears whole or not at all, and is on disk before it is answered.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { S3Event } from 'aws-lambda';
import * as z from 'zod';
import type { Sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { FoiaCustody, FoiaFiles } from '#core/ports.ts';

/** Thrown when what stands in the custody folder is not what was put there. */
class FoiaFilesError extends Error {
  override name = 'FoiaFilesError';
}

const instant = z.string().transform((text, context): Instant => {
  const at = instantOf(text);
  if (at) return at;
  context.addIssue('not an instant');
  return z.NEVER;
});
const namesFile = z.strictObject({ receivedAt: instant, names: z.array(z.string()).min(1) });
type Names = z.infer<typeof namesFile>;

/** The event that S3 would send for a dropped file; the key comes form-encoded, as there. */
export function dropEvent(key: string, size: number): S3Event {
  const encoded = encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
  const record = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { object: { key: encoded, size } } };
  return { Records: [record] } as S3Event;
}

export function foiaFiles(dataDirectory: string): FoiaFiles {
  const folderOf = (sha256: string) => join(dataDirectory, 'foia', sha256);

  const readCustody = async (folder: string, names: Names): Promise<FoiaCustody | undefined> => {
    const text = await textIfThere(join(folder, 'custody.json'));
    // Written by `conclude` below and by nobody else.
    return text === undefined ? undefined : { ...(JSON.parse(text) as FoiaCustody), names: names.names };
  };

  return {
    async open(key) {
      const path = droppedPath(dataDirectory, key);
      const file = await open(path, 'r');
      const { size } = await file.stat();
      return {
        name: basename(path),
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
    },

    async keep({ sha256, name, key, receivedAt }) {
      const folder = folderOf(sha256);
      const standing = await readNames(folder);
      if (!standing) {
        await mkdir(folder, { recursive: true });
        await copyWhole(droppedPath(dataDirectory, key), join(folder, 'original'), sha256);
      }
      const before = standing ?? { receivedAt, names: [] };
      const names = before.names.includes(name) ? before.names.filter((known) => known !== name) : before.names;
      const after: Names = { receivedAt: before.receivedAt, names: [...names, name] };
      await writeWhole(join(folder, 'names.json'), `${JSON.stringify(after)}\n`);
      const custody = await readCustody(folder, after);
      return { receivedAt: after.receivedAt, ...(custody ? { custody } : {}) };
    },

    async conclude(custody) {
      await writeWhole(join(folderOf(custody.sha256), 'custody.json'), `${JSON.stringify(custody, null, 2)}\n`);
    },

    async quarantine(file, part, ndjson) {
      await writeWhole(join(folderOf(file), `quarantine-${part}.ndjson`), ndjson);
    },

    async list() {
      const found: FoiaCustody[] = [];
      for (const sha256 of await namesIn(join(dataDirectory, 'foia'))) {
        const names = await readNames(folderOf(sha256));
        const custody = names && (await readCustody(folderOf(sha256), names));
        if (custody) found.push(custody);
      }
      return found.sort((a, b) =>
        a.receivedAt < b.receivedAt ? 1 : a.receivedAt > b.receivedAt ? -1 : a.sha256 < b.sha256 ? -1 : 1,
      );
    },
  };
}

/** A dropped file by its key `foia/<file>`; nothing outside the drop folder can be named. */
function droppedPath(dataDirectory: string, key: string): string {
  const [folder, name, more] = key.split('/');
  invariant(folder === 'foia' && name && more === undefined, 'a dropped file has the key foia/<file>');
  invariant(name !== '.' && name !== '..' && !/[\\\0]/.test(name), 'a dropped file has a plain name');
  return join(dataDirectory, 'drop', folder, name);
}

async function readNames(folder: string): Promise<Names | undefined> {
  const text = await textIfThere(join(folder, 'names.json'));
  if (text === undefined) return undefined;
  const read = namesFile.safeParse(JSON.parse(text));
  if (!read.success) throw new FoiaFilesError(`${folder}/names.json is not what was written`, { cause: read.error });
  return read.data;
}

const isAbsent = (cause: unknown) => cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';

async function textIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    if (isAbsent(cause)) return undefined;
    throw cause;
  });
}

async function namesIn(folder: string): Promise<readonly Sha256[]> {
  const names = await readdir(folder).catch((cause: unknown): string[] => {
    if (isAbsent(cause)) return [];
    throw cause;
  });
  return names.filter((name): name is Sha256 => /^[0-9a-f]{64}$/.test(name));
}

let temporaries = 0;
const temporaryOf = (path: string) => {
  temporaries += 1;
  return `${path}.${process.pid}-${temporaries}.tmp`;
};

async function settle(temporary: string, path: string): Promise<void> {
  const file = await open(temporary, 'r');
  await file.sync().finally(() => file.close());
  await rename(temporary, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = temporaryOf(path);
  try {
    const file = await open(temporary, 'wx', 0o600);
    await file.writeFile(text).finally(() => file.close());
    await settle(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

async function copyWhole(from: string, path: string, sha256: Sha256): Promise<void> {
  const temporary = temporaryOf(path);
  try {
    await copyFile(from, temporary);
    const hash = createHash('sha256');
    for await (const bytes of createReadStream(temporary)) hash.update(bytes);
    if (hash.digest('hex') !== sha256) throw new FoiaFilesError('the dropped file changed while it was kept');
    await settle(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}
