/**
 * The lake's tables, once: the Parquet writer, the local views, the Glue tables and the DDL are all made from this list.
 * Closed vocabularies, numbers, ids, times and cells of the property only; never free text, names or personal data.
 */
export type ColumnType = 'varchar' | 'integer' | 'bigint' | 'double' | 'boolean' | 'date' | 'timestamp';
export type Column = { readonly name: string; readonly type: ColumnType; readonly comment: string };
export type LakeTable = { readonly columns: readonly Column[]; readonly comment: string };

export const lakeTables = {
  report_versions: {
    comment:
      'One row per version of a report (kind incident) or of a zero report (kind zero). Append-only: as-of is a WHERE on recorded_at.',
    columns: [
      { name: 'report_id', type: 'varchar', comment: 'public id of the report' },
      { name: 'version', type: 'integer', comment: '1 for the first' },
      { name: 'operation', type: 'varchar', comment: 'create, correct, supplement, withdraw, zero' },
      { name: 'kind', type: 'varchar', comment: 'incident or zero' },
      { name: 'submission_id', type: 'varchar', comment: 'the receipt this version came with' },
      { name: 'line', type: 'integer', comment: 'line of the submission' },
      { name: 'recorded_at', type: 'timestamp', comment: 'UTC, from the commit of the store' },
      { name: 'department_id', type: 'varchar', comment: 'registry' },
      { name: 'property_id', type: 'varchar', comment: 'registry; NULL for zero reports and unlisted places' },
      { name: 'property_type', type: 'varchar', comment: 'closed list' },
      { name: 'district_id', type: 'varchar', comment: 'council district of the property' },
      { name: 'h3_cell', type: 'varchar', comment: 'finest H3 cell of the property, never of the incident' },
      { name: 'observed_at', type: 'timestamp', comment: 'UTC; NULL when only the day is known' },
      { name: 'observed_date', type: 'date', comment: 'day in the zone of the city' },
      { name: 'observed_week', type: 'date', comment: 'Monday of the week in the zone of the city' },
      { name: 'time_precision', type: 'varchar', comment: 'closed list' },
      {
        name: 'agency_group',
        type: 'varchar',
        comment: 'ICE, CBP, other_federal, several, unverified: each incident once',
      },
      { name: 'activity_group', type: 'varchar', comment: 'gravest activity of the incident: each incident once' },
      { name: 'authority_shown', type: 'varchar', comment: 'judicial, administrative, none, unknown' },
      { name: 'area_access', type: 'varchar', comment: 'closed list' },
      { name: 'access_result', type: 'varchar', comment: 'closed list' },
      { name: 'agents_min', type: 'integer', comment: 'fewest agents seen' },
      { name: 'agents_max', type: 'integer', comment: 'most agents seen' },
      { name: 'persons_detained_min', type: 'integer', comment: 'fewest persons detained' },
      { name: 'persons_detained_max', type: 'integer', comment: 'most persons detained' },
      { name: 'persons_arrested_min', type: 'integer', comment: 'fewest persons arrested' },
      { name: 'persons_arrested_max', type: 'integer', comment: 'most persons arrested' },
      { name: 'closure_minutes', type: 'integer', comment: 'minutes a city service was closed' },
    ],
  },
  foia_records: {
    comment:
      'One row per accepted row of an agency file; aggregate counts are kept apart from person rows by record_kind.',
    columns: [
      { name: 'file_sha256', type: 'varchar', comment: 'the file as received' },
      { name: 'foia_release', type: 'varchar', comment: 'name of the release: day of receipt and start of the hash' },
      { name: 'reading', type: 'integer', comment: '1 for the first; foia_statements says which one counts' },
      { name: 'sheet', type: 'varchar', comment: 'sheet name; empty for csv' },
      { name: 'table_number', type: 'integer', comment: '1 for the first table of the sheet' },
      { name: 'row_number', type: 'integer', comment: 'row of the sheet, 1-based' },
      {
        name: 'record_kind',
        type: 'varchar',
        comment: 'arrest, encounter, detention, detainer, removal, aggregate, processed',
      },
      { name: 'agency', type: 'varchar', comment: 'releasing agency' },
      { name: 'event_date', type: 'date', comment: 'NULL when redacted, empty or coarser than a day' },
      { name: 'event_month', type: 'varchar', comment: 'YYYY-MM; NULL when unknown' },
      { name: 'event_time', type: 'varchar', comment: 'HH:mm as released; NULL when only the day is stated' },
      { name: 'event_zone', type: 'varchar', comment: 'zone of the time, where the source or its reviewer states one' },
      { name: 'event_precision', type: 'varchar', comment: 'minute, day, month, none' },
      { name: 'area', type: 'varchar', comment: 'area of responsibility, sector or state as released; never a point' },
      {
        name: 'area_level',
        type: 'varchar',
        comment: 'sector, aor, county, state, none: the level the source supports',
      },
      { name: 'category', type: 'varchar', comment: 'closed list per record_kind' },
      {
        name: 'person_key',
        type: 'varchar',
        comment: 'keyed hash of the identifier the agency gave a person; NULL without',
      },
      {
        name: 'duplicate_likely',
        type: 'boolean',
        comment: 'an earlier row of the same person within 24 hours; NULL without identifier or day',
      },
      { name: 'withheld', type: 'varchar', comment: 'fields withheld and exemptions claimed; NULL when none is' },
      { name: 'record_count', type: 'bigint', comment: '1 for a person row, the count for an aggregate row' },
      { name: 'recorded_at', type: 'timestamp', comment: 'UTC, when the file was read' },
    ],
  },
  foia_statements: {
    comment: 'What counts of each agency file, one row per statement, append-only: the last one as of a time holds.',
    columns: [
      { name: 'file_sha256', type: 'varchar', comment: 'the file as received' },
      { name: 'foia_release', type: 'varchar', comment: 'name of the release' },
      { name: 'sequence', type: 'integer', comment: '1 for the first statement about this file' },
      { name: 'statement', type: 'varchar', comment: 'read, superseded, withdrawn, reinstated' },
      { name: 'reading', type: 'integer', comment: 'the reading whose rows count after read and reinstated' },
      { name: 'replaced_by', type: 'varchar', comment: 'release that takes its place; NULL without' },
      { name: 'recorded_at', type: 'timestamp', comment: 'UTC, when it was stated' },
    ],
  },
  departments: {
    comment: 'The registry of departments, one snapshot per registry content.',
    columns: [
      { name: 'department_id', type: 'varchar', comment: 'registry' },
      { name: 'active_from', type: 'date', comment: 'first day of duty to report' },
      { name: 'active_to', type: 'date', comment: 'last day; NULL while active' },
      { name: 'recorded_at', type: 'timestamp', comment: 'UTC, when this snapshot was taken' },
    ],
  },
} as const satisfies Record<string, LakeTable>;

export type LakeTableName = keyof typeof lakeTables;

/** What every table is partitioned by. It stands in the names of folders, not in the files. */
export const partitionColumn = {
  name: 'recorded_month',
  type: 'varchar',
  comment: 'month of recording, YYYY-MM in UTC',
} as const satisfies Column;

/** The folder that a table's rows of one month are filed under, the same in every home. */
export const lakeFolder = (table: LakeTableName, month: string): string => `${table}/${partitionColumn.name}=${month}/`;

/** A value of a lake column: text for varchar, date and timestamp (`YYYY-MM-DD`, `YYYY-MM-DDTHH:mm:ss.sssZ`), number for the rest, null for unknown. */
export type LakeValue = string | number | boolean | null;
export type LakeRow<Table extends LakeTableName> = {
  readonly [Name in (typeof lakeTables)[Table]['columns'][number]['name']]: LakeValue;
};
