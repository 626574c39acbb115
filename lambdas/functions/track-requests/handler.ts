import { handle } from 'hono/aws-lambda';
import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { ids } from '#adapters/anywhere/ids.ts';
import { auditTrail } from '#adapters/aws/audit-trail.ts';
import { dynamodb } from '#adapters/aws/dynamodb-client.ts';
import { log } from '#adapters/aws/log.ts';
import { requestLog } from '#adapters/aws/request-log.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { tokens } from '#adapters/aws/tokens.ts';
import { readRegimes } from '#core/requests/read-regimes.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { trackRequests } from './track-requests.ts';

const given = readEnv(env, process.env);
const assets = assetsUnder(process.cwd());

export const handler = handle(
  trackRequests({
    city: await shippedCity(assets),
    regimes: await readRegimes(assets),
    requests: requestLog(dynamodb, given.REQUEST_TABLE),
    tokens: tokens(given.TOKEN_ISSUER, clock),
    audit: auditTrail(dynamodb, given.AUDIT_TABLE),
    clock,
    ids,
    log,
  }),
);
