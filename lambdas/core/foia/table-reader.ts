/** Reads one table of a sheet: judges every row under its header, holds the results back and counts. */
import type { FoiaTable } from '../domain/foia-custody.ts';
import { invariant } from '../domain/invariant.ts';
import { type Cell, columnLimit, fingerprintOf, type SheetRow } from './cell.ts';
import { Fingerprints } from './fingerprints.ts';
import type { FoundTable } from './header.ts';
import type { Field } from './layout.ts';
import { areas } from './layouts.ts';
import type { PersonKeys } from './person-keys.ts';
import { type FileOrigin, RecordColumns } from './record-columns.ts';
import { type RowReason, recordReader, rowReasons, type Verdict } from './records.ts';
import { columnLetters, type WithheldTally } from './withheld-tally.ts';

/** A row that is no record: where it stands, why, and the column that could not be read. It carries no content; the original has that. */
export type SetAside = {
  readonly sheet: string;
  readonly table: number;
  readonly row: number;
  readonly column?: string;
  readonly status: 'refused' | 'quarantined';
  readonly reason: RowReason;
};

export type TableSource = {
  readonly file: FileOrigin;
  readonly personKeys: PersonKeys;
  readonly sheet: string;
  /** 1 for the first table of the sheet. */
  readonly number: number;
  /** The table has the sheet for itself: every cell is its own. */
  readonly alone: boolean;
};

export class TableReader {
  readonly found: FoundTable;
  readonly columns: ReadonlySet<number>;
  readonly #source: TableSource;
  readonly #fingerprints = new Fingerprints();
  /** Row and column of each, by reason. */
  readonly #aside = new Map<RowReason, { readonly rows: number[]; readonly columns: number[] }>();
  readonly #judge: (row: SheetRow) => Verdict;
  readonly records: RecordColumns | undefined;
  #read = 0;
  preamble = 0;

  constructor(found: FoundTable, source: TableSource) {
    this.found = found;
    this.#source = source;
    const { recognition } = found;
    this.columns = new Set();
    if (recognition.reading === 'unknown') this.#judge = () => ({ reason: recognition.why });
    else if (recognition.reading === 'reference') this.#judge = () => ({ reason: 'reference_sheet' });
    else {
      const { file, sheet, number: table, personKeys } = source;
      this.records = new RecordColumns({ file, sheet, table, layout: recognition.layout }, personKeys);
      const reader = recordReader(recognition, found.first, { receivedAt: file.receivedAt, areas });
      this.#judge = reader.read;
      this.columns = reader.columns;
    }
  }

  /** The row as far as it lies over this table; undefined when nothing of it does. */
  own(row: SheetRow): SheetRow | undefined {
    if (this.#source.alone) return row;
    const cells: Cell[] = [];
    let filled = 0;
    for (let column = this.found.first; column <= this.found.last; column++) {
      const cell = row.cells[column];
      if (cell === undefined || cell === '') continue;
      cells[column] = cell;
      filled += 1;
    }
    return filled === 0 ? undefined : { number: row.number, cells, filled, fingerprint: fingerprintOf(cells) };
  }

  take(row: SheetRow): Verdict {
    this.#read += 1;
    this.#fingerprints.add(row.fingerprint);
    const verdict = this.#judge(row);
    if ('record' in verdict) {
      invariant(this.records, 'only a recognized table has records');
      this.records.add(verdict.record);
    } else this.setAsideRow(row.number, verdict);
    return verdict;
  }

  /** A row that belongs to no table is counted with the first one. */
  takeOutside(row: SheetRow): void {
    this.#read += 1;
    this.setAsideRow(row.number, { reason: 'outside_every_table' });
  }

  private setAsideRow(row: number, { reason, column }: Exclude<Verdict, { record: unknown }>): void {
    let held = this.#aside.get(reason);
    if (!held) {
      held = { rows: [], columns: [] };
      this.#aside.set(reason, held);
    }
    held.rows.push(row);
    held.columns.push(column ?? -1);
  }

  /** The rows that are no records, by reason and then by row. */
  *setAside(): Generator<SetAside> {
    const { sheet, number: table } = this.#source;
    for (const [reason, { rows, columns }] of this.#aside)
      for (const [at, row] of rows.entries()) {
        const column = columns[at] ?? -1;
        const status = rowReasons[reason];
        yield { sheet, table, row, ...(column >= 0 ? { column: columnLetters(column) } : {}), status, reason };
      }
  }

  conclusion(withheld: WithheldTally): FoiaTable {
    const { records } = this;
    const { recognition, headerRow, headers } = this.found;
    const rows = { read: this.#read, accepted: records?.size ?? 0, refused: 0, quarantined: 0 };
    const reasons: Record<string, number> = {};
    for (const [reason, { rows: held }] of this.#aside) {
      reasons[reason] = held.length;
      rows[rowReasons[reason]] += held.length;
    }
    invariant(rows.read === rows.accepted + rows.refused + rows.quarantined, 'every row ends in one of three ways');
    const known = recognition.reading === 'unknown' ? undefined : recognition;
    const columns: Partial<Record<Field, string>> = {};
    if (known?.reading === 'records')
      for (const [field, { index }] of known.columns) columns[field] = columnLetters(index);
    const [first, last] = this.#source.alone ? [0, columnLimit] : [this.found.first, this.found.last];
    return {
      name: this.#source.sheet,
      table: this.#source.number,
      layout: known?.layout.id ?? '',
      headerRow,
      preambleRows: this.preamble,
      identicalRows: this.#fingerprints.repeated(),
      likelyDuplicates: records?.likelyDuplicates ?? 0,
      notMappable: records?.notMappable ?? 0,
      rows,
      headers: headers.map(({ header }) => header),
      columns,
      unmappedColumns: known?.reading === 'records' ? known.unmapped : [],
      reasons,
      withheld: withheld.between(first, last),
      ...(records?.months ? { months: records.months } : {}),
      ...(known?.reading === 'records' ? { recordKind: known.layout.recordKind } : {}),
    };
  }
}
