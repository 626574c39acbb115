/** Reads a whole agency file: every row of every table ends as a record, refused or quarantined, and the counts add up. */
import type { FoiaPreview, FoiaTable, RowCounts } from '../domain/foia-custody.ts';
import type { RandomAccess } from '../domain/random-access.ts';
import type { Sheet } from './cell.ts';
import { FileRefusal, type FileRefusalCode } from './file-refusal.ts';
import type { Layout } from './layout.ts';
import { type Events, likelyDuplicates } from './likely-duplicates.ts';
import { type ArchiveMember, openFile } from './open-file.ts';
import { type DocumentPage, readPdf } from './pdf.ts';
import type { PersonKeys } from './person-keys.ts';
import type { FileOrigin, FoiaColumns, RecordColumns } from './record-columns.ts';
import { SheetReader } from './sheet-reader.ts';
import type { SetAside } from './table-reader.ts';

/** What the reading needs to know: the file and how it came, the layouts that apply, and how identifiers become keys. */
export type FileSource = {
  readonly file: FileOrigin & { readonly name: string; readonly inArchive: boolean };
  readonly layouts: readonly Layout[];
  readonly personKeys: PersonKeys;
};

/** Where the rows go once the whole file has proved readable, in order; two parts at most are under way. `progress` is called while it is being read, with the rows so far, one call after the other. */
export type Takers = {
  records(batch: FoiaColumns, tableIndex: number, part: number): Promise<void>;
  setAside(batch: readonly SetAside[], part: number): Promise<void>;
  progress(rows: number): Promise<void>;
};

export type FileReading =
  | {
      readonly status: 'taken';
      readonly format: 'xlsx' | 'xls' | 'text';
      readonly rows: RowCounts;
      readonly sheets: readonly FoiaTable[];
      readonly preview: FoiaPreview;
    }
  | { readonly status: 'document'; readonly pages: readonly DocumentPage[] }
  | { readonly status: 'archive'; readonly members: readonly ArchiveMember[]; readonly leftovers: readonly string[] }
  | { readonly status: 'refused'; readonly code: FileRefusalCode; readonly reason: string };

const recordsPerPart = 50_000;
const setAsidePerPart = 20_000;
const progressEvery = 20_000;
/** Rows are held back at about 50 bytes each until the file has proved readable. */
const rowLimit = 5_000_000;

/** Reads a file of up to 5 million rows. A file that breaks anywhere is refused as a whole and hands nothing over. Faults of reading the bytes throw. */
export async function readFile(content: RandomAccess, source: FileSource, takers: Takers): Promise<FileReading> {
  try {
    const opened = await openFile(content, source.file.name);
    if (opened.format === 'pdf') return { status: 'document', pages: await readPdf(content) };
    if (opened.format === 'archive') {
      if (source.file.inArchive) throw new FileRefusal('NESTED_ARCHIVE');
      return { status: 'archive', members: opened.members, leftovers: opened.leftovers };
    }
    const readers = await readSheets(opened.sheets, source, takers.progress);
    await handOver(readers, takers);
    const sheets = readers.flatMap((reader) => reader.conclusions());
    const preview = { sheets: readers.map((reader) => reader.preview) };
    return { status: 'taken', format: opened.format, rows: sum(sheets.map(({ rows }) => rows)), sheets, preview };
  } catch (cause) {
    if (cause instanceof FileRefusal) return { status: 'refused', code: cause.code, reason: cause.message };
    throw cause;
  }
}

async function readSheets(
  sheets: readonly Sheet[],
  source: FileSource,
  progress: (rows: number) => Promise<void>,
): Promise<readonly SheetReader[]> {
  const readers: SheetReader[] = [];
  let rows = 0;
  let told = 0;
  let telling = Promise.resolve();
  const count = (more: number) => {
    rows += more;
    if (rows > rowLimit) throw new FileRefusal('TOO_LARGE');
  };
  // Reading goes on while a number of rows is told; the next waits for it, and so does what comes after the reading.
  const tell = async () => {
    if (rows - told < progressEvery) return;
    told = rows;
    await telling;
    telling = progress(rows);
    telling.catch(() => undefined);
  };
  try {
    for (const sheet of sheets) {
      const reader = new SheetReader(sheet, source);
      readers.push(reader);
      await reader.read(count, tell);
    }
  } finally {
    await telling;
  }
  flagDuplicates(readers.flatMap(({ tables }) => tables.flatMap(({ records }) => records ?? [])));
  return readers;
}

async function handOver(readers: readonly SheetReader[], takers: Takers): Promise<void> {
  const tables = readers.flatMap((reader) => reader.tables);
  // One part is written down while the next is made.
  let before = Promise.resolve();
  for (const [index, { records }] of tables.entries()) {
    let part = 0;
    for (const batch of records?.parts(recordsPerPart) ?? []) {
      const now = takers.records(batch, index, part);
      now.catch(() => undefined);
      await before;
      before = now;
      part += 1;
    }
  }
  await before;
  let part = 0;
  for (const batch of inBatches(readers.map((reader) => reader.setAside()))) {
    await takers.setAside(batch, part);
    part += 1;
  }
}

/** Tables of one kind are one list of events, on however many sheets the agency spread them. */
function flagDuplicates(tables: readonly RecordColumns[]): void {
  const kinds = new Map<string, RecordColumns[]>();
  for (const table of tables) {
    const kind = `${table.origin.layout.agency} ${table.origin.layout.recordKind}`;
    const held = kinds.get(kind);
    if (held) held.push(table);
    else kinds.set(kind, [table]);
  }
  for (const held of kinds.values()) {
    const verdicts = likelyDuplicates(joined(held.map(({ events }) => events)));
    let from = 0;
    for (const table of held) {
      table.judge(verdicts.subarray(from, from + table.size));
      from += table.size;
    }
  }
}

function joined(parts: readonly Events[]): Events {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const starts: number[] = [];
  let size = 0;
  for (const part of parts) {
    starts.push(size);
    size += part.size;
  }
  const ask = <Answer>(at: number, question: (part: Events, at: number) => Answer, none: Answer): Answer => {
    const index = starts.findLastIndex((start) => start <= at);
    const part = parts[index];
    return part ? question(part, at - (starts[index] ?? 0)) : none;
  };
  return {
    size,
    person: (at) => ask(at, (part, own) => part.person(own), 0),
    day: (at) => ask(at, (part, own) => part.day(own), undefined),
    minute: (at) => ask(at, (part, own) => part.minute(own), undefined),
  };
}

function* inBatches(sources: readonly Iterable<SetAside>[]): Generator<readonly SetAside[]> {
  let batch: SetAside[] = [];
  for (const source of sources)
    for (const row of source) {
      batch.push(row);
      if (batch.length < setAsidePerPart) continue;
      yield batch;
      batch = [];
    }
  if (batch.length > 0) yield batch;
}

function sum(counts: readonly RowCounts[]): RowCounts {
  const total = { read: 0, accepted: 0, refused: 0, quarantined: 0 };
  for (const count of counts) {
    total.read += count.read;
    total.accepted += count.accepted;
    total.refused += count.refused;
    total.quarantined += count.quarantined;
  }
  return total;
}
