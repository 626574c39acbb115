import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { dynamodb } from '#adapters/aws/dynamodb-client.ts';
import { log } from '#adapters/aws/log.ts';
import { mail } from '#adapters/aws/mail.ts';
import { requestLog } from '#adapters/aws/request-log.ts';
import { ses } from '#adapters/aws/ses-client.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { readRegimes } from '#core/requests/read-regimes.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { sendReminders } from './send-reminders.ts';

const given = readEnv(env, process.env);
const assets = assetsUnder(process.cwd());

export const handler = sendReminders({
  city: await shippedCity(assets),
  regimes: await readRegimes(assets),
  requests: requestLog(dynamodb, given.REQUEST_TABLE),
  mail: mail(ses, dynamodb, { table: given.MAIL_TABLE, configuration: given.MAIL_CONFIGURATION }),
  log,
});
