import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { audit } from '#core/disclosure/audit/audit.ts';
import { hideTogether } from '#core/disclosure/protect/joint-choice.ts';
import { roomsFor } from '#core/disclosure/protect/room.ts';
import { addSum, emptySystem, type Variable, variableOf } from '#core/disclosure/system/system.ts';

const highs = await solver(assets(fileURLToPath(new URL('../../../', import.meta.url))))();
const limits = { threshold: 1, feasibleIntegers: 1 };

/** A table with both margins; the cells named are withheld and must be able to move by so much both ways. */
function tableOf(counts: readonly (readonly number[])[], own: ReadonlyMap<string, number>) {
  const system = emptySystem();
  const cell = (name: string, truth: number): Variable => {
    const variable = variableOf(system, { universe: 'sdc', batch: '', span: 'always', where: { cell: name } });
    variable.truth = truth;
    const by = own.get(name);
    variable.state = by === undefined ? 'shown' : 'hidden';
    if (by !== undefined) variable.keeps = { least: truth - by, most: truth + by };
    return variable;
  };
  const sum = (parts: readonly Variable[]) => parts.reduce((sum, { truth = 0 }) => sum + truth, 0);
  const rows = counts.map((row, r) => row.map((count, c) => cell(`${r}.${c}`, count)));
  const columns = (counts[0] ?? []).map((_, c) => rows.flatMap((row) => row[c] ?? []));
  for (const [r, row] of rows.entries()) addSum(system, cell(`${r}.`, sum(row)), row);
  for (const [c, column] of columns.entries()) addSum(system, cell(`.${c}`, sum(column)), column);
  const findings = [...system.variables]
    .filter(({ state }) => state === 'hidden')
    .map(({ key }) => ({ key, attacker: 'plain' as const, reason: '' }));
  return { system, rooms: roomsFor(system, findings, limits, false) };
}

const counts = [
  [5, 40, 60, 30],
  [20, 6, 50, 70],
  [30, 80, 90, 40],
  [25, 35, 45, 55],
];
const one = { hideable: ({ state }: Variable) => state === 'shown', costOf: () => 1 };

it('lets two cells share what is withheld beside them, where each alone would take three', () => {
  const { system, rooms } = tableOf(
    counts,
    new Map([
      ['0.0', 3],
      ['1.1', 4],
    ]),
  );
  const { hidden, steps } = hideTogether(system, rooms, one, highs);
  expect(hidden).toBe(2);
  const { disclosed } = audit(system, limits, {
    attackers: ['plain'],
    earlier: { verdicts: [], walks: new Map([['plain', steps]]) },
  });
  expect(disclosed).toEqual([]);
});

it('takes the cells of least value where that is what counts', () => {
  const { system, rooms } = tableOf(counts, new Map([['0.0', 3]]));
  hideTogether(system, rooms, { ...one, costOf: ({ truth = 0 }) => truth }, highs);
  const withheld = system.variables.filter(({ state, keeps }) => state === 'hidden' && !keeps);
  expect(withheld.reduce((sum, { truth = 0 }) => sum + truth, 0)).toBe(20 + 6 + 40);
});

it('withholds nothing where it cannot help, or need not', () => {
  const cannot = tableOf([[5], [6]], new Map([['0.0', 3]]));
  const nothing = hideTogether(cannot.system, cannot.rooms, { ...one, hideable: () => false }, highs);
  expect(nothing).toEqual({ hidden: 0, steps: [] });
  const need = tableOf(counts, new Map(['0.0', '0.1', '1.0', '1.1'].map((name) => [name, 1])));
  const { hidden, steps } = hideTogether(need.system, need.rooms, one, highs);
  expect(hidden).toBe(0);
  expect(steps.length).toBeGreaterThan(0);
});

it('moves many cells at once where they give each other room', () => {
  const size = 12;
  const all = Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (_, c) => 20 + ((7 * r + 5 * c) % 11)),
  );
  const own = new Map(all.flatMap((row, r) => row.map((_, c) => [`${r}.${c}`, 1 + ((r + c) % 3)] as const)));
  const { system, rooms } = tableOf(all, own);
  expect(rooms).toHaveLength(2 * size * size);
  const { hidden, steps } = hideTogether(system, rooms, one, highs);
  expect(hidden).toBe(0);
  // Each way is a step from home.
  expect(steps.length).toBeLessThan(rooms.length / 4);
  const { disclosed } = audit(system, limits, {
    attackers: ['plain'],
    earlier: { verdicts: [], walks: new Map([['plain', steps]]) },
  });
  expect(disclosed).toEqual([]);
});
