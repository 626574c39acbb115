import { handle } from 'hono/aws-lambda';
import { assets } from '#adapters/anywhere/assets.ts';
import { clock } from '#adapters/anywhere/clock.ts';
import { late } from '#adapters/anywhere/late.ts';
import { log } from '#adapters/aws/log.ts';
import { shippedCity } from '#adapters/aws/shipped-city.ts';
import { tokens } from '#adapters/aws/tokens.ts';
import { indexCity } from '#core/domain/city-index.ts';
import { readEnv } from '../env.ts';
import type { CommitPorts } from './commit-submission.ts';
import { env } from './env.ts';
import { receiveReports } from './receive-reports.ts';

const given = readEnv(env, process.env);
let made: Promise<Pick<CommitPorts, 'store' | 'raw' | 'sealer'>> | undefined;
const stores = () => {
  made ??= import('./stores.ts').then(({ storesOf }) => storesOf(given));
  return made;
};
const answer = handle(
  receiveReports({
    tokens: tokens(given.TOKEN_ISSUER, clock),
    store: late(async () => (await stores()).store),
    raw: late(async () => (await stores()).raw),
    sealer: late(async () => (await stores()).sealer),
    city: indexCity(await shippedCity(assets(process.cwd()))),
    clock,
    log,
  }),
);

export const handler: typeof answer = (event, context) => {
  // The stores load while the issuer's keys are fetched.
  void stores();
  return answer(event, context);
};
