import { describe, expect, it } from 'vitest';
import { attackers } from '#core/disclosure/audit/attackers.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { closeZeros } from '#core/disclosure/protect/complements.ts';
import { hideCorners } from '#core/disclosure/protect/corners.ts';
import { variablesAt } from '#core/disclosure/protect/worth.ts';
import { total } from '#core/disclosure/released-table.ts';
import { rowsOf } from '#core/disclosure/system/propagate.ts';
import { predicateKey, type System, type Variable } from '#core/disclosure/system/system.ts';
import { assemble, type Candidate, historyOf } from '#core/disclosure/tables/assemble.ts';
import { gridOver } from '#core/disclosure/tables/grid.ts';
import { cube } from '../../bench/cube.ts';
import { inventedCity } from './fixture.ts';

const limits = { threshold: 11, feasibleIntegers: 6 };

/** A table of two dimensions with these inner counts. */
function table(counts: readonly (readonly number[])[]): Candidate {
  const frame = { universe: 'incidents', batch: '', names: { row: 'row', column: 'column' } };
  const dimensions = [
    { name: 'row', categories: counts.map((_, row) => `r${row}`) },
    { name: 'column', categories: (counts[0] ?? []).map((_, column) => `c${column}`) },
  ];
  const grid = gridOver(dimensions, { ...frame, span: 'always' });
  const truths = new Map(
    grid.cells.map(({ at, predicate }) => [
      predicateKey(predicate),
      counts
        .flatMap((line, row) =>
          line.filter((_, column) => isIn(at['row'], `r${row}`) && isIn(at['column'], `c${column}`)),
        )
        .reduce((sum, count) => sum + count, 0),
    ]),
  );
  return { query: 'table_v1', frame, span: 'always', grid, truths };
}
const isIn = (at: string | undefined, category: string): boolean => at === total || at === category;

function hidden(candidate: Candidate, prepare: (system: System) => void = () => {}) {
  const system = assemble(historyOf([]), [candidate], inventedCity(), limits.threshold);
  const rows = rowsOf(system.equations, system.variables.length);
  closeZeros(
    candidate.grid.lines.map(({ whole, parts }) => variablesAt(system, [whole, ...parts])),
    { zeros: 'open lines only' } as Parameters<typeof closeZeros>[1],
  );
  prepare(system);
  const primary = new Set(system.variables.filter(({ state }) => state === 'hidden'));
  const walk = hideCorners(system, rows, [candidate.grid], {
    against: attackers,
    limits,
    hideable: ({ state, frozen }) => state === 'shown' && !frozen,
    costOf: ({ truth = 0 }) => truth,
  });
  const beside = system.variables.filter((one) => one.state === 'hidden' && !primary.has(one));
  return { system, walk, beside };
}

const counts = (beside: readonly Variable[]): number[] => beside.map(({ truth = 0 }) => truth).sort((a, b) => a - b);

describe('cells withheld at the corners of blocks', () => {
  it('are those of the cheapest block in which the count has room to reach the threshold', () => {
    const { beside } = hidden(
      table([
        [3, 20, 12, 40],
        [25, 30, 90, 50],
        [60, 70, 80, 99],
      ]),
    );
    expect(counts(beside)).toEqual([20, 25, 30]);
  });

  it('leave out a block that is cheaper and has too little room, and a cell that was shown before', () => {
    const rows = [
      [3, 12, 40],
      [12, 14, 50],
      [60, 70, 80],
    ];
    // Whoever knows flags knows that 12 can fall by one only, and 3 must rise by five.
    expect(counts(hidden(table(rows)).beside)).toEqual([40, 60, 80]);
    const { beside } = hidden(table(rows), ({ variables }) => {
      for (const one of variables) one.frozen = one.truth === 80;
    });
    expect(beside.some(({ truth }) => truth === 80)).toBe(false);
    expect(counts(beside).length).toBeGreaterThanOrEqual(3);
  });

  it('come with a walk that proves every count of a cube safe, against every attacker, but those that flags alone tell', () => {
    const { system, walk } = hidden(cube([12, 15, 6]));
    const found = audit(system, limits, {
      earlier: { verdicts: [], walks: new Map(attackers.map((attacker) => [attacker, walk])) },
      work: 0,
    });
    expect(checkCertificate(found.certificate).faults).toEqual([]);
    expect(found.verdicts.length).toBeGreaterThan(2000);
    expect(new Set(found.disclosed.map(({ attacker, status }) => `${attacker}: ${status}`))).toEqual(
      new Set(['flags known: narrow']),
    );
    for (const one of system.variables) if (one.state === 'shown' && !one.frozen) one.state = 'hidden';
    const told = audit(system, limits, { attackers: ['flags known'], work: 0 }).disclosed.filter(
      ({ status }) => status === 'narrow',
    );
    expect(new Set(found.disclosed.map(({ key }) => key))).toEqual(new Set(told.map(({ key }) => key)));
  }, 60_000);

  it('are all needed: shown again, each leaves a count without its proof by blocks', () => {
    const { system, beside } = hidden(cube([4, 4, 3]));
    expect(beside.length).toBeGreaterThan(5);
    const again = hidden(cube([4, 4, 3]), (other) => {
      for (const { key, state } of system.variables) {
        const one = other.byKey.get(key);
        if (one && state === 'hidden') one.state = 'hidden';
      }
    });
    expect(again.beside).toEqual([]);
  });
});
