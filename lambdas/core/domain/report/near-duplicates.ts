import type { ReportFacts } from '../submission.ts';

const twoHours = 2 * 3_600_000;

/** Remembers the reports of one submission and tells whether another one of the same property lies within two hours of the asked one. */
export type NearDuplicates = {
  readonly near: (facts: ReportFacts) => boolean;
  readonly add: (facts: ReportFacts) => void;
};

/** Takes the same time for the ten-thousandth report of a property as for the first: of each two hours only the first and the last time matter. */
export function nearDuplicates(): NearDuplicates {
  const seen = new Map<string, Map<number, { first: number; last: number }>>();
  return {
    near({ property, observedFrom }) {
      if (property === undefined || observedFrom === undefined) return false;
      const slots = seen.get(property);
      if (slots === undefined) return false;
      const at = Date.parse(observedFrom);
      const slot = Math.floor(at / twoHours);
      if (slots.has(slot)) return true;
      const before = slots.get(slot - 1);
      const after = slots.get(slot + 1);
      return (
        (before !== undefined && at - before.last <= twoHours) || (after !== undefined && after.first - at <= twoHours)
      );
    },
    add({ property, observedFrom }) {
      if (property === undefined || observedFrom === undefined) return;
      let slots = seen.get(property);
      if (slots === undefined) {
        slots = new Map();
        seen.set(property, slots);
      }
      const at = Date.parse(observedFrom);
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
