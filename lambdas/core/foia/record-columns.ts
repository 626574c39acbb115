/**
 * The records of one table, held back until the whole file has proved readable: 38 bytes a row, because days, areas and categories repeat.
 * Nothing of a file that is refused in its middle may reach the lake.
 */
import type { Sha256 } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Value, ValueColumn } from '../domain/value-column.ts';
import { timeOf } from './dates.ts';
import type { RecordLayout } from './layout.ts';
import { type Events, repeated, single } from './likely-duplicates.ts';
import { PersonColumn } from './person-column.ts';
import type { PersonKeys } from './person-keys.ts';
import type { RowRecord } from './records.ts';

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

type Stated = Pick<RowRecord, 'date' | 'month' | 'zone'>;
/** Records in the columns of the lake's `foia_records`. */
export type FoiaColumns = { readonly length: number; readonly columns: Readonly<Record<FoiaColumn, ValueColumn>> };
type FoiaColumn =
  | 'file_sha256'
  | 'foia_release'
  | 'reading'
  | 'sheet'
  | 'table_number'
  | 'row_number'
  | 'record_kind'
  | 'agency'
  | 'event_date'
  | 'event_month'
  | 'event_time'
  | 'event_zone'
  | 'event_precision'
  | 'area'
  | 'area_level'
  | 'category'
  | 'person_key'
  | 'duplicate_likely'
  | 'withheld'
  | 'record_count'
  | 'recorded_at';

type Said = Pick<RowRecord, 'area' | 'category' | 'withheld'>;

const noMinute = -1;
const dayMinutes = 1440;
const wholeDay: readonly (string | null)[] = [
  null,
  ...Array.from({ length: dayMinutes }, (_, minute) => timeOf(minute)),
];

export class RecordColumns {
  readonly origin: TableOrigin;
  #rows = new Uint32Array(256);
  #whens = new Uint32Array(256);
  #minutes = new Int16Array(256);
  #whats = new Uint32Array(256);
  /** Made with the first row that stands for another number of events than one. */
  #counts: Float64Array | undefined;
  readonly #persons: PersonColumn;
  readonly #stated = new Interned<Stated>();
  readonly #said = new Interned<Said>();
  #verdicts: Uint8Array | undefined;
  #timed = false;
  size = 0;
  notMappable = 0;

  constructor(origin: TableOrigin, personKeys: PersonKeys) {
    this.origin = origin;
    this.#persons = new PersonColumn(origin.layout.agency, personKeys);
  }

