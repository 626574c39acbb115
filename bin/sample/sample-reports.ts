import type * as z from 'zod';
import type { City, Property } from '#core/domain/city.ts';
import { type DepartmentId, reportIdOf } from '#core/domain/ids.ts';
import { addDays } from '#core/domain/instant.ts';
import type { correctReport, supplementReport, withdrawReport, zeroReport } from '#core/domain/report/schema.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import { type CreateReport, evidenceOf, incidentFacts } from './incident-facts.ts';
import { incidentTimes } from './incident-times.ts';
import { epochOf, localTime } from './local-time.ts';
import type { Random } from './random.ts';

const hour = 3_600_000;

/** What every sample report is made against; nothing is dated after `last` (epoch milliseconds), the end of the last week. */
export type SampleWorld = { readonly city: City; readonly seed: string; readonly last: number };

/** `LIB-2026-W34`: the department and the ISO week, to which a record number is added. */
export function recordPrefix(department: DepartmentId, week: Week): string {
  const thursday = addDays(week, 3);
  const year = thursday.slice(0, 4);
  const number = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / (7 * 24 * hour)) + 1;
  return `${department}-${year}-W${String(number).padStart(2, '0')}`;
}

export type SampleReport = {
  readonly report: CreateReport;
  readonly from: number;
  readonly recorded: number;
};

/** One invented incident that keeps every rule of the report. */
export function sampleReport(
  world: SampleWorld,
  random: Random,
  { department, property, week, id }: { department: DepartmentId; property: Property; week: Week; id: string },
): SampleReport {
  const times = incidentTimes(random, week, world.city.timeZone, world.last);
  const own = property.department === department;
  const report: CreateReport = {
    schema_version: '1',
    operation: 'create',
    department_id: department,
    local_report_id: id,
    ...(random.chance(0.5) ? { certified_by: 'Department liaison', certified_at: times.fields.recorded_at } : {}),
    ...(times.late ? { confirmed_warnings: ['W610'] } : {}),
    reporter_role: own
      ? random.weighted({ liaison: 4, facility_manager: 4, front_desk: 2, security: 3, sworn: 1, contractor: 1 })
      : random.weighted({ liaison: 5, other: 2, contractor: 1 }),
    basis: random.weighted({
      personal_observation: 9,
      told_by_employee: 5,
      told_by_public: 2,
      told_by_contractor: 1,
      video_review: 2,
      radio_or_911: 1,
    }),
    ...times.fields,
    ...incidentFacts(random, property),
  };
  return { report, from: times.from, recorded: times.recorded };
}

/** Confirms, as its department would, that reports of one property within two hours of another in the same body are not the same incident. */
export function confirmNeighbours(reports: readonly SampleReport[]): CreateReport[] {
  const seen = new Map<string, number[]>();
  return reports.map(({ report, from }) => {
    const { property_id: property = '', time_precision: precision } = report;
    if (precision === 'date_only' || precision === 'unknown') return report;
    const times = seen.get(property) ?? [];
    const near = times.some((other) => Math.abs(other - from) <= 2 * hour);
    seen.set(property, [...times, from]);
    return near ? { ...report, confirmed_warnings: [...(report.confirmed_warnings ?? []), 'W630'] } : report;
  });
}

/** Says that the department saw nothing in the week; written in the first minutes after it. */
export function sampleZero(world: SampleWorld, department: DepartmentId, week: Week): z.infer<typeof zeroReport> {
  return {
    schema_version: '1',
    operation: 'zero',
    department_id: department,
    local_report_id: `${recordPrefix(department, week)}-ZERO`,
    recorded_at: localTime(epochOf(weekPlus(week, 1), 5, world.city.timeZone), world.city.timeZone),
    week,
  };
}

export type Change = z.infer<typeof correctReport> | z.infer<typeof supplementReport> | z.infer<typeof withdrawReport>;
export type ChangeKind = 'correction' | 'supplement' | 'withdrawal';

/** A change to a report that stands in its first version, written down in a later week. */
export function sampleChange(
  world: SampleWorld,
  random: Random,
  { kind, before, other, week }: { kind: ChangeKind; before: CreateReport; other: CreateReport; week: Week },
): Change {
  const { timeZone } = world.city;
  const at = epochOf(addDays(week, random.whole(0, 4)), random.whole(8 * 60, 17 * 60), timeZone);
  const recorded_at = localTime(Math.min(at, world.last - 60_000), timeZone);
  const envelope = {
    schema_version: '1',
    department_id: before.department_id,
    local_report_id: before.local_report_id,
    recorded_at,
    expected_version: 1,
  } as const;
  if (kind === 'supplement')
    return {
      operation: 'supplement',
      ...envelope,
      reporter_role: 'liaison',
      basis: 'video_review',
      evidence: evidenceOf(random, before.local_report_id),
    };
  if (kind === 'withdrawal') {
    const reason = random.pick(['not_federal', 'duplicate_of', 'data_entry_error', 'not_city_property'] as const);
    if (reason !== 'duplicate_of') return { operation: 'withdraw', ...envelope, change_reason: reason };
    const repeated = reportIdOf(before.department_id as DepartmentId, other.local_report_id);
    return { operation: 'withdraw', ...envelope, change_reason: reason, supersedes_id: repeated };
  }
  const { certified_by: _, certified_at: __, ...facts } = before;
  const [agency, ...agencies] = before.agencies;
  const unsure = agency?.confidence === 'low';
  return {
    ...facts,
    operation: 'correct',
    ...envelope,
    confirmed_warnings: ['W610'],
    ...(unsure
      ? {
          change_reason: 'new_information',
          agencies: agencies.some((seen) => seen.agency === 'ICE_unspecified')
            ? agencies
            : [{ agency: 'ICE_unspecified', identified_by: 'later_confirmed', confidence: 'high' }, ...agencies],
        }
      : {
          change_reason: 'data_entry_error',
          agents_count: { min: before.agents_count?.min ?? 1, max: (before.agents_count?.max ?? 1) + 1 },
        }),
  };
}
