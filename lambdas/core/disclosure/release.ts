/**
 * The only maker of a Released value (docs/METHODS.md §3). Shelf, reports and mail take nothing else, so a raw count cannot be rendered, by type and by path.
 */
import { canonicalJson } from '../domain/canonical-json.ts';
import type { City } from '../domain/city.ts';
import { type ReleaseId, type Sha256, sha256 } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { invariant } from '../domain/invariant.ts';
import type { Solver } from '../domain/linear-program.ts';
import { accept, type Outcome, refuse } from '../domain/problem.ts';
import { latestReleasableWeek, type Week } from '../domain/week.ts';
import type { Certificate } from './audit/certificate.ts';
import { independentParts } from './audit/independent-parts.ts';
import { publicIntervals } from './intervals.ts';
import { chained, chainFault, isIntact } from './ledger-chain.ts';
import { type Channel, genesis, type LedgerEntry, type LedgerRecord, type SealedEvidence } from './ledger-entry.ts';
import { parsePolicy } from './policy.ts';
import { decide } from './protect/decide.ts';
import { faultOf } from './protect/excuses.ts';
import type { Protection } from './protect/protect.ts';
import type { Interval, ReleaseContent, ReleasedTable } from './released-table.ts';
import { reviewOf } from './review.ts';
import { predicateKey, type System, type Variable } from './system/system.ts';
import { sitePredicate } from './tables/assemble.ts';
import { coverageTable } from './tables/coverage.ts';
import type { RawTable } from './tables/grid.ts';
import type { Plan } from './tables/plan.ts';

export type { RawTable } from './tables/grid.ts';

declare const released: unique symbol;

/** A release that passed disclosure control and stands in the ledger as entry `seq` with this hash. */
export type Released = ReleaseContent & {
  readonly [released]: true;
  readonly ledger: { readonly seq: number; readonly previous: string; readonly hash: string };
};

export type ReleaseRequest = {
  readonly id: ReleaseId;
  readonly city: City;
  readonly week: Week;
  readonly asOf: Instant;
  readonly approvedAt: Instant;
  readonly software: string;
  /** The hash of the code that decides. */
  readonly code: Sha256;
  /** The lake holds generated reports; the release says so on every page. */
  readonly sample?: true;
  readonly policyText: string | undefined;
  readonly channel: 'briefing' | 'exhibit' | 'correction';
  readonly tables: readonly RawTable[];
  /** Every released week counted again today, by week and district: what came late. */
  readonly recount?: RawTable;
  readonly ledger: readonly LedgerEntry[];
  /** Decides in the audit what whole-number steps alone do not. */
  readonly solver?: Solver;
  /** The certificate of the latest entry that has one, as it was sealed: what was shown there is gone through again and not sought again. */
  readonly lastCertificate?: string;
  /** Secret of the releasing office: chooses between equally good cells to withhold. */
  readonly tieBreakKey: string;
};

/**
 * Decides what of the raw tables may be shown, beside everything shown before. Refuses with RELEASE_REFUSED when the policy is missing or too loose, the ledger's
 * chain is broken, a week is too young, a place is crossed with another attribute, or nothing could be certified. The entry must be appended before anything is shown; the
 * certificate holds true counts and is sealed beside it.
 */
export function release(
  request: ReleaseRequest,
): Outcome<{ readonly released: Released; readonly entry: LedgerEntry; readonly certificate: string }> {
  const { ledger } = request;
  const opened = parsePolicy(request.policyText, request.city.disclosure);
  if (!opened.ok) return opened;
  const policy = opened.value;
  const fault = chainFault(ledger);
  if (fault) return refuse('RELEASE_REFUSED', { detail: fault });
  const latest = latestReleasableWeek(request.approvedAt, request.city.timeZone, policy.lagDays);
  if (request.week > latest || request.tables.some(({ window }) => window.to > latest))
    return refuse('RELEASE_REFUSED', {
      detail: `a week is released ${policy.lagDays} days after it ended, not before`,
    });
  if (ledger.some(({ content }) => content.id === request.id))
    return refuse('RELEASE_REFUSED', { detail: 'a release of this name stands in the ledger' });

  const { lastCertificate: proofs, ...asked } = request;
  const sealed = ledger.findLast(({ certificate }) => certificate !== undefined);
  if (proofs !== undefined && sha256(proofs) !== sealed?.certificate)
    return refuse('RELEASE_REFUSED', {
      detail: `the certificate of entry ${sealed?.seq} was changed after it was sealed`,
    });
  const lastCertificate = proofs ? (JSON.parse(proofs) as Certificate) : undefined;
  // Another program or policy judges everything once, also what stands.
  const isAlike = sealed?.code === request.code && sealed.content.policy.sha256 === policy.sha256;
  const decided = decide(
    {
      ...asked,
      ...(lastCertificate ? { lastCertificate } : {}),
      parts: new Set(isAlike ? lastCertificate?.parts : []),
    },
    policy,
  );
  if (!decided.ok) return decided;
  const { city, plans, system, protection, late } = decided.value;
  const forbidden = faultOf(protection.report, protection);
  if (forbidden) return refuse('RELEASE_REFUSED', { detail: forbidden });

  const intervals = publicIntervals(system, policy.threshold);
  const intervalOf = policy.withheld === 'one sign' ? () => undefined : intervals;
  const content: ReleaseContent = {
    id: request.id,
    city: city.id,
    week: request.week,
    asOf: request.asOf,
    approvedAt: request.approvedAt,
    policy: { version: policy.version, sha256: policy.sha256 },
    software: request.software,
    ...(request.sample ? { sample: request.sample } : {}),
    tables: plans.map((plan) => tableOf(plan, request, { system, city, intervalOf })),
    ...(late ? { late: late.public } : {}),
  };
  const previous = ledger.at(-1)?.hash ?? genesis;
  const { names: parts } = independentParts(system, policy);
  const certificate = canonicalJson({ ...protection.report.certificate, parts });
  const entry = chained({
    seq: ledger.length + 1,
    previous,
    channels: channelsOf(request.channel, content),
    content,
    code: request.code,
    certificate: sha256(certificate),
    review: reviewOf(protection, {
      plans,
      tables: content.tables,
      ledger,
      districts: { registered: request.city.districts.length, counted: city.districts.length },
    }),
    sealed: { ...evidenceOf(plans, system, protection), ...(late ? { late: late.published } : {}) },
  });
  return accept({ released: brand(entry), entry, certificate });
}

