import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

it('a file that changes while it is kept is not kept', async () => {
  const { files, drop, original } = await home();
  const key = await drop('a.csv', Buffer.from('other bytes'));
  const at = '2026-03-02T17:00:00.000Z' as Instant;
  const hash = sha256('the bytes that were hashed');
  await expect(
    files.keep({ sha256: hash, arrival: { name: 'a.csv', sender: 'x', at }, original: { key } }),
  ).rejects.toThrow('changed while it was kept');
  await expect(original(hash)).rejects.toThrow();
});
