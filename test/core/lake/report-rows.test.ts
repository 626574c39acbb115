import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as words from '#core/domain/report/vocabulary.ts';
import type { ReportVersion, SubmissionRecord } from '#core/domain/submission.ts';
import {
  activityGroupOf,
  activityGroups,
  agencyGroupOf,
  agencyGroups,
  authorities,
  authorityOf,
} from '#core/lake/groups.ts';
import { reportRows } from '#core/lake/report-rows.ts';
import { lakeTables } from '#core/lake/tables.ts';
import { city, openFields, receipt, record, version } from './small-city.ts';

const rowsOf = (...reports: readonly ReportVersion[]) => reportRows(record(reports), receipt, city);

describe('reportRows', () => {
  it('derives place from the registry and groups from the codes', () => {
    expect(rowsOf(version())).toEqual([
      {
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
        agency_group: 'several',
        activity_group: 'arrest',
        authority_shown: 'judicial',
        area_access: 'public',
        access_result: 'refused',
        agents_min: 2,
        agents_max: 4,
        persons_detained_min: 1,
        persons_detained_max: null,
        persons_arrested_min: null,
        persons_arrested_max: null,
        closure_minutes: 30,
      },
    ]);
  });

  it('gives rows to accepted reports only, in the order of the submission', () => {
    const mixed: SubmissionRecord = {
      ...record([]),
      rows: [
        { line: 2, status: 'refused', violations: [] },
        { line: 3, status: 'accepted', report: version(), violations: [] },
        {
          line: 4,
          status: 'duplicate',
          reportId: version().reportId,
          version: 1,
          sha256: version().sha256,
          violations: [],
        },
        { line: 5, status: 'accepted', report: version({ version: 2, operation: 'correct' }), violations: [] },
      ],
    };
    expect(reportRows(mixed, receipt, city).map(({ line, version: v }) => [line, v])).toEqual([
      [3, 1],
      [5, 2],
    ]);
  });

  it('keeps a place that the registry does not know as unlisted', () => {
    const { property: _, ...facts } = version().facts;
    const [row] = rowsOf(version({ facts, open: { ...openFields, property_type: 'library' } }));
    expect(row).toMatchObject({ property_id: null, district_id: null, h3_cell: null, property_type: 'library' });
  });

  it('tells no hour when only the day is known', () => {
    const [row] = rowsOf(version({ open: { ...openFields, time_precision: 'date_only' } }));
    expect(row).toMatchObject({ observed_at: null, observed_date: '2026-01-06' });
  });

  it('makes a zero report of kind zero without any fact of an incident', () => {
    const { department, week } = version().facts;
    const [row] = rowsOf(version({ operation: 'zero', facts: { department, week }, open: {} }));
    expect(row).toMatchObject({ kind: 'zero', operation: 'zero', observed_week: '2026-01-05' });
    expect(row).toMatchObject({ agency_group: null, activity_group: null, authority_shown: null, property_id: null });
  });

  it('gives a withdrawal a row of its own with the place of the report', () => {
    const [row] = rowsOf(version({ version: 3, operation: 'withdraw', open: {} }));
    expect(row).toMatchObject({ version: 3, operation: 'withdraw', district_id: '1', activity_group: 'unknown' });
  });

  it('lets no text of a report into a row unless it is in a closed list', () => {
    const closed = new Set<string>([
      ...Object.values(words).flat(),
      ...agencyGroups,
      ...activityGroups,
      ...authorities,
      ...['incident', 'zero', 'create', 'rep_a', 'sub_a', 'parks', 'park-1', '1', '8a29a1d6c2dffff'],
      ...['2026-01-08T17:00:00.000Z', '2026-01-06T18:30:00.000Z', '2026-01-06', '2026-01-05'],
    ]);
    const columns = lakeTables.report_versions.columns.map(({ name }) => name);
    const text = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'A123456789', 'Ana'));
    const anything = fc.oneof(
      text,
      fc.integer(),
      fc.array(text),
      fc.dictionary(text, text),
      fc.array(fc.dictionary(text, text)),
    );
    const open = fc.record(
      {
        ...Object.fromEntries(Object.keys(openFields).map((name) => [name, anything])),
        agencies: fc.array(fc.record({ agency: text, identified_by: text })),
        documents: fc.array(fc.record({ type: text, signed_by: text })),
        activities: fc.array(text),
        persons_detained: fc.record({ min: text, max: anything }),
        narrative: text,
        supervisor_name: text,
        point: anything,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(open, (fields) => {
        const [row] = rowsOf(version({ open: fields }));
        expect(Object.keys(row ?? {}).sort()).toEqual([...columns].sort());
        for (const value of Object.values(row ?? {})) if (typeof value === 'string') expect(closed).toContain(value);
      }),
      { numRuns: 300 },
    );
  });

  it('knows no department or property outside the registry', () => {
    const stranger = version({
      facts: { ...version().facts, department: 'Ana Lopez' as never, property: '12 Home St' as never },
    });
    expect(JSON.stringify(rowsOf(stranger))).not.toMatch(/Ana|Home/);
  });
});

describe('the groups', () => {
  it.each([
    [[], 'unverified'],
    [['unknown', 'claimed_federal_unverified'], 'unverified'],
    [['ICE_ERO', 'ICE_HSI'], 'ICE'],
    [['ICE_ERO', 'unknown'], 'ICE'],
    [['ICE_ERO', 'CBP_USBP'], 'several'],
    [['FBI', 'DEA'], 'other_federal'],
  ] as const)('puts agencies %j under %s', (agencies, group) => expect(agencyGroupOf(agencies)).toBe(group));

  it('put every word of the vocabularies in a group', () => {
    const silent = ['claimed_federal_unverified', 'unknown'];
    for (const agency of words.agencies)
      expect(agencyGroupOf([agency]) === 'unverified', agency).toBe(silent.includes(agency));
    for (const activity of words.activities) expect(activityGroupOf([activity]), activity).not.toBe('unknown');
    for (const type of words.documentTypes) expect(authorityOf([type]) === 'unknown', type).toBe(type === 'unknown');
  });

  it('take the gravest activity and the strongest authority', () => {
    expect(activityGroupOf(['staging', 'arrest', 'questioning'])).toBe('arrest');
    expect(authorityOf(['none_shown', 'administrative_warrant_I-200'])).toBe('administrative');
    expect(authorityOf([])).toBe('unknown');
  });
});
