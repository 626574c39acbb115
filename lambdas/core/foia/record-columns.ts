/**
 * The records of one sheet, held back until the whole file has proved readable: 20 bytes a row, because days, areas and categories repeat.
 * Nothing of a file that is refused in its middle may reach the lake.
 */
import type { Sha256 } from '../domain/ids.ts';
import type { CalendarDate, Instant } from '../domain/instant.ts';
import type { RecordLayout } from './layout.ts';
import type { RowRecord } from './records.ts';

/** One accepted row, in the columns of the lake's `foia_records`. */
export type FoiaRecord = {
  readonly file_sha256: Sha256;
  readonly sheet: string;
  readonly row_number: number;
  readonly record_kind: string;
  readonly agency: string;
  readonly event_date: CalendarDate | null;
  readonly event_month: string | null;
  readonly area: string | null;
  readonly area_level: string;
  readonly category: string;
  readonly record_count: number;
  readonly recorded_at: Instant;
};

export type Origin = {
  readonly file: Sha256;
  readonly sheet: string;
  readonly receivedAt: Instant;
  readonly layout: Pick<RecordLayout, 'recordKind' | 'agency' | 'area'>;
};

export class RecordColumns {
  readonly #origin: Origin;
  #rows = new Uint32Array(256);
  #whens = new Uint32Array(256);
  #whats = new Uint32Array(256);
  #counts = new Float64Array(256);
  readonly #when = new Interned<Pick<RowRecord, 'date' | 'month'>>();
  readonly #what = new Interned<Pick<RowRecord, 'area' | 'category'>>();
  size = 0;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  add({ row, date, month, area, category, count }: RowRecord): void {
    const at = this.size;
    if (at === this.#rows.length) this.#grow();
    this.#rows[at] = row;
    this.#whens[at] = this.#when.at(date ?? month ?? '', () => ({ date, month }));
    this.#whats[at] = this.#what.at(`${area}\n${category}`, () => ({ area, category }));
    this.#counts[at] = count;
    this.size = at + 1;
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
    const { file, sheet, receivedAt, layout } = this.#origin;
    const { date, month } = this.#when.of(this.#whens[at]);
    const { area, category } = this.#what.of(this.#whats[at]);
    return {
      file_sha256: file,
      sheet,
      row_number: this.#rows[at] ?? 0,
      record_kind: layout.recordKind,
      agency: layout.agency,
      event_date: date,
      event_month: month,
      area,
      area_level: area === null ? 'none' : layout.area.level,
      category,
      record_count: this.#counts[at] ?? 0,
      recorded_at: receivedAt,
    };
  }

  #grow(): void {
    const twice = this.#rows.length * 2;
    const wider = (before: Uint32Array) => {
      const after = new Uint32Array(twice);
      after.set(before);
      return after;
    };
    this.#rows = wider(this.#rows);
    this.#whens = wider(this.#whens);
    this.#whats = wider(this.#whats);
    const counts = new Float64Array(twice);
    counts.set(this.#counts);
    this.#counts = counts;
  }
}

/** Each different value once, by its place. */
class Interned<Value> {
  readonly #places = new Map<string, number>();
  readonly #values: Value[] = [];
  at(key: string, make: () => Value): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#values.length);
    return this.#values.push(make()) - 1;
  }
  of(place: number | undefined): Value {
    const value = this.#values[place ?? -1];
    if (value === undefined) throw new RangeError('a place that was given out');
    return value;
  }
}
