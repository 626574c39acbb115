/**
 * Release time of disclosure control: 26 weeks × 15 districts, months, agency × activity, property × access, a map and the districts' totals of the last quarter, first and after a year of weekly releases.
 * Beside each stands bare bound propagation over the same equations, already put together.
 */
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { findingsOf, unexcused } from '#core/disclosure/protect/excuses.ts';
import { protect } from '#core/disclosure/protect/protect.ts';
import { type RawTable, release } from '#core/disclosure/release.ts';
import { propagate, rowsOf } from '#core/disclosure/system/propagate.ts';
import { assemble, historyOf } from '#core/disclosure/tables/assemble.ts';
import type { City } from '#core/domain/city.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import {
  firstWeek,
  type Incident,
  incidentsOf,
  inventedCity,
  policyText,
  question,
  rawCounts,
  weeklyRequest,
} from '../core/disclosure/fixture.ts';
import { cube } from './cube.ts';
import { type Figure, figure } from './figure.ts';

const weeksOfHistory = 52;
const firstReleased = 26;

/** The least of some runs, in seconds. */
function least(runs: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < runs; n++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

function barePropagation(ledger: readonly LedgerEntry[], city: City): number {
  const system = assemble(historyOf(ledger), [], city, 11);
  const rows = rowsOf(system.equations, system.variables.length);
  return least(3, () => {
    const low = new Float64Array(system.variables.length);
    const high = new Float64Array(system.variables.length).fill(Number.POSITIVE_INFINITY);
    for (const { index, state, truth, least } of system.variables) {
      low[index] = least;
      if (state === 'shown') low[index] = high[index] = truth ?? 0;
    }
    propagate(rows, { low, high });
  });
}

/** Protects 52 weeks × 15 districts × 6 agencies with all margins; beside it, bare propagation over its equations. */
export async function* benchProtection(): AsyncGenerator<Figure> {
  const policy = parsePolicy(policyText);
  if (!policy.ok) throw new Error('the policy is good');
  const candidate = cube([52, 15, 6]);
  const system = assemble(historyOf([]), [candidate], inventedCity(), policy.value.threshold);
  const rows = rowsOf(system.equations, system.variables.length);
  const bare = least(3, () => {
    const high = new Float64Array(system.variables.length).fill(Number.POSITIVE_INFINITY);
    propagate(rows, { low: new Float64Array(system.variables.length), high });
  });
  const highs = await solver(assets(process.cwd()))();
  const start = performance.now();
  const protection = protect(system, [candidate], policy.value, 'bench', { solver: highs });
  const seconds = (performance.now() - start) / 1000;
  if (!protection.certified) throw new Error('the cube was not protected');
  const { faults } = checkCertificate(protection.report.certificate);
  if (faults.length > 0) throw new Error(`the certificate does not hold: ${faults[0]}`);
  const found = findingsOf(protection.report);
  const left = unexcused(found, protection);
  const exact = left.filter(({ reason }) => reason === 'exact').length;
  const withheld = system.variables.filter(({ state }) => state === 'hidden').length;
  yield figure('disclosure.protect.5936', seconds, 's', bare);
  yield figure('disclosure.protect.5936.exact', exact, 'counts left', 0);
  yield figure('disclosure.protect.5936.narrow', left.length - exact, 'counts left, undecided ones too', 0);
  yield figure(
    'disclosure.protect.5936.told',
    found.length - left.length,
    'verdicts that follow with every cell withheld',
    0,
  );
  yield figure('disclosure.protect.5936.withheld', withheld, 'cells', system.variables.length);
}

const byQuarter = question('incidents_by_quarter_and_area_v1', [['district_id', 'districts']]);

/** The last whole quarter of 13 weeks by district, each week counted with what was known when it was first released. */
function quarterly(incidents: readonly Incident[], week: number): RawTable {
  const last = Math.floor((week + 1) / 13) * 13 - 1;
  const [from, to] = [weekPlus(firstWeek, last - 12), weekPlus(firstWeek, last)];
  const firstKnown = weekPlus(firstWeek, firstReleased + 2);
  const counts = new Map<string, number>();
  for (const { week, known, district } of incidents) {
    const isKnown = known === 0 || weekPlus(week as Week, known) <= firstKnown;
    if (week >= from && week <= to && isKnown) counts.set(district, (counts.get(district) ?? 0) + 1);
  }
  return rawCounts(byQuarter, from, to, [...counts]);
}

const median = (seconds: readonly number[]): number =>
  [...seconds].sort((a, b) => a - b)[seconds.length >> 1] ?? Number.NaN;

/**
 * A year of weekly releases with quarterly totals, each taken once and whole, from raw tables to entry and certificate: the first, and the median of the second and of the last quarter of the year, in each of which the same
 * periods end; and the worst of all. Between the middles of these quarters the history grows from 20 to 46 releases, 2.3 times.
 */
export async function* benchReleases(): AsyncGenerator<Figure> {
  const city = inventedCity();
  const incidents = incidentsOf(city, 80, 120, 3, 0.06);
  const highs = await solver(assets(process.cwd()))();
  const ledger: LedgerEntry[] = [];
  let lastCertificate: string | undefined;
  /** As the function that releases does it: with the solver and with what the last release proved. */
  const releaseOf = (week: number) => {
    const request = weeklyRequest(city, incidents, week, ledger);
    const decided = release({
      ...request,
      tables: [...request.tables, quarterly(incidents, week)],
      solver: highs,
      ...(lastCertificate === undefined ? {} : { lastCertificate }),
    });
    if (!decided.ok) throw new Error(decided.problem.detail);
    return decided.value;
  };
  const seconds: number[] = [];
  const [quarter, half] = [weeksOfHistory / 4, weeksOfHistory / 2];
  for (let week = firstReleased; ledger.length < weeksOfHistory; week++) {
    const start = performance.now();
    const { entry, certificate } = releaseOf(week);
    seconds.push((performance.now() - start) / 1000);
    ledger.push(entry);
    lastCertificate = certificate;
    if (ledger.length === 1)
      yield figure('disclosure.release.first', median(seconds), 's', barePropagation(ledger, city));
    if (ledger.length === half)
      yield figure('disclosure.release.half-year', median(seconds.slice(-quarter)), 's', barePropagation(ledger, city));
  }
  const [atHalf, atEnd] = [median(seconds.slice(half - quarter, half)), median(seconds.slice(-quarter))];
  yield figure('disclosure.release.year', atEnd, 's', barePropagation(ledger, city));
  yield figure(
    'disclosure.release.growth',
    atEnd / atHalf,
    '× of the time in the second quarter',
    (weeksOfHistory - quarter / 2) / (half - quarter / 2),
  );
  yield figure('disclosure.release.year.worst', Math.max(...seconds), 's', atEnd);
}
