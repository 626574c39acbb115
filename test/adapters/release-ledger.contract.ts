import { describe, expect, it } from 'vitest';
import { chained, chainFault } from '#core/disclosure/ledger-chain.ts';
import { genesis, type LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import type { ReleaseId, Sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { Week } from '#core/domain/week.ts';
import type { ReleaseLedger } from '#core/ports.ts';

export function ledgerEntry(seq: number, previous: Sha256 = genesis): LedgerEntry {
  const link: Omit<LedgerEntry, 'hash' | 'evidence'> = {
    seq,
    previous,
    channels: ['briefing'],
    code: genesis,
    content: {
      id: `r${seq}` as ReleaseId,
      city: 'anywhere',
      week: '2024-01-01' as Week,
      asOf: '2024-02-01T00:00:00.000Z' as Instant,
      approvedAt: '2024-02-01T00:00:00.000Z' as Instant,
      policy: { version: '1', sha256: genesis },
      software: 'test',
      tables: [],
    },
    sealed: {
      truths: { 'incidents@|district=D%201|2024-01-01..2024-01-01': 3 },
      frames: {},
      verdicts: [],
      heldLate: {},
    },
  };
  return chained(link);
}

/** What every release ledger promises, whatever it stands on. */
export function releaseLedgerContract(home: string, make: () => Promise<ReleaseLedger>): void {
  describe(`release ledger (${home})`, () => {
    it('is empty at first', async () => {
      expect(await (await make()).entries()).toEqual([]);
    });

    it('gives entries back in order, unchanged to the last value', async () => {
      const ledger = await make();
      const first = ledgerEntry(1);
      const second = ledgerEntry(2, first.hash);
      expect(await ledger.append(first)).toBe(true);
      expect(await ledger.append(second)).toBe(true);
      expect(await ledger.entries()).toEqual([first, second]);
      expect(chainFault(await ledger.entries())).toBeUndefined();
    });

    it('takes nothing that does not follow its head', async () => {
      const ledger = await make();
      const first = ledgerEntry(1);
      expect(await ledger.append(ledgerEntry(2, first.hash))).toBe(false);
      await ledger.append(first);
      expect(await ledger.append(first)).toBe(false);
      expect(await ledger.append(ledgerEntry(2))).toBe(false);
      expect(await ledger.entries()).toEqual([first]);
    });

    it('lets exactly one of many writers on the same head win', async () => {
      const ledger = await make();
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => ledger.append(ledgerEntry(1))));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await ledger.entries()).toHaveLength(1);
    });
  });
}
