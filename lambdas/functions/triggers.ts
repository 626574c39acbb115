/**
 * The system on one page: what calls which function. `lib` builds the AWS triggers from this list, `bin/local.ts` mounts the same, the OpenAPI document is made from it.
 */
import type { Scope } from '#core/domain/principal.ts';

export type FunctionName =
  | 'receive-reports'
  | 'pull-reports'
  | 'seal-exhibit'
  | 'track-requests'
  | 'send-reminders'
  | 'show-portal'
  | 'record-lake'
  | 'record-registry'
  | 'receive-foia'
  | 'run-release';

/** `scope` is what the token must carry; 'open' needs no token, 'session' is checked by the page itself. */
export type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly function: FunctionName;
  readonly scope: Scope | 'open' | 'session';
};

export const routes: readonly Route[] = [
  { method: 'POST', path: '/v1/reports', function: 'receive-reports', scope: 'reports/submit' },
  { method: 'GET', path: '/v1/submissions/{id}', function: 'receive-reports', scope: 'reports/read-own' },
  { method: 'GET', path: '/v1/reports/{id}', function: 'receive-reports', scope: 'reports/read-own' },
  { method: 'GET', path: '/v1/reports', function: 'pull-reports', scope: 'reports/pull' },
  { method: 'GET', path: '/v1/exports/reports', function: 'pull-reports', scope: 'reports/pull' },
  { method: 'GET', path: '/v1/audit', function: 'pull-reports', scope: 'audit/read' },
  { method: 'POST', path: '/v1/exhibits', function: 'seal-exhibit', scope: 'exhibits/seal' },
  { method: 'GET', path: '/v1/requests', function: 'track-requests', scope: 'requests/read' },
  { method: 'POST', path: '/v1/requests', function: 'track-requests', scope: 'requests/write' },
  { method: 'GET', path: '/v1/requests/{id}', function: 'track-requests', scope: 'requests/read' },
  { method: 'POST', path: '/v1/requests/{id}/entries', function: 'track-requests', scope: 'requests/write' },
  { method: 'GET', path: '/', function: 'show-portal', scope: 'open' },
  { method: 'GET', path: '/releases/{id}/{file}', function: 'show-portal', scope: 'open' },
  { method: 'GET', path: '/receipts', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/receipts/{id}', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/files', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/files/{file}', function: 'show-portal', scope: 'session' },
  { method: 'POST', path: '/files/{file}', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/requests', function: 'show-portal', scope: 'session' },
  { method: 'POST', path: '/requests', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/requests/{id}', function: 'show-portal', scope: 'session' },
  { method: 'POST', path: '/requests/{id}', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/requests/{id}/letters/{letter}', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/protection', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/protection/{entry}', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/audit', function: 'show-portal', scope: 'session' },
  { method: 'GET', path: '/sign-in', function: 'show-portal', scope: 'open' },
  { method: 'POST', path: '/sign-in', function: 'show-portal', scope: 'open' },
  { method: 'POST', path: '/sign-out', function: 'show-portal', scope: 'open' },
  { method: 'GET', path: '/assets/{file}', function: 'show-portal', scope: 'open' },
  { method: 'GET', path: '/openapi.json', function: 'show-portal', scope: 'open' },
  { method: 'GET', path: '/healthz', function: 'show-portal', scope: 'open' },
];

/** Cron in the city's zone. The event carries the scheduled time, never "now". */
export const schedules = [
  { name: 'daily-registry', function: 'record-registry', cron: 'cron(0 5 * * ? *)' },
  { name: 'weekly-release', function: 'run-release', cron: 'cron(0 6 ? * MON *)' },
  { name: 'daily-reminders', function: 'send-reminders', cron: 'cron(0 7 * * ? *)' },
] as const;

/** What is done as soon as a program or a city's files are put in place: at home at each start, in the cloud when a deployment has ended. The event is that of a schedule. */
export const deployments = [{ name: 'registry', function: 'record-registry' }] as const;

/** New receipts of the report store, in the shape of a DynamoDB stream (INSERT, new image), in order and at least once. */
export const feeds = [{ name: 'receipts', function: 'record-lake', batch: 1000 }] as const;

/** Files dropped by a person, and what a person ordered about one on a page, in the shape of an S3 event. */
export const drops = [
  { name: 'foia', function: 'receive-foia', prefix: 'foia/' },
  { name: 'orders', function: 'receive-foia', prefix: 'orders/' },
] as const;

/** The name under which a function may be called by hand: it then goes through all its steps and publishes nothing, whatever the event asks. */
export const dryRun = { function: 'run-release', alias: 'dry-run' } as const;
