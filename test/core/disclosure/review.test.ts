/** What the privacy officer is shown of a release stands in its link, and tells no count of what it withholds. */
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { byMap, entryOf, incidentsOf, inventedCity, weeklyRequest } from './fixture.ts';

const city = inventedCity();
const incidents = incidentsOf(city, 40, 120, 3, 0.06);
const ledger: LedgerEntry[] = [];
for (const week of [27, 28, 31]) ledger.push(entryOf(weeklyRequest(city, incidents, week, ledger)));
const [first, second, third] = ledger;

describe('the review of a release', () => {
  it('says of each attacker how many counts were attacked, what settled each verdict, and how close the closest came', () => {
    for (const { review } of ledger)
      for (const { counts, proven, atMost, disclosed, undecided, settled } of review?.attacks ?? []) {
        expect(Object.values(settled ?? {}).reduce((sum, one) => sum + one, 0)).toBe(counts - undecided);
        if (counts > 0 && disclosed + undecided === 0) expect(proven).toBeGreaterThanOrEqual(6);
        if (atMost !== undefined) expect(atMost).toBeGreaterThanOrEqual(disclosed ? 1 : 6);
      }
    expect(second?.review?.attacks.map(({ attacker }) => attacker)).toContain('flags known');
    expect(second?.review?.attacks.some(({ counts }) => counts > 0)).toBe(true);
  });

  it('says how many earlier releases the attackers held, and which maps were drawn, shown again or drawn in regions that stand', () => {
    expect(ledger.map(({ review }) => review?.earlier)).toEqual([0, 1, 2]);
    expect(first?.review?.coarsened).toMatchObject({ districts: 0, drawn: [byMap.name], kept: [] });
    expect(second?.review?.coarsened).toMatchObject({ drawn: [], kept: [] });
    expect(second?.review?.coarsened?.standing).toContain(byMap.name);
    expect(third?.review?.coarsened).toMatchObject({ drawn: [], kept: [byMap.name] });
  });

  it('counts small districts that are told as one', () => {
    const districts = city.districts.map((district, at) => (at < 2 ? { ...district, population: 12_000 } : district));
    const { review } = entryOf(weeklyRequest({ ...city, districts }, incidents, 27, []));
    expect(review?.coarsened?.districts).toBe(2);
  });

  it('names no cell: which of the withheld are small is not for this page either', () => {
    for (const { review, content, sealed } of ledger) {
      const said = JSON.stringify(review);
      for (const key of Object.keys(sealed.truths)) expect(said).not.toContain(key);
      expect(said).not.toMatch(/incidents@/);
      expect(review?.tables?.map(({ query }) => query)).toEqual(content.tables.map(({ query }) => query));
    }
  });
});