function channelsOf(channel: ReleaseRequest['channel'], { tables }: ReleaseContent): Channel[] {
  if (channel === 'exhibit') return ['exhibit'];
  const map: Channel[] = tables.some(({ regions }) => regions) ? ['map'] : [];
  return channel === 'correction' ? ['correction', 'briefing', ...map, 'data file'] : ['briefing', ...map, 'data file'];
}

/** Opens a release again from its ledger entry, to render or mail it once more. Throws when the entry was changed or does not follow `previousHash` (absent for the first). */
export function reopen(entry: LedgerRecord, previousHash?: Sha256): Released {
  invariant(entry.previous === (previousHash ?? genesis), 'a ledger entry follows the one before it');
  invariant(isIntact(entry), 'a ledger entry is never changed');
  return brand(entry);
}

function brand({ content, seq, previous, hash }: LedgerRecord): Released {
  return { ...content, ledger: { seq, previous, hash } } as unknown as Released;
}

type Telling = {
  readonly system: System;
  readonly city: City;
  readonly intervalOf: (variable: Variable) => Interval | undefined;
};

function tableOf(plan: Plan, { tables }: ReleaseRequest, { system, city, intervalOf }: Telling): ReleasedTable {
  if (plan.kind === 'standing') return plan.table;
  const raw = tables[plan.table];
  invariant(raw, 'a plan names its table');
  if (plan.kind === 'coverage') return coverageTable(raw, city);
  const { grid, regions } = plan.candidate;
  const cells = grid.cells.map(({ at, key }) => {
    const variable = system.byKey.get(key);
    invariant(variable && variable.state !== 'latent', 'every cell is shown or withheld');
    if (variable.state === 'shown') return { at, value: { kind: 'count', count: variable.truth ?? 0 } as const };
    const interval = intervalOf(variable);
    return { at, value: { kind: 'withheld', ...(interval ? { interval } : {}) } as const };
  });
  return {
    query: raw.query.name,
    sql: plan.sql,
    parameters: raw.parameters,
    window: raw.window,
    dimensions: grid.dimensions,
    cells,
    ...(regions ? { regions } : {}),
    ...(raw.counted ? { counted: raw.counted } : {}),
    ...(raw.foiaFiles ? { foiaFiles: raw.foiaFiles } : {}),
  };
}

function evidenceOf(
  plans: readonly Plan[],
  system: System,
  { rounds, withheld, report, inherited }: Protection,
): SealedEvidence {
  const truths: Record<string, number> = {};
  const frames: Record<string, SealedEvidence['frames'][string]> = {};
  const heldLate: Record<string, number> = {};
  for (const plan of plans) {
    if (plan.kind === 'coverage') continue;
    if (plan.kind === 'standing') {
      Object.assign(truths, plan.truths);
      if (plan.frame) frames[plan.table.query] = plan.frame;
      heldLate[plan.table.query] = plan.heldLate;
      continue;
    }
    const { query, frame, span, grid, sites } = plan.candidate;
    frames[query] = frame;
    heldLate[query] = plan.heldLate;
    for (const { key } of grid.cells) {
      const variable = system.byKey.get(key);
      if (variable?.state === 'hidden' && variable.truth !== undefined) truths[key] = variable.truth;
    }
    for (const [site, count] of sites ?? []) truths[predicateKey(sitePredicate(frame, span, site))] = count;
  }
  const { unknowns, equations } = report;
  return { truths, frames, heldLate, verdicts: [{ rounds, withheld, unknowns, equations, inherited }] };
}
