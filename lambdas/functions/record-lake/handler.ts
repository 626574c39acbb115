import { assets } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { lake as lakeIn } from '#adapters/aws/lake.ts';
import { log } from '#adapters/aws/log.ts';
import { rawObjects } from '#adapters/aws/raw-objects.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { recordDepartments } from './record-departments.ts';
import { recordLake } from './record-lake.ts';

const given = readEnv(env, process.env);
const city = await shippedCity(assets(process.cwd()));
const lake = lakeIn(s3, given.LAKE_BUCKET);
await recordDepartments({ lake, city, log })(clock.now());

export const handler = recordLake({ raw: rawObjects(s3, given.RAW_BUCKET), lake, city, log });
