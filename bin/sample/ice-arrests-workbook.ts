/** A generated workbook of arrests in the layout of LESA-STU, plainly labelled: no row of it is an agency's record. It has a hole, as if a field office had been left out for a while. */

import { addDays, type CalendarDate } from '#core/domain/instant.ts';
import { monthOfWeek, type Week, weekPlus } from '#core/domain/week.ts';
import { sampleLabel } from './foia-workbook.ts';
import { type Random, randomOf } from './random.ts';
import { type SheetValue, serialOf, sheetRows } from './sheet-rows.ts';
import { escaped, workbookParts, zipOfParts } from './workbook-parts.ts';

const columns = [
  'Apprehension Date',
  'Apprehension AOR',
  'Apprehension Method',
  'Apprehension State',
  'Birth Year',
  'Gender',
  'Citizenship Country',
  'Unique Identifier',
];
const [weeksBefore, weeksUntil, headerRow] = [39, 6, 7];
/** Days without a row for the city's area, from the second week of a month on. */
const holeDays = 16;

type Day = { readonly date: CalendarDate; readonly inHole: boolean };

/** About 2,500 rows in two sheets that are one table, by day from 39 to 6 weeks before `lastWeek`; `cityArea` is the area that most of them name. Same arguments, same bytes. */
export async function iceArrestsWorkbook(lastWeek: Week, cityArea: string): Promise<Uint8Array> {
  const random = randomOf('ice-arrests-workbook', lastWeek, cityArea);
  const { row, strings } = sheetRows();
  const days = daysOf(lastWeek);
  const arrests = days.flatMap((day) => arrestsOn(day, random, cityArea));
  const half = Math.ceil(arrests.length / 2);
  const sheets = [arrests.slice(0, half), arrests.slice(half)].map((rows, at) => {
    const titles = [
      'ERO-LESA Statistical Tracking Unit',
      sampleLabel,
      'For Official Use Only (FOUO)/Pre-decisional (invented)',
      'Please review the last tab for footnotes.',
      undefined,
      `Administrative Arrests ${days[0]?.date} - ${days.at(-1)?.date} (invented), part ${at + 1}`,
    ];
    const preamble = titles.map((title, line) => row(line + 1, [title]));
    const body = rows.map((values, line) => row(headerRow + 1 + line, values));
    return {
      name: `Arrests (${at + 1})`,
      xml: `<dimension ref="A1:H${headerRow + rows.length}"/><sheetData>${[...preamble, row(headerRow, columns), ...body].join('')}</sheetData>`,
    };
  });
  const core = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(sampleLabel)}</dc:title></cp:coreProperties>`;
  return zipOfParts([...workbookParts(sheets, strings()), { path: 'docProps/core.xml', content: core }]);
}

function daysOf(lastWeek: Week): Day[] {
  const hole = holeFrom(lastWeek);
  const last = addDays(weekPlus(lastWeek, -weeksUntil), 6);
  const days: Day[] = [];
  for (let date: CalendarDate = weekPlus(lastWeek, -weeksBefore); date <= last; date = addDays(date, 1))
    days.push({ date, inHole: date >= hole && date < addDays(hole, holeDays) });
  return days;
}

/** The second week of the month that holds the week of 14 weeks ago. */
function holeFrom(lastWeek: Week): Week {
  let first = weekPlus(lastWeek, -14);
  while (monthOfWeek(weekPlus(first, -1)) === monthOfWeek(first)) first = weekPlus(first, -1);
  return weekPlus(first, 1);
}

function arrestsOn({ date, inHole }: Day, random: Random, cityArea: string): SheetValue[][] {
  const rows: SheetValue[][] = [];
  const arrest = (area: SheetValue) => {
    // Rounded to five decimals, which is less than a second.
    const at: SheetValue = random.chance(0.01)
      ? '(b)(7)(E)'
      : { serial: Number((serialOf(date) + random.next() * 0.99).toFixed(5)) };
    const identifier = Array.from({ length: 5 }, () => random.whole(0, 0xffffffff).toString(16).padStart(8, '0'));
    rows.push([
      at,
      area,
      random.weighted({
        Located: 6,
        'Non-Custodial Arrest': 4,
        'CAP Local Incarceration': 4,
        'Worksite Enforcement': 1,
        'Other Efforts': 1,
      }),
      undefined,
      '(b)(6), (b)(7)(C)',
      random.weighted({ Male: 8, Female: 3, Unknown: 1 }),
      random.chance(0.05) ? '(b)(6), (b)(7)(C)' : random.weighted({ MEXICO: 6, GUATEMALA: 2, INDIA: 1 }),
      random.chance(0.01) ? undefined : identifier.join(''),
    ]);
    // One arrest written down twice: the same person within a day.
    const last = rows.at(-1);
    if (last && random.chance(0.01)) rows.push(last);
  };
  if (!inHole) for (let count = 1 + random.poisson(7); count > 0; count--) arrest(cityArea);
  for (let count = random.poisson(2.5); count > 0; count--)
    arrest(
      random.weighted({ 'San Diego Area of Responsibility': 3, 'Phoenix Area of Responsibility': 2, '': 1 }) ||
        undefined,
    );
  return rows;
}
