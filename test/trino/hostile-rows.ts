/** Rows that no city would write but a table can hold: every value that two engines might read, sort or compare each in its own way. */
import fc from 'fast-check';
import { type LakeRow, type LakeTable, type LakeTableName, type LakeValue, lakeTables } from '#core/lake/tables.ts';
import { rowOf } from '../queries/lake-fixture.ts';

const texts = [
  '',
  ' ',
  'a',
  'A',
  'a ',
  'ä',
  'ä',
  'z',
  "o'b",
  '"',
  '\\',
  '%',
  '_',
  '?',
  'ñ',
  '中',
  '😀',
  '￿',
  'NULL',
  '0',
  '-1',
  '1e3',
];
const day = fc.constantFrom(
  '2025-12-28',
  '2025-12-29',
  '2026-01-01',
  '2026-01-05',
  '2026-02-28',
  '2026-03-02',
  '2026-03-30',
);
const monday = fc.constantFrom('2025-12-29', '2026-01-05', '2026-01-12', '2026-02-23', '2026-03-02', '2026-03-30');
const instant = fc.constantFrom(
  '1969-12-31T23:59:59.999Z',
  '2026-01-31T23:59:59.999Z',
  '2026-02-01T00:00:00.000Z',
  '2026-02-01T00:00:00.001Z',
  '2026-03-08T09:59:59.999Z',
);
const integers = fc.constantFrom(-2147483647, -1, 0, 1, 2147483647);
const bigints = fc.constantFrom(0, 1, 4294967296, 9007199254740, -1);

const valuesOf: Readonly<Record<string, fc.Arbitrary<LakeValue>>> = {
  varchar: fc.constantFrom(...texts),
  integer: integers,
  bigint: bigints,
  date: day,
  timestamp: instant,
};
const own: Readonly<Record<string, fc.Arbitrary<LakeValue>>> = {
  kind: fc.constantFrom('incident', 'incident', 'incident', 'zero', null),
  operation: fc.constantFrom('create', 'correct', 'withdraw', 'zero', null),
  observed_week: fc.oneof({ weight: 9, arbitrary: monday }, { weight: 1, arbitrary: fc.constant(null) }),
  department_id: fc.constantFrom('parks', 'a', 'ä', '😀', '￿', '', null),
  report_id: fc.constantFrom(...texts.map((text) => `rep_${text}`)),
  version: fc.integer({ min: 1, max: 4 }),
  property_type: fc.constantFrom('park', 'library', 'Park', 'park ', '', null),
  access_result: fc.constantFrom('refused', 'granted', 'ä', null),
  event_month: fc.constantFrom('2019-03', '2019-12', null, ''),
  file_sha256: fc.constantFrom('f1', 'ä', '😀', ''),
  reading: fc.integer({ min: 1, max: 2 }),
  record_kind: fc.constantFrom('arrest', 'arrest', 'arrest', 'detention', '', null),
  agency: fc.constantFrom('ICE', 'CBP', 'ice', null),
  agency_group: fc.constantFrom('ICE', 'CBP', 'several', 'ice', null),
  activity_group: fc.constantFrom('arrest', 'detention', 'presence', '', null),
  time_precision: fc.constantFrom('exact', 'date_only', 'unknown', null),
  area: fc.constantFrom('Los Angeles', 'ä', 'z', '', null),
  area_level: fc.constantFrom('county', 'aor', 'sector', 'state', null),
  statement: fc.constantFrom('read', 'read', 'reinstated', 'withdrawn', '', null),
};

/** A value is one of its column's, or nothing at all. */
function row<Table extends LakeTableName>(table: Table): fc.Arbitrary<LakeRow<Table>> {
  const { columns }: LakeTable = lakeTables[table];
  const values = columns.map(({ name, type }) => [
    name,
    own[name] ?? fc.option(valuesOf[type] ?? fc.constant(null), { nil: null, freq: 5 }),
  ]);
  return fc
    .record(Object.fromEntries(values) as Record<string, fc.Arbitrary<LakeValue>>)
    .map((given) => rowOf(table, given));
}

/** What one row is, so that two that differ never stand for the same: which of them is taken would be either engine's guess. */
const identity: { readonly [Table in LakeTableName]: readonly string[] } = {
  report_versions: ['report_id', 'version'],
  foia_records: ['file_sha256', 'reading', 'sheet', 'table_number', 'row_number', 'recorded_at'],
  foia_statements: ['file_sha256', 'sequence', 'recorded_at'],
  departments: ['department_id', 'recorded_at'],
};

/** Rows of a table from a seed, in as many parts; a tenth of them stand in two parts, as a feed may deliver them. */
export function hostileRows<Table extends LakeTableName>(
  table: Table,
  seed: number,
  parts: number,
): LakeRow<Table>[][] {
  const rows = new Map<string, LakeRow<Table>>();
  for (const each of fc.sample(row(table), { seed, numRuns: 400 })) {
    const values: Readonly<Record<string, LakeValue>> = each;
    const key = JSON.stringify(identity[table].map((name) => values[name]));
    if (!rows.has(key)) rows.set(key, each);
  }
  const once = [...rows.values()];
  return Array.from({ length: parts }, (_, part) =>
    once.filter((_, at) => at % parts === part || (at % 10 === 0 && at % parts === (part + 1) % parts)),
  );
}
