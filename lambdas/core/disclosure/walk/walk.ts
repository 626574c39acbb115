/** What a walk through the fiber has shown (docs/METHODS.md §3.5): its steps, and the values seen of each unknown. */
import type { Fiber } from './fiber.ts';

/** One step of a walk: variable, amount, variable, amount …, made `times` times; no times at all lead back to the true table. */
export type Step = { readonly along: Int32Array; readonly times: number };

/** Values are remembered relative to the base in one 32-bit mask: −16 … 15. */
const offset = 16;

/** What a walk has shown: its steps in order, and for each column the values seen (bits around the base), the least and the most. `news` counts what was seen for the first time, `spent` entries looked at. */
export type Walk = {
  readonly steps: Step[];
  readonly seen: Uint32Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  news: number;
  spent: number;
};

export const noWalk = ({ columns, base }: Fiber): Walk => ({
  steps: [],
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

/** Remembers the value that a column stands at. */
export function see(walk: Walk, { base }: Fiber, column: number, value: Float64Array): void {
  const now = value[column] as number;
  const by = now - (base[column] as number);
  if (by >= -offset && by < 32 - offset) {
    const before = walk.seen[column] as number;
    const bit = (1 << (by + offset)) >>> 0;
    if ((before & bit) === 0) {
      walk.seen[column] = (before | bit) >>> 0;
      walk.news++;
    }
  }
  if (now < (walk.least[column] as number)) {
    walk.least[column] = now;
    walk.news++;
  }
  if (now > (walk.most[column] as number)) {
    walk.most[column] = now;
    walk.news++;
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
