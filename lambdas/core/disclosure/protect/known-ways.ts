/** Ways that the attacker's program found, to be asked before it: one that moves several cells gives room to each of them, and stays a way as long as its cells are withheld. */
import type { Variable } from '../system/system.ts';
import type { Room } from './cheapest-way.ts';

/** Columns that move, and by how much, in whole or in part. */
export type Way = { readonly at: Int32Array; readonly by: Float64Array };

const tiny = 1e-6;
const wholeEnough = 1e-4;

/** So many are kept for each room, the latest first. */
const mostKept = 24;

export const isWhole = ({ by }: Way): boolean => by.every((one) => Math.abs(one - Math.round(one)) < wholeEnough);

export function wayOf(moves: Float64Array): Way {
  const at = Int32Array.from([...moves.keys()].filter((column) => Math.abs(moves[column] as number) > tiny));
  return { at, by: Float64Array.from(at, (column) => moves[column] as number) };
}

export function knownWays(rooms: readonly Room[], columns: readonly Variable[]) {
  const kept: Way[][] = rooms.map(() => []);
  const roomsOf = new Map<number, number[]>();
  const place = new Map(columns.map(({ index }, at) => [index, at]));
  for (const [room, { target }] of rooms.entries()) {
    const at = place.get(target.index) ?? -1;
    roomsOf.set(at, [...(roomsOf.get(at) ?? []), room]);
  }
  const roomOf = ({ rangeOf }: Room, at: number, by: number): number => {
    const variable = columns[at] as Variable;
    const [least, most] = rangeOf(variable);
    const { truth = least } = variable;
    return by > 0 ? most - truth : truth - least;
  };
  const keep = (room: number, way: Way): void => {
    kept[room] = [way, ...(kept[room] ?? [])].slice(0, mostKept);
  };
  return {
    /** The way that was found for one room, and what it is worth to others. */
    learn(found: number, way: Way): void {
      keep(found, way);
      for (const [nth, at] of way.at.entries())
        for (const other of roomsOf.get(at) ?? []) {
          if (other === found) continue;
          const room = rooms[other] as Room;
          const share = room.by / (way.by[nth] as number);
          const scaled = { at: way.at, by: way.by.map((by) => by * share) };
          const fits = scaled.at.every((of, nth) => {
            const by = scaled.by[nth] as number;
            return Math.abs(by) <= roomOf(room, of, by) + tiny;
          });
          if (fits && isWhole(scaled)) keep(other, scaled);
        }
    },
    /** A way that needs no more than what is withheld, or a share of it. */
    fitting(room: number, withheld: Float64Array): Way | undefined {
      const of = rooms[room] as Room;
      const amount = Math.abs(of.by);
      return kept[room]?.find(({ at, by }) =>
        at.every((column, nth) => {
          const share = withheld[column] as number;
          if (share === 1) return true;
          const move = by[nth] as number;
          return share > 0 && Math.abs(move) <= share * Math.min(amount, roomOf(of, column, move)) + tiny;
        }),
      );
    },
  };
}
