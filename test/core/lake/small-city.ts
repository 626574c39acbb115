import type { City } from '#core/domain/city.ts';
import { type DepartmentId, type PropertyId, type ReportId, type SubmissionId, sha256 } from '#core/domain/ids.ts';
import type { CalendarDate, Instant } from '#core/domain/instant.ts';
import type { ReportVersion, SubmissionRecord } from '#core/domain/submission.ts';
import type { Week } from '#core/domain/week.ts';

const parks = 'parks' as DepartmentId;

/** One department with one park: enough for rows of the lake. */
export const city: City = {
  id: 'small',
  name: 'City of Small',
  shortName: 'Small',
  timeZone: 'America/Los_Angeles',
  languages: ['en', 'es'],
  office: { en: 'Office', es: 'Oficina' },
  custodian: { title: 'Custodian', office: 'Office' },
  court: { name: 'Court', batesPrefix: 'SMALL' },
  mail: { from: 'a@example.org', briefingTo: ['b@example.org'], requestsTo: ['c@example.org'] },
  requests: { office: 'Counsel', address: ['1 Hall'], mail: 'c@example.org', regimes: ['us-foia'] },
  foiaAreas: {},
  boundaryVintage: '2021',
  departments: [{ id: parks, name: 'Parks', nameEs: 'Parques', activeFrom: '2025-01-01' as CalendarDate }],
  districts: [{ id: '1', name: 'One', population: 1000 }],
  properties: [
    {
      id: 'park-1' as PropertyId,
      name: 'Park',
      type: 'park',
      department: parks,
      district: '1',
      latitude: 34,
      longitude: -118,
      h3: '8a29a1d6c2dffff',
      residential: false,
    },
  ],
  residents: {},
  holidays: [],
  disclosure: '{}',
  outline: [],
};

export const receipt = {
  submissionId: 'sub_a' as SubmissionId,
  receivedAt: '2026-01-08T17:00:00.000Z' as Instant,
};

export const openFields = {
  time_precision: 'exact',
  property_type: 'park',
  area_access: 'public',
  access_result: 'refused',
  agencies: [
    { agency: 'ICE_ERO', identified_by: 'verbal', confidence: 'high' },
    { agency: 'CBP_USBP', identified_by: 'assumed', confidence: 'low' },
  ],
  activities: ['staging', 'arrest'],
  documents: [{ type: 'none_shown' }, { type: 'judicial_arrest_warrant' }],
  agents_count: { min: 2, max: 4 },
  persons_detained: { min: 1, known: true },
  closure_minutes: 30,
};

/** A good version of a report with some of it changed. */
export const version = (change: Partial<ReportVersion> = {}): ReportVersion => ({
  reportId: 'rep_a' as ReportId,
  localReportId: 'local-1',
  version: 1,
  operation: 'create',
  sha256: sha256('a'),
  facts: {
    department: parks,
    property: 'park-1' as PropertyId,
    observedFrom: '2026-01-06T18:30:00.000Z' as Instant,
    observedDate: '2026-01-06' as CalendarDate,
    week: '2026-01-05' as Week,
  },
  open: openFields,
  sealed: [{ fields: ['narrative'], key: 'k', text: 'c2VhbGVk' }],
  ...change,
});

export const record = (reports: readonly ReportVersion[], submissionId = receipt.submissionId): SubmissionRecord => ({
  schema: 1,
  submissionId,
  department: parks,
  rows: reports.map((report, index) => ({ line: index + 1, status: 'accepted', report, violations: [] })),
});
