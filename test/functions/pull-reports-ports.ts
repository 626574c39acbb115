import { type PropertyId, reportIdOf, sha256, submissionIdOf } from '#core/domain/ids.ts';
import { type CalendarDate, type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Principal } from '#core/domain/principal.ts';
import { accept, refuse } from '#core/domain/problem.ts';
import type { Operation, SealedFields } from '#core/domain/submission.ts';
import { weekOf } from '#core/domain/week.ts';
import type { AuditRecord, StoredVersion } from '#core/ports.ts';
import { type PullReportsPorts, pullReports } from '#functions/pull-reports/pull-reports.ts';
import { fixtureCity } from '../fixtures/city.ts';

/** Planted in the sealed narrative of every report: it may leave only in an unsealed pull. */
export const canary = 'CANARY-7f3a the narrative';

export function at(text: string): Instant {
  const instant = instantOf(text);
  invariant(instant, 'the test names a moment');
  return instant;
}

/** A stored version of a good report; a test changes what it is about. */
export function stored(local: string, more: Partial<StoredVersionSketch> = {}): StoredVersion {
  const sketch = { ...plain, ...more };
  const department = fixtureCity().departments.find(({ id }) => id === sketch.department)?.id;
  invariant(department, 'the test names a department of the fixture city');
  const sealed: SealedFields[] = sketch.operation === 'zero' ? [] : [{ fields: ['narrative'], key: 'k', text: 't' }];
  return {
    submissionId: submissionIdOf(department, local),
    receivedAt: at(sketch.receivedAt),
    version: {
      reportId: reportIdOf(department, local),
      localReportId: local,
      version: sketch.version,
      operation: sketch.operation,
      sha256: sha256(`${local} ${sketch.version}`),
      facts: {
        department,
        observedDate: sketch.date as CalendarDate,
        week: weekOf(sketch.date as CalendarDate),
        ...(sketch.operation === 'zero' ? {} : { property: 'city-hall' as PropertyId }),
      },
      open: sketch.open,
      sealed,
    },
  };
}
type StoredVersionSketch = {
  department: string;
  version: number;
  operation: Operation;
  date: string;
  receivedAt: string;
  open: Record<string, unknown>;
};
const plain: StoredVersionSketch = {
  department: 'LIB',
  version: 1,
  operation: 'create',
  date: '2026-03-04',
  receivedAt: '2026-03-05T15:00:00Z',
  open: { property_type: 'library', agencies: [{ agency: 'ICE_ERO' }] },
};

const legal: Principal = { clientId: 'legal', scopes: ['reports/pull', 'audit/read'] };
const counsel: Principal = { clientId: 'counsel', scopes: ['reports/pull', 'reports/pull-protected'] };
const library: Principal = { clientId: 'dept-lib', scopes: ['reports/submit', 'reports/read-own'] };
const principals = [legal, counsel, library];

/** The app over a small world in memory; `order` tells in which order the ports were used. */
export function pullWorld(versions: StoredVersion[], more: Partial<PullReportsPorts> = {}) {
  const records: AuditRecord[] = [];
  const order: string[] = [];
  let names = 0;
  const ports: PullReportsPorts = {
    city: fixtureCity(),
    clock: { now: () => at('2026-03-20T12:00:00Z') },
    ids: { random: () => `random-${names++}` },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    tokens: {
      verify: async (header) => {
        if (!header) return refuse('AUTH_MISSING');
        const principal = principals.find(({ clientId }) => header === `Bearer ${clientId}`);
        return principal ? accept(principal) : refuse('AUTH_INVALID');
      },
    },
    unsealer: {
      unseal: async (_report, _version, sealed) => {
        order.push('unseal');
        const opened = sealed.flatMap(({ fields, key }) =>
          fields.map((field) => [field, key === 'destroyed' ? undefined : canary] as const),
        );
        return Object.fromEntries(opened);
      },
    },
    audit: {
      append: async (record) => {
        order.push('audit');
        records.push(record);
      },
      list: async ({ limit, cursor }) => {
        const newest = [...records].reverse();
        const start = cursor ? newest.findIndex(({ id }) => id === cursor) + 1 : 0;
        const items = newest.slice(start, start + limit);
        const last = items.at(-1);
        return start + limit < newest.length && last ? { items, cursor: last.id } : { items };
      },
    },
    store: {
      pull: async (filter, { limit, cursor }) => {
        order.push('pull');
        const current = new Map<string, StoredVersion>();
        for (const item of versions)
          if (
            item.receivedAt <= filter.asOf &&
            (current.get(item.version.reportId)?.version.version ?? 0) < item.version.version
          )
            current.set(item.version.reportId, item);
        const matching = [...current.values()]
          .filter(({ version: { facts } }) => {
            const day = facts.observedDate ?? facts.week;
            if (filter.department && facts.department !== filter.department) return false;
            if (filter.property && facts.property !== filter.property) return false;
            return (!filter.from || day >= filter.from) && (!filter.to || day <= filter.to);
          })
          .sort((a, b) => (a.version.reportId < b.version.reportId ? -1 : 1))
          .filter(({ version }) => cursor === undefined || version.reportId > cursor);
        const items = matching.slice(0, limit);
        const last = items.at(-1);
        return matching.length > limit && last ? { items, cursor: last.version.reportId } : { items };
      },
    },
    ...more,
  };
  const app = pullReports(ports);
  const get = (path: string, client?: string, headers: Record<string, string> = {}) =>
    app.request(path, { headers: { ...(client && { authorization: `Bearer ${client}` }), ...headers } });
  return { app, get, records, order, ports };
}
