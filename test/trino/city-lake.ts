/** The lake that `npm start` wrote, read back as rows, so that the adapter of the cloud can write it anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import * as z from 'zod';
import { type Sha256, sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { periodCompletedBy, seriesEnding, type Window, wholeMonthsIn } from '#core/domain/period.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import type { Question } from '#core/lake/question.ts';
import { type LakeTable, type LakeTableName, type LakeValue, lakeTables } from '#core/lake/tables.ts';

/** Where this run's city keeps its data, as `run.ts` told. */
export const cityFolder = process.env['TRINO_CITY'] ?? '';

export type CityObject = {
  readonly table: LakeTableName;
  readonly partition: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: Sha256;
  readonly rows: readonly Readonly<Record<string, LakeValue>>[];
};

/** Every object of the city's lake, table by table. */
export async function cityObjects(): Promise<CityObject[]> {
  const objects: CityObject[] = [];
  for (const table of Object.keys(lakeTables) as LakeTableName[])
    for (const folder of readdirSync(join(cityFolder, 'lake', table)))
      for (const file of readdirSync(join(cityFolder, 'lake', table, folder))) {
        const bytes = readFileSync(join(cityFolder, 'lake', table, folder, file));
        const read = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
        const rows = read.map((row) => rowBack(table, row));
        const partition = folder.split('=')[1] ?? '';
        objects.push({ table, partition, name: file.replace(/\.parquet$/, ''), bytes, sha256: sha256(bytes), rows });
      }
  return objects;
}

function rowBack(table: LakeTableName, row: Readonly<Record<string, unknown>>): Record<string, LakeValue> {
  const { columns }: LakeTable = lakeTables[table];
  return Object.fromEntries(columns.map(({ name, type }) => [name, valueBack(type, row[name])]));
}

function valueBack(type: string, value: unknown): LakeValue {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return type === 'date' ? value.toISOString().slice(0, 10) : value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  return z.union([z.string(), z.number(), z.boolean()]).parse(value);
}

/** What can be asked of a city: a window and a moment by which things are known. */
export type Asked = { readonly window: (question: Question) => Window; readonly asOf: Instant };

const lastRun = z.object({ releases: z.tuple([z.object({ id: z.string() })]) });

/** More weeks than the coverage takes. */
export const tooLong = 'more weeks than a question takes';

/** Windows and moments that tell right from wrong: whole, empty, one week, far too long, and as the release of this city asked. */
export function askedOf(objects: readonly CityObject[]): Readonly<Record<string, Asked>> {
  const reports = objects.filter(({ table }) => table === 'report_versions').flatMap(({ rows }) => rows);
  const moments = [...new Set(reports.map((row) => String(row['recorded_at'])))].sort();
  const weeks = [...new Set(reports.map((row) => String(row['observed_week'])))].sort();
  const [first, last] = [weeks[0] as Week, weeks.at(-1) as Week];
  const after = (share: number): Instant => moments[Math.floor((moments.length - 1) * share)] as Instant;
  const released = lastRun.parse(JSON.parse(readFileSync(join(cityFolder, 'last-run.json'), 'utf8'))).releases[0].id;
  const week = released.replace('week-', '') as Week;
  const whole = () => ({ from: first, to: last });
  const end = instantOf('2199-01-01T00:00:00.000Z') as Instant;
  return {
    'every week, all that is known': { window: whole, asOf: end },
    'every week, to the very millisecond of the last receipt': { window: whole, asOf: after(1) },
    'every week, known after half': { window: whole, asOf: after(0.5) },
    'every week, before anything was known': { window: whole, asOf: instantOf('2020-01-01T00:00:00.000Z') as Instant },
    'what the release asked': {
      window: ({ metadata }) =>
        metadata.release.window === 'period'
          ? periodCompletedBy(week)
          : metadata.release.window === 'months'
            ? (wholeMonthsIn(seriesEnding(week)) ?? seriesEnding(week))
            : seriesEnding(week),
      asOf: end,
    },
    'one week': { window: () => ({ from: last, to: last }), asOf: end },
    [tooLong]: {
      window: () => ({ from: weekPlus(first, -60), to: weekPlus(first, 60) }),
      asOf: end,
    },
  };
}
