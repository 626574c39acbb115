/**
 * The auditor alone, on tables of the shapes that the public tools were measured on: counts of incidents by week, district, agency (and kind of property) with all margins,
 * in which each count from 1 to 10 is withheld and nothing else. The small one is judged under every attacker, the large one under the plain attacker. Every certificate is
 * checked, outside the time told. Beside each figure stands bare bound propagation over the same equations.
 */
import { fileURLToPath } from 'node:url';
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import type { Attacker } from '#core/disclosure/audit/attackers.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { propagate, rowsOf } from '#core/disclosure/system/propagate.ts';
import { addEquation, emptySystem, type System, variableOf } from '#core/disclosure/system/system.ts';
import { gammaPoisson } from '../fixtures/gamma-poisson.ts';
import { type Figure, figure } from './figure.ts';

/** Counts with every margin of every subset of dimensions; the last category of each dimension is its total. */
function margined(sizes: readonly number[]): System {
  const inner = gammaPoisson(sizes);
  const steps = sizes.map((_, at) => sizes.slice(at + 1).reduce((product, size) => product * (size + 1), 1));
  const cells = sizes.reduce((product, size) => product * (size + 1), 1);
  const placeIn = (cell: number, at: number) => Math.floor(cell / (steps[at] ?? 1)) % ((sizes[at] ?? 0) + 1);
  const counts = new Int32Array(cells);
  let nth = 0;
  for (let cell = 0; cell < cells; cell++)
    if (sizes.every((size, at) => placeIn(cell, at) !== size)) counts[cell] = inner[nth++] ?? 0;
  const partsOf = (cell: number, at: number) =>
    Array.from({ length: sizes[at] ?? 0 }, (_, nth) => cell - ((sizes[at] ?? 0) - nth) * (steps[at] ?? 1));
  for (const at of sizes.keys())
    for (let cell = 0; cell < cells; cell++)
      if (placeIn(cell, at) === sizes[at])
        counts[cell] = partsOf(cell, at).reduce((sum, part) => sum + (counts[part] ?? 0), 0);
  const system = emptySystem();
  const variables = Array.from(counts, (truth, cell) => {
    const variable = variableOf(system, {
      universe: 'incidents',
      batch: '',
      span: 'always',
      where: { cell: String(cell) },
    });
    variable.truth = truth;
    variable.state = truth >= 1 && truth < 11 ? 'hidden' : 'shown';
    return variable;
  });
  for (const at of sizes.keys())
    for (const [cell, whole] of variables.entries())
      if (placeIn(cell, at) === sizes[at])
        addEquation(
          system,
          [
            [whole, -1],
            ...partsOf(cell, at)
              .flatMap((part) => variables[part] ?? [])
              .map((part) => [part, 1] as const),
          ],
          String(at),
        );
  return system;
}

function barePropagation({ variables, equations }: System): number {
  const rows = rowsOf(equations, variables.length);
  const low = Float64Array.from(variables, ({ state, truth }) => (state === 'shown' ? (truth ?? 0) : 0));
  const high = Float64Array.from(variables, ({ state, truth }) =>
    state === 'shown' ? (truth ?? 0) : Number.POSITIVE_INFINITY,
  );
  const start = performance.now();
  propagate(rows, { low, high });
  return (performance.now() - start) / 1000;
}

const limits = { threshold: 11, feasibleIntegers: 6 };

async function* benchAudit(sizes: readonly number[], chosen?: readonly Attacker[]): AsyncGenerator<Figure> {
  const highs = await solver(assets(fileURLToPath(new URL('../../', import.meta.url))))();
  const system = margined(sizes);
  const bare = barePropagation(system);
  const start = performance.now();
  const report = audit(system, limits, {
    ...(chosen ? { attackers: chosen } : {}),
    work: 1_500_000_000,
    solver: highs,
  });
  const seconds = (performance.now() - start) / 1000;
  const rss = process.memoryUsage().rss / 1e6;
  const { faults } = checkCertificate(report.certificate);
  if (faults.length > 0) throw new Error(`the certificate does not hold: ${faults[0]}`);
  const undecided = report.verdicts.filter(({ status }) => status === 'undecided').length;
  const cells = system.variables.length;
  yield figure(`disclosure.audit.${cells}`, seconds, 's', bare);
  yield figure(`disclosure.undecided.${cells}`, (100 * undecided) / report.verdicts.length, '%', 0);
  yield figure(`disclosure.audit.rss.${cells}`, rss, 'MB', 0);
}

export async function* benchAudits(): AsyncGenerator<Figure> {
  yield* benchAudit([52, 15, 6]);
  yield* benchAudit([52, 15, 6, 20], ['plain']);
}
