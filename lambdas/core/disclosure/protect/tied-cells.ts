/**
 * Cells that can only move together (docs/METHODS.md §3.6). Where an equation leaves two cells to move, and as far, whoever moves one moves the other: they are one bundle, withheld
 * together or not at all. Where it leaves one, that cell cannot move. In tables of several hierarchies the same count stands under many names.
 */
import type { System, Variable } from '../system/system.ts';

/** `signs`: −1 for a member that falls when the first one rises. */
export type Bundle = { readonly members: readonly Variable[]; readonly signs: readonly (1 | -1)[] };

type Row = readonly (readonly [bundle: number, coefficient: number])[];

export type TiedCells = {
  readonly bundles: readonly Bundle[];
  /** What the equations demand of changes of bundles: each sums to zero. */
  readonly rows: readonly Row[];
  /** The bundle of a cell, and its sign there; undefined where it cannot move. */
  readonly placeOf: (of: Variable) => readonly [bundle: number, sign: 1 | -1] | undefined;
};

/** Of these cells, while no other moves. */
export function tiedCells({ equations }: System, cells: readonly Variable[]): TiedCells {
  const nth = new Map(cells.map(({ index }, at) => [index, at]));
  const parent = Int32Array.from(cells.keys());
  const sign = new Int8Array(cells.length).fill(1);
  const still = new Uint8Array(cells.length);
  const rootOf = (at: number): readonly [root: number, sign: 1 | -1] => {
    let root = at;
    let turns = 1;
    for (; parent[root] !== root; root = parent[root] as number) turns *= sign[root] as number;
    return [root, turns < 0 ? -1 : 1];
  };
  let rows: (readonly [number, number])[][] = [];
  for (let changed = true; changed; ) {
    changed = false;
    const said = new Map<string, (readonly [number, number])[]>();
    for (const { variables, coefficients } of equations) {
      const sum = new Map<number, number>();
      for (const [entry, index] of variables.entries()) {
        const at = nth.get(index);
        if (at === undefined) continue;
        const [root, turns] = rootOf(at);
        if (still[root] === 1) continue;
        const coefficient = (sum.get(root) ?? 0) + turns * (coefficients[entry] ?? 0);
        if (coefficient === 0) sum.delete(root);
        else sum.set(root, coefficient);
      }
      const row = [...sum].sort(([one], [other]) => one - other);
      const [first, second] = row;
      if (!first) continue;
      if (!second) {
        still[first[0]] = 1;
        changed = true;
      } else if (row.length === 2 && Math.abs(first[1]) === Math.abs(second[1])) {
        parent[second[0]] = first[0];
        sign[second[0]] = first[1] === second[1] ? -1 : 1;
        changed = true;
      } else {
        const turn = Math.sign(first[1]);
        said.set(row.map(([at, coefficient]) => `${at}:${turn * coefficient}`).join(), row);
      }
    }
    rows = [...said.values()];
  }
  const numbers = new Map<number, number>();
  const bundles: { members: Variable[]; signs: (1 | -1)[] }[] = [];
  for (const [at, cell] of cells.entries()) {
    const [root, turns] = rootOf(at);
    if (still[root] === 1) continue;
    const number = numbers.get(root) ?? bundles.push({ members: [], signs: [] }) - 1;
    numbers.set(root, number);
    bundles[number]?.members.push(cell);
    bundles[number]?.signs.push(turns);
  }
  return {
    bundles,
    rows: rows.map((row) => row.map(([root, coefficient]) => [numbers.get(root) ?? -1, coefficient] as const)),
    placeOf({ index }) {
      const at = nth.get(index);
      if (at === undefined) return undefined;
      const [root, turns] = rootOf(at);
      return still[root] === 1 ? undefined : [numbers.get(root) ?? -1, turns];
    },
  };
}
