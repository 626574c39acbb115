/**
 * Model letters as text with places for facts. A place is `{{name}}`; `{{when name}} … {{end}}` is left out when there is no such fact; `{{each items}} … {{end}}` repeats its
 * lines. A fact that is missing where it is used is named to the person, never left blank.
 */
import * as z from 'zod';

export type LetterTemplate = {
  readonly id: string;
  readonly title: string;
  /** When it is of use, in one sentence. */
  readonly use: string;
  readonly order: number;
  readonly source: string;
  readonly body: string;
};
/** A fact is a line, or a list of lines for `each`; an item of a list has its own facts. */
export type LetterFacts = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[] | undefined>>;

const head = z.strictObject({
  title: z.string().min(1),
  use: z.string().min(1),
  order: z.coerce.number().int(),
  source: z.string().min(1),
});

const place = /\{\{(\w+)\}\}/g;
const opening = /^\{\{(when|unless|each) (\w+)\}\}$/;

/** Reads a template: `name: value` lines, a line `---`, then the letter. */
export function readLetterTemplate(id: string, text: string): LetterTemplate | { readonly wrong: string } {
  const [top, ...rest] = text.replaceAll('\r', '').split('\n---\n');
  const pairs = (top ?? '')
    .split('\n')
    .filter(Boolean)
    .map((row) => row.split(/:\s*(.*)/s));
  const read = head.safeParse(Object.fromEntries(pairs.map(([name = '', value = '']) => [name.trim(), value.trim()])));
  if (!read.success) return { wrong: z.prettifyError(read.error) };
  const body = rest.join('\n---\n').trim();
  if (body === '') return { wrong: 'there is no letter under the line ---' };
  let depth = 0;
  for (const row of body.split('\n')) {
    if (opening.test(row.trim())) depth += 1;
    else if (row.trim() === '{{end}}') depth -= 1;
    else if (row.replaceAll(place, '').includes('{{'))
      return { wrong: `a place that is not understood: ${row.trim()}` };
    if (depth < 0) return { wrong: 'an {{end}} that ends nothing' };
  }
  if (depth !== 0) return { wrong: 'something is not ended by {{end}}' };
  return { id, ...read.data, body };
}

/** The letter's lines with every place filled, or the names of the facts that are missing. */
export function fillTemplate(
  { body }: LetterTemplate,
  facts: LetterFacts,
): { readonly text: string } | { readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const text = fill(body.split('\n'), facts, missing).join('\n');
  return missing.size > 0 ? { missing: [...missing] } : { text: text.replaceAll(/\n{3,}/g, '\n\n').trim() };
}

function fill(rows: readonly string[], facts: LetterFacts, missing: Set<string>): string[] {
  const filled: string[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? '';
    const [, verb, name = ''] = opening.exec(row.trim()) ?? [];
    if (verb === undefined) {
      const said = row.replaceAll(place, (_, fact: string) => worded(fact, facts, missing));
      // A fact of several lines, such as an address, keeps them in a block of lines.
      filled.push(row.startsWith('| ') ? said.replaceAll('\n', '\n| ') : said);
      continue;
    }
    const end = endOf(rows, at);
    const inside = rows.slice(at + 1, end);
    const value = facts[name];
    const there = Array.isArray(value) ? value.length > 0 : value !== undefined;
    if (verb === 'each' && !there) missing.add(name);
    if (verb === 'each' && Array.isArray(value))
      for (const item of value) filled.push(...fill(inside, { ...facts, ...item }, missing));
    if ((verb === 'when' && there) || (verb === 'unless' && !there)) filled.push(...fill(inside, facts, missing));
    at = end;
  }
  return filled;
}

function endOf(rows: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < rows.length; at++) {
    const row = (rows[at] ?? '').trim();
    if (opening.test(row)) depth += 1;
    if (row === '{{end}}' && --depth === 0) return at;
  }
  return rows.length;
}

function worded(name: string, facts: LetterFacts, missing: Set<string>): string {
  const value = facts[name];
  if (typeof value === 'string' && value.trim() !== '') return value;
  missing.add(name);
  return '';
}
