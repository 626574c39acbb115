import type { DepartmentId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { Principal } from '#core/domain/principal.ts';
import { accept, refuse } from '#core/domain/problem.ts';
import type { AuditRecord, Message, RequestLog } from '#core/ports.ts';
import { sendReminders } from '#functions/send-reminders/send-reminders.ts';
import { trackRequests } from '#functions/track-requests/track-requests.ts';
import { fixtureCity } from '../fixtures/city.ts';
import { regimes } from '../fixtures/regimes.ts';
import { requestLogInMemory } from '../fixtures/request-log.ts';

const principals: readonly Principal[] = [
  { clientId: 'legal', scopes: ['requests/read', 'requests/write'] },
  { clientId: 'mayor', scopes: ['requests/read'] },
  { clientId: 'parks', scopes: ['reports/submit'], department: 'PARKS' as DepartmentId },
];

/** The desk of requests in memory: the interface, the reminders and a clock that tests turn. */
export function requestDesk(requests: RequestLog = requestLogInMemory()) {
  const city = { ...fixtureCity(), requests: { ...fixtureCity().requests, regimes: ['us-foia', 'ca-cpra'] } };
  const records: AuditRecord[] = [];
  const mails: Message[] = [];
  let now = '2024-06-03T16:00:00.000Z' as Instant;
  let names = 0;
  const clock = { now: () => now };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const app = trackRequests({
    city,
    regimes,
    requests,
    clock,
    log,
    ids: { random: () => `random-${names++}` },
    audit: { append: async (record) => void records.push(record) },
    tokens: {
      verify: async (header) => {
        const principal = principals.find(({ clientId }) => header === `Bearer ${clientId}`);
        return principal ? accept(principal) : refuse(header ? 'AUTH_INVALID' : 'AUTH_MISSING');
      },
    },
  });
  const mail = {
    send: async (message: Message) => {
      if (!mails.some(({ id }) => id === message.id)) mails.push(message);
    },
  };
  const remind = sendReminders({ city, regimes, requests, mail, log });
  const get = (path: string, client = 'legal') => app.request(path, { headers: { authorization: `Bearer ${client}` } });
  const post = (path: string, body: unknown, key: string, client = 'legal') =>
    app.request(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${client}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const turnTo = (at: string) => {
    now = at as Instant;
  };
  return { city, app, requests, records, mails, mail, log, get, post, remind, turnTo };
}
