/**
 * A SAMPLE, invented from a seed: no report here is of a real event. It exists so that a city can see its ledger work before its departments send anything.
 */
import type { City, Department, Property } from '#core/domain/city.ts';
import type { DepartmentId } from '#core/domain/ids.ts';
import { addDays } from '#core/domain/instant.ts';
import { type Week, weekPlus } from '#core/domain/week.ts';
import { badSubmissions } from './bad-submissions.ts';
import type { CreateReport } from './incident-facts.ts';
import { incidentRates } from './incident-rates.ts';
import { weekEnd } from './incident-times.ts';
import { type Random, randomOf } from './random.ts';
import {
  type Change,
  type ChangeKind,
  confirmNeighbours,
  recordPrefix,
  type SampleReport,
  type SampleWorld,
  sampleChange,
  sampleReport,
  sampleZero,
} from './sample-reports.ts';
import {
  acceptedRows,
  bodyOf,
  keyReuseOf,
  type Manner,
  repeatOf,
  retryOf,
  type SampleSubmission,
} from './sample-submission.ts';

export type { SampleSubmission } from './sample-submission.ts';

export type SampleOptions = {
  readonly seed: string;
  /** The last week; all of it must be over, for nothing may be dated in the future. */
  readonly lastWeek: Week;
  readonly weeks: number;
  /** About how many incidents in all; 12,000 unless told. */
  readonly incidents?: number;
};

/** The department's reports of a week go out on Monday morning; what is written down after that goes out a week later. */
const postingDelay = 9 * 3_600_000;
const weekMs = 7 * 24 * 3_600_000;

type Plan = {
  readonly world: SampleWorld;
  readonly weeks: readonly Week[];
  readonly department: Department;
  readonly manner: Manner;
  /** Mean incidents of the department's places in one week. */
  readonly means: readonly (readonly { readonly property: Property; readonly mean: number }[])[];
};

/**
 * Sample submissions of a city in the order of posting, week after week. The order matters within a department (a correction follows its report), not between
 * departments. The same seed, city and weeks give the same submissions. For each department and week: reports, or a zero report, or silence.
 */
export function sampleWeeks(city: City, options: SampleOptions): SampleSubmission[] {
  const weeks = Array.from({ length: options.weeks }, (_, at) => weekPlus(options.lastWeek, at + 1 - options.weeks));
  const world = { city, seed: options.seed, last: weekEnd(options.lastWeek, city.timeZone) };
  const rates = incidentRates(city, {
    seed: options.seed,
    weeks: weeks.length,
    incidents: options.incidents ?? 12_000,
  });
  const byDepartment = rates.map(({ department, manner, means }) =>
    departmentWeeks({ world, weeks, department, manner, means }),
  );
  return weeks.flatMap((_, at) => byDepartment.flatMap((posted) => posted[at] ?? []));
}

const onDuty = ({ activeFrom, activeTo }: Department, week: Week): boolean =>
  week >= activeFrom && (activeTo === undefined || addDays(week, 6) <= activeTo);

