import { getResolution, isValidCell } from 'h3-js';
import Papa from 'papaparse';
import * as z from 'zod';
import { residentsResolution } from './city.ts';
import type { DepartmentId, PropertyId } from './ids.ts';
import { type CalendarDate, calendarDateOf } from './instant.ts';
import { propertyTypes } from './report/vocabulary.ts';

const name = z.string().trim().min(1).max(120);
const departmentId = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,9}$/, 'an id is 2 to 10 capital letters and digits')
  .transform((text) => text as DepartmentId);
const districtId = z.string().regex(/^[A-Za-z0-9]{1,8}$/, 'an id is 1 to 8 letters and digits');
const propertyId = z
  .string()
  .max(48)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is words of small letters and digits with a hyphen between')
  .transform((text) => text as PropertyId);
const date = z
  .string()
  .refine((text) => calendarDateOf(text) !== undefined, 'a date is YYYY-MM-DD and must exist')
  .transform((text) => text as CalendarDate);
const decimal = (limit: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}\.\d{3,7}$/, 'a coordinate is decimal degrees with 3 to 7 decimals')
    .transform(Number)
    .refine((degrees) => Math.abs(degrees) <= limit, `a coordinate is at most ${limit} degrees`);

const count = (what: string) =>
  z
    .string()
    .regex(/^\d{1,8}$/, `${what} is a whole number`)
    .transform(Number);

/** The tables of a city's folder: what each column must hold. */
const cityTables = {
  'departments.csv': z.strictObject({
    id: departmentId,
    name,
    name_es: name,
    active_from: date,
    active_to: z.union([z.literal('').transform(() => undefined), date]),
  }),
  'districts.csv': z.strictObject({
    id: districtId,
    name,
    population: count('a population'),
  }),
  'properties.csv': z.strictObject({
    id: propertyId,
    name,
    type: z.enum(propertyTypes, 'not one of the property types'),
    department_id: departmentId,
    district_id: districtId,
    latitude: decimal(90),
    longitude: decimal(180),
    residential: z.enum(['yes', 'no'], 'yes or no').transform((answer) => answer === 'yes'),
  }),
  'residents.csv': z.strictObject({
    h3_cell: z
      .string()
      .refine(
        (cell) => isValidCell(cell) && getResolution(cell) === residentsResolution,
        `a cell is an H3 index of resolution ${residentsResolution}`,
      ),
    residents: count('a number of residents'),
  }),
  'holidays.csv': z.strictObject({
    date,
    name,
    authority: z.enum(['federal', 'city'], 'federal or city'),
  }),
} as const;
export type CityTableName = keyof typeof cityTables;
export type CityTableRow<Name extends CityTableName> = z.infer<(typeof cityTables)[Name]>;

/** Where a city's folder is wrong. `row` counts as a spreadsheet does (the header is row 1); `column` is the header's name, or the member of a JSON file. */
export type CityFileError = {
  readonly file: string;
  readonly row?: number;
  readonly column?: string;
  readonly message: string;
};

/** Carries the first thing that is wrong out of the reader; `readCity` turns it into a value. */
export class CityFileFault extends Error {
  override name = 'CityFileFault';
  readonly error: CityFileError;
  constructor(error: CityFileError) {
    super(error.message);
    this.error = error;
  }
}

/** A row with the number a spreadsheet shows for it. */
export type Numbered<Row> = { readonly row: number; readonly value: Row };

/** Reads one table: comma-separated, UTF-8, header first, empty lines skipped but counted. Throws CityFileFault at the first cell that is wrong. */
export function readTable<Name extends CityTableName>(file: Name, text: string): Numbered<CityTableRow<Name>>[] {
  const [header = [], ...lines] = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter: ',' }).data;
  const columns = Object.keys(cityTables[file].shape);
  const missing = columns.find((column) => !header.includes(column));
  if (missing !== undefined)
    throw new CityFileFault({ file, row: 1, column: missing, message: 'this column is missing' });
  const rows: Numbered<CityTableRow<Name>>[] = [];
  lines.forEach((cells, at) => {
    const row = at + 2;
    if (cells.length === 1 && cells[0] === '') return;
    if (cells.length !== header.length)
      throw new CityFileFault({ file, row, message: `${cells.length} cells under ${header.length} headings` });
    const read = cityTables[file].safeParse(Object.fromEntries(header.map((column, cell) => [column, cells[cell]])));
    if (!read.success) throw faultOf(file, read.error, row);
    rows.push({ row, value: read.data as CityTableRow<Name> });
  });
  return rows;
}

export function faultOf(file: string, error: z.ZodError, row?: number): CityFileFault {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const column = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  return new CityFileFault({
    file,
    ...(row === undefined ? {} : { row: unknown === undefined ? row : 1 }),
    ...(column === '' ? {} : { column }),
    message: issue?.message ?? 'not readable',
  });
}
