import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lakeObject, mustStandAs, nameIn } from '#core/lake/lake-object.ts';
import type { Lake } from '#core/ports.ts';

/**
 * The lake in files under a directory. A file appears whole (temporary name, flush, rename) and is read-only from then on; writing the same rows again answers
 * as the first time. Throws LakeError when other rows stand under the key.
 */
export function localLake(directory: string): Lake {
  return {
    async newest(table) {
      const files = await filesUnder(join(directory, table));
      return files
        .filter((file) => file.endsWith('.parquet'))
        .sort()
        .map(nameIn)
        .at(-1);
    },

    async append(table, at, rows) {
      const made = lakeObject(table, at, rows);
      const path = join(directory, made.written.key);
      const standing = await readIfThere(path);
      if (standing) mustStandAs(made, standing);
      else await writeWhole(path, made.bytes);
      return made.written;
    },
  };
}

const isMissing = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

async function filesUnder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

let temporaries = 0;

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  temporaries += 1;
  const temporary = `${path}.${process.pid}-${temporaries}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o400);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  const parent = await open(folder, 'r');
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}
