import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReleaseId } from '#core/domain/ids.ts';
import type { Shelf } from '#core/ports.ts';

/** Thrown when a release would be changed after it was published. */
class ShelfError extends Error {
  override name = 'ShelfError';
}

const safeName = (name: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name);

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const absent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The published shelf at home, `<data>/shelf/<release id>/<file>`. A release's folder appears whole or not at all, and never changes. */
export function localShelf(dataDir: string): Shelf {
  const root = join(dataDir, 'shelf');
  const filesOf = async (id: string): Promise<readonly string[] | undefined> => {
    try {
      return (await readdir(join(root, id))).sort();
    } catch (error) {
      if (absent(error)) return undefined;
      throw error;
    }
  };
  const mustEqual = async (id: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> => {
    const standing = await filesOf(id);
    const same =
      standing?.join('/') === [...files.keys()].sort().join('/') &&
      (
        await Promise.all(
          [...files].map(async ([name, bytes]) => Buffer.compare(await readFile(join(root, id, name)), bytes) === 0),
        )
      ).every(Boolean);
    if (!same) throw new ShelfError(`release ${id} is published with other content`);
  };
  return {
    async place(release, files) {
      const id = release.id;
      if (!safeName(id) || ![...files.keys()].every(safeName)) throw new ShelfError('a name that is no file name');
      if (await filesOf(id)) return mustEqual(id, files);
      const staging = join(root, '.staging', id);
      await rm(staging, { recursive: true, force: true });
      await mkdir(staging, { recursive: true });
      for (const [name, bytes] of files) await writeDurably(join(staging, name), bytes);
      await syncFolder(staging);
      await rename(staging, join(root, id));
      await syncFolder(root);
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
      const ids = ((await filesOf('.')) ?? []).filter(safeName);
      return Promise.all(ids.map(async (id) => ({ id: id as ReleaseId, files: (await filesOf(id)) ?? [] })));
    },
  };
}
