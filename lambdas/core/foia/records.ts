/**
 * A row of a recognized sheet as one record, or the reason why it is not. Attributes of persons are never taken; equal rows are kept, because withheld
 * identifiers make different people look alike.
 */
import type { CalendarDate, Instant } from '../domain/instant.ts';
import { addDays } from '../domain/instant.ts';
import { type Cell, cellText, SerialDate, type SheetRow } from './cell.ts';
import { dayOfSerial, monthNamed, saysNothing, type When, whenIn } from './dates.ts';
import type { Recognition } from './header.ts';
import { type AreaLists, normalWords } from './layout.ts';
import { redactionOf } from './redaction.ts';
import { claimOf } from './withheld-tally.ts';

/** One accepted row of a sheet: what differs from row to row. */
export type RowRecord = {
  readonly row: number;
  readonly date: CalendarDate | null;
  readonly month: string | null;
  /** Minute of the day, and the zone where the source says one. */
  readonly minute: number | null;
  readonly zone: string | null;
  readonly area: string | null;
  readonly category: string;
  readonly count: number;
  /** The identifier of the person, which must be keyed before anything is kept; undefined where there is none. */
  readonly person: string | undefined;
  /** Fields withheld and the exemptions claimed, such as `event_date: (b)(7)(E); person: (b)(6), (b)(7)(C)`; null when none is. */
  readonly withheld: string | null;
};

/** Why a row is no record. Refused rows are no records by their nature; quarantined ones wait for a person. */
export const rowReasons = {
  reference_sheet: 'refused',
  total_row: 'refused',
  header_repeated: 'refused',
  footnote_row: 'refused',
  layout_unknown: 'quarantined',
  layout_ambiguous: 'quarantined',
  header_repeats_a_column: 'quarantined',
  event_date_unreadable: 'quarantined',
  event_date_in_future: 'quarantined',
  event_date_implausible: 'quarantined',
  area_unlisted: 'quarantined',
  count_unreadable: 'quarantined',
  outside_every_table: 'quarantined',
  lone_cell: 'quarantined',
} as const;
export type RowReason = keyof typeof rowReasons;
/** `column` (0-based) is the one whose cell could not be read. */
export type Verdict = { readonly record: RowRecord } | { readonly reason: RowReason; readonly column?: number };

export type Source = { readonly receivedAt: Instant; readonly areas: AreaLists };

const earliest = '1950-01-01';
const keptAnswers = 20_000;

