/**
 * Linear disclosure: which unknowns do all solutions of the equations agree on (docs/METHODS.md §3.5). An unknown is determined exactly when it is zero in
 * every vector of the kernel, so one random kernel vector over a large prime field answers for all of them; the chance to miss is below 10⁻⁷ per unknown
 * and prime, and a miss is on the safe side (more is called determined). Two primes guard against a field in which the rank drops.
 */
const primes = [67_108_859, 67_108_837] as const; // the two largest below 2^26, so that products stay exact

/** One equation: the sum of coefficient × unknown is `right`. */
export type LinearRow = {
  readonly entries: readonly (readonly [unknown: number, coefficient: number])[];
  readonly right: number;
};

/** Values of the determined unknowns; `undecided` when the work limit was reached, and then nothing is certified. */
export type Determined = { readonly values: ReadonlyMap<number, number>; readonly undecided: boolean };

export function determinedUnknowns(
  unknowns: readonly number[],
  rows: readonly LinearRow[],
  work = 50_000_000,
): Determined {
  const found = primes.map((prime) => inField(unknowns, rows, prime, work));
  const values = new Map<number, number>();
  if (found.some((values) => values === undefined)) return { values, undecided: true };
  for (const inOne of found) for (const [unknown, value] of inOne ?? []) values.set(unknown, value);
  return { values, undecided: false };
}

type Pivot = {
  readonly unknown: number;
  readonly entries: readonly (readonly [number, number])[];
  readonly right: number;
};

function inField(
  unknowns: readonly number[],
  rows: readonly LinearRow[],
  p: number,
  work: number,
): Map<number, number> | undefined {
  const pivots = echelon(rows, p, work);
  if (!pivots) return undefined;
  // Free unknowns take random values in the kernel vector and zero in the particular solution; pivots follow, last first.
  const kernel = new Map<number, number>();
  const particular = new Map<number, number>();
  const pivoted = new Set(pivots.map(({ unknown }) => unknown));
  for (const unknown of unknowns) if (!pivoted.has(unknown)) kernel.set(unknown, noise(unknown, p));
  for (const { unknown, entries, right } of pivots.reverse()) {
    let inKernel = 0;
    let inParticular = right;
    for (const [other, coefficient] of entries) {
      inKernel = (inKernel + coefficient * (kernel.get(other) ?? 0)) % p;
      inParticular = (inParticular + (p - coefficient) * (particular.get(other) ?? 0)) % p;
    }
    kernel.set(unknown, (p - inKernel) % p);
    particular.set(unknown, inParticular % p);
  }
  const determined = new Map<number, number>();
  for (const unknown of unknowns)
    if (kernel.get(unknown) === 0) {
      const value = particular.get(unknown) ?? 0;
      determined.set(unknown, value > p / 2 ? value - p : value);
    }
  return determined;
}

/** Rows in echelon form with leading coefficient one, `entries` without the leading unknown; undefined when the work limit was reached. */
export function echelon(rows: readonly LinearRow[], p: number, work: number): Pivot[] | undefined {
  const open: { entries: Map<number, number>; right: number }[] = rows.map(({ entries, right }) => {
    const row = new Map<number, number>();
    for (const [unknown, coefficient] of entries)
      row.set(unknown, ((((row.get(unknown) ?? 0) + coefficient) % p) + p) % p);
    for (const [unknown, coefficient] of row) if (coefficient === 0) row.delete(unknown);
    return { entries: row, right: ((right % p) + p) % p };
  });
  const occurs = new Map<number, Set<number>>();
  open.forEach(({ entries }, row) => {
    for (const unknown of entries.keys())
      (occurs.get(unknown) ?? occurs.set(unknown, new Set()).get(unknown))?.add(row);
  });
  const lonely = [...occurs].filter(([, rows]) => rows.size === 1).map(([unknown]) => unknown);
  const left = new Set(open.keys());
  // Rows by length; a row stands again under each length it comes to, and is passed over where it no longer has that length.
  const byLength: number[][] = [];
  const file = (row: number) => {
    const length = open[row]?.entries.size ?? 0;
    const same = byLength[length];
    if (same) same.push(row);
    else byLength[length] = [row];
  };
  for (const row of left) file(row);
  const shortest = (): number => {
    for (const [length, rows] of byLength.entries())
      for (let row = rows?.pop(); row !== undefined; row = rows?.pop())
        if (left.has(row) && open[row]?.entries.size === length) return row;
    return -1;
  };
  const pivots: Pivot[] = [];
  while (left.size) {
    // An unknown that stands in one row only is a pivot that costs nothing; failing that, the shortest row's rarest unknown, with a factor of one if there is one.
    let row = -1;
    let unknown = -1;
    while (lonely.length && row < 0) {
      const next = lonely.pop() ?? -1;
      const [only] = occurs.get(next) ?? [];
      if (only !== undefined && occurs.get(next)?.size === 1) [row, unknown] = [only, next];
    }
    if (row < 0) {
      row = shortest();
      let rarest = Number.POSITIVE_INFINITY;
      for (const candidate of open[row]?.entries.keys() ?? []) {
        const factor = open[row]?.entries.get(candidate) ?? 0;
        const size = (occurs.get(candidate)?.size ?? 0) + (factor === 1 || factor === p - 1 ? 0 : rows.length);
        if (size < rarest) [rarest, unknown] = [size, candidate];
      }
    }
    const chosen = open[row];
    left.delete(row);
    if (!chosen || chosen.entries.size === 0) continue;
    const scale = inverse(chosen.entries.get(unknown) ?? 0, p);
    for (const [other, coefficient] of chosen.entries) chosen.entries.set(other, (coefficient * scale) % p);
    chosen.right = (chosen.right * scale) % p;
    for (const other of chosen.entries.keys()) {
      occurs.get(other)?.delete(row);
      if (occurs.get(other)?.size === 1) lonely.push(other);
    }
    for (const target of [...(occurs.get(unknown) ?? [])]) {
      const changed = open[target];
      if (!changed) continue;
      const factor = p - (changed.entries.get(unknown) ?? 0);
      work -= chosen.entries.size;
      if (work < 0) return undefined;
      for (const [other, coefficient] of chosen.entries) {
        const before = changed.entries.get(other);
        const after = ((before ?? 0) + factor * coefficient) % p;
        if (after === 0) {
          changed.entries.delete(other);
          const rows = occurs.get(other);
          rows?.delete(target);
          if (rows?.size === 1) lonely.push(other);
        } else {
          changed.entries.set(other, after);
          if (before === undefined) (occurs.get(other) ?? occurs.set(other, new Set()).get(other))?.add(target);
        }
      }
      changed.right = (changed.right + factor * chosen.right) % p;
      file(target);
    }
    chosen.entries.delete(unknown);
    pivots.push({ unknown, entries: [...chosen.entries], right: chosen.right });
  }
  return pivots;
}

/** A number that looks random and is the same on every run: never zero. Mixed as in MurmurHash3's finalizer. */
function noise(unknown: number, p: number): number {
  let mixed = Math.imul(unknown + 1, 0x9e3779b1) ^ p;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return 1 + (((mixed ^ (mixed >>> 16)) >>> 0) % (p - 1));
}

/** By the extended Euclidean algorithm. */
function inverse(value: number, p: number): number {
  let [a, b, x, y] = [value, p, 1, 0];
  while (b !== 0) {
    const quotient = Math.floor(a / b);
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % p) + p) % p;
}
