/** A letter as blocks, and the same blocks as plain text, as a page and as data for the typesetter (docs/METHODS.md §8). */
import type { CalendarDate } from '../domain/instant.ts';
import { accept, type Outcome, refuse } from '../domain/problem.ts';
import { factNames, letterFacts, type Requester } from './letter-facts.ts';
import { fillTemplate, type LetterTemplate } from './letter-template.ts';
import type { RequestView } from './status.ts';

type LetterBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'lines' | 'bullets' | 'numbered'; readonly rows: readonly string[] };

export type Letter = {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly sample: boolean;
  readonly blocks: readonly LetterBlock[];
};

/** Makes a letter of a request's facts. Refuses with LETTER_INCOMPLETE, naming what is missing. */
export function letterOf(
  template: LetterTemplate,
  view: RequestView,
  requester: Requester,
  today: CalendarDate,
): Outcome<Letter> {
  const filled = fillTemplate(template, letterFacts(view, requester, today));
  if ('missing' in filled)
    return refuse('LETTER_INCOMPLETE', {
      violations: [...new Map(filled.missing.map((fact) => [factNames[fact] ?? fact, fact]))].map(([name, fact]) => ({
        code: 'L100',
        severity: 'error',
        pointer: `/${fact}`,
        message: `Missing: ${name}`,
      })),
    });
  const { id, title, source } = template;
  return accept({ id, title, source, sample: view.facts.sample === true, blocks: blocksOf(filled.text) });
}

const numbered = /^\d+\. /;

/** Paragraphs are parted by empty lines; `# ` is a heading, `| ` a line kept as it is, `- ` and `1. ` are lists. */
function blocksOf(text: string): readonly LetterBlock[] {
  const parts = text.split(/\n\s*\n/).map((part) => part.split('\n').filter((row) => row.trim() !== ''));
  const blocks: LetterBlock[] = [];
  for (const rows of parts) {
    const [first] = rows;
    if (first === undefined) continue;
    const all = (prefix: RegExp) => rows.every((row) => prefix.test(row));
    if (first.startsWith('# ')) blocks.push({ kind: 'heading', text: first.slice(2) });
    else if (all(/^\| /)) blocks.push({ kind: 'lines', rows: rows.map((row) => row.slice(2)) });
    else if (all(/^- /)) blocks.push({ kind: 'bullets', rows: rows.map((row) => row.slice(2)) });
    else if (all(numbered)) blocks.push({ kind: 'numbered', rows });
    else blocks.push({ kind: 'paragraph', text: rows.join(' ') });
  }
  return blocks;
}

const sampleLine = 'SAMPLE – made from generated data, not a real request; not to be sent.';

/** The letter as text of at most 78 columns. */
export function letterText({ blocks, sample }: Letter): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'heading') return wrapped(block.text.toUpperCase());
    if (block.kind === 'paragraph') return wrapped(block.text);
    if (block.kind === 'lines') return block.rows.join('\n');
    return block.rows
      .map((row) => (block.kind === 'bullets' ? wrapped(`- ${row}`, '  ') : wrapped(row, '   ')))
      .join('\n');
  });
  return `${[...(sample ? [sampleLine] : []), ...parts].join('\n\n')}\n`;
}

function wrapped(text: string, indent = ''): string {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    if (row !== '' && row.length + word.length + 1 > 78) {
      rows.push(row);
      row = `${indent}${word}`;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...rows, row].join('\n');
}

/** The files of the letter's document. `template` is `web/letters/letter.typ`. */
export function letterDocument(
  letter: Letter,
  template: Uint8Array,
  about: { readonly author: string; readonly date: CalendarDate },
): ReadonlyMap<string, Uint8Array> {
  const [year = 0, month = 0, day = 0] = about.date.split('-').map(Number);
  const data = {
    title: letter.title,
    author: about.author,
    date: { year, month, day },
    sample: letter.sample ? sampleLine : '',
    blocks: letter.blocks.map((block) => ('rows' in block ? { text: '', ...block } : { rows: [], ...block })),
  };
  return new Map([
    ['/letter.typ', template],
    ['/data.json', new TextEncoder().encode(JSON.stringify(data))],
  ]);
}
