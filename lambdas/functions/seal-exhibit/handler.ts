import { handle } from 'hono/aws-lambda';
import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { ids } from '#adapters/anywhere/ids.ts';
import { codeOf, softwareOf } from '#adapters/anywhere/software.ts';
import { typesetter } from '#adapters/anywhere/typesetter.ts';
import { athena } from '#adapters/aws/athena-client.ts';
import { auditTrail } from '#adapters/aws/audit-trail.ts';
import { dynamodb } from '#adapters/aws/dynamodb-client.ts';
import { log } from '#adapters/aws/log.ts';
import { queryEngine } from '#adapters/aws/query-engine.ts';
import { releaseLedger } from '#adapters/aws/release-ledger.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { sealedBundles } from '#adapters/aws/sealed-bundles.ts';
import { shelf } from '#adapters/aws/shelf.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { tokens } from '#adapters/aws/tokens.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { readEnv } from '../env.ts';
import { env } from './env.ts';
import { sealExhibit } from './seal-exhibit.ts';

const given = readEnv(env, process.env);
const assets = assetsUnder(process.cwd());
const software = await softwareOf(assets);
const app = sealExhibit({
  tokens: tokens(given.TOKEN_ISSUER, clock),
  city: await shippedCity(assets),
  questions: await readQuestions(assets),
  ledger: releaseLedger(s3, given.LEDGER_BUCKET),
  shelf: shelf(s3, given.SHELF_BUCKET),
  sealed: sealedBundles(s3, given.SEALED_BUCKET),
  engine: queryEngine(athena, { workgroup: given.QUERY_WORKGROUP, database: given.LAKE_DATABASE }),
  typesetter: typesetter(assets),
  audit: auditTrail(dynamodb, given.AUDIT_TABLE),
  versions: { 'query engine': 'Athena engine version 3', ...software.parts },
  code: await codeOf(assets),
  assets,
  clock,
  ids,
  log,
});

export const handler = handle(app);
