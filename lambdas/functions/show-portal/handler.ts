import { handle } from 'hono/aws-lambda';
import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { ids } from '#adapters/anywhere/ids.ts';
import { typesetter } from '#adapters/anywhere/typesetter.ts';
import { auditTrail } from '#adapters/aws/audit-trail.ts';
import { dynamodb } from '#adapters/aws/dynamodb-client.ts';
import { foiaFiles } from '#adapters/aws/foia-files.ts';
import { log } from '#adapters/aws/log.ts';
import { rawObjects } from '#adapters/aws/raw-objects.ts';
import { releaseLedger } from '#adapters/aws/release-ledger.ts';
import { reportStore } from '#adapters/aws/report-store.ts';
import { requestLog } from '#adapters/aws/request-log.ts';
import { s3 } from '#adapters/aws/s3-client.ts';
import { shelf } from '#adapters/aws/shelf.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { tokenEndpoint } from '#adapters/aws/token-endpoint.ts';
import { tokens } from '#adapters/aws/tokens.ts';
import { type DepartmentId, submissionIdOf } from '#core/domain/ids.ts';
import { openApiDocument } from '#core/domain/report/openapi.ts';
import { readRegimes } from '#core/requests/read-regimes.ts';
import { readEnv } from '../env.ts';
import { routes } from '../triggers.ts';
import { env } from './env.ts';
import { showPortal } from './show-portal.ts';

const given = readEnv(env, process.env);
const assets = assetsUnder(process.cwd());
const city = await shippedCity(assets);
const store = reportStore(dynamodb, given.REPORT_TABLE);
const ledger = releaseLedger(s3, given.LEDGER_BUCKET);
/** A receipt that nobody has: asking for it is a read of the table, and answers nothing. */
const nobodys = submissionIdOf('NONE' as DepartmentId, 'health');
const app = showPortal({
  tokens: tokens(given.TOKEN_ISSUER, clock),
  raw: rawObjects(s3, given.RAW_BUCKET),
  foia: foiaFiles(s3, { drop: given.FOIA_DROP_BUCKET, custody: given.CUSTODY_BUCKET }),
  requests: requestLog(dynamodb, given.REQUEST_TABLE),
  regimes: await readRegimes(assets),
  typesetter: typesetter(assets),
  shelf: shelf(s3, given.SHELF_BUCKET),
  ledger: { records: ledger.records },
  audit: auditTrail(dynamodb, given.AUDIT_TABLE),
  signIn: tokenEndpoint(given.TOKEN_ENDPOINT),
  openApi: () => openApiDocument(routes),
  checks: { store: () => store.receipt(nobodys), ledger: () => ledger.count() },
  store,
  assets,
  city,
  clock,
  ids,
  log,
});

export const handler = handle(app);
