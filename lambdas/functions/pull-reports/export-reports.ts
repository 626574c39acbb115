import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { invariant } from '#core/domain/invariant.ts';
import type { Problem } from '#core/domain/problem.ts';
import { exportHeader, exportLines } from '#core/domain/report/csv-export.ts';
import type { ReportStore, StoredVersion, Unsealer } from '#core/ports.ts';
import type { NoteRead } from './note-read.ts';
import { describe, type PullQuestion, pageSizeMax } from './pull-question.ts';
import { exportedReport, isOfKind, type PulledRow, pulledRow, unsealedRow } from './pulled-row.ts';

const forms = {
  'text/csv': {
    extension: 'csv',
    head: exportHeader,
    body: (rows: readonly PulledRow[]) => exportLines(rows.map(exportedReport)),
    type: 'text/csv; charset=utf-8; header=present',
  },
  'application/x-ndjson': {
    extension: 'ndjson',
    head: () => '',
    body: (rows: readonly PulledRow[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    type: 'application/x-ndjson; charset=utf-8',
  },
} as const;
type FormName = keyof typeof forms;
const formNames = Object.keys(forms) as FormName[];

/** What the Accept header ranks first; a client that takes anything gets CSV. */
function readForm(context: Context): FormName | undefined {
  const header = context.req.header('accept') || '*/*';
  if (header === '*/*') return 'text/csv';
  const chosen = accepts(context, { header: 'Accept', supports: [...formNames, '*/*'], default: '' });
  return chosen === '*/*' ? 'text/csv' : formNames.find((name) => name === chosen);
}

type ExportPorts = {
  readonly store: Pick<ReportStore, 'pull'>;
  readonly unsealer: Unsealer;
  readonly note: NoteRead;
};

async function* pagesOf(store: ExportPorts['store'], question: PullQuestion): AsyncGenerator<StoredVersion[]> {
  let cursor: string | undefined;
  do {
    const place = cursor === undefined ? {} : { cursor };
    const page = await store.pull(question.filter, { limit: pageSizeMax, ...place });
    yield page.items.filter((stored) => isOfKind(stored, question.kind));
    cursor = page.cursor;
  } while (cursor !== undefined);
}

const nameOf = ({ version }: StoredVersion): string => `${version.reportId} ${version.version}`;

/** Reads the whole answer once for its names, so that the audit record can say how many rows before the first of them leaves. */
async function namesOf(store: ExportPorts['store'], question: PullQuestion): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const page of pagesOf(store, question)) for (const stored of page) names.add(nameOf(stored));
  return names;
}

/**
 * Answers every report of the question as one file, streamed page by page, after the audit record that counts exactly these rows.
 * A report that arrives in between is not in the file; a row that was counted and cannot be answered breaks the transfer off, so that a short file never looks whole.
 */
export async function exportReports(
  context: Context,
  client: string,
  question: PullQuestion,
  { store, unsealer, note }: ExportPorts,
): Promise<Response | Problem> {
  const formName = readForm(context);
  if (!formName) return { code: 'NOT_ACCEPTABLE', detail: `this address makes ${formNames.join(' and ')}` };
  const form = forms[formName];
  const names = await namesOf(store, question);
  const what = { ...describe(question), form: form.extension };
  const action = question.unsealed ? 'reports:unsealed' : 'reports:exported';
  await note({ action, client, what, count: names.size }, question);

  async function* parts(): AsyncGenerator<Uint8Array> {
    const text = new TextEncoder();
    const left = new Set(names);
    yield text.encode(form.head());
    for await (const page of pagesOf(store, question)) {
      const counted = page.filter((stored) => left.delete(nameOf(stored)));
      const open = (stored: StoredVersion) => (question.unsealed ? unsealedRow(stored, unsealer) : pulledRow(stored));
      const body = form.body(await Promise.all(counted.map(open)));
      if (body) yield text.encode(body);
    }
    invariant(left.size === 0, 'every row that the audit record counts is answered');
  }
  const stamp = question.filter.asOf.replaceAll(/[-:]|\.\d+/g, '');
  return context.body(ReadableStream.from(parts()) as ReadableStream, 200, {
    'content-type': form.type,
    'content-disposition': `attachment; filename="reports-${stamp}.${form.extension}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'ledger-as-of': question.filter.asOf,
    'ledger-count': String(names.size),
  });
}
