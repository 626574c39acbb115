/** Rows and columns without ranges: what a move must keep (docs/METHODS.md §3.5). */

/** Each row has entries start[row] … start[row + 1]; `occurs` lists for each column its entries by row. */
export type Lattice = {
  readonly columns: number;
  readonly rows: number;
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly coefficient: Int32Array;
  readonly occursStart: Int32Array;
  readonly occursRow: Int32Array;
  readonly occursCoefficient: Int32Array;
};

/** Columns and what each changes by. */
export type Vector = { readonly at: Int32Array; readonly by: Int8Array };

/** Where each group begins, and the last one ends, when so many entries are sorted by `group`. */
export function startsOf(groups: number, group: ArrayLike<number>, entries: number): Int32Array {
  const start = new Int32Array(groups + 1);
  for (let entry = 0; entry < entries; entry++) {
    const next = (group[entry] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let of = 0; of < groups; of++) start[of + 1] = (start[of + 1] as number) + (start[of] as number);
  return start;
}

export function withOccurrences<Of extends Pick<Lattice, 'columns' | 'rows' | 'start' | 'index' | 'coefficient'>>(
  of: Of,
): Of & Lattice {
  const { columns, rows, start, index, coefficient } = of;
  const occursStart = startsOf(columns, index, index.length);
  const fill = occursStart.slice();
  const occursRow = new Int32Array(index.length);
  const occursCoefficient = new Int32Array(index.length);
  for (let row = 0; row < rows; row++)
    for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++) {
      const column = index[entry] as number;
      const place = fill[column] as number;
      occursRow[place] = row;
      occursCoefficient[place] = coefficient[entry] as number;
      fill[column] = place + 1;
    }
  return { ...of, occursStart, occursRow, occursCoefficient };
}

/** From entries by column: entriesStart[column] … entriesStart[column + 1] name its rows and coefficients. */
export function latticeOf(
  columns: number,
  rows: number,
  entriesStart: Int32Array,
  entryRow: ArrayLike<number>,
  entryFactor: ArrayLike<number>,
): Lattice {
  const entries = entriesStart[columns] as number;
  const start = startsOf(rows, entryRow, entries);
  const fill = start.slice();
  const index = new Int32Array(entries);
  const coefficient = new Int32Array(entries);
  for (let column = 0; column < columns; column++)
    for (let entry = entriesStart[column] as number; entry < (entriesStart[column + 1] as number); entry++) {
      const row = entryRow[entry] as number;
      const place = fill[row] as number;
      index[place] = column;
      coefficient[place] = entryFactor[entry] as number;
      fill[row] = place + 1;
    }
  return withOccurrences({ columns, rows, start, index, coefficient });
}

/** Some columns alone, numbered in their order, with what the rows say of them; `place` is scratch of one number per row, all −1, and is left so. */
export function narrowedTo(lattice: Lattice, members: ArrayLike<number>, place: Int32Array): Lattice {
  const { occursStart, occursRow, occursCoefficient } = lattice;
  const entriesStart = new Int32Array(members.length + 1);
  const entryRow: number[] = [];
  const entryFactor: number[] = [];
  const used: number[] = [];
  for (let nth = 0; nth < members.length; nth++) {
    const column = members[nth] as number;
    for (let entry = occursStart[column] as number; entry < (occursStart[column + 1] as number); entry++) {
      const row = occursRow[entry] as number;
      if (place[row] === -1) place[row] = used.push(row) - 1;
      entryRow.push(place[row] as number);
      entryFactor.push(occursCoefficient[entry] as number);
    }
    entriesStart[nth + 1] = entryRow.length;
  }
  for (const row of used) place[row] = -1;
  return latticeOf(members.length, used.length, entriesStart, entryRow, entryFactor);
}

/** The columns that stay when those go that stand alone in a row, again and again: nothing could balance them. */
export function coreOf({ columns, rows, start, index, occursStart, occursRow }: Lattice): Int32Array {
  const left = Int32Array.from({ length: rows }, (_, row) => (start[row + 1] as number) - (start[row] as number));
  const isGone = new Uint8Array(columns);
  const lonely: number[] = [];
  for (let row = 0; row < rows; row++) if (left[row] === 1) lonely.push(row);
  for (let row = lonely.pop(); row !== undefined; row = lonely.pop())
    for (let at = start[row] as number; at < (start[row + 1] as number); at++) {
      const column = index[at] as number;
      if (isGone[column]) continue;
      isGone[column] = 1;
      for (let entry = occursStart[column] as number; entry < (occursStart[column + 1] as number); entry++) {
        const of = occursRow[entry] as number;
        left[of] = (left[of] as number) - 1;
        if (left[of] === 1) lonely.push(of);
      }
    }
  return Int32Array.from(isGone.keys()).filter((column) => !isGone[column]);
}

/** The connected part of each column, numbered from 0; −1 for one that is not there. */
export type Parts = { readonly part: Int32Array; readonly count: number };

/** What hangs together through the rows, with columns that are `isIn` only. */
export function partsOf(
  { columns, rows, start, index }: Pick<Lattice, 'columns' | 'rows' | 'start' | 'index'>,
  isIn: (column: number) => boolean = () => true,
): Parts {
  const parent = Int32Array.from({ length: columns }, (_, column) => column);
  const root = (of: number): number => {
    let at = of;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (let row = 0; row < rows; row++) {
    let first = -1;
    for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++) {
      const column = index[entry] as number;
      if (!isIn(column)) continue;
      if (first < 0) first = root(column);
      else parent[root(column)] = first;
    }
  }
  const part = new Int32Array(columns).fill(-1);
  let count = 0;
  for (let column = 0; column < columns; column++) {
    if (!isIn(column)) continue;
    const top = root(column);
    if (part[top] === -1) part[top] = count++;
    part[column] = part[top] as number;
  }
  return { part, count };
}

/** The columns of each connected part. */
export function membersOf({ part, count }: Parts): number[][] {
  const members: number[][] = Array.from({ length: count }, () => []);
  for (const [column, of] of part.entries()) members[of]?.push(column);
  return members;
}

/** Tells whether a change of some columns leaves every row as it is. */
export function rowKeeper({ rows, occursStart, occursRow, occursCoefficient }: Lattice) {
  const sums = new Float64Array(rows);
  const touched: number[] = [];
  return (at: ArrayLike<number>, by: ArrayLike<number>): boolean => {
    for (let nth = 0; nth < at.length; nth++) {
      const column = at[nth] as number;
      for (let entry = occursStart[column] as number; entry < (occursStart[column + 1] as number); entry++) {
        const row = occursRow[entry] as number;
        touched.push(row);
        sums[row] = (sums[row] as number) + (by[nth] as number) * (occursCoefficient[entry] as number);
      }
    }
    let keeps = true;
    for (const row of touched) {
      if (sums[row] !== 0) keeps = false;
      sums[row] = 0;
    }
    touched.length = 0;
    return keeps;
  };
}