/** Prepares the reading of one table whose columns begin at `first`: column by column, each different value is understood once. */
export function recordReader(
  recognition: Extract<Recognition, { reading: 'records' }>,
  first: number,
  source: Source,
): { readonly columns: ReadonlySet<number>; read(row: SheetRow): Verdict } {
  const { layout, columns } = recognition;
  const at = (field: Parameters<typeof columns.get>[0]) => columns.get(field)?.index ?? -1;
  const [dateAt, yearAt, monthAt, personAt] = [at('eventDate'), at('fiscalYear'), at('month'), at('person')];
  const [areaAt, categoryAt, countAt] = [at('area'), at('category'), at('count')];
  const dateHeader = columns.get('eventDate')?.header;
  // A day of grace: the agency's zone may be ahead of ours.
  const latest = addDays(source.receivedAt.slice(0, 10) as CalendarDate, 1);

  const list = layout.area.list ? source.areas[layout.area.list] : {};
  const wholeArea = layout.area.fromTitle ? areaInTitle(recognition.title, list) : undefined;
  const areaOf = once((cell): Understood<string | null> | undefined => {
    const text = cellText(cell);
    const listed = list[normalWords(text)];
    if (listed !== undefined) return { value: listed };
    return unsaid(text, null) ?? (layout.area.list === undefined ? { value: null } : undefined);
  });
  const values = new Map(
    Object.entries(layout.category.values).map(([value, category]) => [normalWords(value), category]),
  );
  const categoryOf = once((cell): Understood<string> => {
    const text = cellText(cell);
    const nothing = unsaid(text, 'unknown');
    if (nothing) return nothing;
    const key =
      layout.category.match === 'whole' ? normalWords(text) : normalWords(/^\s*\[([^\]]{1,4})\]/.exec(text)?.[1] ?? '');
    return { value: values.get(key) ?? 'other' };
  });
  const judged = (when: When): Moment => momentOf(when, latest, layout.zone ?? null);
  const textMoment = once((cell) => judged(whenIn(cell)));
  const claims = new Claims();
  const serialMoments = new Map<number, Moment>();
  const momentIn = (cell: Cell): Moment => {
    if (typeof cell === 'string') return textMoment(cell);
    if (!(cell instanceof SerialDate)) return judged(whenIn(cell));
    const minutes = Math.floor(Math.round(cell.serial * 86_400) / 60);
    const known = serialMoments.get(minutes);
    if (known) return known;
    const read = judged(dayOfSerial(cell.serial, cell.from1904));
    if (serialMoments.size < keptAnswers) serialMoments.set(minutes, read);
    return read;
  };
  const personOf = (cell: Cell): Understood<string | undefined> => {
    if (typeof cell === 'string' && isPlainIdentifier(cell)) return { value: cell };
    const text = cellText(cell);
    return unsaid(text, undefined) ?? { value: text };
  };
  const nowhere: Understood<null> = { value: null };
  const nobody: Understood<undefined> = { value: undefined };
  const uncategorized: Understood<string> = { value: 'unknown' };

  return {
    columns: new Set(
      [dateAt, yearAt, monthAt, areaAt, categoryAt, countAt, personAt, first, first + 1].filter((index) => index >= 0),
    ),
    read(row) {
      const { cells } = row;
      const moment = yearAt >= 0 ? judged(fiscalMonth(cells[yearAt], cells[monthAt])) : momentIn(cells[dateAt]);
      if (moment.month === null) {
        const nature = noRecord(row, dateHeader, dateAt, first);
        if (nature) return { reason: nature };
      }
      if (moment.fault !== undefined) return { reason: moment.fault, column: yearAt >= 0 ? yearAt : dateAt };
      const area = wholeArea !== undefined ? { value: wholeArea } : areaAt < 0 ? nowhere : areaOf(cells[areaAt]);
      if (area === undefined) return { reason: 'area_unlisted', column: areaAt };
      const count = countAt < 0 ? 1 : wholeCount(cells[countAt]);
      if (count === undefined) return { reason: 'count_unreadable', column: countAt };
      const category = categoryAt < 0 ? uncategorized : categoryOf(cells[categoryAt]);
      const person = personAt < 0 ? nobody : personOf(cells[personAt]);
      const withheld = claims.of(moment.withheld, area.withheld, category.withheld, person.withheld);
      return {
        record: {
          row: row.number,
          date: moment.date,
          month: moment.month,
          minute: moment.minute,
          zone: moment.zone,
          area: area.value,
          category: category.value,
          count,
          person: person.value,
          withheld,
        },
      };
    },
  };
}

/** What a cell says about when, judged once: `month` is null when it says nothing, or withholds it under `withheld`; `fault` is why it cannot stand. */
type Moment = Pick<RowRecord, 'date' | 'month' | 'minute' | 'zone'> & {
  readonly withheld: string | undefined;
  readonly fault: RowReason | undefined;
};

function momentOf(when: When, latest: CalendarDate, zone: string | null): Moment {
  const date = when.kind === 'day' ? when.date : null;
  const month = date?.slice(0, 7) ?? (when.kind === 'month' ? when.month : null);
  const minute = when.kind === 'day' ? when.minute : null;
  return {
    date,
    month,
    minute,
    zone: when.kind === 'day' && minute !== null ? (when.zone ?? zone) : null,
    withheld: when.kind === 'redacted' ? claimOf(when.redaction) : undefined,
    fault: when.kind === 'unreadable' ? 'event_date_unreadable' : timeFault(date, month, latest),
  };
}

function timeFault(date: string | null, month: string | null, latest: CalendarDate): RowReason | undefined {
  if (month === null) return undefined;
  if ((date !== null && date > latest) || month > latest.slice(0, 7)) return 'event_date_in_future';
  return month < earliest ? 'event_date_implausible' : undefined;
}

type Understood<Value> = { readonly value: Value; readonly withheld?: string };

