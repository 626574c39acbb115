import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { codeOf, softwareOf } from '#adapters/anywhere/software.ts';
import { solver } from '#adapters/anywhere/solver.ts';
import { typesetter } from '#adapters/anywhere/typesetter.ts';
import { athena } from '#adapters/aws/athena-client.ts';
import { dynamodb } from '#adapters/aws/dynamodb-client.ts';
import { log } from '#adapters/aws/log.ts';
import { mail } from '#adapters/aws/mail.ts';
import { queryEngine } from '#adapters/aws/query-engine.ts';
import { releaseLedger } from '#adapters/aws/release-ledger.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { secret } from '#adapters/aws/secret.ts';
import { secrets } from '#adapters/aws/secrets-client.ts';
import { ses } from '#adapters/aws/ses-client.ts';
import { shelf } from '#adapters/aws/shelf.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { runRelease } from './run-release.ts';

const given = readEnv(env, process.env);
const assets = assetsUnder(process.cwd());

export const handler = runRelease({
  city: await shippedCity(assets),
  questions: await readQuestions(assets),
  engine: queryEngine(athena, { workgroup: given.QUERY_WORKGROUP, database: given.LAKE_DATABASE }),
  ledger: releaseLedger(s3, given.LEDGER_BUCKET),
  shelf: shelf(s3, given.SHELF_BUCKET),
  mail: mail(ses, dynamodb, { table: given.MAIL_TABLE, configuration: given.MAIL_CONFIGURATION }),
  typesetter: typesetter(assets),
  solver: solver(assets),
  software: (await softwareOf(assets)).program,
  code: await codeOf(assets),
  tieBreakKey: await secret(secrets, given.TIE_BREAK_SECRET),
  assets,
  clock,
  log,
});
