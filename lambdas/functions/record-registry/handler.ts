import { assets } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { lake } from '#adapters/aws/lake.ts';
import { log } from '#adapters/aws/log.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { recordRegistry } from './record-registry.ts';

const given = readEnv(env, process.env);

export const handler = recordRegistry({
  lake: lake(s3, given.LAKE_BUCKET),
  city: await shippedCity(assets(process.cwd())),
  clock,
  log,
});
