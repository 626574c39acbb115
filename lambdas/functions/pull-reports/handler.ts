import { handle } from 'hono/aws-lambda';
import { assets } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { ids } from '#adapters/anywhere/ids.ts';
import { auditTrail } from '#adapters/aws/audit-trail.ts';
import { dynamodb } from '#adapters/aws/dynamodb-client.ts';
import { kms } from '#adapters/aws/kms-client.ts';
import { log } from '#adapters/aws/log.ts';
import { reportStore } from '#adapters/aws/report-store.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { tokens } from '#adapters/aws/tokens.ts';
import { unsealer } from '#adapters/aws/unsealer.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { pullReports } from './pull-reports.ts';

const given = readEnv(env, process.env);
const app = pullReports({
  tokens: tokens(given.TOKEN_ISSUER, clock),
  store: reportStore(dynamodb, given.REPORT_TABLE),
  unsealer: unsealer(dynamodb, kms, { table: given.KEY_TABLE, sealKey: given.SEAL_KEY }),
  audit: auditTrail(dynamodb, given.AUDIT_TABLE),
  city: await shippedCity(assets(process.cwd())),
  clock,
  ids,
  log,
});

export const handler = handle(app);
