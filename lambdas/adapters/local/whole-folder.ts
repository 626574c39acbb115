/** Folders that appear complete or not at all, and never change afterwards. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Thrown when a folder stands already with other content: what was published or sealed once is never replaced. */
class FolderStandsError extends Error {
  override name = 'FolderStandsError';
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644);
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

async function equals(path: string, files: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
  const names = await readdir(path);
  if (names.length !== files.size) return false;
  for (const [name, bytes] of files) {
    if (!names.includes(name)) return false;
    const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
    if (hash(await readFile(join(path, name))) !== hash(bytes)) return false;
  }
  return true;
}

/** Writes the files beside the place and moves them there in one step. The same files again are fine; throws FolderStandsError for others. */
export async function placeFolder(path: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  if (existsSync(path)) {
    if (await equals(path, files)) return;
    throw new FolderStandsError('the folder stands with other content');
  }
  const parent = dirname(path);
  await mkdir(parent, { recursive: true });
  // A name of its own for each try: two who place the same at once do not write into each other's stage.
  const stage = join(parent, '.staging', `${basename(path)}-${randomUUID()}`);
  await mkdir(stage, { recursive: true });
  try {
    for (const [name, bytes] of files) await writeDurably(join(stage, name), bytes);
    await syncFolder(stage);
    await rename(stage, path);
    await syncFolder(parent);
  } catch (cause) {
    await rm(stage, { recursive: true, force: true });
    // Another process placed the folder in between; the same content is as good.
    if (existsSync(path) && (await equals(path, files))) return;
    throw cause;
  }
}

/** The folders that stand, stages left by a crash excluded. */
export async function standingFolders(parent: string): Promise<string[]> {
  if (!existsSync(parent)) return [];
  const entries = await readdir(parent, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}
