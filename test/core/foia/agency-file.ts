/** Builds files for these tests: workbooks of raw parts, contents in memory, the readings of both. */

import { sha256 } from '#core/domain/ids.ts';
import { instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { RandomAccess } from '#core/domain/random-access.ts';
import type { Cell, SheetRow } from '#core/foia/cell.ts';
import type { Layout } from '#core/foia/layout.ts';
import { layouts } from '#core/foia/layouts.ts';
import { openFile } from '#core/foia/open-file.ts';
import { personKeys } from '#core/foia/person-keys.ts';
import { type FileReading, readFile } from '#core/foia/read-file.ts';
import type { SetAside } from '#core/foia/table-reader.ts';
import type { LakeRow } from '#core/lake/tables.ts';
import { type WorkbookPart, workbookParts, zipOfParts } from '../../../bin/sample/workbook-parts.ts';
import { lakeRowsOf } from '../../fixtures/lake-rows.ts';

export const contentOf = (bytes: Uint8Array | string): RandomAccess => {
  const held = Buffer.from(bytes as Uint8Array);
  return { size: held.length, read: async (offset, length) => Uint8Array.from(held.subarray(offset, offset + length)) };
};

/** A workbook whose worksheet parts are given as XML; `replace` exchanges, adds or (with undefined) drops parts. */
export function workbookOf(
  sheets: readonly { readonly name: string; readonly xml: string }[],
  strings: readonly string[] = [],
  replace: Readonly<Record<string, string | undefined>> = {},
): Promise<Uint8Array> {
  const parts = new Map<string, WorkbookPart['content']>(
    workbookParts(sheets, strings).map(({ path, content }) => [path, content]),
  );
  for (const [path, content] of Object.entries(replace)) {
    if (content === undefined) parts.delete(path);
    else parts.set(path, content);
  }
  return zipOfParts([...parts].map(([path, content]) => ({ path, content })));
}

export const sheetOf = (rows: string) => `<sheetData>${rows}</sheetData>`;

export async function rowsOf(bytes: Uint8Array | string): Promise<Readonly<Record<string, readonly SheetRow[]>>> {
  const found: Record<string, readonly SheetRow[]> = {};
  const opened = await openFile(contentOf(bytes));
  for (const sheet of 'sheets' in opened ? opened.sheets : []) {
    const rows: SheetRow[] = [];
    for await (const batch of sheet.rows({ columns: undefined })) rows.push(...batch);
    found[sheet.name] = rows;
  }
  return found;
}

/** The cells of the only sheet. */
export const cellsOf = async (bytes: Uint8Array | string): Promise<readonly (readonly Cell[])[]> =>
  Object.values(await rowsOf(bytes))[0]?.map(({ cells }) => [...cells]) ?? [];

const receivedAt = (() => {
  const at = instantOf('2026-03-02T17:00:00Z');
  invariant(at, 'an instant');
  return at;
})();

/** What a reading says, whichever way it ends. */
export type Read = {
  readonly reading: FileReading;
  readonly records: readonly LakeRow<'foia_records'>[];
  readonly aside: readonly SetAside[];
};

const testKeys = personKeys(Buffer.alloc(32, 7));

export async function readWhole(
  content: RandomAccess | Uint8Array | string,
  more: { readonly name?: string; readonly layouts?: readonly Layout[] } = {},
): Promise<Read> {
  const records: LakeRow<'foia_records'>[] = [];
  const aside: SetAside[] = [];
  const reading = await readFile(
    typeof content === 'object' && 'read' in content ? content : contentOf(content),
    {
      file: {
        sha256: sha256('file'),
        release: 'foia-20260302-test',
        reading: 1,
        receivedAt,
        readAt: receivedAt,
        name: more.name ?? '',
        inArchive: false,
      },
      layouts: more.layouts ?? layouts,
      personKeys: testKeys,
    },
    {
      records: async (batch) => void records.push(...lakeRowsOf<'foia_records'>(batch)),
      setAside: async (batch) => void aside.push(...batch),
      progress: async () => undefined,
    },
  );
  return { reading, records, aside };
}
