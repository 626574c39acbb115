/**
 * Moves of rows that are a graph (docs/METHODS.md §3.5): where each column stands in two rows at most, columns are edges between rows, and what goes round a cycle with turning signs keeps
 * every row. A tree that grows in breadth closes short cycles, without elimination.
 */
import type { Lattice, Vector } from './lattice.ts';

/** Whether each of these columns stands in two rows at most, with factors of one. */
export function isGraph({ occursStart, occursCoefficient }: Lattice, columns: readonly number[]): boolean {
  return columns.every((column) => {
    const factors = occursCoefficient.subarray(occursStart[column], occursStart[column + 1]);
    return factors.length <= 2 && factors.every((factor) => Math.abs(factor) === 1);
  });
}

/** Answers, for columns that hang together and are a graph, a vector for each that is not of the tree; those whose signs do not fit round their cycle are left out. */
export function cycleSeeker(lattice: Lattice): (members: readonly number[]) => Vector[] {
  const { rows, occursStart, occursRow, occursCoefficient } = lattice;
  // A column of one row only ends at the ground, which nothing has to balance.
  const ground = rows;
  const tree = treeGrower(lattice, ground);
  const { from, by, depth } = tree;
  const at: number[] = [];
  const amounts: number[] = [];
  const factorIn = (column: number, row: number): number => {
    const entry = occursStart[column] as number;
    return (occursRow[entry] === row ? occursCoefficient[entry] : occursCoefficient[entry + 1]) as number;
  };
  const excessAt = (row: number, column: number, amount: number): number =>
    row === ground ? 0 : amount * factorIn(column, row);
  /** Balances the excess at a row by the edge to the row above it; answers the excess there. */
  const climb = (row: number, excess: number): number => {
    const column = by[row] as number;
    const amount = -excess * factorIn(column, row);
    at.push(column);
    amounts.push(amount);
    return excessAt(from[row] as number, column, amount);
  };
  return (members) => {
    const vectors: Vector[] = [];
    const reached = tree.grow(members);
    const isOfTree = new Set(reached.map((row) => by[row]));
    for (const column of members) {
      if (isOfTree.has(column)) continue;
      let [one, other] = tree.endsOf(column);
      let [excess, otherExcess] = [excessAt(one, column, 1), one === other ? 0 : excessAt(other, column, 1)];
      at.length = amounts.length = 0;
      at.push(column);
      amounts.push(1);
      while (one !== other)
        if ((depth[one] as number) >= (depth[other] as number)) {
          excess = climb(one, excess);
          one = from[one] as number;
        } else {
          otherExcess = climb(other, otherExcess);
          other = from[other] as number;
        }
      if (excess + otherExcess === 0) vectors.push({ at: Int32Array.from(at), by: Int8Array.from(amounts) });
    }
    tree.fell(reached);
    return vectors;
  };
}

/** A tree over rows: the row above each, the column that leads there, and how far it is from the root; −1 where the tree does not stand. */
function treeGrower({ rows, start, index, occursStart, occursRow }: Lattice, ground: number) {
  const from = new Int32Array(rows + 1);
  const by = new Int32Array(rows + 1).fill(-1);
  const depth = new Int32Array(rows + 1).fill(-1);
  const endsOf = (column: number): [one: number, other: number] => {
    const first = occursStart[column] as number;
    const many = (occursStart[column + 1] as number) - first;
    return [many > 0 ? (occursRow[first] as number) : ground, many > 1 ? (occursRow[first + 1] as number) : ground];
  };
  const sizeOf = (row: number): number => (start[row + 1] as number) - (start[row] as number);
  /** The ground where there is one; failing that the row with most columns. */
  const rootOf = (members: readonly number[], grounded: readonly number[]): number => {
    let root = ground;
    if (grounded.length > 0) return root;
    for (const column of members)
      for (const row of endsOf(column)) if (root === ground || sizeOf(row) > sizeOf(root)) root = row;
    return root;
  };
  return {
    from,
    by,
    depth,
    endsOf,
    /** Answers the rows that it reached. */
    grow(members: readonly number[]): number[] {
      const grounded = members.filter((column) => endsOf(column)[1] === ground);
      const root = rootOf(members, grounded);
      depth[root] = 0;
      const reached = [root];
      for (const row of reached)
        for (const column of row === ground ? grounded : index.subarray(start[row], start[row + 1])) {
          const [one, other] = endsOf(column);
          const next = one === row ? other : one;
          if (depth[next] !== -1) continue;
          depth[next] = (depth[row] as number) + 1;
          from[next] = row;
          by[next] = column;
          reached.push(next);
        }
      return reached;
    },
    fell(reached: readonly number[]): void {
      for (const row of reached) depth[row] = by[row] = -1;
    },
  };
}
