/** Reads one sheet: recognizes it by its first rows, judges every row after the header, holds the results back and counts. */
import type { Sha256 } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { invariant } from '../domain/invariant.ts';
import type { Selection, Sheet, SheetRow } from './cell.ts';
import { Fingerprints } from './fingerprints.ts';
import { headerWithin, type Recognition, recognize } from './header.ts';
import { areas, layouts } from './layouts.ts';
import { type FoiaRecord, RecordColumns } from './record-columns.ts';
import { type RowReason, recordReader, rowReasons, type Verdict } from './records.ts';

export type RowCounts = {
  readonly read: number;
  readonly accepted: number;
  readonly refused: number;
  readonly quarantined: number;
};

/** A row that is no record: where it stands and why. It carries no content; the original has that. */
export type SetAside = {
  readonly sheet: string;
  readonly row: number;
  readonly status: 'refused' | 'quarantined';
  readonly reason: RowReason;
};

export type SheetReading = {
  readonly name: string;
  /** Id of the layout in `mappings/`; empty when none was recognized. */
  readonly layout: string;
  /** 0 when there is none. */
  readonly headerRow: number;
  readonly preambleRows: number;
  readonly identicalRows: number;
  readonly rows: RowCounts;
  readonly unmappedColumns: readonly string[];
  readonly reasons: Readonly<Record<string, number>>;
};

const recordsPerPart = 12_000;

export class SheetReader {
  readonly #sheet: Sheet;
  readonly #file: { readonly sha256: Sha256; readonly receivedAt: Instant };
  readonly #selection: Selection = { columns: undefined };
  readonly #fingerprints = new Fingerprints();
  readonly #aside = new Map<RowReason, number[]>();
  #recognition: Recognition | undefined;
  #judge: (row: SheetRow) => Verdict = () => ({ reason: 'layout_unknown' });
  #records: RecordColumns | undefined;
  #preamble = 0;
  #read = 0;

  constructor(sheet: Sheet, file: { readonly sha256: Sha256; readonly receivedAt: Instant }) {
    this.#sheet = sheet;
    this.#file = file;
  }

  /** Reads every row; `count` is called for each. Throws FileRefusal. */
  async read(count: () => void): Promise<void> {
    const head: SheetRow[] = [];
    for await (const batch of this.#sheet.rows(this.#selection)) {
      for (const row of batch) {
        if (this.#recognition) this.#take(row, count);
        else if (head.push(row) >= headerWithin) this.#begin(head, count);
      }
    }
    if (!this.#recognition) this.#begin(head, count);
  }

  #begin(head: readonly SheetRow[], count: () => void): void {
    const recognition = recognize(head, this.#sheet.name, layouts);
    this.#recognition = recognition;
    const after = recognition.reading === 'unknown' ? 0 : recognition.headerRow;
    // Nobody asks for a cell of a sheet that is only counted.
    this.#selection.columns = new Set();
    if (recognition.reading === 'unknown') this.#judge = () => ({ reason: recognition.why });
    else if (recognition.reading === 'reference') this.#judge = () => ({ reason: 'reference_sheet' });
    else {
      const { sha256, receivedAt } = this.#file;
      const { name: sheet } = this.#sheet;
      this.#records = new RecordColumns({ file: sha256, sheet, receivedAt, layout: recognition.layout });
      const reader = recordReader(recognition, { receivedAt, areas });
      this.#judge = reader.read;
      this.#selection.columns = reader.columns;
    }
    for (const row of head) {
      if (row.number > after) this.#take(row, count);
      else if (row.number < after) this.#preamble += 1;
    }
  }

  #take(row: SheetRow, count: () => void): void {
    count();
    this.#read += 1;
    this.#fingerprints.add(row.fingerprint);
    const verdict = this.#judge(row);
    if ('record' in verdict) {
      invariant(this.#records, 'only a recognized sheet has records');
      this.#records.add(verdict.record);
      return;
    }
    const rows = this.#aside.get(verdict.reason);
    if (rows) rows.push(row.number);
    else this.#aside.set(verdict.reason, [row.number]);
  }

  records(): Iterable<readonly FoiaRecord[]> {
    return this.#records?.parts(recordsPerPart) ?? [];
  }

  /** The rows that are no records, by reason and then by row. */
  *setAside(): Generator<SetAside> {
    for (const [reason, rows] of this.#aside)
      for (const row of rows) yield { sheet: this.#sheet.name, row, status: rowReasons[reason], reason };
  }

  conclusion(): SheetReading {
    const rows = { read: this.#read, accepted: this.#records?.size ?? 0, refused: 0, quarantined: 0 };
    const reasons: Record<string, number> = {};
    for (const [reason, { length }] of this.#aside) {
      reasons[reason] = length;
      rows[rowReasons[reason]] += length;
    }
    invariant(rows.read === rows.accepted + rows.refused + rows.quarantined, 'every row ends in one of three ways');
    const known = this.#recognition?.reading === 'unknown' ? undefined : this.#recognition;
    return {
      name: this.#sheet.name,
      layout: known?.layout.id ?? '',
      headerRow: known?.headerRow ?? 0,
      preambleRows: this.#preamble,
      identicalRows: this.#fingerprints.repeated,
      rows,
      unmappedColumns: known?.reading === 'records' ? known.unmapped : [],
      reasons,
    };
  }
}
