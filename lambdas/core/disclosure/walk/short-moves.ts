/**
 * The short moves of a system (docs/METHODS.md §3.5): many more than a basis, so that most counts have some that fit wherever a walk stands. They are sought in what the attacker who knows
 * least has open, and only for counts that stand in few so far; whoever knows more can use those of them that change nothing he knows.
 */
import type { Fiber } from './fiber.ts';
import { kernelVectors } from './kernel-moves.ts';
import { membersOf, partsOf, type Vector } from './lattice.ts';
import { type Moves, movesOf, nameOf } from './moves.ts';
import { dimensionsOf, type Pairing, pairedVectors } from './paired-moves.ts';

/** Elimination over a larger part takes long and leaves long vectors. */
const mostColumns = 6000;
/** Who stands in so many moves needs no more of them. */
const enough = 6;

/**
 * `known`: what was found before and nothing more. `cycles`: pairs of layers of tables of three dimensions, which need no elimination. `parts`: elimination over whole connected parts, which
 * misses nothing there; `flat parts` are those that are not for the most part such tables. `layers`: pairs of layers of tables of more dimensions, and of all tables in larger parts.
 */
export type Depth = 'known' | 'cycles' | 'flat parts' | 'parts' | 'layers';

/** What is known so far, by variable: vectors that hold in every system of the same equations, each once, and the variables whose cycles, and whose layers, were looked at. */
export type KnownMoves = {
  readonly vectors: ReadonlyMap<number, Vector>;
  readonly inCycles: ReadonlySet<number>;
  readonly inLayers: ReadonlySet<number>;
};

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
  const inCycles = new Set(before?.inCycles);
  const inLayers = new Set(before?.inLayers);
  const list = [...vectors.values()];
  let whole: Whole | undefined;
  const opened = (): Whole => {
    whole ??= wholeOf(widest());
    return whole;
  };
  const add = (fiber: Fiber, found: readonly Vector[]): void => {
    for (const { at, by } of found) {
      const vector = { at: at.map((column) => fiber.variable[column] as number), by };
      const name = nameOf(vector);
      if (vectors.has(name)) continue;
      vectors.set(name, vector);
      list.push(vector);
    }
  };
  const inParts = (
    asked: Uint8Array,
    columns: Int32Array,
    isFit: (part: readonly number[]) => boolean,
    work: number,
  ): number => {
    const { fiber, parts, isSought } = opened();
    const isNew = new Uint8Array(fiber.columns);
    for (const [number, members] of parts.entries()) {
      if (isSought[number] || members.length > mostColumns || !isFit(members)) continue;
      if (!members.some((column) => asked[columns[fiber.variable[column] as number] as number])) continue;
      isSought[number] = 1;
      for (const column of members) isNew[column] = 1;
    }
    if (!isNew.includes(1)) return 0;
    const found = kernelVectors(fiber, isNew, work);
    add(fiber, found?.vectors ?? []);
    return found?.spent ?? work;
  };
  const isFlat = (part: readonly number[]): boolean =>
    part.filter((column) => dimensionsOf(opened().fiber, column) === 3).length <= part.length / 2;
  /** Those of the list that the last fiber asked for can use, as far as the list was gone through. */
  let used: { readonly of: Fiber; readonly usable: Vector[]; from: number; moves?: Moves } | undefined;
  const usedIn = (fiber: Fiber) => {
    if (used?.of !== fiber) used = { of: fiber, usable: [], from: 0 };
    if (used.from < list.length) delete used.moves;
    for (; used.from < list.length; used.from++) {
      const { at, by } = list[used.from] as Vector;
      const columns = columnsOf(at, fiber);
      if (columns) used.usable.push({ at: columns, by });
    }
    return used;
  };
  const inPairsOf = (fiber: Fiber, asked: Uint8Array, pairing: Pairing, work: number): number => {
    const stands = new Int32Array(fiber.columns);
    const count = (found: readonly Vector[]): void => {
      for (const { at } of found) for (const column of at) stands[column] = (stands[column] as number) + 1;
    };
    count(usedIn(fiber).usable);
    let spent = 0;
    for (const family of familiesOf(fiber)) {
      const wanted = asked.map((one, column) =>
        one && (stands[column] as number) < enough && isDeep(fiber, column) ? 1 : 0,
      );
      if (spent > work || !wanted.includes(1)) break;
      const along = pairedVectors(fiber, family, wanted, work - spent, pairing);
      spent += along.spent;
      count(along.vectors);
      add(fiber, along.vectors);
    }
    return spent;
  };
  const inPairs = (fiber: Fiber, asked: Uint8Array, pairing: Pairing, work: number): number => {
    const { fiber: wide, isLarge } = opened();
    const looked = pairing === 'cycles' ? inCycles : inLayers;
    const isNew = asked.map((one, column) => {
      const variable = fiber.variable[column] as number;
      const isFit = pairing === 'cycles' || isLarge(variable) || dimensionsOf(fiber, column) > 3;
      return one && !looked.has(variable) && isFit ? 1 : 0;
    });
    if (!isNew.includes(1)) return 0;
    const isNewInAll = Uint8Array.from(wide.variable, (variable) => isNew[fiber.column[variable] as number] ?? 0);
    let spent = inPairsOf(wide, isNewInAll, pairing, work);
    if (fiber.columns < wide.columns) spent += inPairsOf(fiber, isNew, pairing, work - spent);
    for (const [column, one] of isNew.entries()) if (one) looked.add(fiber.variable[column] as number);
    return spent;
  };
  return {
    known: { vectors, inCycles, inLayers },
    add,
    open(fiber, asked, depth, work) {
      const spent =
        depth === 'cycles' || depth === 'layers'
          ? inPairs(fiber, asked, depth, work)
          : depth === 'known'
            ? 0
            : inParts(asked, fiber.column, depth === 'parts' ? () => true : isFlat, work);
      const now = usedIn(fiber);
      now.moves ??= movesOf(fiber.columns, now.usable);
      return { moves: now.moves, spent };
    },
  };
}

/** What the attacker who knows least has open, in its connected parts. */
type Whole = {
  readonly fiber: Fiber;
  readonly parts: readonly (readonly number[])[];
  readonly isSought: Uint8Array;
  /** Whether the part of a variable is too large for elimination. */
  readonly isLarge: (variable: number) => boolean;
};

function wholeOf(fiber: Fiber): Whole {
  const connected = partsOf(fiber);
  const parts = membersOf(connected);
  return {
    fiber,
    parts,
    isSought: new Uint8Array(parts.length),
    isLarge: (variable) => {
      const part = connected.part[fiber.column[variable] as number];
      return part !== undefined && (parts[part]?.length ?? 0) > mostColumns;
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
