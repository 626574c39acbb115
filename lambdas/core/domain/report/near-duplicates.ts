import type { ReportFacts } from '../submission.ts';

const twoHours = 2 * 3_600_000;

/** Remembers the reports of one submission and tells whether another one of the same property lies within two hours of the asked one. */
export type NearDuplicates = {
  readonly near: (facts: ReportFacts) => boolean;
  readonly add: (facts: ReportFacts) => void;
};

export function nearDuplicates(): NearDuplicates {
  const seen = new Map<string, number[]>();
  return {
    near({ property, observedFrom }) {
      if (property === undefined || observedFrom === undefined) return false;
      const at = Date.parse(observedFrom);
      return seen.get(property)?.some((other) => Math.abs(other - at) <= twoHours) ?? false;
    },
    add({ property, observedFrom }) {
      if (property === undefined || observedFrom === undefined) return;
      const times = seen.get(property);
      if (times) times.push(Date.parse(observedFrom));
      else seen.set(property, [Date.parse(observedFrom)]);
    },
  };
}
