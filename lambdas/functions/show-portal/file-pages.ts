import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import type { FoiaCustody, FoiaOrder, FoiaTable } from '#core/domain/foia-custody.ts';
import type { Sha256 } from '#core/domain/ids.ts';
import { agencies, type Field, recordKinds } from '#core/foia/layout.ts';
import { areas, layouts } from '#core/foia/layouts.ts';
import { likelyColumns } from '#core/foia/likely-columns.ts';
import { confirmedLayout, proposeMapping } from '#core/foia/propose-layout.ts';
import { type HttpEnv, problemResponse } from '../http.ts';
import { isOwnForm } from './browser-safety.ts';
import { filePage } from './pages/file.ts';
import { filesPage } from './pages/files.ts';
import { noticePage } from './pages/notice.ts';
import type { ShowPortalPorts } from './ports.ts';
import { privateDesk } from './private-desk.ts';

const formBytesMax = 64 * 1024;
const mappedFields = [
  'eventDate',
  'fiscalYear',
  'month',
  'area',
  'category',
  'count',
  'person',
] as const satisfies readonly Field[];

const why = z.string().trim().min(1).max(2000);
const formSchema = z.discriminatedUnion('order', [
  z.looseObject({
    order: z.literal('map'),
    table: z.coerce.number().int().min(0),
    kind: z.enum([...recordKinds, 'reference']),
    agency: z.enum(agencies),
    level: z.enum(['sector', 'aor', 'county', 'state', 'none']),
  }),
  z.looseObject({ order: z.literal('supersede'), replacedBy: z.string().regex(/^foia-\d{8}-[0-9a-f]{8}$/), why }),
  z.looseObject({ order: z.enum(['withdraw', 'reinstate']), why }),
]);
type Form = z.infer<typeof formSchema>;

/** Custody of agency files: all of them, and each with its preview, mapping, sums, quarantine and lineage; the forms that order a mapping or a statement. */
export function mountFilePages(app: Hono<HttpEnv>, ports: ShowPortalPorts): void {
  const { foia, clock, ids } = ports;
  const { note, frameOf, openTo } = privateDesk(ports);
  const small = bodyLimit({
    maxSize: formBytesMax,
    onError: (context) => problemResponse(context, { code: 'BODY_TOO_LARGE' }),
  });
  const mayReview = (context: Context<HttpEnv>) => context.get('principal').scopes.includes('foia/review');
  const fileAt = async (context: Context<HttpEnv>): Promise<FoiaCustody | undefined> => {
    const named = context.req.param('file') ?? '';
    return /^[0-9a-f]{64}$/.test(named) ? foia.find(named as Sha256) : undefined;
  };

  app.get('/files', openTo('foia/read'), async (context) => {
    const files = await foia.list();
    await note(context, { action: 'foia:read', what: { list: 'custody' }, count: files.length });
    if (files.some(({ status }) => status === 'reading')) context.header('refresh', '3');
    return context.html(filesPage(frameOf(context, 'FOIA files'), files));
  });

  const show = async (
    context: Context<HttpEnv>,
    file: FoiaCustody,
    told: { readonly ordered?: boolean; readonly wrong?: string } = {},
  ) => {
    const review = mayReview(context);
    const shown = review && file.status === 'taken' ? 'content' : 'sums';
    await note(context, { action: 'foia:read', what: { file: file.sha256, shown }, count: 1 });
    const preview = shown === 'content' ? await foia.preview(file.sha256, file.reading) : undefined;
    const proposals = file.sheets.map((table) => {
      if (!isUnknown(table)) return undefined;
      const rows = preview?.sheets.find(({ name }) => name === table.name)?.rows ?? [];
      return proposeMapping(table.headers, layouts, likelyColumns(table.headers, rows, areas));
    });
    const page = filePage(frameOf(context, file.names.at(-1) ?? 'A file without a name'), {
      file,
      statements: await foia.statements(file.sha256),
      proposals: review ? proposals : [],
      review,
      ...told,
      ...(preview ? { preview } : {}),
    });
    return context.html(page, told.wrong ? 422 : 200);
  };

  app.get('/files/:file', openTo('foia/read'), async (context) => {
    const file = await fileAt(context);
    if (!file) return context.notFound();
    const ordered = context.req.query('ordered') === 'yes';
    // The order may not have reached the reader yet: the page then looks again once, and goes on looking while the file is read.
    if (file.status === 'reading' || ordered) context.header('refresh', ordered ? `3; url=/files/${file.sha256}` : '3');
    return show(context, file, { ordered });
  });

  app.post('/files/:file', small, openTo('foia/read'), async (context) => {
    if (!isOwnForm(context) || !mayReview(context)) {
      const sentence =
        'This form was not sent by a page of this site, or this client may not review. Nothing was done.';
      return context.html(noticePage(frameOf(context, 'Not from here'), sentence), 403);
    }
    const file = await fileAt(context);
    if (!file) return context.notFound();
    const form = formSchema.safeParse(await context.req.parseBody());
    if (!form.success) return show(context, file, { wrong: 'A field is missing or not as it should be.' });
    const made = { id: ids.random(), by: context.get('principal').clientId, at: clock.now(), file: file.sha256 };
    const order = orderOf(form.data, file, made);
    if (!order)
      return show(context, file, {
        wrong: 'A mapping needs a column with the date, or one with the fiscal year and one with the month.',
      });
    await note(context, { action: 'foia:ordered', what: { file: file.sha256, order: order.order }, count: 1 });
    await foia.order(order);
    return context.redirect(`/files/${file.sha256}?ordered=yes`, 303);
  });
}

const isUnknown = ({ layout, rows, headers }: FoiaTable): boolean =>
  layout === '' && rows.quarantined > 0 && headers.length > 1;

/** What the form orders; undefined when its mapping is none. */
function orderOf(
  form: Form,
  { sheets }: FoiaCustody,
  made: Pick<FoiaOrder, 'id' | 'by' | 'at' | 'file'>,
): FoiaOrder | undefined {
  if (form.order === 'supersede') return { ...made, order: 'supersede', replacedBy: form.replacedBy, why: form.why };
  if (form.order !== 'map') return { ...made, order: form.order, why: form.why };
  const headers = sheets[form.table]?.headers ?? [];
  const fields: Partial<Record<Field, string>> = {};
  for (const field of mappedFields) {
    const header = headers[Number(form[field] === '' ? undefined : form[field])];
    if (header !== undefined) fields[field] = header;
  }
  const dated = fields.eventDate !== undefined || (fields.fiscalYear !== undefined && fields.month !== undefined);
  if (headers.length < 2 || (form.kind !== 'reference' && !dated)) return undefined;
  const chosen =
    form.kind === 'reference' ? 'reference' : { agency: form.agency, recordKind: form.kind, area: form.level, fields };
  const by = { id: made.id, on: made.at.slice(0, 10), client: made.by };
  return { ...made, order: 'map', layout: confirmedLayout(headers, chosen, by, layouts) };
}
