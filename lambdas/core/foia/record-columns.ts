/**
 * The records of one sheet, held back until the whole file has proved readable: 38 bytes a row, because days, areas and categories repeat.
 * Nothing of a file that is refused in its middle may reach the lake.
 */
import type { Sha256 } from '../domain/ids.ts';
import type { CalendarDate, Instant } from '../domain/instant.ts';
import { timeOf } from './dates.ts';
import type { RecordLayout } from './layout.ts';
import { type Events, notJudged, repeated } from './likely-duplicates.ts';
import { personKeyBytes } from './person-keys.ts';
import type { RowRecord } from './records.ts';

/** One accepted row, in the columns of the lake's `foia_records`. */
export type FoiaRecord = {
  readonly file_sha256: Sha256;
  readonly foia_release: string;
  readonly reading: number;
  readonly sheet: string;
  readonly table_number: number;
  readonly row_number: number;
  readonly record_kind: string;
  readonly agency: string;
  readonly event_date: CalendarDate | null;
  readonly event_month: string | null;
  readonly event_time: string | null;
  readonly event_zone: string | null;
  readonly event_precision: 'minute' | 'day' | 'month' | 'none';
  readonly area: string | null;
  readonly area_level: string;
  readonly category: string;
  readonly person_key: string | null;
  readonly duplicate_likely: boolean | null;
  readonly withheld: string | null;
  readonly record_count: number;
  readonly recorded_at: Instant;
};

/** The file and the reading that the rows of a table come from. */
export type FileOrigin = {
  readonly sha256: Sha256;
  readonly release: string;
  readonly reading: number;
  readonly receivedAt: Instant;
  readonly readAt: Instant;
};
export type TableOrigin = {
  readonly file: FileOrigin;
  readonly sheet: string;
  readonly table: number;
  readonly layout: Pick<RecordLayout, 'recordKind' | 'agency' | 'area'>;
};

const noMinute = -1;

export class RecordColumns {
  readonly origin: TableOrigin;
  #rows = new Uint32Array(256);
  #whens = new Uint32Array(256);
  #minutes = new Int16Array(256);
  #whats = new Uint32Array(256);
  #counts = new Float64Array(256);
  #persons = new Uint8Array(0);
  readonly #when = new Interned<Pick<RowRecord, 'date' | 'month' | 'zone'>>();
  readonly #what = new Interned<Pick<RowRecord, 'area' | 'category' | 'withheld'>>();
  #verdicts: Uint8Array | undefined;
  size = 0;
  notMappable = 0;
  months: { readonly first: string; readonly last: string } | undefined;

  constructor(origin: TableOrigin) {
    this.origin = origin;
  }

