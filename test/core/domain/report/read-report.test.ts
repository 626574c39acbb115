import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/domain/canonical-json.ts';
import { sha256 } from '#core/domain/ids.ts';
import { reportExamples } from '#core/domain/report/examples.ts';
import { nearDuplicates } from '#core/domain/report/near-duplicates.ts';
import { protectedFields } from '#core/domain/report/protected.ts';
import { readReport } from '#core/domain/report/read-report.ts';
import { accepted, codesOf, context, read } from './context.ts';

const { create, correct, supplement, withdraw, zero, minimal } = reportExamples;

describe('readReport', () => {
  it.each(Object.entries(reportExamples))('accepts the example %s without a warning', (_, example) => {
    expect(accepted(example).violations.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('seals every protected field and leaves none open', () => {
    const { open, guarded: sealed } = accepted(create);
    const guarded = JSON.parse(Buffer.from(sealed.json).toString('utf8')) as Readonly<Record<string, string>>;
    expect(sealed.names).toEqual(Object.keys(guarded));
    for (const field of protectedFields) expect(open).not.toHaveProperty(field);
    expect(guarded['narrative']).toBe(create.narrative);
    expect(guarded['point']).toBe('{"latitude":41.1535,"longitude":-70.9272}');
  });

  it('hashes the report as submitted, without the confirmations', () => {
    const late = { ...minimal, recorded_at: '2026-06-11T12:00:00-04:00' };
    expect(accepted({ ...late, confirmed_warnings: ['W610'] }).sha256).toBe(sha256(canonicalJson(late)));
  });

  it('says the week and day in the zone of the city', () => {
    const { facts } = accepted({
      ...minimal,
      observed_from: '2026-06-08T03:30:00Z',
      recorded_at: '2026-06-08T04:00:00Z',
    });
    expect(facts).toMatchObject({ observedDate: '2026-06-07', week: '2026-06-01', property: 'mill-street-library' });
    expect(accepted(zero).facts).toEqual({ department: 'LIB', week: '2026-06-01' });
  });

  it('leaves the moment out when only the day is known', () => {
    const { facts } = accepted({ ...minimal, observed_from: '2026-06-09T00:00:00-04:00', time_precision: 'date_only' });
    expect(facts.observedFrom).toBeUndefined();
    expect(facts.observedDate).toBe('2026-06-09');
  });

  it('tells another report of the same submission, place and hour until it is confirmed', () => {
    const submission = { ...context, submission: nearDuplicates() };
    expect(readReport(minimal, submission).ok).toBe(true);
    const second = { ...minimal, local_report_id: 'LIB-2026-0043' };
    expect(readReport(second, submission)).toMatchObject({ ok: false, violations: [{}, { code: 'W630' }] });
    expect(readReport({ ...second, confirmed_warnings: ['W630'] }, submission).ok).toBe(true);
  });

  it('never throws on any JSON value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void read(value)));
    const fields = fc.constantFrom(...Object.keys(create));
    fc.assert(
      fc.property(fields, fc.jsonValue(), (field, value) => {
        read({ ...create, [field]: value });
      }),
    );
  });

  it('never echoes what was submitted', () => {
    const canary = 'zq7canary';
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(create), canary, 'a/b~'), (field) => {
        for (const value of [canary, { [canary]: canary }, [canary, { [canary]: 1 }]]) {
          const result = read({ ...create, [field]: value });
          expect(JSON.stringify(result.violations)).not.toContain(canary);
        }
      }),
    );
  });

  it('does not repeat a local report id that sets off a tripwire', () => {
    expect(read({ ...minimal, local_report_id: 'A123456789' })).not.toHaveProperty('localReportId');
    expect(read({ ...minimal, activities: [] })).toMatchObject({ ok: false, localReportId: 'LIB-2026-0042' });
  });
});

