/** Reads one sheet: finds its tables by the first rows, gives every row to the table it belongs to, and begins anew when a header turns up further down. */
import type { FoiaPreview, FoiaTable } from '../domain/foia-custody.ts';
import { invariant } from '../domain/invariant.ts';
import { type Cell, cellText, type Selection, type Sheet, type SheetRow } from './cell.ts';
import { columnsOf, type FoundTable, findTables, headerWithin } from './header.ts';
import { type Layout, normalWords } from './layout.ts';
import { likelyHeader } from './likely-header.ts';
import type { PersonKeys } from './person-keys.ts';
import type { FileOrigin } from './record-columns.ts';
import { rowReasons, type Verdict } from './records.ts';
import { shownText } from './shown-text.ts';
import { type SetAside, TableReader } from './table-reader.ts';
import { columnLetters, WithheldTally } from './withheld-tally.ts';

export type SheetSource = {
  readonly file: FileOrigin;
  readonly layouts: readonly Layout[];
  readonly personKeys: PersonKeys;
};

/** Rows that look like headers are read whole in a second pass; a sheet with more of them has no tables but a mess. */
const headersLookedAt = 500;
/** How much of a sheet a person is shown: its first rows, and some rows of each reason. */
const rowsShown = 30;
const cellsShown = 60;
const asideShown = 25;

type SheetPreview = FoiaPreview['sheets'][number];

export class SheetReader {
  readonly #sheet: Sheet;
  readonly #source: SheetSource;
  #withheld = new WithheldTally();
  #tables: readonly TableReader[] = [];
  /** The row at which each of them ends. */
  #ends: readonly number[] = [];
  #shown: SheetPreview['rows'] = [];
  #aside: SheetPreview['aside'][number][] = [];

  constructor(sheet: Sheet, source: SheetSource) {
    this.#sheet = sheet;
    this.#source = source;
  }

  get tables(): readonly TableReader[] {
    return this.#tables;
  }

  /** Reads every row; `count` is told how many more there are, `pause` is awaited between batches. Throws FileRefusal. */
  async read(count: (more: number) => void, pause: () => Promise<void>): Promise<void> {
    const first = await this.#pass(new Map(), count, pause);
    if (first.suspects.size === 0) return;
    count(-first.rows);
    const later = await this.#laterHeaders(first.suspects);
    const second = await this.#pass(later, count, pause);
    invariant(second.rows === first.rows, 'a sheet has the same rows each time');
  }

