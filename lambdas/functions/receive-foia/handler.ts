import { clock } from '#adapters/anywhere/clock.ts';
import { foiaFiles } from '#adapters/aws/foia-files.ts';
import { lake } from '#adapters/aws/lake.ts';
import { log } from '#adapters/aws/log.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { secret } from '#adapters/aws/secret.ts';
import { secrets } from '#adapters/aws/secrets-client.ts';
import { personKeys } from '#core/foia/person-keys.ts';
import { eachDrop } from '../batch.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { receiveFoia } from './receive-foia.ts';

const given = readEnv(env, process.env);
const foia = foiaFiles(s3, { drop: given.FOIA_DROP_BUCKET, custody: given.CUSTODY_BUCKET });

export const handler = eachDrop(
  receiveFoia({
    foia,
    lake: lake(s3, given.LAKE_BUCKET),
    personKeys: personKeys(Buffer.from(await secret(secrets, given.PERSON_KEY_SECRET))),
    clock,
    log,
  }),
  (cause) => log.error('drop:failed', cause),
);
