/**
 * From raw tables to what may be shown: coarsen first, suppress second, and where a map would withhold regions, show them as one instead
 * (docs/METHODS.md §3.3, §3.6).
 */
import type { City } from '../../domain/city.ts';
import type { Solver } from '../../domain/linear-program.ts';
import { accept, type Outcome, refuse } from '../../domain/problem.ts';
import { carriedWalks, movedWalks, safeIn } from '../audit/carry.ts';
import type { Certificate } from '../audit/certificate.ts';
import type { LedgerEntry } from '../ledger-entry.ts';
import type { Policy } from '../policy.ts';
import { type MapRegion, total } from '../released-table.ts';
import type { System } from '../system/system.ts';
import { assemble, historyOf } from '../tables/assemble.ts';
import { joinRegions } from '../tables/coarsen.ts';
import { coverageTable } from '../tables/coverage.ts';
import { withJoinedDistricts } from '../tables/districts.ts';
import { inDistricts, type RawTable } from '../tables/grid.ts';
import { type Late, lateRecords } from '../tables/late.ts';
import { type Plan, planTables, settledCounts } from '../tables/plan.ts';
import { type Protection, protect } from './protect.ts';
import { withholdTelling } from './telling-cells.ts';

type Deciding = {
  readonly id: string;
  readonly city: City;
  readonly tables: readonly RawTable[];
  readonly recount?: RawTable;
  readonly ledger: readonly LedgerEntry[];
  readonly tieBreakKey: string;
  readonly solver?: Solver;
  readonly lastCertificate?: Certificate;
  /** The names of the parts that the last release left, where the same program judged by the same policy. */
  readonly parts: ReadonlySet<string>;
};

/** Certified: every cell of the plans' tables is shown or withheld in `system`. `city` has its small districts joined, as the system has. */
export type Decision = {
  readonly city: City;
  readonly plans: readonly Plan[];
  readonly system: System;
  readonly protection: Protection;
  readonly late: Late | undefined;
};

const mostDrawings = 5;

/** Refuses with RELEASE_REFUSED when a table is not fit for release or no way was found to protect every small count. */
export function decide(request: Deciding, policy: Policy): Outcome<Decision> {
  const { ledger, recount, tieBreakKey, solver, lastCertificate, parts } = request;
  const { city, categoryOf } = withJoinedDistricts(request.city, policy);
  let history = historyOf(ledger);
  const late = recount && lateRecords(inDistricts(recount, categoryOf), city, ledger, settledCounts(history), policy);
  let regions: ReadonlyMap<string, readonly MapRegion[]> = new Map();
  let drawn: Decision | undefined;
  for (let drawing = 1; ; drawing++) {
    if (drawing > 1) history = historyOf(ledger);
    const planned = planTables({ ...request, regions }, policy, history);
    if (!planned.ok) return planned;
    const plans = planned.value;
    const candidates = plans.flatMap((plan) => (plan.kind === 'counts' ? plan.candidate : []));
    const coverage = plans.flatMap((plan) => {
      const raw = plan.kind === 'coverage' ? request.tables[plan.table] : undefined;
      return raw ? coverageTable(raw, city) : [];
    });
    const system = assemble(history, candidates, city, policy.threshold, coverage);
    withholdTelling(
      system,
      [...history.placed, ...candidates].map(({ grid }) => grid),
      city,
      policy,
    );
    // What was proven of the drawing before holds of all that did not change; a first release chooses its cells anew.
    const carried =
      lastCertificate &&
      (drawn ? movedWalks(drawn.protection.report.walks, drawn.system, system) : carriedWalks(system, lastCertificate));
    const protection = protect(system, candidates, policy, tieBreakKey, {
      solver,
      ...(carried ? { carried, safeBefore: safeIn(lastCertificate), parts } : {}),
    });
    // Where regions as one cannot be certified, they are withheld.
    if (!protection.certified && drawn) return accept(drawn);
    if (!protection.certified)
      return refuse('RELEASE_REFUSED', {
        detail: 'no way was found to show these tables that protects every small count',
      });
    drawn = { city, plans, system, protection, late };
    const coarser = coarserMaps(plans, system);
    if (coarser.size === 0 || drawing === mostDrawings) return accept(drawn);
    regions = new Map([...regions, ...coarser]);
  }
}

/** For each map that withholds regions and shows its total: the same with those regions as one. */
function coarserMaps(plans: readonly Plan[], system: System): Map<string, readonly MapRegion[]> {
  const coarser = new Map<string, readonly MapRegion[]>();
  for (const plan of plans) {
    if (plan.kind !== 'counts') continue;
    const { query, grid, regions = [] } = plan.candidate;
    const cells = grid.cells.flatMap(({ at, key }) => {
      const variable = system.byKey.get(key);
      const [region] = Object.values(at);
      return variable && region !== undefined ? [{ region, variable }] : [];
    });
    // Where the total is withheld, the regions as one would tell it.
    if (cells.some(({ region, variable }) => region === total && variable.state === 'hidden')) continue;
    const withheld = new Set(cells.flatMap(({ region, variable }) => (variable.state === 'hidden' ? region : [])));
    if (withheld.size === 0 || regions.length < 2) continue;
    const sizes = new Map(cells.map(({ region, variable }) => [region, variable.truth ?? 0]));
    coarser.set(
      query,
      joinRegions(regions, withheld, (id) => sizes.get(id) ?? 0),
    );
  }
  return coarser;
}
