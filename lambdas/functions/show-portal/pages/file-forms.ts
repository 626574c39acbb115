/** The forms of an agency file: a proposed mapping to confirm or change, and statements about the file. They work without scripts. */
import { html } from 'hono/html';
import type { FoiaCustody, FoiaTable } from '#core/domain/foia-custody.ts';
import { agencies, type Field, recordKinds } from '#core/foia/layout.ts';
import type { ChosenMapping } from '#core/foia/propose-layout.ts';
import { choiceField, lineField, type Option, wordOptions } from './form-fields.ts';
import type { Page } from './layout.ts';

const choice = (id: string, name: string, label: string, options: readonly Option[], chosen: string): Page =>
  choiceField({ id, name, label, options, chosen: (value) => value === chosen });

const fieldWords: readonly (readonly [Field, string])[] = [
  ['eventDate', 'Date of the event'],
  ['area', 'Place'],
  ['category', 'Category'],
  ['person', 'Identifier of the person'],
  ['count', 'Count'],
  ['fiscalYear', 'Fiscal year'],
  ['month', 'Month'],
];
const levels: readonly Option[] = [
  ['none', 'no place'],
  ['aor', 'area of responsibility'],
  ['sector', 'sector'],
  ['state', 'state'],
  ['county', 'county'],
];

/** A proposed mapping of one table. */
export function mappingForm(file: FoiaCustody, table: FoiaTable, at: number, proposed: ChosenMapping): Page {
  const headers = table.headers.map((header, index): Option => [String(index), header]);
  const id = (name: string) => `t${at}-${name}`;
  return html`
<form class="card wide" method="post" action="/files/${file.sha256}">
  <h3>${table.name || '(the file)'}, ${table.rows.quarantined} rows</h3>
  <input type="hidden" name="order" value="map"><input type="hidden" name="table" value="${at}">
  <div class="pairs">
  ${choice(id('kind'), 'kind', 'A row is', [...wordOptions(recordKinds), ['reference', 'no record (a code list, a tabulation)']], proposed.recordKind)}
  ${choice(id('agency'), 'agency', 'Agency', wordOptions(agencies), proposed.agency)}
  ${choice(id('level'), 'level', 'Level of the place', levels, proposed.area)}
  ${fieldWords.map(([field, label]) => {
    const chosen = table.headers.indexOf(proposed.fields[field] ?? '');
    return choice(id(field), field, label, [['', 'in no column'], ...headers], chosen < 0 ? '' : String(chosen));
  })}
  </div>
  <p><button>Confirm this mapping and read the file again</button></p>
  <p class="note">Columns that are not chosen are not taken. Values of the category are read as reviewed mappings of this kind read them; others count as “other”. The mapping holds for every file with exactly this header.</p>
</form>`;
}

const whyField = (id: string): Page => lineField({ id, name: 'why', label: 'Why', required: true, max: 2000 });

/** What a person can state about a file that was read. */
export const statementForms = (file: FoiaCustody): Page => html`
<details><summary>State that this file was superseded, withdrawn or reinstated</summary>
<form class="card wide" method="post" action="/files/${file.sha256}">
  <input type="hidden" name="order" value="supersede">
  ${lineField({ id: 's-by', name: 'replacedBy', label: 'Superseded by the release', required: true, shape: { pattern: 'foia-[0-9]{8}-[0-9a-f]{8}', like: 'foia-20260303-0123abcd' } })}
  ${whyField('s-why')}<p><button>State that it was superseded</button></p>
</form>
<form class="card wide" method="post" action="/files/${file.sha256}">
  ${choice(
    'w-order',
    'order',
    'Statement',
    [
      ['withdraw', 'withdrawn by the agency: its rows count no more'],
      ['reinstate', 'reinstated: its rows count again'],
    ],
    'withdraw',
  )}
  ${whyField('w-why')}<p><button>State it</button></p>
</form>
<p class="note">A statement is added, never changed. Published releases stay as they are; the next one counts what stands.</p></details>`;
