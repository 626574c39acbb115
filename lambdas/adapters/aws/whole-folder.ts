/**
 * Folders of a bucket that appear complete or not at all, and never change afterwards. The files are written first, then `.index/<folder>.json` with their names and hashes, once: what has
 * no index is not there. Names that begin with a dot are refused, so no file can pass for an index.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { sha256 } from '#core/domain/ids.ts';
import { inChunks } from './in-chunks.ts';
import { equalBytes, type ObjectDetails, type Objects, objects } from './objects.ts';

/** Thrown when a folder stands already with other content, or a name is no file name. */
class FolderError extends Error {
  override name = 'FolderError';
}

const indexFile = z.record(z.string(), z.string());
const prefix = '.index/';
const indexKey = (folder: string): string => `${prefix}${folder}.json`;
const isFileName = (name: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name);
const filesAtATime = 8;

export type WholeFolders = {
  place(
    folder: string,
    files: ReadonlyMap<string, Uint8Array>,
    details: (file: string) => ObjectDetails,
  ): Promise<void>;
  read(folder: string, file: string): Promise<Uint8Array | undefined>;
  /** Names of the files, in order; undefined while the folder is not complete. */
  files(folder: string): Promise<readonly string[] | undefined>;
  folders(): Promise<readonly string[]>;
};

export function wholeFolders(client: S3Client, bucket: string): WholeFolders {
  const there: Objects = objects(client, bucket);
  /** An index never changes, so one that was read once need not be read again. */
  const known = new Map<string, readonly string[]>();

  async function standingFiles(folder: string): Promise<readonly string[] | undefined> {
    const remembered = known.get(folder);
    if (remembered) return remembered;
    const index = await there.get(indexKey(folder));
    if (!index) return undefined;
    const files = Object.keys(indexFile.parse(JSON.parse(Buffer.from(index).toString('utf8')))).sort();
    known.set(folder, files);
    return files;
  }

  return {
    files: standingFiles,
    async place(folder, files, details) {
      if (!isFileName(folder) || ![...files.keys()].every(isFileName))
        throw new FolderError('a name that is no file name');
      const hashes = [...files]
        .map(([name, bytes]) => [name, sha256(bytes)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const index = Buffer.from(`${JSON.stringify(Object.fromEntries(hashes))}\n`);
      const mustBe = (standing: Uint8Array) => {
        if (!equalBytes(standing, index)) throw new FolderError(`${folder} stands with other content`);
      };
      const standing = await there.get(indexKey(folder));
      if (standing) {
        mustBe(standing);
        return;
      }
      await inChunks([...files], filesAtATime, async ([name, bytes]) => {
        const key = `${folder}/${name}`;
        const left = await there.putIfAbsent(key, bytes, details(name));
        // Left by a run that did not end; nobody has seen it.
        if (left && !equalBytes(left, bytes)) await there.put(key, bytes, details(name));
      });
      const first = await there.putIfAbsent(indexKey(folder), index, { ContentType: 'application/json' });
      if (first) mustBe(first);
    },
    async read(folder, file) {
      if (!isFileName(folder) || !isFileName(file)) return undefined;
      return (await standingFiles(folder))?.includes(file) ? there.get(`${folder}/${file}`) : undefined;
    },
    async folders() {
      return (await there.list(prefix)).map((key) => key.slice(prefix.length, -'.json'.length));
    },
  };
}