  add({ row, date, month, minute, zone, area, category, count, person, withheld }: RowRecord): void {
    const at = this.size;
    if (at === this.#rows.length) this.#grow();
    this.#rows[at] = row;
    this.#whens[at] = this.#stated.at(zone, null, date ?? month, () => ({ date, month, zone }));
    this.#minutes[at] = minute ?? noMinute;
    if (minute !== null) this.#timed = true;
    this.#whats[at] = this.#said.at(withheld, area, category, () => ({ area, category, withheld }));
    if (count !== 1) this.#counts ??= new Float64Array(this.#rows.length).fill(1);
    if (this.#counts) this.#counts[at] = count;
    if (person !== undefined) this.#persons.add(at, person);
    if (area === null) this.notMappable += count;
    this.size = at + 1;
  }

  /** Waits for the keys of persons that were asked for before, and asks for those of the rows since. */
  settle(): Promise<void> {
    return this.#persons.settle();
  }

  /** Waits for the keys of all persons. */
  settleAll(): Promise<void> {
    return this.#persons.settleAll();
  }

  /** What is needed to find rows of one person close in time. */
  get events(): Events {
    return {
      size: this.size,
      person: (at) => this.#persons.numberAt(at),
      day: (at) => this.#stated.of(this.#whens[at], dayNumber),
      minute: (at) => {
        const minute = this.#minutes[at] ?? noMinute;
        return minute === noMinute ? undefined : minute;
      },
    };
  }

  /** The first and the last month that a record states. */
  get months(): { readonly first: string; readonly last: string } | undefined {
    const months = this.#stated.values.flatMap(({ month }) => month ?? []).sort();
    const [first] = months;
    const last = months.at(-1);
    return first !== undefined && last !== undefined ? { first, last } : undefined;
  }

  judge(verdicts: Uint8Array): void {
    this.#verdicts = verdicts;
  }

  get likelyDuplicates(): number {
    return this.#verdicts?.reduce((sum, verdict) => sum + (verdict === repeated ? 1 : 0), 0) ?? 0;
  }

  /** The records in the order of their rows, `length` at a time, in the columns of the lake. */
  *parts(length: number): Generator<FoiaColumns> {
    for (let from = 0; from < this.size; from += length) yield this.#part(from, Math.min(from + length, this.size));
  }

  #part(from: number, to: number): FoiaColumns {
    const { file, sheet, table, layout } = this.origin;
    const whens = this.#whens.subarray(from, to);
    const whats = this.#whats.subarray(from, to);
    const stated = (value: (when: Stated) => Value): ValueColumn => ({
      values: this.#stated.values.map(value),
      at: whens,
    });
    const said = (value: (what: Said) => Value): ValueColumn => ({ values: this.#said.values.map(value), at: whats });
    return {
      length: to - from,
      columns: {
        file_sha256: { all: file.sha256 },
        foia_release: { all: file.release },
        reading: { all: file.reading },
        sheet: { all: sheet },
        table_number: { all: table },
        row_number: { numbers: this.#rows.subarray(from, to) },
        record_kind: { all: layout.recordKind },
        agency: { all: layout.agency },
        event_date: stated(({ date }) => date),
        event_month: stated(({ month }) => month),
        event_time: this.#times(from, to),
        event_zone: stated(({ zone }) => zone),
        event_precision: this.#precisions(from, to),
        area: said(({ area }) => area),
        area_level: said(({ area }) => (area === null ? 'none' : layout.area.level)),
        category: said(({ category }) => category),
        person_key: this.#persons.digests(from, to) ?? { all: null },
        duplicate_likely: this.#judged(from, to),
        withheld: said(({ withheld }) => withheld),
        record_count: this.#counted(from, to),
        recorded_at: { all: file.readAt },
      },
    };
  }

  #times(from: number, to: number): ValueColumn {
    if (!this.#timed) return { all: null };
    return { values: wholeDay, at: Uint32Array.from(this.#minutes.subarray(from, to), (minute) => minute + 1) };
  }

  #precisions(from: number, to: number): ValueColumn {
    const precision = ({ date, month }: Stated) => (date !== null ? 'day' : month !== null ? 'month' : 'none');
    const whens = this.#whens.subarray(from, to);
    if (!this.#timed) return { values: this.#stated.values.map(precision), at: whens };
    const at = Uint32Array.from(whens, (when, row) => (this.#minutes[from + row] === noMinute ? when + 1 : 0));
    return { values: ['minute', ...this.#stated.values.map(precision)], at };
  }

  #judged(from: number, to: number): ValueColumn {
    const verdicts = this.#verdicts?.subarray(from, to);
    if (!verdicts) return { all: null };
    const [first] = verdicts;
    if (verdicts.every((verdict) => verdict === first))
      return { all: first === single ? false : first === repeated ? true : null };
    const at = Uint32Array.from(verdicts, (verdict) => (verdict === repeated ? 2 : verdict === single ? 1 : 0));
    return { values: [null, false, true], at };
  }

  #counted(from: number, to: number): ValueColumn {
    if (!this.#counts) return { all: 1 };
    const values: number[] = [];
    const places = new Map<number, number>();
    const at = Uint32Array.from(this.#counts.subarray(from, to), (count) => {
      const known = places.get(count) ?? values.push(count) - 1;
      places.set(count, known);
      return known;
    });
    return { values, at };
  }

  #grow(): void {
    const more = Math.ceil(this.#rows.length * 1.5);
    const wider = <Numbers extends Uint32Array | Int16Array | Float64Array>(after: Numbers, before: Numbers) => {
      after.set(before);
      return after;
    };
    this.#rows = wider(new Uint32Array(more), this.#rows);
    this.#whens = wider(new Uint32Array(more), this.#whens);
    this.#minutes = wider(new Int16Array(more), this.#minutes);
    this.#whats = wider(new Uint32Array(more), this.#whats);
    if (this.#counts) this.#counts = wider(new Float64Array(more).fill(1), this.#counts);
  }
}

const dayNumber = ({ date }: Stated): number | undefined => (date === null ? undefined : Date.parse(date) / 86_400_000);

type Word = string | null;

/** Each different value once, by its place, with what was asked about it. A value is known by three words of it, without making a fourth. */
class Interned<Value> {
  readonly #places = new Map<Word, Map<Word, Map<Word, number>>>();
  #first: Word = null;
  #second: Word = null;
  #thirds: Map<Word, number> | undefined;
  readonly #answers: (number | undefined)[] = [];
  readonly values: Value[] = [];

  at(first: Word, second: Word, third: Word, make: () => Value): number {
    // Rows that follow each other mostly differ in the last word.
    if (first !== this.#first || second !== this.#second || !this.#thirds) {
      this.#thirds = this.#under(first, second);
      this.#first = first;
      this.#second = second;
    }
    const known = this.#thirds.get(third);
    if (known !== undefined) return known;
    this.#thirds.set(third, this.values.length);
    return this.values.push(make()) - 1;
  }

  #under(first: Word, second: Word): Map<Word, number> {
    let seconds = this.#places.get(first);
    if (!seconds) {
      seconds = new Map();
      this.#places.set(first, seconds);
    }
    let thirds = seconds.get(second);
    if (!thirds) {
      thirds = new Map();
      seconds.set(second, thirds);
    }
    return thirds;
  }

  /** The answer to one question about a value, asked once. */
  of(place: number | undefined, ask: (value: Value) => number | undefined): number | undefined {
    const at = place ?? -1;
    const value = this.values[at];
    if (value === undefined) throw new RangeError('a place that was given out');
    this.#answers[at] ??= ask(value);
    return this.#answers[at];
  }
}
