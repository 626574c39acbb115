import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileReleaseLedger } from '#adapters/local/release-ledger.ts';
import { localShelf } from '#adapters/local/shelf.ts';
import { exhibitEntry } from '#core/disclosure/exhibit-entry.ts';
import { type Released, release, reopen } from '#core/disclosure/release.ts';
import { type ExhibitId, sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { weekPlus } from '#core/domain/week.ts';
import { showEntries } from '../../bin/ledger/show-entries.ts';
import { verifyLedger } from '../../bin/ledger/verify-ledger.ts';
import { byAgency, firstWeek, inventedCity, rawCounts, requestOf } from '../core/disclosure/fixture.ts';

const city = inventedCity(3, 9);
const table = (at: number, small: number) =>
  rawCounts(byAgency, weekPlus(firstWeek, at), weekPlus(firstWeek, at + 3), [
    ...['ICE', 'CBP', 'other_federal', 'several', 'unverified'].flatMap((agency, a) =>
      ['arrest', 'detention', 'stop', 'presence', 'other', 'unknown'].map(
        (activity, b) => [agency, activity, a === 0 && b === 2 ? small : 20 + 7 * a + 5 * b] as const,
      ),
    ),
  ]);

/** Two releases and an exhibit of the first, as they lie on disk. */
async function keptLedger(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'ledger-'));
  const ledger = await fileReleaseLedger(join(data, 'ledger'));
  const shelf = localShelf(data);
  const place = (released: Released) =>
    shelf.place(
      released,
      new Map([['datapackage.json', new TextEncoder().encode(JSON.stringify({ id: released.ledger.hash }))]]),
    );
  for (const at of [3, 7]) {
    const entries = await ledger.entries();
    const decided = release(requestOf(city, weekPlus(firstWeek, at), [table(at - 3, 4)], entries));
    if (!decided.ok) throw new Error(decided.problem.detail);
    await ledger.append(decided.value.entry, decided.value.certificate);
    await place(reopen(decided.value.entry, entries.at(-1)?.hash));
  }
  const exhibit = {
    exhibit: 'exh_1' as ExhibitId,
    seq: 1,
    query: byAgency.name,
    approvedAt: '2024-06-01T00:00:00.000Z' as Instant,
    code: sha256('test'),
  };
  await ledger.append(exhibitEntry(await ledger.records(), exhibit));
  return data;
}

let data = '';
beforeEach(async () => {
  if (data) rmSync(data, { recursive: true });
  data = await keptLedger();
});

async function verify(): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const ledger = await fileReleaseLedger(join(data, 'ledger'));
  const code = await verifyLedger(ledger, localShelf(data), (line) => said.push(line));
  return { code, said: said.join('\n') };
}
const change = (file: string, edit: (text: string) => string) =>
  writeFileSync(join(data, 'ledger', file), edit(readFileSync(join(data, 'ledger', file), 'utf8')));
const sealedHolding = (word: string) =>
  `sealed/${readdirSync(join(data, 'ledger/sealed')).find((name) => readFileSync(join(data, 'ledger/sealed', name), 'utf8').includes(word))}`;

describe('the ledger as it lies on disk', () => {
  it('is verified with its exhibits and its certificates', async () => {
    const { code, said } = await verify();
    expect(said).toContain('nothing was changed');
    expect(said).toMatch(/[1-9]\d* verdicts proven safe/);
    expect(code).toBe(0);
  });

  it('is told in words, each entry', async () => {
    const said: string[] = [];
    const records = await (await fileReleaseLedger(join(data, 'ledger'))).records();
    expect(showEntries(records, undefined, (line) => said.push(line))).toBe(0);
    expect(said.join('\n')).toContain('nothing that was not shown before');
    expect(showEntries(records, 9, () => undefined)).toBe(2);
  });

  it.each([
    ['a shown number', '000001.json', (text: string) => text.replace(/"count":(\d+)/, '"count":1$1'), 'entry 1'],
    ['the exhibit', '000003.json', (text: string) => text.replace('exh_1', 'exh_2'), 'entry 3'],
    [
      'the code that decided',
      '000002.json',
      (text: string) => text.replace(sha256('test'), sha256('other')),
      'entry 2',
    ],
  ])('finds out that %s was changed', async (_, file, edit, named) => {
    change(file, edit);
    const { code, said } = await verify();
    expect(said).toContain(`${named} of the release ledger was changed`);
    expect(code).toBe(1);
  });

  it('finds out that a sealed count was changed', async () => {
    change(sealedHolding('"heldLate":{"'), (text) => text.replace('"rounds"', '"turns"'));
    expect((await verify()).said).toContain('was changed after it was written');
  });

  it('finds out that a certificate was changed or is gone', async () => {
    const file = sealedHolding('"attacks"');
    change(file, (text) => text.replace('"safe"', '"exact"'));
    expect((await verify()).said).toContain('the certificate of entry');
    rmSync(join(data, 'ledger', file));
    expect(await verify()).toMatchObject({
      code: 1,
      said: expect.stringMatching(/certificate of entry \d is missing/),
    });
  });

  it('finds out by the shelf that the end of the ledger was cut off', async () => {
    rmSync(join(data, 'ledger/000003.json'));
    rmSync(join(data, 'ledger/000002.json'));
    const { code, said } = await verify();
    expect(said).toContain('the ledger was cut off');
    expect(code).toBe(1);
  });

  it('names a file that is missing or torn', async () => {
    change('000002.json', (text) => text.slice(0, 40));
    await expect(verify()).rejects.toThrow('000002.json is torn');
    rmSync(join(data, 'ledger/000002.json'));
    await expect(verify()).rejects.toThrow('000002.json is missing');
  });
});
