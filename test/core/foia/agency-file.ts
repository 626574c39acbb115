/** Builds files for these tests: workbooks of raw parts, contents in memory, the readings of both. */

import { sha256 } from '#core/domain/ids.ts';
import { instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { RandomAccess } from '#core/domain/random-access.ts';
import type { Cell, SheetRow } from '#core/foia/cell.ts';
import { openFile } from '#core/foia/open-file.ts';
import { type FileReading, readFile } from '#core/foia/read-file.ts';
import type { FoiaRecord } from '#core/foia/record-columns.ts';
import type { SetAside } from '#core/foia/sheet-reader.ts';
import { type WorkbookPart, workbookParts, zipOfParts } from '../../../bin/sample/workbook-parts.ts';

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
  for (const sheet of await openFile(contentOf(bytes))) {
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

export type Read = {
  readonly reading: FileReading;
  readonly records: readonly FoiaRecord[];
  readonly aside: readonly SetAside[];
};

export async function readWhole(content: RandomAccess | Uint8Array | string): Promise<Read> {
  const records: FoiaRecord[] = [];
  const aside: SetAside[] = [];
  const reading = await readFile(
    typeof content === 'object' && 'read' in content ? content : contentOf(content),
    { sha256: sha256('file'), receivedAt },
    {
      records: async (batch) => void records.push(...batch),
      setAside: async (batch) => void aside.push(...batch),
      progress: () => undefined,
    },
  );
  return { reading, records, aside };
}
