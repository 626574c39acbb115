/** Finds rows of one person close in time, by a stable identifier and by nothing else: equal rows without one are different people. */
import { eachRepeat } from './repeats.ts';

/** Events of one file in its own order. A row without a key or without a day cannot be judged. */
export type Events = {
  readonly size: number;
  /** A number equal for equal persons, 53 bits of the key; 0 when the row names none. */
  person(at: number): number;
  /** Days since 1970; undefined when no day is stated. */
  day(at: number): number | undefined;
  /** Minute of the day; undefined when only the day is stated. */
  minute(at: number): number | undefined;
};
/** Verdicts; 0 is none. */
export const single = 1;
export const repeated = 2;

const dayMinutes = 1440;

/**
 * Judges each row: `repeated` when the same person has an earlier row less than 24 hours before it (on the same day where a time is missing), so that an episode is a chain;
 * `single` otherwise; 0 without identifier or day. The rule is that of the Deportation Data Project (2026).
 */
export function likelyDuplicates(events: Events): Uint8Array {
  const verdicts = new Uint8Array(events.size);
  const persons = new Float64Array(events.size);
  /** The rows that can be judged, and the persons in them. */
  const judged = new Uint32Array(events.size);
  let count = 0;
  for (let at = 0; at < events.size; at++) {
    const person = events.day(at) === undefined ? 0 : events.person(at);
    if (person === 0) continue;
    verdicts[at] = single;
    judged[count] = at;
    persons[count++] = person;
  }
  /** The rows of each person who has several. */
  const rowsOf = new Map<number, number[]>();
  eachRepeat(persons.subarray(0, count), (person) => rowsOf.set(person, []));
  if (rowsOf.size > 0) for (let at = 0; at < count; at++) rowsOf.get(persons[at] ?? 0)?.push(judged[at] ?? 0);
  const moment = (at: number) => (events.day(at) ?? 0) * dayMinutes + (events.minute(at) ?? 0);
  for (const rows of rowsOf.values()) {
    rows.sort((a, b) => moment(a) - moment(b) || a - b);
    for (const [place, at] of rows.entries()) {
      const previous = rows[place - 1];
      if (previous === undefined) continue;
      const timed = events.minute(at) !== undefined && events.minute(previous) !== undefined;
      const close = timed ? moment(at) - moment(previous) < dayMinutes : events.day(at) === events.day(previous);
      if (close) verdicts[at] = repeated;
    }
  }
  return verdicts;
}
