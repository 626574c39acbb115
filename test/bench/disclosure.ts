/** Release time of disclosure control: 26 weeks × 15 districts, months, agency × activity, property × access and a map, first and after a year of weekly releases. */
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { release } from '#core/disclosure/release.ts';
import { entryOf, incidentsOf, inventedCity, weeklyRequest } from '../core/disclosure/fixture.ts';
import { type Figure, figure } from './figure.ts';

export async function benchDisclosure(): Promise<Figure[]> {
  const city = inventedCity();
  const incidents = incidentsOf(city, 80, 120, 3, 0.06);
  const timed = (week: number, ledger: readonly LedgerEntry[]): number => {
    const request = weeklyRequest(city, incidents, week, ledger);
    const start = performance.now();
    const decided = release(request);
    if (!decided.ok) throw new Error(decided.problem.detail);
    return performance.now() - start;
  };
  timed(26, []);
  const first = timed(26, []);
  const ledger: LedgerEntry[] = [];
  for (let week = 26; week < 78; week++) ledger.push(entryOf(weeklyRequest(city, incidents, week, ledger)));
  const year = timed(78, ledger);
  return [figure('disclosure.release.first', first, 'ms', first), figure('disclosure.release.year', year, 'ms', first)];
}
