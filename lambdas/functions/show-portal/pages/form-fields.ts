/** Fields of forms, each with its label, in a form that works without scripts. */
import { html } from 'hono/html';
import type { Page } from './layout.ts';

export type Option = readonly [value: string, text: string];

/** Words of a closed list as options that read as words. */
export const wordOptions = (words: readonly string[]): readonly Option[] =>
  words.map((word) => [word, word.replaceAll('_', ' ')]);

type Named = { readonly id: string; readonly name: string; readonly label: string; readonly note?: string };

const labelled = ({ id, label, note }: Named, field: Page): Page =>
  html`<p><label for="${id}">${label}</label>${note ? html` <span class="under">${note}</span>` : ''}
  ${field}</p>`;

export const choiceField = (
  named: Named & { readonly options: readonly Option[]; readonly chosen: (value: string) => boolean },
): Page =>
  labelled(
    named,
    html`<select id="${named.id}" name="${named.name}">${named.options.map(([value, text]) => html`<option value="${value}"${named.chosen(value) ? html` selected` : ''}>${text}</option>`)}</select>`,
  );

export const lineField = (
  named: Named & {
    readonly type?: string;
    readonly value?: string;
    readonly max?: number;
    readonly required?: boolean;
    readonly shape?: { readonly pattern: string; readonly like: string };
  },
): Page => {
  const { id, name, type = 'text', value = '', max = 300, required, shape } = named;
  return labelled(
    named,
    html`<input id="${id}" name="${name}" type="${type}" value="${value}" maxlength="${max}" autocomplete="off"${required ? html` required` : ''}${shape ? html` pattern="${shape.pattern}" placeholder="${shape.like}"` : ''}>`,
  );
};

export const textField = (
  named: Named & { readonly value: string; readonly rows: number; readonly required?: boolean },
): Page =>
  labelled(
    named,
    html`<textarea id="${named.id}" name="${named.name}" rows="${named.rows}" maxlength="8000"${named.required ? html` required` : ''}>${named.value}</textarea>`,
  );
