import { html } from 'hono/html';
import {
  type FoiaCustody,
  type FoiaPreview,
  type FoiaStatement,
  type FoiaTable,
  standingReading,
} from '#core/domain/foia-custody.ts';
import type { ChosenMapping } from '#core/foia/propose-layout.ts';
import { columnLetters } from '#core/foia/withheld-tally.ts';
import { mappingForm, statementForms } from './file-forms.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { type Cell, table } from './table.ts';
import { count, moment, rowReasonWords } from './wording.ts';

export type ShownFile = {
  readonly file: FoiaCustody;
  readonly statements: readonly FoiaStatement[];
  /** Whether this client may see content of the file and order about it. */
  readonly review: boolean;
  readonly preview?: FoiaPreview;
  /** One for each table that waits for a mapping. */
  readonly proposals: readonly (ChosenMapping | undefined)[];
  readonly ordered?: boolean;
  readonly wrong?: string;
};

/** A table as wide as the file, in a part of the page that moves by itself and can be reached by keyboard. */
const sideways = (label: string, shown: Page): Page =>
  html`<div class="sideways" role="region" aria-label="${label}" tabindex="0">${shown}</div>`;

const time = (at: FoiaCustody['receivedAt'], frame: Frame): Page =>
  html`<time datetime="${at}">${moment(at, frame.city)}</time>`;

function standing({ file, statements }: ShownFile): Page {
  if (statements.length === 0) return html`no row of it counts`;
  const reading = standingReading(statements);
  const last = statements.at(-1);
  if (reading !== undefined)
    return html`rows of reading ${reading} count, under the release <code>${file.release}</code>`;
  return html`<strong>${last?.statement ?? ''}</strong>: no row of it counts${last?.replacedBy ? html`; replaced by <code>${last.replacedBy}</code>` : ''}`;
}

function facts(frame: Frame, shown: ShownFile): Page {
  const { file } = shown;
  const progress = `${Math.round((file.done ?? 0) * 100)} % of the file, ${count(file.rows.read)} rows so far; this page looks again every three seconds`;
  return html`
<dl class="facts">
  <div><dt>Status</dt><dd>${file.status === 'reading' ? `being read: ${progress}` : `${file.status}${file.reason ? ` – ${file.reason}` : ''}`}</dd></div>
  <div><dt>Counts</dt><dd>${standing(shown)}</dd></div>
  <div><dt>Release</dt><dd><code>${file.release}</code></dd></div>
  <div><dt>First received</dt><dd>${time(file.receivedAt, frame)}</dd></div>
  <div><dt>Size</dt><dd>${count(file.bytes)} bytes, ${file.format}</dd></div>
  <div><dt>sha256</dt><dd><code>${file.sha256}</code></dd></div>
  ${file.archive ? html`<div><dt>From the archive</dt><dd><a href="/files/${file.archive}"><code>${file.archive.slice(0, 12)}…</code></a></dd></div>` : ''}
  ${file.document ? html`<div><dt>Pages</dt><dd>${file.document.pages}${file.document.handEntry.length ? html`; <strong>to be entered by hand</strong>: page ${file.document.handEntry.join(', ')} (a picture without text)` : ', all with text'}</dd></div>` : ''}
</dl>
${table(
  'Arrivals of these bytes',
  [{ head: 'Name' }, { head: 'Sender' }, { head: 'Time' }],
  file.arrivals.map((arrival): Cell[] => [arrival.name, arrival.sender, time(arrival.at, frame)]),
)}
${
  file.members
    ? table(
        'Files in the archive',
        [{ head: 'Path' }, { head: 'sha256' }],
        file.members.map(({ path, sha256 }): Cell[] => [
          path,
          html`<a href="/files/${sha256}"><code>${sha256.slice(0, 12)}…</code></a>`,
        ]),
      )
    : ''
}${file.leftovers?.length ? html`<p class="note">Left there by an operating system and not read: ${file.leftovers.join(', ')}</p>` : ''}`;
}

const figures = ['read', 'accepted', 'refused', 'quarantined'] as const;

function sums({ sheets, rows }: FoiaCustody): Page | '' {
  if (sheets.length === 0) return '';
  const columns = ['Sheet', 'Table', 'Layout', 'Records of'].map((head) => ({ head }));
  const numeric = ['Read', 'Accepted', 'Refused', 'Quarantined', 'Equal rows', 'Likely duplicates', 'Not mappable'];
  const body = sheets.map((one): Cell[] => [
    one.name || '(the file)',
    String(one.table),
    one.layout || 'none',
    one.recordKind ?? '–',
    ...figures.map((name) => count(one.rows[name])),
    count(one.identicalRows),
    count(one.likelyDuplicates),
    count(one.notMappable),
  ]);
  const adds = [{ rows }, ...sheets].every(({ rows: n }) => n.read === n.accepted + n.refused + n.quarantined);
  return html`<section><h2>Sums</h2>
${sideways('Rows by table', table('Rows by table', [...columns, ...numeric.map((head) => ({ head, numeric: true }))], body, ['All tables', '', '', '', ...figures.map((name) => count(rows[name])), '', '', '']))}
<p class="note">${adds ? 'Read = accepted + refused + quarantined: every row is accounted for.' : 'The sums do not agree: this file must be read again.'} Equal rows are kept, because withheld identifiers make different people look alike; likely duplicates are rows of one person within 24 hours, by the agency’s identifier, and are kept too; not mappable rows have no place at any level the source supports.</p></section>`;
}

