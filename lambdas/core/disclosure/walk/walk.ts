/** What a walk through the fiber has shown (docs/METHODS.md §3.5): its steps, and the values seen of each unknown. */
import type { Fiber } from './fiber.ts';
import type { Moves } from './moves.ts';

/** One step of a walk: variable, amount, variable, amount …, made `times` times; no times at all lead back to the true table. */
export type Step = { readonly along: Int32Array; readonly times: number };

/** The way back to the true table. */
export const home: Step = { along: new Int32Array(0), times: 0 };

/** A step by a move, `sign` × `times` times; steps of the same move share what they say. */
export type StepMaker = (move: number, sign: number, times: number) => Step;

export function stepMaker({ variable }: Fiber, { start, column, amount, count }: Moves): StepMaker {
  const said: (Int32Array | undefined)[] = Array.from({ length: 2 * count });
  const alongOf = (move: number, sign: number): Int32Array => {
    const first = start[move] as number;
    const along = new Int32Array(2 * ((start[move + 1] as number) - first));
    for (let at = 0; at < along.length; at += 2) {
      along[at] = variable[column[first + at / 2] as number] as number;
      along[at + 1] = sign * (amount[first + at / 2] as number);
    }
    return along;
  };
  return (move, sign, times) => {
    const place = 2 * move + (sign > 0 ? 1 : 0);
    const along = said[place] ?? alongOf(move, sign);
    said[place] = along;
    return { along, times };
  };
}

/** Values are remembered relative to the base in one 32-bit mask: −16 … 15. */
const offset = 16;

/**
 * What a walk has shown: its steps in order, and for each column the values seen (bits around the base), the least and the most. `news` counts what was seen for the first
 * time of the columns that are `asked`, `spent` entries looked at.
 */
export type Walk = {
  readonly asked: Uint8Array;
  readonly steps: Step[];
  readonly seen: Uint32Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  news: number;
  spent: number;
};

/** What is walked on by moves. `value`, the counts of the columns, is changed by `shift` only. */
export type Ground = {
  readonly fiber: Fiber;
  readonly walk: Walk;
  readonly moves: Moves;
  readonly value: Float64Array;
  readonly shift: (column: number, by: number) => void;
  readonly stepOf: StepMaker;
};

export const noWalk = ({ columns, base }: Fiber): Walk => ({
  steps: [],
  asked: new Uint8Array(columns),
  seen: new Uint32Array(columns).fill(2 ** offset),
  least: base.slice(),
  most: base.slice(),
  news: 0,
  spent: 0,
});

export function valuesSeen({ seen }: Walk, column: number): number {
  let bits = seen[column] as number;
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Whether the walk has shown this value of a column; of values far from the base nothing is remembered but the least and the most. */
export function valueSeen({ seen, least, most }: Walk, { base }: Fiber, column: number, value: number): boolean {
  const by = value - (base[column] as number);
  const remembered = by >= -offset && by < 32 - offset;
  return remembered
    ? ((seen[column] as number) & (1 << (by + offset))) !== 0
    : value === least[column] || value === most[column];
}

/** Remembers the value that a column stands at. */
export function see(walk: Walk, { base }: Fiber, column: number, value: Float64Array): void {
  const now = value[column] as number;
  const by = now - (base[column] as number);
  if (by >= -offset && by < 32 - offset) {
    const before = walk.seen[column] as number;
    const bit = (1 << (by + offset)) >>> 0;
    if ((before & bit) === 0) {
      walk.seen[column] = (before | bit) >>> 0;
      walk.news += walk.asked[column] as number;
    }
  }
  if (now < (walk.least[column] as number)) {
    walk.least[column] = now;
    walk.news += walk.asked[column] as number;
  }
  if (now > (walk.most[column] as number)) {
    walk.most[column] = now;
    walk.news += walk.asked[column] as number;
  }
}

/** The way from `now` to the nearest value of a column not yet seen, or 0; `up` decides between equals. */
export function unseenWay(
  { seen }: Walk,
  { base, low, high }: Fiber,
  column: number,
  now: number,
  up: boolean,
): number {
  const bits = seen[column] as number;
  const zero = base[column] as number;
  const open = (value: number): boolean => {
    const by = value - zero;
    const inRange = value >= (low[column] as number) && value <= (high[column] as number);
    return inRange && by >= -offset && by < 32 - offset && !(bits & (1 << (by + offset)));
  };
  for (let far = 1; far < 32; far++) {
    const [above, below] = [open(now + far), open(now - far)];
    if (above && below) return up ? far : -far;
    if (above || below) return above ? far : -far;
  }
  return 0;
}

/** Whether the way that begins at step `from` moves a wanted column before it comes home. */
export function movesAny(
  steps: readonly Step[],
  from: number,
  { column: columnOf }: Fiber,
  wanted: (column: number) => boolean,
): boolean {
  for (let nth = from; nth < steps.length; nth++) {
    const { along, times } = steps[nth] as Step;
    if (times === 0) return false;
    for (let at = 0; at < along.length; at += 2) {
      const column = columnOf[along[at] as number] as number;
      if (column >= 0 && wanted(column)) return true;
    }
  }
  return false;
}

/** Makes a step that fits, and remembers what it shows. */
export function again(
  step: Step,
  walk: Walk,
  fiber: Fiber,
  value: Float64Array,
  shift: (column: number, by: number) => void,
): void {
  const { along, times } = step;
  for (let time = 0; time < times; time++)
    for (let at = 0; at < along.length; at += 2) {
      const column = fiber.column[along[at] as number] as number;
      shift(column, along[at + 1] as number);
      see(walk, fiber, column, value);
    }
  walk.steps.push(step);
}
