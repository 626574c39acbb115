import type { PropertyId } from '../ids.ts';

const twoHours = 2 * 3_600_000;

/** Remembers properties and times (epoch milliseconds) of one submission's reports and tells whether another one of the same property lies within two hours of the asked one. */
export type NearDuplicates = {
  readonly near: (property: PropertyId, at: number) => boolean;
  readonly add: (property: PropertyId, at: number) => void;
};

/** Takes the same time for the ten-thousandth report of a property as for the first: of each two hours only the first and the last time matter. */
export function nearDuplicates(): NearDuplicates {
  const seen = new Map<string, Map<number, { first: number; last: number }>>();
  return {
    near(property, at) {
      const slots = seen.get(property);
      if (slots === undefined) return false;
      const slot = Math.floor(at / twoHours);
      if (slots.has(slot)) return true;
      const before = slots.get(slot - 1);
      const after = slots.get(slot + 1);
      return (
        (before !== undefined && at - before.last <= twoHours) || (after !== undefined && after.first - at <= twoHours)
      );
    },
    add(property, at) {
      let slots = seen.get(property);
      if (slots === undefined) {
        slots = new Map();
        seen.set(property, slots);
      }
      const slot = Math.floor(at / twoHours);
      const held = slots.get(slot);
      if (held === undefined) slots.set(slot, { first: at, last: at });
      else {
        held.first = Math.min(held.first, at);
        held.last = Math.max(held.last, at);
      }
    },
  };
}