  add({ row, date, month, minute, zone, area, category, count, person, withheld }: RowRecord): void {
    const at = this.size;
    if (at === this.#rows.length) this.#grow();
    this.#rows[at] = row;
    this.#whens[at] = this.#when.at(zone === null ? (date ?? month ?? '') : `${date}${zone}`, () => ({
      date,
      month,
      zone,
    }));
    this.#minutes[at] = minute ?? noMinute;
    this.#whats[at] = this.#what.at(`${area}\n${category}\n${withheld}`, () => ({ area, category, withheld }));
    this.#counts[at] = count;
    if (person) {
      if (this.#persons.length === 0) this.#persons = new Uint8Array(this.#rows.length * personKeyBytes);
      this.#persons.set(person, at * personKeyBytes);
    }
    if (area === null) this.notMappable += count;
    if (month !== null) {
      const { first, last } = this.months ?? { first: month, last: month };
      if (!this.months || month < first || month > last)
        this.months = { first: month < first ? month : first, last: month > last ? month : last };
    }
    this.size = at + 1;
  }

  /** What is needed to find rows of one person close in time. */
  get events(): Events {
    return {
      size: this.size,
      person: (at) => {
        const from = at * personKeyBytes;
        const byte = (offset: number) => this.#persons[from + offset] ?? 0;
        const high = byte(0) * 0x1_0000 + byte(1) * 0x100 + byte(2);
        return (high >> 3) * 0x1_0000_0000 + byte(3) * 0x100_0000 + byte(4) * 0x1_0000 + byte(5) * 0x100 + byte(6);
      },
      day: (at) => this.#when.of(this.#whens[at], dayNumber),
      minute: (at) => {
        const minute = this.#minutes[at] ?? noMinute;
        return minute === noMinute ? undefined : minute;
      },
    };
  }

  judge(verdicts: Uint8Array): void {
    this.#verdicts = verdicts;
  }

  get likelyDuplicates(): number {
    return this.#verdicts?.reduce((sum, verdict) => sum + (verdict === repeated ? 1 : 0), 0) ?? 0;
  }

  /** The records in the order of their rows, `length` at a time. */
  *parts(length: number): Generator<readonly FoiaRecord[]> {
    for (let from = 0; from < this.size; from += length) {
      const part: FoiaRecord[] = [];
      for (let at = from; at < Math.min(from + length, this.size); at++) part.push(this.#record(at));
      yield part;
    }
  }

  #record(at: number): FoiaRecord {
    const { file, sheet, table, layout } = this.origin;
    const { date, month, zone } = this.#when.value(this.#whens[at]);
    const { area, category, withheld } = this.#what.value(this.#whats[at]);
    const minute = this.#minutes[at] ?? noMinute;
    const verdict = this.#verdicts?.[at] ?? notJudged;
    return {
      file_sha256: file.sha256,
      foia_release: file.release,
      reading: file.reading,
      sheet,
      table_number: table,
      row_number: this.#rows[at] ?? 0,
      record_kind: layout.recordKind,
      agency: layout.agency,
      event_date: date,
      event_month: month,
      event_time: minute === noMinute ? null : timeOf(minute),
      event_zone: zone,
      event_precision: minute !== noMinute ? 'minute' : date !== null ? 'day' : month !== null ? 'month' : 'none',
      area,
      area_level: area === null ? 'none' : layout.area.level,
      category,
      person_key: this.#personAt(at),
      duplicate_likely: verdict === notJudged ? null : verdict === repeated,
      withheld,
      record_count: this.#counts[at] ?? 0,
      recorded_at: file.readAt,
    };
  }

  #personAt(at: number): string | null {
    const from = at * personKeyBytes;
    if (from >= this.#persons.length) return null;
    const key = Buffer.from(this.#persons.buffer, from, personKeyBytes);
    return key.every((byte) => byte === 0) ? null : key.toString('hex');
  }

  #grow(): void {
    const twice = this.#rows.length * 2;
    const wider = <Numbers extends Uint32Array | Int16Array | Float64Array | Uint8Array>(
      after: Numbers,
      before: Numbers,
    ) => {
      after.set(before);
      return after;
    };
    this.#rows = wider(new Uint32Array(twice), this.#rows);
    this.#whens = wider(new Uint32Array(twice), this.#whens);
    this.#minutes = wider(new Int16Array(twice), this.#minutes);
    this.#whats = wider(new Uint32Array(twice), this.#whats);
    this.#counts = wider(new Float64Array(twice), this.#counts);
    if (this.#persons.length > 0) this.#persons = wider(new Uint8Array(twice * personKeyBytes), this.#persons);
  }
}

const dayNumber = ({ date }: { readonly date: CalendarDate | null }): number | undefined =>
  date === null ? undefined : Date.parse(date) / 86_400_000;

/** Each different value once, by its place, with what was asked about it. */
class Interned<Value> {
  readonly #places = new Map<string, number>();
  readonly #values: Value[] = [];
  readonly #answers: (number | undefined)[] = [];
  at(key: string, make: () => Value): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#values.length);
    return this.#values.push(make()) - 1;
  }
  value(place: number | undefined): Value {
    const value = this.#values[place ?? -1];
    if (value === undefined) throw new RangeError('a place that was given out');
    return value;
  }
  /** The answer to one question about a value, asked once. */
  of(place: number | undefined, ask: (value: Value) => number | undefined): number | undefined {
    const at = place ?? -1;
    this.#answers[at] ??= ask(this.value(place));
    return this.#answers[at];
  }
}
