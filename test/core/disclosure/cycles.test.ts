import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cycleSeeker, isGraph } from '#core/disclosure/walk/cycles.ts';
import { latticeOf, membersOf, partsOf, rowKeeper } from '#core/disclosure/walk/lattice.ts';

type Edge = readonly (readonly [row: number, factor: number])[];

/** A lattice of so many rows whose columns stand in these. */
function latticeAlong(rows: number, edges: readonly Edge[]) {
  const start = new Int32Array(edges.length + 1);
  for (const [column, edge] of edges.entries()) start[column + 1] = (start[column] ?? 0) + edge.length;
  return latticeOf(
    edges.length,
    rows,
    start,
    edges.flatMap((edge) => edge.map(([row]) => row)),
    edges.flatMap((edge) => edge.map(([, factor]) => factor)),
  );
}

const vectorsOf = (rows: number, edges: readonly Edge[]) => {
  const lattice = latticeAlong(rows, edges);
  const seek = cycleSeeker(lattice);
  return membersOf(partsOf(lattice)).flatMap(seek);
};

describe('cycles', () => {
  it('are a basis of what keeps the rows of a table of two dimensions with some cells known', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (isOpen) => {
        const edges = isOpen.flatMap((open, cell): Edge[] =>
          open
            ? [
                [
                  [Math.floor(cell / 5), 1],
                  [4 + (cell % 5), 1],
                ],
              ]
            : [],
        );
        const keepsRows = rowKeeper(latticeAlong(9, edges));
        const vectors = vectorsOf(9, edges);
        for (const { at, by } of vectors) expect(keepsRows(at, by)).toBe(true);
        // Of a graph of two sides: edges, less rows that are touched, and one more for each connected part.
        const touched = new Set(edges.flatMap((edge) => edge.map(([row]) => row)));
        expect(vectors).toHaveLength(edges.length - touched.size + partsOf(latticeAlong(9, edges)).count);
      }),
    );
  });

  it('keep every row whatever the signs, and leave out those that no signs fit', () => {
    const edge = fc
      .tuple(
        fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 2 }),
        fc.tuple(fc.constantFrom(1, -1), fc.constantFrom(1, -1)),
      )
      .map(([rows, signs]): Edge => rows.map((row, nth) => [row, signs[nth] ?? 1]));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 14 }), (edges) => {
        const keepsRows = rowKeeper(latticeAlong(6, edges));
        for (const { at, by } of vectorsOf(6, edges)) {
          expect(keepsRows(at, by)).toBe(true);
          expect(new Set(at).size).toBe(at.length);
          expect(by.every((amount) => Math.abs(amount) === 1)).toBe(true);
        }
      }),
    );
    const triangle = (sign: number): Edge[] => [
      [
        [0, 1],
        [1, -1],
      ],
      [
        [1, 1],
        [2, -1],
      ],
      [
        [2, 1],
        [0, sign],
      ],
    ];
    expect(vectorsOf(3, triangle(-1))).toHaveLength(1);
    expect(vectorsOf(3, triangle(1))).toEqual([]);
  });

  it('are of columns that stand in two rows at most, with factors of one', () => {
    const isOne = (...edges: Edge[]) => isGraph(latticeAlong(3, edges), [...edges.keys()]);
    expect(
      isOne(
        [[0, 1]],
        [],
        [
          [0, 1],
          [1, -1],
        ],
      ),
    ).toBe(true);
    expect(isOne([[0, 2]])).toBe(false);
    expect(
      isOne([
        [0, 1],
        [1, 1],
        [2, 1],
      ]),
    ).toBe(false);
  });
});