  /** Which of these rows are headers, and of what. */
  async #laterHeaders(suspects: ReadonlySet<number>): Promise<ReadonlyMap<number, FoundTable>> {
    const found = new Map<number, FoundTable>();
    const before: SheetRow[] = [];
    for await (const batch of this.#sheet.rows({ columns: new Set(), rows: suspects }))
      for (const row of batch) {
        if (!suspects.has(row.number)) continue;
        before.push(row);
        const [table] = findTables([row], this.#sheet.name, this.#source.layouts);
        found.set(row.number, table ?? unknownTable(row));
      }
    return found;
  }

  async #pass(
    later: ReadonlyMap<number, FoundTable>,
    count: (more: number) => void,
    pause: () => Promise<void>,
  ): Promise<{ readonly rows: number; readonly suspects: ReadonlySet<number> }> {
    const withheld = new WithheldTally();
    const selection: Selection = { columns: undefined, rows: new Set(later.keys()), withheld };
    this.#withheld = withheld;
    const suspects = new Set<number>();
    const head: SheetRow[] = [];
    let rows = 0;
    let begun = false;
    const take = (row: SheetRow) => {
      const taken = this.#take(row, later, suspects);
      rows += taken;
      count(taken);
    };
    const begin = () => {
      begun = true;
      this.#begin(head, later, selection);
      for (const row of head) take(row);
    };
    for await (const batch of this.#sheet.rows(selection)) {
      for (const row of batch) {
        if (begun) take(row);
        else if (head.push(row) >= headerWithin) begin();
      }
      for (const { records } of this.#tables) await records?.settle();
      await pause();
    }
    if (!begun) begin();
    for (const { records } of this.#tables) await records?.settleAll();
    return { rows, suspects };
  }

  #begin(head: readonly SheetRow[], later: ReadonlyMap<number, FoundTable>, selection: Selection): void {
    const { layouts, file, personKeys } = this.#source;
    const { name: sheet } = this.#sheet;
    this.#shown = head.slice(0, rowsShown).map(({ number, cells }) => ({ row: number, cells: texts(cells) }));
    this.#aside = [];
    const near = findTables(head, sheet, layouts);
    const known = near.some(({ recognition }) => recognition.reading !== 'unknown');
    const reached = head.at(-1)?.number ?? 0;
    const far = [...later].filter(([row]) => row > reached).map(([, table]) => table);
    const all = known ? [...near, ...far] : [nothingFound(head, near)];
    const alone = all.length === 1;
    this.#tables = all.map((found, at) => new TableReader(found, { file, personKeys, sheet, number: at + 1, alone }));
    this.#ends = this.#tables.map((_, at) => this.#endsAt(at));
    // Nobody asks for a cell of a sheet that is only counted.
    const [first] = this.#tables;
    selection.columns = alone ? (first?.columns ?? new Set()) : undefined;
  }

  /** Gives a row to its tables and answers how many took it. */
  #take(row: SheetRow, later: ReadonlyMap<number, FoundTable>, suspects: Set<number>): number {
    let taken = 0;
    let header = false;
    for (let at = 0; at < this.#tables.length; at++) {
      const table = this.#tables[at];
      if (!table) break;
      const { headerRow } = table.found;
      if (row.number <= headerRow) {
        if (row.number === headerRow) header = true;
        else if (at === 0) table.preamble += 1;
        continue;
      }
      if ((this.#ends[at] ?? 0) <= row.number) continue;
      const own = table.own(row);
      if (!own) continue;
      taken += 1;
      const verdict = table.take(own);
      if ('reason' in verdict) this.#show(own, at + 1, verdict);
      if (
        'reason' in verdict &&
        verdict.reason === 'event_date_unreadable' &&
        !later.has(row.number) &&
        suspects.size < headersLookedAt &&
        looksLikeHeader(cellText(own.cells[verdict.column ?? -1]))
      )
        suspects.add(row.number);
    }
    if (taken > 0 || header) return taken;
    const [first] = this.#tables;
    if (!first || row.number < first.found.headerRow) return 0;
    first.takeOutside(row);
    return 1;
  }

  #show({ number, cells }: SheetRow, table: number, verdict: Extract<Verdict, { reason: unknown }>): void {
    const { reason, column } = verdict;
    if (rowReasons[reason] !== 'quarantined' || this.#aside.length >= asideShown * 8) return;
    if (this.#aside.filter((shown) => shown.reason === reason).length >= asideShown) return;
    const where = column === undefined ? {} : { column: columnLetters(column) };
    this.#aside.push({ row: number, cells: texts(cells), table, reason, ...where });
  }

  /** What a person is shown of the sheet, once it was read. */
  get preview(): SheetPreview {
    return { name: this.#sheet.name, rows: this.#shown, aside: this.#aside };
  }

  /** A table ends where the next one over its columns begins. */
  #endsAt(at: number): number {
    const { found } = this.#tables[at] ?? {};
    if (!found) return 0;
    let end = Number.POSITIVE_INFINITY;
    for (const { found: other } of this.#tables)
      if (other.headerRow > found.headerRow && other.first <= found.last && found.first <= other.last)
        end = Math.min(end, other.headerRow);
    return end;
  }

  *setAside(): Generator<SetAside> {
    for (const table of this.#tables) yield* table.setAside();
  }

  conclusions(): readonly FoiaTable[] {
    return this.#tables.map((table) => table.conclusion(this.#withheld));
  }
}

const texts = (cells: readonly Cell[]): readonly string[] => Array.from(cells.slice(0, cellsShown), shownText);

/** Words that a column of dates has for its name and that no date has. */
const looksLikeHeader = (text: string): boolean =>
  /\b(date|day|time|month|year|dt)\b/.test(normalWords(text)) || /^[a-z]+(_[a-z]+)+$/i.test(text);

const unknownTable = (row: SheetRow): FoundTable => {
  const headers = columnsOf(row);
  return {
    headerRow: row.number,
    first: headers[0]?.index ?? 0,
    last: headers.at(-1)?.index ?? 0,
    headers,
    recognition: { reading: 'unknown', why: 'layout_unknown' },
  };
};

/** A sheet without a recognized table: every row of it waits for a person. */
function nothingFound(head: readonly SheetRow[], near: readonly FoundTable[]): FoundTable {
  const [rejected] = near;
  const headers = rejected?.headers ?? likelyHeader(head)?.headers ?? [];
  return {
    headerRow: 0,
    first: 0,
    last: 0,
    headers,
    recognition: rejected?.recognition ?? { reading: 'unknown', why: 'layout_unknown' },
  };
}
