import { clock as machineClock } from '#adapters/anywhere/clock.ts';
import { jsonLog } from '#adapters/anywhere/log.ts';
import { masterKey } from '#adapters/local/master-key.ts';
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { sealer } from '#adapters/local/sealer.ts';
import type { LocalStore } from '#adapters/local/store.ts';
import { indexCity } from '#core/domain/city-index.ts';
import type { DepartmentId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { Scope } from '#core/domain/principal.ts';
import { accept, refuse } from '#core/domain/problem.ts';
import type { Clock, Tokens } from '#core/ports.ts';
import { type ReceiveReportsPorts, receiveReports } from '#functions/receive-reports/receive-reports.ts';
import { emptyHome, storeOfItsOwn } from '../../adapters/local-home.ts';
import { fixtureCity } from '../../fixtures/city.ts';

/** Tokens that say who they are: `Bearer LIB`, `Bearer legal`; nothing else is valid. */
export const plainTokens: Tokens = {
  async verify(authorization) {
    if (authorization === undefined) return refuse('AUTH_MISSING');
    const name = authorization.replace('Bearer ', '');
    if (name === 'legal') return accept({ clientId: name, scopes: ['reports/pull'] satisfies Scope[] });
    const known = fixtureCity().departments.some(({ id }) => id === name);
    if (!known) return refuse('AUTH_INVALID');
    const scopes: Scope[] = ['reports/submit', 'reports/read-own'];
    return accept({ clientId: name, department: name as DepartmentId, scopes });
  },
};

export const fixedClock: Clock = { now: () => '2026-03-02T17:00:00.000Z' as Instant };

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: Body };
type Row = {
  line: number;
  status: string;
  report_id?: string;
  version?: number;
  sha256?: string;
  errors: { code: string; line?: number }[];
};
type Body = Partial<{
  id: string;
  submission_id: string;
  report_id: string;
  version: number;
  sha256: string;
  received_at: string;
  mode: string;
  dry_run: boolean;
  counts: { received: number; accepted: number; duplicates: number; refused: number };
  reports: Row[];
  code: string;
  errors: { code: string; line?: number }[];
  report: Record<string, unknown>;
  protected: string[];
}>;

export type Sending = {
  readonly key?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly as?: string;
};

/** The intake with a store of its own, asked as a client asks it. */
export async function intakeDesk(change: (ports: ReceiveReportsPorts) => ReceiveReportsPorts = (ports) => ports) {
  const dataDir = emptyHome();
  const local: LocalStore = storeOfItsOwn(dataDir);
  const lines: string[] = [];
  const app = receiveReports(
    change({
      tokens: plainTokens,
      log: jsonLog((line) => lines.push(line), machineClock),
      store: reportStore(local),
      raw: rawObjects(local),
      sealer: sealer(local, await masterKey(dataDir, local)),
      clock: fixedClock,
      city: indexCity(fixtureCity()),
    }),
  );
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await app.request(path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? {} : (JSON.parse(text) as Body),
    };
  };
  return {
    dataDir,
    local,
    lines,
    ask,
    send: (body: unknown, { key = 'k1', query = '', headers = {}, as = 'LIB' }: Sending = {}) =>
      ask(`/v1/reports${query}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${as}`,
          'content-type': 'application/json',
          'idempotency-key': key,
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    read: (path: string, as = 'LIB') => ask(path, { headers: { authorization: `Bearer ${as}` } }),
  };
}
