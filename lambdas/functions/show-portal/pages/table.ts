import { html } from 'hono/html';

/** One column: its heading, and whether it holds numbers. */
export type Column = { readonly head: string; readonly numeric?: boolean };
/** The content of a cell: text (escaped) or markup made by `html`. */
export type Cell = string | ReturnType<typeof html>;
/** The first cell of a row names the row. */
type Row = readonly Cell[];

const line = (columns: readonly Column[], row: Row) =>
  html`<tr role="row">${row.map((cell, at) => {
    const column = columns[at];
    if (at === 0) return html`<th scope="row" role="rowheader">${cell}</th>`;
    const kind = cell === '' ? 'none' : column?.numeric ? 'number' : 'text';
    return html`<td role="cell" class="${kind}" data-label="${column?.head ?? ''}"><div>${cell}</div></td>`;
  })}</tr>`;

/**
 * A table with a caption. On narrow screens the style sheet stacks each row, with headings from `data-label`;
 * the roles keep it a table for screen readers when it is stacked.
 */
export const table = (caption: Cell, columns: readonly Column[], rows: readonly Row[], sum?: Row) => html`
<table role="table">
  <caption>${caption}</caption>
  <thead role="rowgroup"><tr role="row">${columns.map(
    ({ head, numeric }) =>
      html`<th scope="col" role="columnheader" class="${numeric ? 'number' : 'text'}">${head}</th>`,
  )}</tr></thead>
  <tbody role="rowgroup">${rows.map((row) => line(columns, row))}</tbody>
  ${sum ? html`<tfoot role="rowgroup">${line(columns, sum)}</tfoot>` : ''}
</table>`;
