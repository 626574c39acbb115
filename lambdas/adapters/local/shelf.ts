import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReleaseId } from '#core/domain/ids.ts';
import type { Shelf } from '#core/ports.ts';
import { placeFolder, standingFolders } from './whole-folder.ts';

/** Thrown when a release or one of its files has a name that no file can bear. */
class ShelfError extends Error {
  override name = 'ShelfError';
}

const safeName = (name: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name);

const absent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The published shelf at home, `<data>/shelf/<release id>/<file>`. A release's folder appears whole or not at all, and never changes. */
export function localShelf(dataDir: string): Shelf {
  const root = join(dataDir, 'shelf');
  return {
    async place({ id }, files) {
      if (![id, ...files.keys()].every(safeName)) throw new ShelfError('a name that is no file name');
      await placeFolder(join(root, id), files);
    },
    async read(key) {
      const names = key.split('/');
      if (names.length !== 2 || !names.every(safeName)) return undefined;
      try {
        return new Uint8Array(await readFile(join(root, ...names)));
      } catch (error) {
        if (absent(error)) return undefined;
        throw error;
      }
    },
    async releases() {
      const ids = (await standingFolders(root)).filter(safeName);
      return Promise.all(
        ids.map(async (id) => ({ id: id as ReleaseId, files: (await readdir(join(root, id))).sort() })),
      );
    },
  };
}
