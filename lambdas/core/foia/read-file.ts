/** Reads a whole agency file: every row of every sheet ends as a record, refused or quarantined, and the counts add up. */
import type { Sha256 } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { RandomAccess } from '../domain/random-access.ts';
import { FileRefusal, type FileRefusalCode } from './file-refusal.ts';
import { openFile } from './open-file.ts';
import type { FoiaRecord } from './record-columns.ts';
import { type RowCounts, type SetAside, SheetReader, type SheetReading } from './sheet-reader.ts';

/** Where the rows go once the whole file has proved readable, in order; each call is awaited. `progress` is called while it is being read. */
export type Takers = {
  records(batch: readonly FoiaRecord[], sheetIndex: number, part: number): Promise<void>;
  setAside(batch: readonly SetAside[], part: number): Promise<void>;
  progress(rows: number): void;
};

export type FileReading =
  | { readonly status: 'taken'; readonly rows: RowCounts; readonly sheets: readonly SheetReading[] }
  | { readonly status: 'refused'; readonly code: FileRefusalCode; readonly reason: string };

const setAsidePerPart = 20_000;
const progressEvery = 50_000;
/** Rows are held back at about 30 bytes each until the file has proved readable. */
const rowLimit = 5_000_000;

/** Reads a file of up to 5 million rows. A file that breaks anywhere is refused as a whole and hands nothing over. Faults of reading the bytes throw. */
export async function readFile(
  content: RandomAccess,
  file: { readonly sha256: Sha256; readonly receivedAt: Instant },
  takers: Takers,
): Promise<FileReading> {
  const readers: SheetReader[] = [];
  try {
    let rows = 0;
    for (const sheet of await openFile(content)) {
      const reader = new SheetReader(sheet, file);
      readers.push(reader);
      await reader.read(() => {
        rows += 1;
        if (rows > rowLimit) throw new FileRefusal('TOO_LARGE');
        if (rows % progressEvery === 0) takers.progress(rows);
      });
    }
  } catch (cause) {
    if (cause instanceof FileRefusal) return { status: 'refused', code: cause.code, reason: cause.message };
    throw cause;
  }
  for (const [index, reader] of readers.entries()) {
    let part = 0;
    for (const batch of reader.records()) {
      await takers.records(batch, index, part);
      part += 1;
    }
  }
  let part = 0;
  for (const batch of inBatches(readers.map((reader) => reader.setAside()))) {
    await takers.setAside(batch, part);
    part += 1;
  }
  const sheets = readers.map((reader) => reader.conclusion());
  return { status: 'taken', rows: sum(sheets.map(({ rows }) => rows)), sheets };
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
