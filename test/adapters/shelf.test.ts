import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { localShelf } from '#adapters/local/shelf.ts';
import { fixtureReleased } from '../fixtures/released.ts';
import { shelfContract } from './shelf.contract.ts';

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'shelf-'));
  folders.push(made);
  return made;
}
afterAll(() => Promise.all(folders.map((made) => rm(made, { recursive: true }))));

describe('the local shelf', () => {
  shelfContract(async () => localShelf(await folder()));

  it('finishes a release whose first run died half way, and shows none of the half', async () => {
    const data = await folder();
    const { released } = fixtureReleased({ weeks: 4 });
    await mkdir(join(data, 'shelf', '.staging', released.id), { recursive: true });
    await writeFile(join(data, 'shelf', '.staging', released.id, 'half.html'), 'half');
    const shelf = localShelf(data);
    expect(await shelf.releases()).toEqual([]);
    await shelf.place(released, new Map([['briefing.html', new Uint8Array([1])]]));
    expect(await readdir(join(data, 'shelf', released.id))).toEqual(['briefing.html']);
  });
});
