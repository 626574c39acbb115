/** What a choice of cells must make possible, in bundles of cells that move together (docs/METHODS.md §3.6). */
import type { Variable } from '../system/system.ts';
import type { Room } from './cheapest-way.ts';
import type { Bundle, TiedCells } from './tied-cells.ts';

/** How far each bundle can rise and fall before one of its cells leaves the range that an attacker knows. */
type Reach = { readonly up: Float64Array; readonly down: Float64Array };

/** That a bundle can move this way by so much. `rooms`: of its cells, the widest of which that is. */
export type Need = {
  readonly bundle: number;
  readonly way: 1 | -1;
  readonly amount: number;
  readonly reach: Reach;
  readonly rooms: readonly Room[];
};

/** One need for all rooms of a bundle, one way and against one attacker. A room whose cell cannot move asks for nothing. */
export function needsOf(rooms: readonly Room[], { bundles, placeOf }: TiedCells): Need[] {
  const reaches = new Map<Room['rangeOf'], Reach>();
  const needs = new Map<string, Need>();
  for (const room of rooms) {
    const { target, by, rangeOf } = room;
    const place = placeOf(target);
    if (!place) continue;
    const [bundle, sign] = place;
    const way = by * sign > 0 ? 1 : -1;
    const reach = reaches.get(rangeOf) ?? reachUnder(rangeOf, bundles);
    reaches.set(rangeOf, reach);
    const name = `${bundle}|${way}|${[...reaches.keys()].indexOf(rangeOf)}`;
    const { amount = 0, rooms: others = [] } = needs.get(name) ?? {};
    needs.set(name, { bundle, way, amount: Math.max(amount, Math.abs(by)), reach, rooms: [...others, room] });
  }
  return [...needs.values()];
}

function reachUnder(rangeOf: Room['rangeOf'], bundles: readonly Bundle[]): Reach {
  const up = new Float64Array(bundles.length).fill(Number.POSITIVE_INFINITY);
  const down = up.slice();
  const room = (of: Variable): readonly [number, number] => {
    const [least, most] = rangeOf(of);
    const { truth = least } = of;
    return [Math.max(0, most - truth), Math.max(0, truth - least)];
  };
  for (const [at, { members, signs }] of bundles.entries())
    for (const [nth, member] of members.entries()) {
      const [rises, falls] = room(member);
      up[at] = Math.min(up[at] as number, signs[nth] === 1 ? rises : falls);
      down[at] = Math.min(down[at] as number, signs[nth] === 1 ? falls : rises);
    }
  return { up, down };
}
