import { join } from 'node:path';
import type { ExhibitId } from '#core/domain/ids.ts';
import type { SealedBundles } from '#core/ports.ts';
import { placeFolder, standingFolders } from './whole-folder.ts';

/** Sealed bundles as folders under `<data>/sealed`, each complete or absent and never written again. */
export function sealedBundles(dataDir: string): SealedBundles {
  const root = join(dataDir, 'sealed');
  return {
    place: async (exhibit, files) => {
      const path = join(root, exhibit);
      await placeFolder(path, files);
      return { path };
    },
    list: async () => (await standingFolders(root)) as ExhibitId[],
  };
}
