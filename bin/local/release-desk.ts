/** What calling the release's dry run by hand is in the cloud: at home an address for who may run releases. */
import { Hono } from 'hono';
import type { Outcome } from '#core/domain/problem.ts';
import { authorized, type Edge, type HttpEnv, problemResponse } from '#functions/http.ts';
import { eventAt } from './schedule.ts';

type Run = (event: { readonly dry_run: true }) => Promise<Outcome<object>>;

/** `POST /home/release/dry-run` tries the release that is due now, and publishes nothing. */
export function releaseDesk(edge: Edge, run: Run): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post('/home/release/dry-run', authorized(edge, 'releases/run'), async (context) => {
    const outcome = await run({ ...eventAt(new Date()), dry_run: true });
    return outcome.ok ? context.json(outcome.value) : problemResponse(context, outcome.problem);
  });
  return app;
}
