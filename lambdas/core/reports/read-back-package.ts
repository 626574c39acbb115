/**
 * Reads the description of a release's data back before it is published (docs/METHODS.md §5; attack A15): members, numbers and words that are not approved of it are faults.
 */
import * as z from 'zod';
import type { Released } from '../disclosure/release.ts';
import { sha256 } from '../domain/ids.ts';
import type { Question } from '../lake/question.ts';
import { strayNumbers } from './read-back.ts';

const field = z.strictObject({
  name: z.string(),
  type: z.enum(['string', 'integer']),
  title: z.string(),
  description: z.string(),
  constraints: z
    .strictObject({
      required: z.literal(true).optional(),
      minimum: z.literal(0).optional(),
      enum: z.array(z.string()).optional(),
    })
    .optional(),
});

/** Why a description says more than it may, or undefined. `files` holds what it describes. */
export function packageFault(
  text: string,
  released: Released,
  files: ReadonlyMap<string, Uint8Array>,
  questions: ReadonlyMap<string, Question>,
): string | undefined {
  const read = z
    .looseObject({
      id: z.string(),
      version: z.string(),
      resources: z.array(
        z.looseObject({
          path: z.string(),
          bytes: z.number(),
          hash: z.string(),
          schema: z.looseObject({ fields: z.array(field) }),
          query: z.looseObject({ name: z.string() }),
          sources: z.array(z.looseObject({ hash: z.string(), release: z.string(), standing: z.string() })).optional(),
        }),
      ),
    })
    .safeParse(JSON.parse(text));
  if (!read.success) return 'is not of the form that is approved';
  const { id, version, resources } = read.data;
  if (id !== released.ledger.hash || version !== released.id) return 'names another release';
  const named = (files: readonly (readonly string[])[]) => files.map((file) => file.join()).join(';');
  for (const { query, sources } of resources) {
    const table = released.tables.find((candidate) => candidate.query === query.name);
    const counted = (table?.foiaFiles ?? []).map(({ file, release, standing }) => [
      `sha256:${file}`,
      release,
      standing,
    ]);
    if (named(counted) !== named((sources ?? []).map(({ hash, release, standing }) => [hash, release, standing])))
      return `names other agency files for ${query.name}`;
  }
  for (const { path, bytes, hash } of resources) {
    const file = files.get(path);
    if (!file || file.length !== bytes || hash !== `sha256:${sha256(file)}`) return `does not describe ${path}`;
  }
  const approved = new Set<unknown>([0, ...resources.map(({ bytes }) => bytes)]);
  const numbers = (value: unknown): unknown[] =>
    typeof value === 'number'
      ? [value]
      : value && typeof value === 'object'
        ? Object.values(value).flatMap(numbers)
        : [];
  if (!numbers(read.data).every((number) => approved.has(number))) return 'holds a number that is no size of a file';
  if (
    !namesIn(read.data).every((name) => names.has(name) || released.tables.some(({ parameters }) => name in parameters))
  )
    return 'has a member that is not approved';
  const facts = { numbers: readings(released), asides: factsOf(released, questions, files) };
  return strayNumbers(textsIn(read.data).join('\n'), facts).length ? 'says a number in words' : undefined;
}

/** Every name that a member of the description may have, besides the parameters of a question. */
const names = new Set(
  'profile name id title description created licenses path sources contributors role version policy sha256 software resources format mediatype encoding bytes hash temporal start end unit query parameters dialect delimiter lineTerminator doubleQuote header schema fields type constraints required minimum enum missingValues primaryKey release standing reading replaced_by'.split(
    ' ',
  ),
);

const namesIn = (value: unknown): string[] =>
  value && typeof value === 'object'
    ? [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(namesIn)]
    : [];

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];

const readings = ({ tables }: Released): ReadonlySet<number> =>
  new Set(tables.flatMap(({ foiaFiles }) => (foiaFiles ?? []).map(({ reading }) => reading)));

/** What holds digits and is known: facts of the release outside its cells, words of its questions, names and hashes of its files, terms of the format. */
const factsOf = (
  released: Released,
  questions: ReadonlyMap<string, Question>,
  files: ReadonlyMap<string, Uint8Array>,
): readonly string[] => {
  const tables = released.tables.map(({ cells: _, regions: __, dimensions: ___, ...facts }) => facts);
  const words = released.tables.map(({ query }) => questions.get(query)?.metadata);
  return [
    ...textsIn({ ...released, tables }),
    ...textsIn(words),
    ...files.keys(),
    ...[...files.values()].map(sha256),
    ...terms,
  ].filter((text) => /\d/.test(text));
};

const terms = ['utf-8', 'CC0-1.0', 'CC0 1.0', '/zero/1.0/', 'H3', 'h3_cell', 'sha256'];
