/** Custody of agency files: what was received, what was read of it, and what people and the files themselves say about it. */
import type { Sha256 } from './ids.ts';
import type { Instant } from './instant.ts';
import type { RandomAccess } from './random-access.ts';

/** read = accepted + refused + quarantined. */
export type RowCounts = {
  readonly read: number;
  readonly accepted: number;
  readonly refused: number;
  readonly quarantined: number;
};

/** One table of a sheet; a sheet on which none was recognized is one table without a layout. */
export type FoiaTable = {
  /** Name of the sheet; empty for a table in text. */
  readonly name: string;
  /** 1 for the first table of the sheet. */
  readonly table: number;
  /** Id of the layout that was applied; empty when none was recognized. */
  readonly layout: string;
  /** 1-based; 0 when there is none. */
  readonly headerRow: number;
  /** Title rows above the header: no rows of data. */
  readonly preambleRows: number;
  /** Rows that equal an earlier row of the table. They are kept: withheld identifiers make different people look alike. */
  readonly identicalRows: number;
  /** Rows of one person, by a stable identifier, within 24 hours of the one before: flagged, never dropped. */
  readonly likelyDuplicates: number;
  /** Accepted rows whose place the source does not say, or withholds: a count, never a point. */
  readonly notMappable: number;
  readonly rows: RowCounts;
  /** The header as it stands, left to right; of a table without a layout, what looks like one. */
  readonly headers: readonly string[];
  /** Which column became which field, as letters of the sheet. */
  readonly columns: Readonly<Record<string, string>>;
  readonly unmappedColumns: readonly string[];
  /** Refused and quarantined rows by reason; adds up to both. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Redacted cells by column letter and exemptions claimed (5 U.S.C. 552(b)); `unnamed` where the agency names none. */
  readonly withheld: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** First and last month of the accepted rows, `YYYY-MM`. */
  readonly months?: { readonly first: string; readonly last: string };
  /** Accepted rows by kind of record. */
  readonly recordKind?: string;
};

/** One arrival of the same bytes. `sender` is who put them there, as the place where they were dropped says. */
export type FoiaArrival = { readonly name: string; readonly sender: string; readonly at: Instant };

/** What became of one agency file. read = accepted + refused + quarantined, in all and for each table. */
export type FoiaCustody = {
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly names: readonly string[];
  /** In order of time; a file of an archive arrives with it. */
  readonly arrivals: readonly FoiaArrival[];
  readonly receivedAt: Instant;
  /** The release its rows are counted under: `foia-<day received>-<start of the hash>`, of the archive when it came in one. */
  readonly release: string;
  /** 1 for the first reading; a file is read again when a person has confirmed a mapping. */
  readonly reading: number;
  readonly readAt: Instant;
  readonly format: 'xlsx' | 'xls' | 'text' | 'pdf' | 'archive' | 'unknown';
  readonly status: 'reading' | 'taken' | 'refused';
  readonly reason?: string;
  /** While it is being read: how much of its bytes, 0 to 1. */
  readonly done?: number;
  readonly rows: RowCounts;
  readonly sheets: readonly FoiaTable[];
  /** Of a document: its pages, and those that are pictures and wait for a person to enter them by hand. */
  readonly document?: { readonly pages: number; readonly handEntry: readonly number[] };
  /** The archive it came in. */
  readonly archive?: Sha256;
  /** Of an archive: the files in it, by path; leftovers of an operating system are named and not read. */
  readonly members?: readonly { readonly path: string; readonly sha256: Sha256 }[];
  readonly leftovers?: readonly string[];
};

/** Where an original comes from: the place it was dropped, or the archive it was in. */
export type FoiaOriginal = { readonly key: string } | { readonly bytes: number; read(): AsyncIterable<Uint8Array> };
export type OpenedOriginal = { readonly content: RandomAccess; close(): Promise<void> };
/**
 * A file that is coming into custody. Its bytes can be read while they settle on the disk, but nothing of them is recorded or answered before `kept`, which rejects when original or arrival
 * could not be made durable. Whoever asked closes `original`.
 */
export type ArrivedFile = {
  readonly sha256: Sha256;
  /** When these bytes first came: reading again after a crash writes the same rows. */
  readonly receivedAt: Instant;
  /** The custody record, once the bytes have been read. */
  readonly custody?: FoiaCustody;
  readonly original: OpenedOriginal;
  readonly kept: Promise<void>;
};

/**
 * One statement about a file, never changed. The last one by its time says what counts: rows of the reading it names, or none after `superseded` and `withdrawn`.
 * `by` is the client of a person, or `numbering` when the file's own name says so.
 */
export type FoiaStatement = {
  readonly file: Sha256;
  readonly release: string;
  /** 1 for the first about this file. */
  readonly sequence: number;
  readonly statement: 'read' | 'superseded' | 'withdrawn' | 'reinstated';
  readonly reading: number;
  /** The release that takes its place. */
  readonly replacedBy?: string;
  readonly by: string;
  readonly why: string;
  readonly at: Instant;
};

/** A layout that a person confirmed for a header nobody had reviewed. The latest for a header is the one that is applied. */
export type ConfirmedMapping = {
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
  readonly file: Sha256;
  /** In the shape of `core/foia/layout.ts`, which alone reads it. */
  readonly layout: Readonly<Record<string, unknown>>;
};

/** What a person asked for on a page; carried out by the function that reads files. */
export type FoiaOrder = {
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
  readonly file: Sha256;
} & (
  | { readonly order: 'map'; readonly layout: Readonly<Record<string, unknown>> }
  | { readonly order: 'supersede'; readonly replacedBy: string; readonly why: string }
  | { readonly order: 'withdraw' | 'reinstate'; readonly why: string }
);

/** A row as it stands in a file, as text. */
type FoiaPreviewRow = { readonly row: number; readonly cells: readonly string[] };
/** What a person is shown of a reading: the first rows of each sheet, samples of rows set aside, the text of a document. It carries content of the file. */
export type FoiaPreview = {
  readonly sheets: readonly {
    readonly name: string;
    readonly rows: readonly FoiaPreviewRow[];
    readonly aside: readonly (FoiaPreviewRow & {
      readonly table: number;
      /** Letters of the column that could not be read. */
      readonly column?: string;
      readonly reason: string;
    })[];
  }[];
  readonly pages?: readonly { readonly page: number; readonly text: string }[];
};

/** The name under which the rows of a file are counted. */
export const foiaReleaseOf = (receivedAt: Instant, sha256: Sha256): string =>
  `foia-${receivedAt.slice(0, 10).replaceAll('-', '')}-${sha256.slice(0, 8)}`;

/** What counts of a file after these statements, as of a time: the number of a reading, or undefined when nothing does. */
export function standingReading(statements: readonly FoiaStatement[], asOf?: Instant): number | undefined {
  const known = statements.filter(({ at }) => asOf === undefined || at <= asOf);
  const last = known.reduce<FoiaStatement | undefined>(
    (latest, next) =>
      !latest || next.at > latest.at || (next.at === latest.at && next.sequence > latest.sequence) ? next : latest,
    undefined,
  );
  return last && (last.statement === 'read' || last.statement === 'reinstated') ? last.reading : undefined;
}
