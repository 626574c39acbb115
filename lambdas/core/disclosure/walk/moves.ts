/** Moves: changes of whole numbers that keep every row of a fiber as it is (docs/METHODS.md §3.5), kept together so that the shortest of each count are found first. */
import { startsOf, type Vector } from './lattice.ts';

/** Moves by length, shortest first: columns and amounts in start[move] … start[move + 1]; `occurs` lists for each column the moves it stands in, and its amount there. */
export type Moves = {
  readonly count: number;
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly amount: Int8Array;
  readonly occursStart: Int32Array;
  readonly occurs: Int32Array;
  readonly occursAmount: Int8Array;
};

/** The vectors as moves. */
export function movesOf(columns: number, vectors: readonly Vector[]): Moves {
  const short = [...vectors].sort((one, other) => one.at.length - other.at.length);
  const entries = short.reduce((sum, { at }) => sum + at.length, 0);
  const start = new Int32Array(short.length + 1);
  const column = new Int32Array(entries);
  const amount = new Int8Array(entries);
  for (const [move, { at, by }] of short.entries()) {
    const first = start[move] as number;
    column.set(at, first);
    amount.set(by, first);
    start[move + 1] = first + at.length;
  }
  const occursStart = startsOf(columns, column, entries);
  const fill = occursStart.slice();
  const occurs = new Int32Array(entries);
  const occursAmount = new Int8Array(entries);
  for (let move = 0; move < short.length; move++)
    for (let entry = start[move] as number; entry < (start[move + 1] as number); entry++) {
      const one = column[entry] as number;
      const place = fill[one] as number;
      occurs[place] = move;
      occursAmount[place] = amount[entry] as number;
      fill[one] = place + 1;
    }
  return { count: short.length, start, column, amount, occursStart, occurs, occursAmount };
}

/** The same number for a vector and its negative, whatever the order; that two share one by chance costs a move. */
export function nameOf({ at, by }: Vector): number {
  let [sum, mixed] = [0, 0];
  for (let nth = 0; nth < at.length; nth++) {
    const place = Math.imul((at[nth] as number) + 1, 0x9e3779b1);
    sum += ((place ^ (place >>> 15)) | 0) * (by[nth] as number);
    mixed += Math.imul(place ^ (place >>> 13), 0x85ebca6b) * (by[nth] as number);
  }
  return Math.abs(sum) + 2 ** -20 * (Math.abs(mixed) % 2 ** 20);
}
