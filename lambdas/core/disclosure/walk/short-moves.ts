/**
 * The short moves of a system (docs/METHODS.md §3.5): many more than a basis, so that most counts have some that fit wherever a walk stands. They are sought in what the attacker who knows
 * least has open, and only for counts that stand in few so far; whoever knows more can use those of them that change nothing he knows.
 */
import type { Fiber } from './fiber.ts';
import { kernelVectors } from './kernel-moves.ts';
import { membersOf, partsOf, type Vector } from './lattice.ts';
import { type Moves, movesOf, nameOf } from './moves.ts';
import { pairedVectors } from './paired-moves.ts';

/** Elimination over a larger part takes long and leaves long vectors. */
const mostColumns = 6000;
/** Who stands in so many moves needs no more of them. */
const enough = 6;

/** `known`: what was found before and nothing more. `layers`: pairs of layers of tables, which is quick. `parts`: elimination over whole connected parts as well, which misses nothing and takes longer. */
export type Depth = 'known' | 'layers' | 'parts';

/** What is known so far, by variable: vectors that hold in every system of the same equations, each once, and the variables whose layers were looked at. */
export type KnownMoves = { readonly vectors: ReadonlyMap<number, Vector>; readonly inLayers: ReadonlySet<number> };

export type MoveBook = {
  readonly known: KnownMoves;
  /** Writes down moves of a fiber that came from elsewhere. */
  readonly add: (fiber: Fiber, found: readonly Vector[]) => void;
  /** The moves of a fiber, after looking for more of those that `asked` columns stand in; `spent` tells the entries looked at. */
  readonly open: (
    fiber: Fiber,
    asked: Uint8Array,
    depth: Depth,
    work: number,
  ) => { readonly moves: Moves; readonly spent: number };
};

/** `widest` answers the fiber of the attacker who knows least, when it is first asked; `before` is what an older book of the same equations knew. */
export function moveBook(widest: () => Fiber, before: KnownMoves | undefined): MoveBook {
  const vectors = new Map(before?.vectors);
  const inLayers = new Set(before?.inLayers);
  let whole: { readonly fiber: Fiber; readonly parts: number[][]; readonly isSought: Uint8Array } | undefined;
  const opened = () => {
    const fiber = whole?.fiber ?? widest();
    const parts = whole?.parts ?? membersOf(partsOf(fiber));
    whole ??= { fiber, parts, isSought: new Uint8Array(parts.length) };
    return whole;
  };
  const add = (fiber: Fiber, found: readonly Vector[]): void => {
    for (const { at, by } of found) {
      const vector = { at: at.map((column) => fiber.variable[column] as number), by };
      vectors.set(nameOf(vector), vector);
    }
  };
  const inParts = (asked: Uint8Array, columns: Int32Array, work: number): number => {
    const { fiber, parts, isSought } = opened();
    const isNew = new Uint8Array(fiber.columns);
    for (const [number, members] of parts.entries()) {
      if (isSought[number] || members.length > mostColumns) continue;
      if (!members.some((column) => asked[columns[fiber.variable[column] as number] as number])) continue;
      isSought[number] = 1;
      for (const column of members) isNew[column] = 1;
    }
    if (!isNew.includes(1)) return 0;
    const found = kernelVectors(fiber, isNew, work);
    add(fiber, found?.vectors ?? []);
    return found?.spent ?? work;
  };
  const usableIn = (fiber: Fiber): Vector[] => {
    const usable: Vector[] = [];
    for (const { at, by } of vectors.values()) {
      const columns = columnsOf(at, fiber);
      if (columns) usable.push({ at: columns, by });
    }
    return usable;
  };
  const inLayersOf = (fiber: Fiber, asked: Uint8Array, work: number): number => {
    const stands = new Int32Array(fiber.columns);
    const count = (found: readonly Vector[]): void => {
      for (const { at } of found) for (const column of at) stands[column] = (stands[column] as number) + 1;
    };
    count(usableIn(fiber));
    let spent = 0;
    for (const family of familiesOf(fiber)) {
      const wanted = asked.map((one, column) =>
        one && (stands[column] as number) < enough && isDeep(fiber, column) ? 1 : 0,
      );
      if (spent > work || !wanted.includes(1)) break;
      const along = pairedVectors(fiber, family, wanted, work - spent);
      spent += along.spent;
      count(along.vectors);
      add(fiber, along.vectors);
    }
    return spent;
  };
  return {
    known: { vectors, inLayers },
    add,
    open(fiber, asked, depth, work) {
      let spent = 0;
      if (depth === 'parts') spent += inParts(asked, fiber.column, work);
      if (depth === 'layers') {
        const { fiber: wide } = opened();
        const isNew = asked.map((one, column) => (one && !inLayers.has(fiber.variable[column] as number) ? 1 : 0));
        const isNewInAll = Uint8Array.from(wide.variable, (variable) => isNew[fiber.column[variable] as number] ?? 0);
        spent += inLayersOf(wide, isNewInAll, work);
        if (fiber.columns < wide.columns) spent += inLayersOf(fiber, isNew, work - spent);
        for (const [column, one] of isNew.entries()) if (one) inLayers.add(fiber.variable[column] as number);
      }
      return { moves: movesOf(fiber.columns, usableIn(fiber)), spent };
    },
  };
}

/** Undefined where one of the variables is not open. */
function columnsOf(at: Int32Array, { column }: Fiber): Int32Array | undefined {
  for (const variable of at) if ((column[variable] as number) < 0) return undefined;
  return Int32Array.from(at, (variable) => column[variable] as number);
}

/** In tables of two dimensions layers tell nothing that elimination does not find as quickly. */
function isDeep({ occursStart, occursRow, family }: Fiber, column: number): boolean {
  let inFamilies = 0;
  for (let entry = occursStart[column] as number; entry < (occursStart[column + 1] as number); entry++)
    if ((family[occursRow[entry] as number] as number) >= 0) inFamilies++;
  return inFamilies >= 3;
}

/** Families along which layers can be paired, those with the fewest pairs first. */
function familiesOf({ rows, start, family }: Fiber): number[] {
  const pairs = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const size = (start[row + 1] as number) - (start[row] as number);
    const of = family[row] as number;
    if (of >= 0) pairs.set(of, (pairs.get(of) ?? 0) + (size * (size - 1)) / 2);
  }
  return [...pairs].sort(([, one], [, other]) => one - other).map(([of]) => of);
}
