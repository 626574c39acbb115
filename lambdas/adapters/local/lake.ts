import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import { parquetOf } from '#core/lake/parquet.ts';
import type { LakeRow, LakeTableName } from '#core/lake/tables.ts';
import type { Lake } from '#core/ports.ts';

/** Thrown when an object of the lake would be replaced by another: the same key always holds the same bytes. */
class LakeError extends Error {
  override name = 'LakeError';
}

/**
 * The lake under `<directory>/<table>/recorded_month=YYYY-MM/<name>.parquet`. A file appears whole (temporary name, flush, rename) and is read-only from then on;
 * writing the same rows again answers as the first time. Throws LakeError when other rows stand under the key.
 */
export function localLake(directory: string): Lake {
  return {
    async append<Table extends LakeTableName>(
      table: Table,
      at: { readonly partition: string; readonly name: string },
      rows: readonly LakeRow<Table>[],
    ) {
      invariant(/^\d{4}-\d\d$/.test(at.partition), 'a partition of the lake is a month');
      invariant(/^[A-Za-z0-9][A-Za-z0-9-]{0,199}$/.test(at.name), 'an object of the lake has a plain name');
      const key = `${table}/recorded_month=${at.partition}/${at.name}.parquet`;
      const bytes = parquetOf(table, rows);
      const written = { key, sha256: sha256(bytes), bytes: bytes.length };
      const path = join(directory, key);
      const standing = await readIfThere(path);
      if (standing) {
        if (sha256(standing) !== written.sha256) throw new LakeError(`${key} stands with other content`);
        return written;
      }
      await writeWhole(path, bytes);
      return written;
    },
  };
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
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
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(temporary, 0o444);
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
