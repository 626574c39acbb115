/**
 * Release time of disclosure control: 26 weeks × 15 districts, months, agency × activity, property × access and a map, first and after a year of weekly releases.
 * Beside each stands bare bound propagation over the same equations, already put together.
 */
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { assemble, historyOf } from '#core/disclosure/assemble.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import { propagate, rowsOf } from '#core/disclosure/propagate.ts';
import { protect } from '#core/disclosure/protect.ts';
import { release } from '#core/disclosure/release.ts';
import type { City } from '#core/domain/city.ts';
import { entryOf, incidentsOf, inventedCity, policyText, weeklyRequest } from '../core/disclosure/fixture.ts';
import { cube } from './cube.ts';
import { benchAudit } from './disclosure-audit.ts';
import { type Figure, figure } from './figure.ts';
import { benchSdc } from './sdc-protect.ts';

const weeksOfHistory = 52;

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
async function protectCube(): Promise<Figure> {
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
  const seconds = least(1, () => {
    const { certified } = protect(system, [candidate], policy.value, 'bench', highs);
    if (!certified) throw new Error('the cube was not protected');
  });
  return figure('disclosure.protect.5936', seconds, 's', bare);
}

export async function benchDisclosure(): Promise<Figure[]> {
  const city = inventedCity();
  const incidents = incidentsOf(city, 80, 120, 3, 0.06);
  const timed = (week: number, ledger: readonly LedgerEntry[]): number => {
    const request = weeklyRequest(city, incidents, week, ledger);
    return least(3, () => {
      const decided = release(request);
      if (!decided.ok) throw new Error(decided.problem.detail);
    });
  };
  const ledger = [entryOf(weeklyRequest(city, incidents, 26, []))];
  const first = figure('disclosure.release.first', timed(26, []), 's', barePropagation(ledger, city));
  for (let week = 27; ledger.length < weeksOfHistory; week++)
    ledger.push(entryOf(weeklyRequest(city, incidents, week, ledger)));
  const year = timed(26 + weeksOfHistory, ledger);
  ledger.push(entryOf(weeklyRequest(city, incidents, 26 + weeksOfHistory, ledger)));
  return [
    first,
    figure('disclosure.release.year', year, 's', barePropagation(ledger, city)),
    ...(await benchAudit([52, 15, 6])),
    ...(await benchAudit([52, 15, 6, 20], ['plain'])),
    await protectCube(),
    ...benchSdc(await solver(assets(process.cwd()))()),
  ];
}
