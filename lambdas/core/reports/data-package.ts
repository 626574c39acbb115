/**
 * The description of the published tables as a Frictionless Data Package (version 1, tabular). It holds no number of a table.
 */
import type { Released } from '../disclosure/release.ts';
import type { ReleasedTable } from '../disclosure/released-table.ts';
import type { City } from '../domain/city.ts';
import { sha256 } from '../domain/ids.ts';
import type { Question } from '../lake/question.ts';
import { foiaSources } from './foia-sources.ts';
import { phrases } from './phrases.ts';
import { hasIntervals, hasStatuses, intervalColumns, withheldWord } from './table-csv.ts';

function fieldsOf(table: ReleasedTable, { metadata }: Question) {
  const dimensions = table.dimensions.map(({ name }) => {
    const known = metadata.dimensions.find((dimension) => dimension.name === name);
    return {
      name,
      type: 'string',
      title: known?.label.en ?? name,
      description: `${known?.label.en ?? name}; * is the total.${known?.vocabulary === 'weeks' ? ' A week is named by its Monday.' : ''}`,
      constraints: { required: true },
    };
  });
  const cells = {
    name: 'h3_cells',
    type: 'string',
    title: 'H3 cells',
    description: 'The H3 cells of the area, parted by spaces; empty for the total.',
  };
  const ends = intervalColumns.map((name, at) => ({
    name,
    type: 'integer',
    title: at === 0 ? 'Withheld count: at least' : 'Withheld count: at most',
    description:
      'Of a withheld count, what follows from the published counts for anyone; empty for a shown count and where nothing bounds it.',
    constraints: { minimum: 0 },
  }));
  const value = hasStatuses(table)
    ? {
        name: 'status',
        type: 'string',
        title: 'Status',
        description: 'Reported activity, reported that there was none, or did not report. Silence is not zero.',
        constraints: { required: true, enum: ['reported', 'zero', 'silent', withheldWord] },
      }
    : {
        name: metadata.measure.name,
        type: 'integer',
        title: metadata.measure.label.en,
        description: 'A count, or withheld to protect people. Withheld is not zero.',
        constraints: { minimum: 0 },
      };
  return [...dimensions, ...(table.regions ? [cells] : []), ...(hasIntervals(table) ? ends : []), value];
}

/** Describes the files of a release; `files` holds the CSV of every table. */
export function dataPackage(
  released: Released,
  city: City,
  questions: ReadonlyMap<string, Question>,
  files: ReadonlyMap<string, Uint8Array>,
): string {
  const resources = released.tables.flatMap((table) => {
    const question = questions.get(table.query);
    const path = `${table.query}.csv`;
    const bytes = files.get(path);
    const sources = foiaSources(table);
    if (!question || !bytes) return [];
    return {
      profile: 'tabular-data-resource',
      name: table.query,
      path,
      title: question.metadata.title.en,
      description: question.metadata.question,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      bytes: bytes.length,
      hash: `sha256:${sha256(bytes)}`,
      ...(question.metadata.release.window === 'all'
        ? {}
        : { temporal: { start: table.window.from, end: table.window.to, unit: 'weeks named by their Monday' } }),
      ...(sources ? { sources } : {}),
      query: { name: table.query, sha256: table.sql, parameters: table.parameters },
      dialect: { delimiter: ',', lineTerminator: '\r\n', doubleQuote: true, header: true },
      schema: {
        fields: fieldsOf(table, question),
        missingValues: hasStatuses(table) ? [''] : ['', withheldWord],
        primaryKey: table.dimensions.map(({ name }) => name),
      },
    };
  });
  const description = {
    profile: 'tabular-data-package',
    name: `${city.id}-${released.id}`.toLowerCase().replace(/[^a-z0-9._-]+/g, '-'),
    id: released.ledger.hash,
    title: `Federal immigration enforcement activity on ${city.name} property, week of ${released.week}`,
    description: `${released.sample ? `${phrases.en.sample}. ` : ''}Counts of incidents that city departments reported, after disclosure control. Withheld is not zero, and silence is not zero.`,
    created: released.approvedAt,
    licenses: [
      {
        name: 'CC0-1.0',
        title: 'CC0 1.0 Universal',
        path: 'https://creativecommons.org/publicdomain/zero/1.0/',
      },
    ],
    sources: [{ title: `Reports of the departments of ${city.name}, known as of ${released.asOf}` }],
    contributors: [{ title: city.custodian.office, role: 'publisher' }],
    version: released.id,
    policy: released.policy,
    software: released.software,
    resources,
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}
