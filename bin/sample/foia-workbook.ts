/** A generated workbook with the quirks of real releases, plainly labelled: no row of it is an agency's record. */

import { randomOf } from './random.ts';
import { type SheetValue, serialOf, sheetRows } from './sheet-rows.ts';
import { escaped, workbookParts, zipOfParts } from './workbook-parts.ts';

export const sampleLabel = 'SAMPLE — generated, not an agency record';
const columns = [
  'APPR_DT_TIME',
  'SECTOR',
  'APP_AGE',
  'GENDER',
  'COMPLEXION',
  'HAIR_COLOR',
  'EYE_COLOR',
  'CITIZENSHIP',
  'STATUS_WHEN_FOUND',
  'CRIMINAL_ALIEN',
];
const [arrestRows, processedRows, headerRow] = [2400, 600, 7];
const redacted = ['(b)(6), (b)(7)(C)', '(b)(6),(b)(7)(c )', '(B)(6), (B)(7)(C)'];
const codes: readonly (readonly [string, string])[] = [
  ['COMPLEXION', 'DESCRIPTION'],
  ['DRK', 'DARK'],
  ['FAR', 'FAIR'],
  ['LGT', 'LIGHT'],
  ['MED', 'MEDIUM'],
];

/** About 3,000 rows of two sheets that must not be added up, and a code sheet; dates fall in the year that ends on `lastDay` (`YYYY-MM-DD`). Same day, same bytes. */
export async function sampleWorkbook(lastDay: string): Promise<Uint8Array> {
  const random = randomOf('foia-workbook', lastDay);
  const { row: rowOf, strings } = sheetRows();
  const end = serialOf(lastDay);
  const when = (): SheetValue => {
    if (random.chance(0.01)) return random.pick(redacted);
    if (random.chance(0.005)) return undefined;
    if (random.chance(0.004)) return random.pick(['10/5', '???']);
    // Five decimals are less than a second; the day before `lastDay` is the last.
    return { serial: Number((end - 1 - random.whole(0, 364) + random.next() * 0.99).toFixed(5)) };
  };
  const person = (): SheetValue[] => [
    when(),
    random.weighted({ SDC: 7, ELC: 3 }),
    random.chance(0.06) ? random.pick(redacted) : random.whole(16, 68),
    random.weighted({ Male: 8, Female: 3, Unknown: 1 }),
    random.chance(0.1) ? undefined : random.weighted({ MED: 6, LGT: 2, DRK: 1, FAR: 1 }),
    random.weighted({ BLK: 5, BRO: 4, GRY: 1 }),
    random.weighted({ BRO: 7, BLU: 1, HAZ: 1 }),
    random.chance(0.03)
      ? random.pick(redacted)
      : random.weighted({ MEXICO: 6, GUATEMALA: 2, 'CÔTE D’IVOIRE': 1, INDIA: 1 }),
    random.weighted({
      'TRAVEL/SEEKING': 5,
      'IN TRAVEL': 3,
      'IN INSTITUTION': 2,
      CONSTRUCTION: 1,
      AGRICULTURE: 1,
      SERVICES: 1,
      '': 1,
    }) || undefined,
    random.weighted({ N: 9, Y: 1 }),
  ];
  const sheet = (titles: readonly string[], header: readonly string[], count: number, total: boolean): string => {
    const rows = titles.map((title, at) => rowOf(at + 1, [title]));
    rows.push(rowOf(headerRow, header, 1));
    let values: SheetValue[] = [];
    for (let at = 1; at <= count; at++) {
      // Identical rows are different people whose identifiers were withheld.
      if (at === 1 || !random.chance(0.01)) {
        values = person();
        if (header.length > columns.length) values.push(random.weighted({ N: 3, Y: 1 }));
      }
      rows.push(rowOf(headerRow + at, [...values, undefined, undefined, undefined], 1));
    }
    if (total) rows.push(rowOf(headerRow + count + 1, ['Total', count], 1));
    const merges = titles.map((_, at) => `<mergeCell ref="A${at + 1}:P${at + 1}"/>`).join('');
    return `<dimension ref="A1:P${headerRow + count + 1}"/><sheetData>${rows.join('')}</sheetData><mergeCells count="${titles.length}">${merges}</mergeCells>`;
  };
  const arrests = sheet(
    [
      sampleLabel,
      'U.S. Border Patrol Sectors’ Apprehensions',
      'Data includes Deportable Aliens Only',
      `Through ${lastDay} (invented)`,
    ],
    columns,
    arrestRows,
    true,
  );
  const processed = sheet(
    [
      sampleLabel,
      'U.S. Border Patrol Sectors’ Processed Subjects',
      'Data includes Deportable and Non-Deportable Processed Subjects',
      `Through ${lastDay} (invented)`,
    ],
    [...columns, 'DEPORTABLE'],
    processedRows,
    false,
  );
  const codeSheet = `<sheetData>${codes.map((pair, at) => rowOf(at + 1, pair)).join('')}</sheetData>`;
  const parts = workbookParts(
    [
      { name: 'Tab1', xml: arrests },
      { name: 'Tab2', xml: processed },
      { name: 'Complexion Code', xml: codeSheet },
    ],
    strings(),
  );
  const core = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(sampleLabel)}</dc:title></cp:coreProperties>`;
  return zipOfParts([...parts, { path: 'docProps/core.xml', content: core }]);
}
