import type { Hono } from 'hono';
import { chainFault } from '#core/disclosure/ledger-chain.ts';
import type { HttpEnv } from '../http.ts';
import { reviewPage } from './pages/review.ts';
import { type ReviewedLedger, reviewsPage } from './pages/reviews.ts';
import type { ShowPortalPorts } from './ports.ts';
import { privateDesk } from './private-desk.ts';

/**
 * The privacy officer's pages. They are made from the links of the release ledger, which hold what was shown and how the attacks ended; what is sealed beside them cannot
 * be read from here. The chain is followed anew for every look.
 */
export function mountReviewPages(app: Hono<HttpEnv>, ports: ShowPortalPorts): void {
  const { note, frameOf, openTo } = privateDesk(ports);
  const reviewed = async (): Promise<ReviewedLedger> => {
    const records = await ports.ledger.records();
    return { records, fault: chainFault(records) };
  };

  app.get('/protection', openTo('releases/review'), async (context) => {
    const ledger = await reviewed();
    await note(context, { action: 'review:read', what: { entries: 'all' }, count: ledger.records.length });
    return context.html(reviewsPage(frameOf(context, 'Protection'), ledger));
  });

  app.get('/protection/:entry', openTo('releases/review'), async (context) => {
    const asked = context.req.param('entry');
    const ledger = await reviewed();
    const record = ledger.records.find(({ seq, reproduces }) => String(seq) === asked && !reproduces);
    if (!record) return context.notFound();
    await note(context, { action: 'review:read', what: { release: record.content.id }, count: 1 });
    return context.html(reviewPage(frameOf(context, 'Protection'), ledger, record));
  });
}
