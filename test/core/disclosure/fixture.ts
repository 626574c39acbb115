/** A seeded invented city history for disclosure tests: incidents one by one, and the raw tables that an engine would answer. */
import { readFileSync } from 'node:fs';
import { cellToParent, gridDisk, latLngToCell } from 'h3-js';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { type RawTable, type ReleaseRequest, release } from '#core/disclosure/release.ts';
import type { City, Property } from '#core/domain/city.ts';
import { type DepartmentId, type PropertyId, type ReleaseId, sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import type { Question, QuestionMetadata } from '#core/lake/question.ts';
import { mulberry32 } from '../../fixtures/mulberry32.ts';

export const policyText = readFileSync(
  new URL('../../../lambdas/core/disclosure/policy.json', import.meta.url),
  'utf8',
);

export const firstWeek = '2024-01-01' as Week;
const types = ['library', 'park', 'housing', 'utility'];
const agencies = ['ICE', 'CBP', 'other_federal', 'several', 'unverified'];
const activities = ['arrest', 'detention', 'stop', 'presence', 'other', 'unknown'];
const access = ['granted', 'refused', 'entered', 'withdrew', 'not_stated'];

export function inventedCity(districts = 15, properties = 60): City {
  const next = mulberry32(11);
  const list: Property[] = Array.from({ length: properties }, (_, n) => {
    const district = n % districts;
    const latitude = 34 + (district % 4) * 0.06 + next() * 0.05;
    const longitude = -118 - Math.floor(district / 4) * 0.07 - next() * 0.06;
    const type = types[n % types.length] ?? 'park';
    return {
      id: `p${n}` as PropertyId,
      name: `Property ${n}`,
      type,
      department: 'd1' as DepartmentId,
      district: `D${district + 1}`,
      latitude,
      longitude,
      h3: latLngToCell(latitude, longitude, 10),
      residential: type === 'housing',
    };
  });
  // Everywhere around the properties live more people than any floor asks for.
  const residents: Record<string, number> = {};
  for (const { h3 } of list) for (const cell of gridDisk(cellToParent(h3, 8), 2)) residents[cell] = 6000;
  return {
    id: 'anywhere',
    name: 'City of Anywhere',
    shortName: 'Anywhere',
    timeZone: 'America/New_York',
    languages: ['en', 'es'],
    office: { en: 'Office', es: 'Oficina' },
    custodian: { title: 'Clerk', office: 'Office' },
    court: { name: 'Court', batesPrefix: 'ANY' },
    mail: { from: 'a@example.org', briefingTo: [], requestsTo: ['c@example.org'] },
    requests: { office: 'Counsel', address: ['1 Hall'], mail: 'c@example.org', regimes: ['us-foia'] },
    foiaAreas: {},
    boundaryVintage: '2024',
    departments: Array.from({ length: 5 }, (_, n) => ({
      id: `d${n + 1}` as DepartmentId,
      name: `Dept ${n}`,
      nameEs: `Depto ${n}`,
      activeFrom: firstWeek,
    })),
    districts: Array.from({ length: districts }, (_, n) => ({
      id: `D${n + 1}`,
      name: `District ${n + 1}`,
      population: 100_000,
    })),
    properties: list,
    residents,
    holidays: [],
    disclosure: '{}',
    outline: [],
  };
}

export type Incident = Readonly<
  Record<'week' | 'district' | 'h3' | 'type' | 'agency' | 'activity' | 'access' | 'department', string>
> & { readonly known: number };

/** About `perWeek` incidents a week, crowded at few places. `known` is the number of weeks after which an incident is reported (0 for most). */
export function incidentsOf(city: City, weeks: number, perWeek: number, seed: number, lateShare = 0): Incident[] {
  const next = mulberry32(seed);
  const skewed = <Item>(items: readonly Item[]): Item => items[Math.floor(next() ** 2.2 * items.length)] as Item;
  const incidents: Incident[] = [];
  for (let week = 0; week < weeks; week++) {
    const many = Math.round(perWeek * (0.6 + 0.8 * next()));
    for (let n = 0; n < many; n++) {
      const property = skewed(city.properties);
      incidents.push({
        week: weekPlus(firstWeek, week),
        district: property.district,
        h3: property.h3,
        type: property.type,
        agency: skewed(agencies),
        activity: skewed(activities),
        access: skewed(access),
        department: skewed(city.departments).id,
        known: next() < lateShare ? 3 + Math.floor(next() * 3) : 0,
      });
    }
  }
  return incidents;
}

type Vocabulary = QuestionMetadata['dimensions'][number]['vocabulary'];
export function question(
  name: string,
  dimensions: readonly (readonly [name: string, vocabulary: Vocabulary])[],
  kind: 'counts' | 'coverage' | 'map' = 'counts',
  window: QuestionMetadata['release']['window'] = 'period',
  universe: 'incidents' | 'foia' | 'departments' = 'incidents',
): Question {
  return {
    name,
    sql: `SELECT ${name}`,
    checks: '',
    metadata: {
      title: { en: name, es: name },
      question: name,
      grain: name,
      audience: 'public',
      parameters: [],
      dimensions: dimensions.map(([dimension, vocabulary]) => ({
        name: dimension,
        label: { en: dimension, es: dimension },
        vocabulary,
      })),
      measure: { name: 'incident_count', label: { en: 'Incidents', es: 'Incidentes' } },
      release: { kind, universe, window },
    },
  };
}

export const weekByDistrict = question(
  'incidents_by_week_and_area_v1',
  [
    ['observed_week', 'weeks'],
    ['district_id', 'districts'],
  ],
  'counts',
  'weeks',
);
export const byAgency = question('incidents_by_agency_and_activity_v1', [
  ['agency_group', agencies],
  ['activity_group', activities],
]);
const byType = question('incidents_by_property_type_v1', [
  ['property_type', types],
  ['access_result', access],
]);
export const byMap = question('incidents_map_v1', [['h3_cell', 'h3']], 'map');
export const byMonth = question('monthly_totals_v1', [['observed_month', 'months']], 'counts', 'weeks');

/** The raw table for rows of dimension values, counted. */
function rawOf(query: Question, from: Week, to: Week, rows: readonly (readonly string[])[]): RawTable {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
  return rawCounts(
    query,
    from,
    to,
    [...counts].map(([row, count]) => [...(JSON.parse(row) as string[]), count]),
  );
}

export function rawCounts(
  query: Question,
  from: Week,
  to: Week,
  rows: readonly (readonly (string | number)[])[],
): RawTable {
  return {
    query,
    parameters: { from_week: from, to_week: to },
    window: { from, to },
    answer: {
      columns: [
        ...query.metadata.dimensions.map(({ name }) => ({ name, type: 'varchar' })),
        { name: query.metadata.measure.name, type: 'bigint' },
      ],
      rows,
      execution: 'test',
      engine: 'test',
    },
  };
}

/** The week's request as the system makes it: a series of 26 weeks, and whole periods of four weeks for the rest. */
export function weeklyRequest(
  city: City,
  incidents: readonly Incident[],
  week: number,
  ledger: readonly LedgerEntry[],
): ReleaseRequest {
  const to = weekPlus(firstWeek, week);
  const from = weekPlus(to, -25);
  const periodTo = weekPlus(firstWeek, Math.floor((week + 1) / 4) * 4 - 1);
  const periodFrom = weekPlus(periodTo, -3);
  const known = incidents.filter((one) => one.week <= to && weekPlus(one.week as Week, one.known) <= weekPlus(to, 2));
  const inWindow = known.filter((one) => one.week >= from);
  const inPeriod = known.filter((one) => one.week >= periodFrom && one.week <= periodTo);
  return {
    ...requestOf(city, to, [
      rawOf(
        weekByDistrict,
        from,
        to,
        inWindow.map((one) => [one.week, one.district]),
      ),
      rawOf(
        byMonth,
        from,
        to,
        inWindow.map((one) => [new Date(Date.parse(one.week) + 3 * 86_400_000).toISOString().slice(0, 7)]),
      ),
      rawOf(
        byAgency,
        periodFrom,
        periodTo,
        inPeriod.map((one) => [one.agency, one.activity]),
      ),
      rawOf(
        byType,
        periodFrom,
        periodTo,
        inPeriod.map((one) => [one.type, one.access]),
      ),
      rawOf(
        byMap,
        periodFrom,
        periodTo,
        inPeriod.map((one) => [one.h3]),
      ),
    ]),
    ledger,
  };
}

export function requestOf(
  city: City,
  week: Week,
  tables: readonly RawTable[],
  ledger: readonly LedgerEntry[] = [],
): ReleaseRequest {
  const at = `${weekPlus(week, 4)}T12:00:00.000Z` as Instant;
  return {
    id: `week-${week}-${ledger.length}` as ReleaseId,
    city,
    week,
    asOf: at,
    approvedAt: at,
    software: 'test 0',
    code: sha256('test'),
    policyText,
    channel: 'briefing',
    tables,
    ledger,
    tieBreakKey: 'test key',
  };
}

/** Releases and answers the entry; throws the refusal's detail. */
export function entryOf(request: ReleaseRequest): LedgerEntry {
  const decided = release(request);
  if (!decided.ok) throw new Error(decided.problem.detail);
  return decided.value.entry;
}
