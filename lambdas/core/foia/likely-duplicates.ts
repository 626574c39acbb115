/** Finds rows of one person close in time, by a stable identifier and by nothing else: equal rows without one are different people. */

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
  const lastOf = new LastRows(events.size);
  const before = new Int32Array(events.size).fill(-1);
  const shared = new Set<number>();
  for (let at = 0; at < events.size; at++) {
    const person = events.person(at);
    if (person === 0 || events.day(at) === undefined) continue;
    verdicts[at] = single;
    const earlier = lastOf.exchange(person, at);
    if (earlier < 0) continue;
    before[at] = earlier;
    shared.delete(earlier);
    shared.add(at);
  }
  const moment = (at: number) => (events.day(at) ?? 0) * dayMinutes + (events.minute(at) ?? 0);
  for (const last of shared) {
    const rows: number[] = [];
    for (let at = last; at >= 0; at = before[at] ?? -1) rows.push(at);
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

/** The last row of each person, at 12 bytes a place. */
class LastRows {
  readonly #persons: Float64Array;
  readonly #rows: Int32Array;
  constructor(size: number) {
    const places = 1 << Math.ceil(Math.log2(Math.max(16, size * 1.5)));
    this.#persons = new Float64Array(places);
    this.#rows = new Int32Array(places);
  }
  /** Notes a row and answers the one before it, -1 when it is the first. */
  exchange(person: number, row: number): number {
    const mask = this.#persons.length - 1;
    // The low bits of a hash are as good as any, and finding them is one step.
    for (let at = (person >>> 0) & mask; ; at = (at + 1) & mask) {
      const held = this.#persons[at];
      if (held !== 0 && held !== person) continue;
      const earlier = held === 0 ? -1 : (this.#rows[at] ?? -1);
      this.#persons[at] = person;
      this.#rows[at] = row;
      return earlier;
    }
  }
}
