import { assets } from '#adapters/anywhere/assets.ts';
import { lake } from '#adapters/aws/lake.ts';
import { log } from '#adapters/aws/log.ts';
import { rawObjects } from '#adapters/aws/raw-objects.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { recordLake } from './record-lake.ts';

const given = readEnv(env, process.env);

export const handler = recordLake({
  raw: rawObjects(s3, given.RAW_BUCKET),
  lake: lake(s3, given.LAKE_BUCKET),
  city: await shippedCity(assets(process.cwd())),
  log,
});