function mappingOf(one: FoiaTable): Page {
  const columns = Object.entries(one.columns);
  return html`<h3>${one.name || '(the file)'}, table ${one.table}</h3>
<dl class="facts">
  <div><dt>Header</dt><dd>${one.headerRow > 0 ? `row ${one.headerRow}, after ${one.preambleRows} title ${one.preambleRows === 1 ? 'row' : 'rows'}` : 'none recognized'}</dd></div>
  <div><dt>Mapped</dt><dd>${columns.length ? columns.map(([field, letters]) => `${field} ← ${letters}`).join(', ') : 'nothing'}</dd></div>
  <div><dt>Not mapped</dt><dd>${one.layout === '' ? one.headers.join(', ') || 'no header was found' : one.unmappedColumns.join(', ') || 'every column is known'}</dd></div>
  ${one.months ? html`<div><dt>Months</dt><dd>${one.months.first} to ${one.months.last}</dd></div>` : ''}
  ${Object.entries(one.withheld).map(
    ([letters, claims]) =>
      html`<div><dt>Withheld in ${letters}</dt><dd>${Object.entries(claims)
        .map(([claim, cells]) => `${claim}: ${count(cells)}`)
        .join('; ')}</dd></div>`,
  )}
  ${Object.entries(one.reasons).map(([reason, rows]) => html`<div><dt>${rowReasonWords(reason)}</dt><dd>${count(rows)} ${rows === 1 ? 'row' : 'rows'}</dd></div>`)}
</dl>`;
}

function sheetPreview(sheet: FoiaPreview['sheets'][number]): Page {
  const wide = Math.max(1, ...sheet.rows.map(({ cells }) => cells.length));
  const letters = Array.from({ length: wide }, (_, at) => ({ head: columnLetters(at) }));
  const rows = sheet.rows.map(({ row, cells }): Cell[] => [
    String(row),
    ...Array.from({ length: wide }, (_, at) => cells[at] ?? ''),
  ]);
  const aside = sheet.aside.map(({ row, table: number, column, reason, cells }): Cell[] => [
    `row ${row}`,
    String(number),
    column ?? '–',
    rowReasonWords(reason),
    cells.filter((cell) => cell !== '').join(' · '),
  ]);
  return html`<h3>${sheet.name || '(the file)'}</h3>
${rows.length ? sideways(`First rows of ${sheet.name}`, table(`The first ${rows.length} rows as they stand`, [{ head: 'Row' }, ...letters], rows)) : html`<p class="empty">No cell is filled.</p>`}
${aside.length ? table('Rows in quarantine (a sample; all are kept beside the original)', [{ head: 'Where' }, { head: 'Table' }, { head: 'Column' }, { head: 'Reason' }, { head: 'Cells that were read' }], aside) : ''}`;
}

const pagesOf = (pages: NonNullable<FoiaPreview['pages']>): Page =>
  html`${pages.map(({ page, text }) => html`<details><summary>Page ${page}${text === '' ? ': a picture, to be entered by hand' : ''}</summary><pre>${text}</pre></details>`)}`;

/** One agency file: custody, sums, mapping, what waits for a person, a faithful preview, statements. */
export function filePage(frame: Frame, shown: ShownFile): Page {
  const { file, preview, proposals, statements, review } = shown;
  const waiting = proposals.some((proposal) => proposal !== undefined);
  return layout(
    frame,
    html`
<p class="back"><a href="/files">All files</a></p>
<h1>${file.names.at(-1) ?? 'A file without a name'}</h1>
${shown.wrong ? html`<div class="wrong" role="alert"><p>Nothing was done. ${shown.wrong}</p></div>` : ''}
${shown.ordered ? html`<p class="note" role="status">Your order was taken and is carried out now; this page looks again in three seconds.</p>` : ''}
${facts(frame, shown)}
${sums(file)}
${file.sheets.length ? html`<section><h2>Mapping</h2>${file.sheets.map(mappingOf)}</section>` : ''}
${
  waiting
    ? html`<section id="review"><h2>Waits for a person</h2><p>No reviewed mapping knows these headers. What is proposed here is read from the reviewed ones; nothing is read before you confirm it. The file is then read again, and rows of the earlier reading count no more.</p>${proposals.map(
        (proposal, at) => {
          const one = file.sheets[at];
          return proposal && one ? mappingForm(file, one, at, proposal) : '';
        },
      )}</section>`
    : ''
}
${preview ? html`<section><h2>What the file says</h2>${preview.pages ? pagesOf(preview.pages) : preview.sheets.map(sheetPreview)}</section>` : ''}
${review ? '' : html`<p class="note">The content of the file is shown to counsel only.</p>`}
<section><h2>Statements</h2>
${
  statements.length
    ? table(
        'What counts, in order',
        [
          { head: 'No.' },
          { head: 'Statement' },
          { head: 'Reading' },
          { head: 'By' },
          { head: 'Why' },
          { head: 'Time' },
        ],
        statements.map((one): Cell[] => [
          String(one.sequence),
          `${one.statement}${one.replacedBy ? ` by ${one.replacedBy}` : ''}`,
          String(one.reading),
          one.by,
          one.why || '–',
          time(one.at, frame),
        ]),
      )
    : html`<p class="empty">Nothing was stated about this file.</p>`
}
${review && statements.length ? statementForms(file) : ''}</section>`,
  );
}
