import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { localLake } from '#adapters/local/lake.ts';
import { type LakeRow, type LakeTable, type LakeTableName, type LakeValue, lakeTables } from '#core/lake/tables.ts';
import type { Lake } from '#core/ports.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rowsFile = z.array(z.record(z.string(), value));

/** A good row of each table; a case writes only the columns that matter to it. */
const goodRows: { readonly [Table in LakeTableName]: LakeRow<Table> } = {
  report_versions: {
    report_id: 'rep_a',
    version: 1,
    operation: 'create',
    kind: 'incident',
    submission_id: 'sub_a',
    line: 1,
    recorded_at: '2026-01-08T17:00:00.000Z',
    department_id: 'parks',
    property_id: 'park-1',
    property_type: 'park',
    district_id: '1',
    h3_cell: '8a29a1d6c2dffff',
    observed_at: '2026-01-06T18:30:00.000Z',
    observed_date: '2026-01-06',
    observed_week: '2026-01-05',
    time_precision: 'exact',
    agency_group: 'ICE',
    activity_group: 'detention',
    authority_shown: 'none',
    area_access: 'public',
    access_result: 'refused',
    agents_min: 2,
    agents_max: 4,
    persons_detained_min: 1,
    persons_detained_max: 1,
    persons_arrested_min: null,
    persons_arrested_max: null,
    closure_minutes: null,
  },
  foia_records: {
    file_sha256: 'f1',
    foia_release: 'foia-20260108-f1',
    reading: 1,
    sheet: 'Sheet1',
    table_number: 1,
    row_number: 8,
    record_kind: 'removal',
    agency: 'ICE',
    event_date: '2019-03-04',
    event_month: '2019-03',
    event_time: null,
    event_zone: null,
    event_precision: 'day',
    area: 'Seattle',
    area_level: 'aor',
    category: 'other',
    person_key: null,
    duplicate_likely: null,
    withheld: null,
    record_count: 1,
    recorded_at: '2026-01-08T17:00:00.000Z',
  },
  foia_statements: {
    file_sha256: 'f1',
    foia_release: 'foia-20260108-f1',
    sequence: 1,
    statement: 'read',
    reading: 1,
    replaced_by: null,
    recorded_at: '2026-01-08T17:00:00.000Z',
  },
  departments: {
    department_id: 'parks',
    active_from: '2025-01-01',
    active_to: null,
    recorded_at: '2026-01-01T00:00:00.000Z',
  },
};

/** A complete row from the columns a case gives. Throws on a column that the table does not have. */
export function rowOf<Table extends LakeTableName>(
  table: Table,
  given: Readonly<Record<string, LakeValue>>,
): LakeRow<Table> {
  const { columns }: LakeTable = lakeTables[table];
  const unknown = Object.keys(given).filter((name) => !columns.some((column) => column.name === name));
  if (unknown.length) throw new Error(`${table} has no column ${unknown.join(', ')}`);
  return { ...goodRows[table], ...given };
}

/** Fills a lake from `<table>.json` files; a missing file is a table without files. Each file becomes two objects, as a feed would cut it. */
export async function fillLake(lake: Lake, folder: string): Promise<void> {
  for (const table of Object.keys(lakeTables) as LakeTableName[]) {
    const text = await readFile(join(folder, `${table}.json`), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const rows = rowsFile.parse(JSON.parse(text)).map((given) => rowOf(table, given));
    const half = Math.ceil(rows.length / 2);
    for (const [index, part] of [rows.slice(0, half), rows.slice(half)].entries())
      if (part.length) await lake.append(table, { partition: `2026-0${index + 1}`, name: `${index + 1}` }, part);
  }
}

/** A lake in a fresh folder, filled from `<table>.json` files. */
export async function lakeFromFolder(folder: string): Promise<{ directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'lake-'));
  await fillLake(localLake(directory), folder);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