/** What a text that says nothing, or was withheld, stands for; undefined when it says something. */
function unsaid<Value>(text: string, value: Value): Understood<Value> | undefined {
  if (saysNothing(text)) return { value };
  const redaction = redactionOf(text);
  return redaction && { value, withheld: claimOf(redaction) };
}

/** A row that is there for the reader's eye: a total, the header once more, a footnote; or that holds one cell and says nothing of when. */
function noRecord(row: SheetRow, dateHeader: string | undefined, dateAt: number, first: number): RowReason | undefined {
  const text = cellText(row.cells[dateAt]);
  if (dateHeader !== undefined && text !== '' && normalWords(text) === normalWords(dateHeader))
    return 'header_repeated';
  const cell = row.cells.slice(0, first + 2).find((one) => one !== undefined);
  const start = cellText(cell);
  if (/^(grand |sub)?total\b/i.test(start)) return 'total_row';
  if (row.filled !== 1 || (text !== '' && text !== start)) return undefined;
  if (start.length > 20 && !(typeof cell === 'string' && runsTogether(cell))) return 'footnote_row';
  return text === '' ? 'lone_cell' : undefined;
}

/** Whether a text is rather a row whose fields were not parted, because it stands in quotes as a whole or is parted otherwise than the rest of the file. */
const runsTogether = (text: string): boolean =>
  (text.replace(/\d,(?=\d{3}\b)/g, '').match(/[,;|\t](?=\S)/g)?.length ?? 0) >= 3;

/** The calendar month of a federal fiscal year (October to September) and the name of a month. */
export function fiscalMonth(year: Cell, month: Cell): When {
  const named = monthNamed(cellText(month));
  const found = /^(?:FY ?)?(\d{4})(?: ?\(?FYTD\)?)?$/i.exec(cellText(year));
  if (!named || !found)
    return cellText(year) === '' && cellText(month) === '' ? { kind: 'empty' } : { kind: 'unreadable' };
  return { kind: 'month', month: `${Number(found[1]) - (named >= 10 ? 1 : 0)}-${String(named).padStart(2, '0')}` };
}

function wholeCount(cell: Cell): number | undefined {
  const text = typeof cell === 'string' ? cell.trim().replace(/(?<=\d),(?=\d{3}(?:,|$))/g, '') : cell;
  const count = typeof text === 'string' ? (/^\d{1,15}$/.test(text) ? Number(text) : undefined) : text;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function areaInTitle(title: string, list: Readonly<Record<string, string>>): string | null {
  const named = new Set(
    Object.entries(list)
      .filter(([words]) => words.length > 4 && ` ${title} `.includes(` ${words} `))
      .map(([, area]) => area),
  );
  const [area, other] = named;
  return area !== undefined && other === undefined ? area : null;
}

/** Remembers answers for the values seen first; a column of categories has few, one of identifiers is never asked. */
function once<Answer>(understand: (cell: Cell) => Answer): (cell: Cell) => Answer {
  const known = new Map<Cell, Answer>();
  return (cell) => {
    const answered = known.get(cell);
    if (answered !== undefined) return answered;
    const answer = understand(cell);
    if (known.size < keptAnswers) known.set(cell, answer);
    return answer;
  };
}

/** Letters and digits, one of them a digit: what no word for "no value" and no redaction is made of. */
function isPlainIdentifier(text: string): boolean {
  if (text.length < 6 || text.length > 64) return false;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
    else if ((code | 32) < 97 || (code | 32) > 122) return false;
  }
  return digits > 0;
}

type Claim = string | undefined;

/** The claims of a row as one text. The same claims give the same text, made once. */
class Claims {
  readonly #made: { readonly claims: readonly Claim[]; readonly text: string }[] = [];

  of(date: Claim, area: Claim, category: Claim, person: Claim): string | null {
    if (date === undefined && area === undefined && category === undefined && person === undefined) return null;
    const known = this.#made.find(
      ({ claims: [a, b, c, d] }) => a === date && b === area && c === category && d === person,
    );
    if (known) return known.text;
    const claims = [date, area, category, person];
    const fields = ['event_date', 'area', 'category', 'person'];
    const text = claims.flatMap((claim, at) => (claim === undefined ? [] : [`${fields[at]}: ${claim}`])).join('; ');
    if (this.#made.length < 100) this.#made.push({ claims, text });
    return text;
  }
}
