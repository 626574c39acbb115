import type { Context, Hono } from 'hono';
import { readSubmissionId } from '#core/domain/ids.ts';
import type { HttpEnv } from '../http.ts';
import { auditPage } from './pages/audit.ts';
import { noticePage } from './pages/notice.ts';
import { receiptsPage } from './pages/receipts.ts';
import { submissionPage } from './pages/submission.ts';
import type { ShowPortalPorts } from './ports.ts';
import { privateDesk } from './private-desk.ts';
import { verdictsOf } from './verdicts.ts';

const perPage = 50;

/** The pages behind the sign-in. A department sees its own receipts and no other's; what is another's is answered as if it were not there. */
export function mountPrivatePages(app: Hono<HttpEnv>, ports: ShowPortalPorts): void {
  const { store, raw, audit, city } = ports;
  const { note, frameOf, openTo } = privateDesk(ports);

  app.get('/receipts', openTo('reports/read-own'), async (context) => {
    const { department } = context.get('principal');
    const registered = city.departments.find(({ id }) => id === department);
    if (!registered) {
      const sentence = 'This client belongs to no department, so it has no receipts.';
      return context.html(noticePage(frameOf(context, 'No department'), sentence), 403);
    }
    const page = await store.receiptsOf(registered.id, { limit: perPage, ...placeOf(context) });
    const items = page.items.filter((receipt) => receipt.department === registered.id);
    await note(context, { action: 'receipts:read', what: { department: registered.id }, count: items.length });
    return context.html(receiptsPage(frameOf(context, 'Receipts'), registered.name, { ...page, items }));
  });

  app.get('/receipts/:id', openTo('reports/read-own'), async (context) => {
    const { department } = context.get('principal');
    const id = readSubmissionId(context.req.param('id'));
    const receipt = id && department ? await store.receipt(id) : undefined;
    if (!receipt || receipt.department !== department) return context.notFound();
    const asked = Number(context.req.query('page') ?? '1');
    const verdicts = await verdictsOf(receipt, raw, Number.isInteger(asked) && asked > 0 ? asked : 1);
    const what = { department, submission: receipt.submissionId };
    await note(context, { action: 'receipts:read', what, count: verdicts.verdicts.length });
    return context.html(submissionPage(frameOf(context, 'Receipt'), receipt, verdicts));
  });

  app.get('/audit', openTo('audit/read'), async (context) => {
    const place = placeOf(context);
    const page = await audit.list({ limit: perPage, ...place });
    const what = { limit: String(perPage), page: place.cursor ? 'next' : 'first' };
    await note(context, { action: 'audit:read', what, count: page.items.length });
    return context.html(auditPage(frameOf(context, 'Audit trail'), page));
  });
}

/** The cursor of a page of ours; any other text is as none. */
function placeOf(context: Context): { readonly cursor?: string } {
  const cursor = context.req.query('cursor');
  return cursor !== undefined && /^[\w.~=-]{1,1024}$/.test(cursor) ? { cursor } : {};
}
