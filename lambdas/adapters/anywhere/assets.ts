import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import type { Assets } from '#core/ports.ts';

/** Thrown when a file that ships with the program is not there. */
class AssetError extends Error {
  override name = 'AssetError';
}

/** Reads the files that ship with the program under `root`, the root of the repository or of the bundle. A path that leaves the root is a fault. */
export function assets(root: string): Assets {
  const at = (path: string): string => {
    const inside = normalize(path);
    if (isAbsolute(inside) || inside.startsWith('..')) throw new AssetError('an asset lies inside the program');
    return join(root, inside);
  };
  const read = async (path: string): Promise<Buffer> => {
    const file = at(path);
    try {
      return await readFile(file);
    } catch (cause) {
      throw new AssetError(`cannot read ${path}`, { cause });
    }
  };
  return {
    text: async (path) => (await read(path)).toString('utf8'),
    bytes: async (path) => new Uint8Array(await read(path)),
    async list(folder) {
      const inside = at(folder);
      try {
        return (await readdir(inside)).sort();
      } catch (cause) {
        throw new AssetError(`cannot list ${folder}`, { cause });
      }
    },
  };
}