/** The submissions of one department, by week of posting. */
function departmentWeeks(plan: Plan): SampleSubmission[][] {
  const { world, weeks, department, manner } = plan;
  const random = randomOf(world.seed, department.id, 'weeks');
  const silence = random.chance(0.08) ? 0.25 : 0.02;
  const reports: SampleReport[][] = weeks.map(() => []);
  const changes: { kind: ChangeKind; change: Change }[][] = weeks.map(() => []);
  const zeros = new Set<number>();
  weeks.forEach((week, at) => {
    if (!onDuty(department, week) || random.chance(silence)) return;
    const seen = incidentsOf(plan, at);
    if (seen.length === 0 && random.chance(0.9)) zeros.add(at);
    for (const report of seen) {
      const posted = Math.min(postingWeek(plan, at, report), weeks.length - 1);
      reports[posted]?.push(report);
      const kind = changeOf(random);
      const later = posted + random.whole(1, 2);
      const changedIn = weeks[later];
      if (kind === undefined || changedIn === undefined) continue;
      const other = seen.find((candidate) => candidate !== report) ?? report;
      const before = report.report;
      changes[later]?.push({
        kind: other === report && kind === 'withdrawal' ? 'correction' : kind,
        change: sampleChange(world, random, {
          kind: other === report && kind === 'withdrawal' ? 'correction' : kind,
          before,
          other: other.report,
          week: changedIn,
        }),
      });
    }
  });
  return weeks.map((week, at) => {
    const key = `sample-${recordPrefix(department.id, week)}`;
    const envelope = { department: department.id, week, mode: 'strict' } as const;
    const submission = (name: string, manner: Manner, rows: readonly (CreateReport | Change)[], label: string) => ({
      ...envelope,
      idempotencyKey: `${key}${name}`,
      ...bodyOf(manner, rows),
      ...acceptedRows(rows.length),
      label,
    });
    const posted: SampleSubmission[] = [];
    const arrived = reports[at] ?? [];
    const single = manner === 'single';
    if (single)
      arrived.forEach(({ report }, n) => {
        posted.push(submission(`-${n + 1}`, 'single', [report], 'single report'));
      });
    else if (arrived.length) posted.push(submission('', manner, confirmNeighbours(arrived), `weekly ${manner}`));
    (changes[at] ?? []).forEach(({ kind, change }, n) => {
      posted.push(submission(`-change-${n + 1}`, 'single', [change], kind));
    });
    if (zeros.has(at))
      posted.push({
        ...envelope,
        idempotencyKey: `${key}-zero`,
        ...bodyOf(manner === 'csv' ? 'csv' : 'single', [sampleZero(world, department.id, week)]),
        ...acceptedRows(1),
        label: 'zero report',
      });
    return [...posted.flatMap((first) => withMishaps(random, first)), ...badOf(plan, at, arrived.length > 0)];
  });
}

function incidentsOf({ world, weeks, department, means }: Plan, at: number): SampleReport[] {
  const week = weeks[at];
  if (week === undefined) return [];
  const random = randomOf(world.seed, department.id, week);
  const prefix = recordPrefix(department.id, week);
  const seen: SampleReport[] = [];
  for (const { property, mean } of means[at] ?? [])
    for (let left = random.poisson(mean); left > 0; left--) {
      const id = `${prefix}-${String(seen.length + 1).padStart(3, '0')}`;
      seen.push(sampleReport(world, random, { department: department.id, property, week, id }));
    }
  return seen;
}

function postingWeek({ weeks, world }: Plan, at: number, { recorded }: SampleReport): number {
  const week = weeks[at];
  if (week === undefined) return at;
  const over = recorded - postingDelay - weekEnd(week, world.city.timeZone);
  return over < 0 ? at : at + 1 + Math.floor(over / weekMs);
}

function changeOf(random: Random): ChangeKind | undefined {
  const draw = random.next();
  return draw < 0.018 ? 'correction' : draw < 0.027 ? 'withdrawal' : draw < 0.036 ? 'supplement' : undefined;
}

/** The request, and sometimes what a lost answer or a careless client makes of it. */
function withMishaps(random: Random, first: SampleSubmission): SampleSubmission[] {
  const draw = random.next();
  if (draw < 0.012) return [first, retryOf(first)];
  if (draw < 0.016) return [first, keyReuseOf(first)];
  return draw < 0.02 ? [first, repeatOf(first)] : [first];
}

/** Now and then, in a week with reports, a submission that is wrong in one way. */
function badOf({ world, weeks, department, means }: Plan, at: number, reported: boolean): SampleSubmission[] {
  const week = weeks[at];
  const random = randomOf(world.seed, department.id, week ?? '', 'bad');
  if (week === undefined || !reported || !onDuty(department, week) || !random.chance(0.07)) return [];
  const places = means[at] ?? [];
  const prefix = recordPrefix(department.id as DepartmentId, week);
  const good = [1, 2, 3].map((n) =>
    sampleReport(world, random, {
      department: department.id,
      property: random.pick(places).property,
      week,
      id: `${prefix}-X${n}`,
    }),
  );
  const [first, second, third] = confirmNeighbours(good);
  if (!first || !second || !third) return [];
  const bad = random.pick(badSubmissions)([first, second, third]);
  return [{ department: department.id, week, idempotencyKey: `sample-${prefix}-bad`, ...bad }];
}
