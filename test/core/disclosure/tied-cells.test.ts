import { expect, it } from 'vitest';
import { needsOf } from '#core/disclosure/protect/needs.ts';
import { tiedCells } from '#core/disclosure/protect/tied-cells.ts';
import { addEquation, emptySystem, type Variable, variableOf } from '#core/disclosure/system/system.ts';

function systemOf(truths: Readonly<Record<string, number>>, equations: readonly Readonly<Record<string, number>>[]) {
  const system = emptySystem();
  const cells: Record<string, Variable> = {};
  for (const [cell, truth] of Object.entries(truths)) {
    const variable = variableOf(system, { universe: 'sdc', batch: '', span: 'always', where: { cell } });
    variable.truth = truth;
    cells[cell] = variable;
  }
  for (const equation of equations)
    addEquation(
      system,
      Object.entries(equation).map(([cell, coefficient]) => [cells[cell] as Variable, coefficient] as const),
    );
  return { system, cells, of: (name: string): Variable => cells[name] as Variable };
}

it('binds cells that an equation lets move only together, through others bound before, with the sign of each', () => {
  // b repeats a; c makes up what b lacks of a total that is shown; d, e and f can move among themselves.
  const { system, of } = systemOf({ a: 4, b: 4, c: 6, d: 10, e: 3, f: 7 }, [
    { a: 1, b: -1 },
    { a: 1, c: 1 },
    { d: -1, e: 1, f: 1 },
  ]);
  const { bundles, rows, placeOf } = tiedCells(system, system.variables);
  expect(bundles.map(({ members }) => members.length)).toEqual([3, 1, 1, 1]);
  expect(placeOf(of('a'))).toEqual([0, 1]);
  expect(placeOf(of('b'))).toEqual([0, 1]);
  expect(placeOf(of('c'))).toEqual([0, -1]);
  expect(rows).toHaveLength(1);
});

it('says that a cell cannot move where it is alone, and what follows for others', () => {
  const { system, of } = systemOf({ a: 4, b: 5, c: 6, d: 7, e: 8 }, [
    { a: 1, b: 1 },
    { b: 1, c: 1, d: -1 },
    { c: 2, d: -1, e: 1 },
  ]);
  // With b shown, a is told, and c and d can only move together; c + e, twice and once, still move.
  const { bundles, rows, placeOf } = tiedCells(
    system,
    system.variables.filter((one) => one !== of('b')),
  );
  expect(placeOf(of('a'))).toBeUndefined();
  expect(placeOf(of('d'))).toEqual(placeOf(of('c')));
  expect(bundles).toHaveLength(1);
  expect(placeOf(of('e'))).toEqual([0, -1]);
  expect(rows).toEqual([]);
});

it('asks once for what all cells of a bundle need, the farthest, and no farther than the first of them can go', () => {
  const { system, of } = systemOf({ a: 4, b: 9 }, [{ a: 1, b: 1 }]);
  const rangeOf = ({ truth = 0 }: Variable): readonly [number, number] => [0, truth + 20];
  const rooms = [
    { target: of('a'), by: 2, rangeOf },
    { target: of('b'), by: -3, rangeOf },
    { target: of('b'), by: 1, rangeOf },
  ];
  const needs = needsOf(rooms, tiedCells(system, system.variables));
  expect(needs.map(({ way, amount, rooms }) => [way, amount, rooms.length])).toEqual([
    [1, 3, 2],
    [-1, 1, 1],
  ]);
  const [{ reach } = { reach: undefined }] = needs;
  expect([reach?.up[0], reach?.down[0]]).toEqual([9, 4]);
});
