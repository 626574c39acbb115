import type { S3Client } from '@aws-sdk/client-s3';
import type { ExhibitId } from '#core/domain/ids.ts';
import type { SealedBundles } from '#core/ports.ts';
import { wholeFolders } from './whole-folder.ts';

/** Sealed bundles in a bucket whose Object Lock keeps every version for years. A bundle is complete once its index stands. */
export function sealedBundles(client: S3Client, bucket: string): SealedBundles {
  const folders = wholeFolders(client, bucket);
  return {
    async place(exhibit, files) {
      await folders.place(exhibit, files, () => ({}));
      return { path: `s3://${bucket}/${exhibit}` };
    },
    list: async () => (await folders.folders()) as ExhibitId[],
  };
}
