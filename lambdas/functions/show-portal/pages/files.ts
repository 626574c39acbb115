import { html } from 'hono/html';
import type { FoiaCustody } from '#core/domain/foia-custody.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { type Cell, table } from './table.ts';
import { count, moment, rowReasonWords } from './wording.ts';

type Rows = FoiaCustody['rows'];
const numbers = [
  { head: 'Read', numeric: true },
  { head: 'Accepted', numeric: true },
  { head: 'Refused', numeric: true },
  { head: 'Quarantined', numeric: true },
];
const figures = (rows: Rows): Cell[] => [rows.read, rows.accepted, rows.refused, rows.quarantined].map((n) => count(n));
const balances = ({ read, accepted, refused, quarantined }: Rows): boolean => read === accepted + refused + quarantined;

function reasonsOf({ sheets }: FoiaCustody): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { reasons } of sheets)
    for (const [reason, rows] of Object.entries(reasons)) sums.set(reason, (sums.get(reason) ?? 0) + rows);
  return [...sums].sort((a, b) => b[1] - a[1]);
}

const many = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? '' : 's'}`;

/** What became of its content, in a sentence: sums of rows, pages of a document, files of an archive. */
function said({ document, members, rows, status }: FoiaCustody): Page | '' {
  if (document) {
    const byHand = document.handEntry.length;
    const left = byHand > 0 ? `${byHand} of them to be entered by hand` : 'each with its text';
    return html`<p class="note">A document of ${many(document.pages, 'page')}, ${left}. It holds no rows.</p>`;
  }
  if (members)
    return html`<p class="note">An archive of ${many(members.length, 'file')}, each kept and read by itself.</p>`;
  if (status === 'refused') return html`<p class="note">Kept as it came; no row was taken from it.</p>`;
  if (status === 'reading') return html`<p class="note">It is being read: ${many(rows.read, 'row')} so far.</p>`;
  return html`<p class="note">${balances(rows) ? 'Read = accepted + refused + quarantined: every row is accounted for.' : 'The sums do not agree: this file must be read again.'}</p>`;
}

function custody(frame: Frame, file: FoiaCustody): Page {
  const columns = [{ head: 'Sheet' }, { head: 'Layout' }, { head: 'Header row', numeric: true }, ...numbers];
  const sheets = file.sheets.map((sheet) => [
    sheet.name || '(the file)',
    sheet.layout,
    sheet.headerRow > 0 ? count(sheet.headerRow) : '–',
    ...figures(sheet.rows),
  ]);
  const reasons = reasonsOf(file);
  const unmapped = file.sheets.filter(({ unmappedColumns }) => unmappedColumns.length > 0);
  return html`
<section class="card">
<h2><a href="/files/${file.sha256}">${file.names[0] ?? 'Without a name'}</a></h2>
<dl class="facts">
  ${file.names.length > 1 ? html`<div><dt>Also named</dt><dd>${file.names.slice(1).join(', ')}</dd></div>` : ''}
  <div><dt>Received</dt><dd><time datetime="${file.receivedAt}">${moment(file.receivedAt, frame.city)}</time></dd></div>
  <div><dt>Size</dt><dd>${count(file.bytes)} bytes</dd></div>
  <div><dt>Status</dt><dd>${file.status}${file.reason ? html` – ${file.reason}` : ''}</dd></div>
  <div><dt>sha256</dt><dd><code>${file.sha256}</code></dd></div>
</dl>
${sheets.length ? table('Rows by sheet', columns, sheets, ['All sheets', '', '', ...figures(file.rows)]) : ''}
${said(file)}
${reasons.length ? html`<h3>Why rows were not accepted</h3><ul>${reasons.map(([reason, rows]) => html`<li>${rowReasonWords(reason)}: ${count(rows)}</li>`)}</ul>` : ''}
${unmapped.length ? html`<h3>Columns that no mapping names</h3><ul>${unmapped.map((sheet) => html`<li>${sheet.name || '(the file)'}: ${sheet.unmappedColumns.join(', ')}</li>`)}</ul>` : ''}
</section>`;
}

/** What a person must do before everything in a file counts. */
function waitingIn(files: readonly FoiaCustody[]): readonly { readonly file: FoiaCustody; readonly why: string }[] {
  return files.flatMap((file) => {
    const unknown = file.sheets.filter(({ layout, rows }) => layout === '' && rows.quarantined > 0).length;
    const pages = file.document?.handEntry.length ?? 0;
    const why = [
      ...(unknown > 0 ? [`${unknown} ${unknown === 1 ? 'table' : 'tables'} without a reviewed mapping`] : []),
      ...(pages > 0 ? [`${pages} ${pages === 1 ? 'page' : 'pages'} to be entered by hand`] : []),
    ];
    return why.length > 0 ? [{ file, why: why.join(', ') }] : [];
  });
}

/** Custody of every agency file: hash, sheets, layouts, rows and reasons. */
export function filesPage(frame: Frame, files: readonly FoiaCustody[]): Page {
  const waiting = waitingIn(files);
  return layout(
    frame,
    html`
<h1>FOIA files</h1>
<p class="lead">Each file is kept as it was received, under its sha256. Rows that could not be read with certainty are in quarantine with a reason, not dropped.</p>
${waiting.length ? html`<section class="card" id="review"><h2>Waits for a person</h2><ul>${waiting.map(({ file, why }) => html`<li><a href="/files/${file.sha256}">${file.names[0] ?? file.sha256.slice(0, 12)}</a>: ${why}</li>`)}</ul></section>` : ''}
${files.length ? files.map((file) => custody(frame, file)) : html`<p class="empty">No agency file has been received yet.</p>`}`,
  );
}
