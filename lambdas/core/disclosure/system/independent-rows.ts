/** Which equations say something that the others do not: elimination with factors of one, in whole numbers. */

/** Entries looked at; a row that is not found out by then to follow from others is kept. */
const mostWork = 40_000_000;
const mostCoefficient = 2 ** 31;

type Entries = readonly (readonly [at: number, by: number])[];

/** The shorter first, and of the same length by what stands in them, so that the order is the same beside whatever is new. */
function inOrder(one: Entries, other: Entries): number {
  if (one.length !== other.length) return one.length - other.length;
  for (const [nth, [at, by]] of one.entries()) {
    const [otherAt, otherBy] = other[nth] as readonly [number, number];
    if (at !== otherAt || by !== otherBy) return at - otherAt || by - otherBy;
  }
  return 0;
}

/** Those of the rows that do not follow from the others, the shorter ones first: whatever does is a sum of whole multiples of them. `termsOf`: unknown and coefficient, each unknown once. */
export function independentRows<Row>(
  rows: readonly Row[],
  termsOf: (row: Row) => Iterable<readonly [number, number]>,
): Row[] {
  const sorted = rows
    .map((row) => ({ row, entries: [...termsOf(row)].sort(([one], [other]) => one - other) }))
    .sort((one, other) => inOrder(one.entries, other.entries));
  const occurs = new Map<number, number>();
  for (const { entries } of sorted) for (const [at] of entries) occurs.set(at, (occurs.get(at) ?? 0) + 1);
  /** The rows by which unknowns are replaced, and by unknown their place. */
  const pivots: Entries[] = [];
  const replacedBy = new Map<number, number>();
  const kept: Row[] = [];
  let work = mostWork;
  for (const { row, entries } of sorted) {
    const left = new Map(entries);
    for (let from = 0; work > 0; ) {
      let next = Number.POSITIVE_INFINITY;
      let unknown = -1;
      for (const at of left.keys()) {
        const pivot = replacedBy.get(at);
        if (pivot !== undefined && pivot >= from && pivot < next) [next, unknown] = [pivot, at];
      }
      work -= left.size;
      if (unknown < 0) break;
      from = next;
      const pivot = pivots[next] ?? [];
      const times = left.get(unknown) ?? 0;
      work -= pivot.length;
      for (const [at, by] of pivot) {
        const now = (left.get(at) ?? 0) - times * by;
        if (now === 0) left.delete(at);
        else left.set(at, now);
      }
    }
    if (left.size === 0) continue;
    kept.push(row);
    let rarest = -1;
    let fewest = Number.POSITIVE_INFINITY;
    let fits = true;
    for (const [at, by] of left) {
      if (Math.abs(by) > mostCoefficient) fits = false;
      if (Math.abs(by) === 1 && (occurs.get(at) ?? 0) < fewest) [rarest, fewest] = [at, occurs.get(at) ?? 0];
    }
    // Without a factor of one the row replaces nothing: sums stay whole.
    if (rarest < 0 || !fits) continue;
    const sign = left.get(rarest) ?? 1;
    replacedBy.set(rarest, pivots.length);
    pivots.push([...left].map(([at, by]) => [at, sign * by] as const));
  }
  return kept;
}
