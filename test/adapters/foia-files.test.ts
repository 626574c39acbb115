import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { dropEvent, foiaFiles } from '#adapters/local/foia-files.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { foiaFilesContract } from './foia-files.contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function home() {
  const data = await mkdtemp(join(tmpdir(), 'foia-files-'));
  folders.push(data);
  await mkdir(join(data, 'drop', 'foia'), { recursive: true });
  return {
    data,
    files: foiaFiles(data),
    again: () => foiaFiles(data),
    drop: async (name: string, bytes: Uint8Array) => {
      await writeFile(join(data, 'drop', 'foia', name), bytes);
      return `foia/${name}`;
    },
    original: (hash: string) => readFile(join(data, 'foia', hash, 'original')),
    quarantined: (hash: string, reading: number, part: number) =>
      readFile(join(data, 'foia', hash, `reading-${reading}/quarantine-${part}.ndjson`), 'utf8'),
  };
}

foiaFilesContract('files', home);

it('a drop is told in the shape of an S3 event, with the key form-encoded', () => {
  const [record] = dropEvent('foia/a b+é.csv', 7).Records;
  expect(record?.s3.object).toMatchObject({ key: 'foia/a+b%2B%C3%A9.csv', size: 7 });
});

it('a file that is not what was hashed, or is written to while it is kept, is not kept and leaves nothing', async () => {
  const { data, files, drop } = await home();
  const at = '2026-03-02T17:00:00.000Z' as Instant;
  const arriving = {
    arrival: { name: 'a.csv', sender: 'x', at },
    original: { key: await drop('a.csv', Buffer.alloc(64 << 20, 'x')) },
  };
  await expect(files.keep({ ...arriving, sha256: sha256('other') })).rejects.toThrow('another than was hashed');
  const keeping = files.keep(arriving);
  const growing = setInterval(() => appendFileSync(join(data, 'drop', 'foia', 'a.csv'), 'y'), 1);
  await expect(keeping.finally(() => clearInterval(growing))).rejects.toThrow('changed while it was kept');
  expect(await readdir(join(data, 'foia'))).toEqual([]);
});

it('the same bytes that came once more leave no second copy', async () => {
  const { data, files, drop } = await home();
  const original = { key: await drop('a.csv', Buffer.from('a,b')) };
  for (const hour of [1, 2]) {
    const at = `2026-03-02T1${hour}:00:00.000Z` as Instant;
    const arrived = await files.keep({ arrival: { name: 'a.csv', sender: 'x', at }, original });
    await arrived.kept;
    await arrived.original.close();
  }
  expect(await readdir(join(data, 'foia'))).toEqual([sha256('a,b')]);
  expect(await readdir(join(data, 'foia', sha256('a,b'), 'arrivals'))).toHaveLength(2);
});