const base = { ...create };
/** One changed field, or the few that one fact needs, and the code it must fire. */
const changes: readonly (readonly [code: string, base: object, change: object])[] = [
  ['E101', base, { basis: undefined }],
  ['E102', base, { closure_minutes: 'many' }],
  ['E103', base, { extra: 1 }],
  ['E104', base, { operation: 'erase' }],
  ['E201', base, { weapons_displayed: 'cannon' }],
  ['E202', base, { observed_from: '2026-06-09 09:10' }],
  ['E203', base, { activities: [] }],
  ['E204', base, { narrative: 'x'.repeat(4001) }],
  ['E205', base, { closure_minutes: 1.5 }],
  ['E206', base, { narrative: 'bell \u0007' }],
  ['E301', base, { unlisted_property: { address: '1 Pier Road' } }],
  ['E310', base, { persons_arrested: { min: 1, max: 1, known: true } }],
  ['E311', base, { activities: ['entry_to_non_public_area'] }],
  ['E312', base, { city_employee_or_contractor_detained: 'yes', persons_detained: { min: 0, max: 0, known: true } }],
  ['E313', base, { activities: ['arrest'] }],
  ['E314', base, { force_used: ['none', 'taser'] }],
  ['E315', base, { responses: ['none', 'area_closed'] }],
  ['E316', base, { service_disruption: ['none', 'other'] }],
  ['E317', base, { activities: ['detention', 'detention'] }],
  ['E320', base, { documents: [{ type: 'judicial_search_warrant', signed_by: 'immigration_officer' }] }],
  ['E321', base, { documents: [{ type: 'administrative_warrant_I-200', signed_by: 'judge_or_magistrate' }] }],
  ['E322', base, { documents: [{ type: 'none_shown' }, { type: 'court_order' }] }],
  ['E323', base, { documents: [{ type: 'none_shown', signed_by: 'clerk' }] }],
  ['E324', base, { id_response: 'not_requested' }],
  ['E325', base, { access_result: 'granted_judicial_warrant' }],
  ['E330', base, { access_result: undefined }],
  ['E331', base, { area_access: 'public' }],
  ['E332', base, { access_result: 'not_requested' }],
  ['E333', base, { city_resources_used: 'yes_with_description' }],
  ['E334', base, { service_disruption: ['none'] }],
  ['E340', base, { point: { latitude: 10, longitude: -70.9272 } }],
  ['E341', base, { point: { latitude: 41.118, longitude: -70.933 } }],
  ['E342', base, { location_precision: undefined }],
  ['E343', base, { property_type: 'park' }],
  ['E350', base, { observed_to: '2026-06-09T09:00:00-04:00' }],
  ['E351', base, { agents_count: { min: 6, max: 5 } }],
  ['E351', base, { vehicles_count: { min: 6, max: 5 } }],
  ['E351', base, { persons_detained: { min: 6, max: 5, known: true } }],
  ['E352', base, { persons_detained: { min: 1, known: true } }],
  ['E353', base, { time_precision: 'date_only' }],
  ['E354', base, { certified_by: undefined }],
  ['E355', base, { certified_at: '2026-06-09T08:00:00-04:00' }],
  ['E356', base, { recorded_at: '2026-06-09T08:00:00-04:00' }],
  ['E357', base, { response_to: '2026-06-09T09:00:00-04:00' }],
  ['E360', base, { recorded_at: '2026-06-12T08:16:00-04:00' }],
  ['E361', zero, { week: '2026-06-02' }],
  ['E362', zero, { week: '2026-06-22' }],
  ['E370', minimal, { observed_from: '2023-12-31T12:00:00-05:00' }],
  ['E371', base, { property_id: 'no-such-place' }],
  ['E373', withdraw, { change_reason: 'duplicate_of' }],
  ['E410', base, { department_id: 'PORT' }],
  ['E501', base, { narrative: 'They said he was undocumented.' }],
  ['E503', base, { lapd_incident_no: 'A123456789' }],
  ['E504', base, { vehicle_plates: ['123-45-6789'] }],
  ['E506', base, { city_resources_used: 'yes_with_description', city_resources_description: 'Call 213-555-0123' }],
  ['E508', minimal, { property_id: undefined, unlisted_property: { address: 'Home address of a worker' } }],
  ['E510', supplement, { narrative: 'Her name is Rosa.' }],
  ['W610', base, { recorded_at: '2026-06-10T10:00:00-04:00' }],
  ['W620', base, { agents_count: { min: 4, max: 500 } }],
  ['W621', base, { vehicles_count: { min: 4, max: 60 } }],
  ['W622', base, { persons_detained: { min: 51, max: 51, known: true } }],
  ['W623', correct, { activities: ['arrest'], persons_arrested: { min: 51, max: 51, known: true } }],
  ['W624', base, { closure_minutes: 20_000 }],
  ['W640', minimal, { observed_from: '2026-06-09T00:00:00-04:00', time_precision: 'exact' }],
  ['W641', minimal, { observed_from: '2026-06-09T15:10:00-04:00', time_precision: 'part_of_day' }],
  ['W650', minimal, { observed_to: '2026-06-10T16:00:00-04:00', recorded_at: '2026-06-10T16:05:00-04:00' }],
  [
    'W660',
    zero,
    { week: '2026-06-08', recorded_at: '2026-06-09T09:00:00-04:00', certified_at: '2026-06-09T09:00:00Z' },
  ],
  ['I701', base, {}],
  ['I702', base, { recorded_at: '2026-06-10T10:00:00-04:00' }],
  ['I703', minimal, { property_id: undefined, unlisted_property: { address: '1 Pier Road' } }],
];

describe('the numbered rules', () => {
  it.each(changes)('fires %s', (code, example, change) => {
    const changed = JSON.parse(JSON.stringify({ ...example, ...change }));
    expect(codesOf(changed)).toContain(code);
    const result = read(changed);
    if (code.startsWith('E')) expect(result.ok).toBe(false);
    if (code.startsWith('W')) {
      expect(result.ok).toBe(false);
      expect(accepted({ ...changed, confirmed_warnings: [code] }).violations.map((found) => found.code)).toContain(
        code,
      );
    }
    if (code.startsWith('I')) expect(Object.keys(example)).not.toHaveLength(0);
  });

  it('refuses what is not an object, and a department the registry does not hold', () => {
    for (const value of [null, 1, 'text', [], true]) expect(codesOf(value)).toContain('E105');
    const stranger = { ...context, department: 'NONE' as typeof context.department };
    expect(readReport({ ...minimal, department_id: 'NONE' }, stranger).violations.map(({ code }) => code)).toContain(
      'E372',
    );
  });
});
