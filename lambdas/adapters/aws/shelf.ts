import { extname } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ReleaseId } from '#core/domain/ids.ts';
import type { Shelf } from '#core/ports.ts';
import { wholeFolders } from './whole-folder.ts';

/** What a browser is told of a file; what is not listed is handed out as bytes. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.pdf': 'application/pdf',
  '.svg': 'image/svg+xml',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.geojson': 'application/geo+json',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};
const typeOf = (name: string): string => types[extname(name)] ?? 'application/octet-stream';

/** The published shelf in a bucket, `<release id>/<file>`: a release is there whole or not at all, and never changes. */
export function shelf(client: S3Client, bucket: string): Shelf {
  const folders = wholeFolders(client, bucket);
  return {
    place: (release, files) =>
      folders.place(release.id, files, (name) => ({
        ContentType: typeOf(name),
        CacheControl: 'public, max-age=31536000, immutable',
      })),
    async read(key) {
      const [folder = '', file = '', more] = key.split('/');
      return more === undefined ? folders.read(folder, file) : undefined;
    },
    async releases() {
      const ids = await folders.folders();
      return Promise.all(ids.map(async (id) => ({ id: id as ReleaseId, files: (await folders.files(id)) ?? [] })));
    },
  };
}
