import type { Rows } from '../system/propagate.ts';
import type { System } from '../system/system.ts';

/**
 * Everything that new cells can tell of: those that share an equation with one of them, and on from there through whatever is not shown. A new cell that is shown has no
 * unknowns of its own, and can still be the last number that was missing to an older one.
 */
export function reachOf(concerns: ReadonlySet<number>, rows: Rows, { variables }: System): ReadonlySet<number> {
  const reached = new Set(concerns);
  const seen = new Uint8Array(rows.count);
  const queue = [...concerns];
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (let entry = rows.occursStart[at] as number; entry < (rows.occursStart[at + 1] as number); entry++) {
      const row = rows.occurs[entry] as number;
      if (seen[row]) continue;
      seen[row] = 1;
      for (let place = rows.start[row] as number; place < (rows.start[row + 1] as number); place++) {
        const index = rows.index[place] as number;
        if (reached.has(index)) continue;
        if (variables[index]?.state === 'shown') continue;
        reached.add(index);
        queue.push(index);
      }
    }
  return reached;
}
