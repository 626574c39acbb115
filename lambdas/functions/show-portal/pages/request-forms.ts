/** The forms of a request for records. They work without scripts: every field is there, and the answer says what a kind of entry needs. */
import { html } from 'hono/html';
import type { FoiaCustody } from '#core/domain/foia-custody.ts';
import type { Violation } from '#core/domain/problem.ts';
import {
  channels,
  eventKindNames,
  eventKinds,
  outcomes,
  stages,
  tollReasons,
} from '#core/domain/request/event-kinds.ts';
import type { Regime } from '#core/requests/regime.ts';
import type { RequestView } from '#core/requests/status.ts';
import { choiceField, lineField, type Option, textField, wordOptions } from './form-fields.ts';
import type { Page } from './layout.ts';

/** What a person typed before, and what was wrong with it; `key` makes a form that is sent twice write once. */
export type Typed = {
  readonly key: string;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  readonly wrong?: readonly Violation[];
};

const typedIn = ({ values }: Typed, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value : '';
};
const holds = ({ values }: Typed, name: string, value: string): boolean => {
  const held = values[name];
  return Array.isArray(held) ? held.includes(value) : held === value;
};

const field = (
  typed: Typed,
  name: string,
  label: string,
  more: { readonly type?: string; readonly note?: string; readonly required?: boolean; readonly max?: number } = {},
): Page => lineField({ id: `f-${name}`, name, label, value: typedIn(typed, name), ...more });

const area = (typed: Typed, name: string, label: string, note = '', rows = 3, required = false): Page =>
  textField({ id: `f-${name}`, name, label, note, rows, required, value: typedIn(typed, name) });

const choice = (typed: Typed, name: string, label: string, options: readonly Option[], empty = '–'): Page =>
  choiceField({
    id: `f-${name}`,
    name,
    label,
    options: empty ? [['', empty], ...options] : options,
    chosen: (value) => value !== '' && holds(typed, name, value),
  });

const troubles = ({ wrong }: Typed): Page | '' =>
  wrong?.length
    ? html`<div class="wrong" role="alert"><p>Nothing was written.</p><ul>${wrong.map(({ pointer, message }) => html`<li>${pointer && pointer !== '/' ? html`<code>${pointer.slice(1)}</code> ` : ''}${message}</li>`)}</ul></div>`
    : '';

/** Opens a request: the law and agency, the line items, and what its letters will say. */
export const openForm = (regimes: readonly Regime[], typed: Typed): Page => html`
${troubles(typed)}
<form class="card wide" method="post" action="/requests#open">
  <input type="hidden" name="key" value="${typed.key}">
  ${choice(
    typed,
    'agency',
    'Law and agency',
    regimes.flatMap((regime) =>
      regime.agencies.map(({ id, name }) => [`${regime.id}/${id}`, `${regime.short_name}: ${name}`] as const),
    ),
    '',
  )}
  ${field(typed, 'title', 'Title', { required: true, max: 160 })}
  ${area(typed, 'items', 'Line items', 'One in each line; they are numbered from 1 and answered one by one.', 5, true)}
  <details><summary>What the letters say</summary>${lettersFields(typed)}</details>
  <p><button>Open the request</button></p>
  <p class="note">Do not name or describe persons: the log is read by many and never erased.</p>
</form>`;

const lettersFields = (typed: Typed): Page => html`
  ${area(typed, 'addressee', 'To whom the letters go', 'Office and address, a line each. Empty: the address that is known of the agency, or its name alone where none is.', 4)}
  ${field(typed, 'period', 'Period asked for')}
  ${field(typed, 'format', 'Form in which the records are wanted')}
  ${field(typed, 'signatory_name', 'Who signs', { max: 120 })}
  ${field(typed, 'signatory_title', 'Title of who signs', { max: 160 })}
  ${area(typed, 'fee_waiver_reason', 'Why fees should be waived', 'Empty: no waiver is asked for.')}
  ${area(typed, 'expedite_reason', 'Why it is urgent', 'Empty: expedited processing is not asked for.')}`;

/** Adds an entry to the log. */
export const entryForm = (view: RequestView, files: readonly FoiaCustody[], typed: Typed): Page => html`
${troubles(typed)}
<form class="card wide" method="post" action="/requests/${view.id}#add">
  <input type="hidden" name="key" value="${typed.key}">
  <div class="pairs">
  ${choice(
    typed,
    'kind',
    'What happened',
    eventKindNames.filter((kind) => kind !== 'amended').map((kind) => [kind, eventKinds[kind].title] as const),
    '',
  )}
  ${field(typed, 'on', 'On which day', { type: 'date', required: true })}
  </div>
  ${area(typed, 'note', 'Note', 'What the entry should say besides; do not name or describe persons.', 2)}
  <details${typed.wrong?.length ? html` open` : ''}><summary>Further facts, as the kind of entry needs them</summary>
  <div class="pairs">
  ${field(typed, 'number', 'Number of the agency or court')}
  ${choice(typed, 'channel', 'Sent by', wordOptions(channels))}
  ${choice(typed, 'outcome', 'Outcome', wordOptions(outcomes))}
  ${choice(typed, 'reason', 'Why the clock was stopped', wordOptions(tollReasons))}
  ${field(typed, 'days', 'Days of extension', { type: 'number' })}
  ${choice(typed, 'stage', 'Extension of', wordOptions(stages))}
  ${field(typed, 'until', 'Time agreed', { type: 'date' })}
  ${field(typed, 'exemptions', 'Exemptions', { note: 'such as (b)(6), (b)(7)(C)' })}
  ${field(typed, 'count', 'Records or pages produced', { type: 'number' })}
  ${field(typed, 'amount', 'Fee in US dollars', { type: 'number' })}
  ${field(typed, 'strikes', 'Number of the entry to strike', { type: 'number' })}
  </div>
  <fieldset><legend>Line items concerned <span class="under">none ticked: all</span></legend>${view.items.map(({ number, text }) => html`<label class="tick"><input type="checkbox" name="items" value="${number}"${holds(typed, 'items', String(number)) ? html` checked` : ''}> ${number}. ${text}</label>`)}</fieldset>
  ${files.length ? html`<fieldset><legend>Files received</legend>${files.map(({ sha256, names }) => html`<label class="tick"><input type="checkbox" name="files" value="${sha256}"${holds(typed, 'files', sha256) ? html` checked` : ''}> ${names[0] ?? sha256}</label>`)}</fieldset>` : ''}
  </details>
  <p><button>Add to the log</button></p>
  <p class="note">An entry is never changed or removed. One made in error is struck by another that says so.</p>
</form>`;

/** Completes the facts that letters are filled from. */
export const factsForm = (view: RequestView, key: string): Page => {
  const { facts } = view;
  const values = Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  return html`
<form class="card wide" method="post" action="/requests/${view.id}#add">
  <input type="hidden" name="key" value="${key}"><input type="hidden" name="kind" value="amended">
  ${lettersFields({ key, values })}
  <p><button>Complete the facts</button></p>
</form>`;
};
