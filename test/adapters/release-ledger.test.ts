import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileReleaseLedger } from '#adapters/local/release-ledger.ts';
import { ledgerEntry, releaseLedgerContract } from './release-ledger.contract.ts';

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'release-ledger-'));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

releaseLedgerContract('local', () => fileReleaseLedger(folder()));

describe('the ledger on disk', () => {
  it('is readable by its owner only and leaves no drafts', async () => {
    const at = join(folder(), 'ledger');
    const ledger = await fileReleaseLedger(at);
    await ledger.append(ledgerEntry(1));
    expect(readdirSync(at)).toEqual(['000001.json', 'sealed']);
    expect(readdirSync(join(at, 'sealed'))).toEqual([`${ledgerEntry(1).evidence}.json`]);
    expect(statSync(join(at, '000001.json')).mode & 0o777).toBe(0o600);
  });

  it('names a torn file and writes nothing beside it', async () => {
    const at = folder();
    const ledger = await fileReleaseLedger(at);
    const first = ledgerEntry(1);
    await ledger.append(first);
    writeFileSync(join(at, '000001.json'), '{"seq":1,');
    await expect(ledger.entries()).rejects.toThrow('000001.json is torn');
    await expect(ledger.append(ledgerEntry(2, first.hash))).rejects.toThrow('000001.json is torn');
    expect(readdirSync(at)).toEqual(['000001.json', 'sealed']);
  });

  it('names a missing file', async () => {
    const at = folder();
    const ledger = await fileReleaseLedger(at);
    const first = ledgerEntry(1);
    await ledger.append(first);
    await ledger.append(ledgerEntry(2, first.hash));
    rmSync(join(at, '000001.json'));
    await expect(ledger.entries()).rejects.toThrow('000001.json is missing');
  });
});
