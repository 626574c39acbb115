import { handle } from 'hono/aws-lambda';
import { assets } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { dynamodb } from '#adapters/aws/dynamodb-client.ts';
import { kms } from '#adapters/aws/kms-client.ts';
import { log } from '#adapters/aws/log.ts';
import { rawObjects } from '#adapters/aws/raw-objects.ts';
import { reportStore } from '#adapters/aws/report-store.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { sealer } from '#adapters/aws/sealer.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { tokens } from '#adapters/aws/tokens.ts';
import { indexCity } from '#core/domain/city-index.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { receiveReports } from './receive-reports.ts';

const given = readEnv(env, process.env);
const app = receiveReports({
  tokens: tokens(given.TOKEN_ISSUER, clock),
  store: reportStore(dynamodb, given.REPORT_TABLE),
  raw: rawObjects(s3, given.RAW_BUCKET),
  sealer: sealer(dynamodb, kms, { table: given.KEY_TABLE, sealKey: given.SEAL_KEY }),
  city: indexCity(await shippedCity(assets(process.cwd()))),
  clock,
  log,
});

export const handler = handle(app);
