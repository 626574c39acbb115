/** The table a walk stands at while it looks for the next one: counts, sums of rows, and the rows that are out of their range (docs/METHODS.md §3.5). */
import type { Fiber } from './fiber.ts';
import type { Walk } from './walk.ts';

export type Standing = {
  readonly value: Float64Array;
  /** The first `brokenCount` are the rows out of their range. */
  readonly broken: Int32Array;
  readonly brokenCount: () => number;
  /** For each row +1 too little, −1 too much. */
  readonly lacks: Int8Array;
  /** How many broken rows a change of each column up or down would help. */
  readonly helpUp: Int32Array;
  readonly helpDown: Int32Array;
  readonly change: (column: number, by: number) => void;
  /** Part of a change at whose end every row is within its range: no row is looked at. */
  readonly shift: (column: number, by: number) => void;
  /** Whether a step, variable, amount, variable, amount …, can be made so often that every count and every row stays within its range; false where a variable is no unknown. */
  readonly fits: (along: Int32Array, times: number) => boolean;
};

export function standingAtBase(fiber: Fiber, walk: Walk): Standing {
  const { columns, rows, start, index, coefficient, rowLow, rowHigh, low, high, base, column: columnOf } = fiber;
  const { occursStart, occursRow, occursCoefficient } = fiber;
  const value = base.slice();
  const activity = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++)
      activity[row] =
        (activity[row] as number) + (coefficient[entry] as number) * (base[index[entry] as number] as number);
  // Broken rows in a list, each with what it lacks: +1 too little, −1 too much; and how many broken rows a change of each unknown up or down would help.
  const broken = new Int32Array(rows);
  const brokenAt = new Int32Array(rows).fill(-1);
  const lacks = new Int8Array(rows);
  let brokenCount = 0;
  const helpUp = new Int32Array(columns);
  const helpDown = new Int32Array(columns);
  const hasRange = Uint8Array.from(rowLow, (least, row) => (least === rowHigh[row] ? 0 : 1));
  const anyRange = hasRange.includes(1);
  const help = (row: number, lack: number, by: number): void => {
    const last = start[row + 1] as number;
    walk.spent += last - (start[row] as number);
    for (let entry = start[row] as number; entry < last; entry++) {
      const column = index[entry] as number;
      if ((coefficient[entry] as number) * lack > 0) helpUp[column] = (helpUp[column] as number) + by;
      else helpDown[column] = (helpDown[column] as number) + by;
    }
  };
  const change = (column: number, by: number): void => {
    value[column] = (value[column] as number) + by;
    for (let entry = occursStart[column] as number; entry < (occursStart[column + 1] as number); entry++) {
      const row = occursRow[entry] as number;
      const now = (activity[row] as number) + by * (occursCoefficient[entry] as number);
      activity[row] = now;
      const lack = now < (rowLow[row] as number) ? 1 : now > (rowHigh[row] as number) ? -1 : 0;
      const before = lacks[row] as number;
      if (lack === before) continue;
      if (before !== 0) help(row, before, -1);
      if (lack !== 0) help(row, lack, 1);
      lacks[row] = lack;
      if (before === 0) {
        brokenAt[row] = brokenCount;
        broken[brokenCount++] = row;
      } else if (lack === 0) {
        const at = brokenAt[row] as number;
        const last = broken[--brokenCount] as number;
        broken[at] = last;
        brokenAt[last] = at;
        brokenAt[row] = -1;
      }
    }
  };
  const shift = (column: number, by: number): void => {
    value[column] = (value[column] as number) + by;
    if (!anyRange) return;
    for (let entry = occursStart[column] as number; entry < (occursStart[column + 1] as number); entry++) {
      const row = occursRow[entry] as number;
      if (hasRange[row]) activity[row] = (activity[row] as number) + by * (occursCoefficient[entry] as number);
    }
  };
  const sum = new Float64Array(rows);
  const touched = new Int32Array(rows);
  const isTouched = new Uint8Array(rows);
  const fits = (along: Int32Array, times: number): boolean => {
    let count = 0;
    let within = true;
    for (let at = 0; at < along.length && within; at += 2) {
      const column = columnOf[along[at] as number] as number;
      const by = along[at + 1] as number;
      if (column < 0) within = false;
      else {
        const end = (value[column] as number) + times * by;
        within = end >= (low[column] as number) && end <= (high[column] as number);
      }
      if (!within) break;
      const last = occursStart[column + 1] as number;
      walk.spent += last - (occursStart[column] as number);
      for (let entry = occursStart[column] as number; entry < last; entry++) {
        const row = occursRow[entry] as number;
        if (!isTouched[row]) touched[count++] = row;
        isTouched[row] = 1;
        sum[row] = (sum[row] as number) + by * (occursCoefficient[entry] as number);
      }
    }
    for (let nth = 0; nth < count; nth++) {
      const row = touched[nth] as number;
      const by = times * (sum[row] as number);
      isTouched[row] = sum[row] = 0;
      if (by === 0 || !within) continue;
      const end = (activity[row] as number) + by;
      within = hasRange[row] === 1 && end >= (rowLow[row] as number) && end <= (rowHigh[row] as number);
    }
    return within;
  };
  return { value, broken, brokenCount: () => brokenCount, lacks, helpUp, helpDown, change, shift, fits };
}
