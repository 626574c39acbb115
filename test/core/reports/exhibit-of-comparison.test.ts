import { describe, expect, it } from 'vitest';
import { assets as assetFiles } from '#adapters/anywhere/assets.ts';
import { typesetter } from '#adapters/anywhere/typesetter.ts';
import type { ReleasedTable } from '#core/disclosure/released-table.ts';
import { invariant } from '#core/domain/invariant.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { comparisonWords } from '#core/reports/comparison-words.ts';
import { exhibitFiles } from '#core/reports/exhibit-files.ts';
import { fixtureReleased } from '../../fixtures/released.ts';

const { city, released } = fixtureReleased({ weeks: 8 });
const assets = assetFiles(process.cwd());
const questions = await readQuestions(assets);
const template = await assets.bytes('web/exhibit/exhibit.typ');
const press = typesetter(assets);

/** The exhibit of a table, and what its print says of how the figures were made. */
async function exhibitOf(query: string, table: ReleasedTable) {
  const question = questions.find(({ name }) => name === query);
  invariant(question, 'a question of the repository');
  let method: readonly string[] = [];
  const { files } = await exhibitFiles(
    {
      released,
      table,
      question,
      city,
      request: {
        release_id: released.id,
        query,
        label: 'A',
        route: 'rule_1006_summary',
        matter: '2:26-cv-00001',
        purpose: 'Motion',
        availability_set: false,
      },
      published: {
        csv: Buffer.from('published\r\n'),
        map: Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><path d="M0 0h90v90z" fill="#123456"/></svg>',
        ),
      },
      availabilitySet: undefined,
      versions: {},
    },
    {
      template,
      pdf: async (document) => {
        ({ method } = JSON.parse(Buffer.from(document.files.get('/data.json') ?? []).toString()));
        return press.pdf(document);
      },
    },
  );
  return { files, method };
}

const counted = released.tables.find(({ query }) => query === 'incidents_by_week_and_area_v1');
const ofFiles = released.tables.find(({ foiaFiles }) => foiaFiles);
invariant(counted && ofFiles?.foiaFiles, 'the fixture counts incidents and rows of agency files');

describe('an exhibit of a comparison', () => {
  const compared = (query: string, other: string, category: string): ReleasedTable => ({
    query,
    sql: ofFiles.sql,
    parameters: {},
    window: { from: released.week, to: released.week },
    dimensions: [
      { name: other, categories: [category] },
      { name: 'comparison', categories: ['same_day'] },
    ],
    cells: [category, '*'].map((value) => ({
      at: { [other]: value, comparison: 'same_day' },
      value: { kind: 'count', count: 4001 },
    })),
    foiaFiles: ofFiles.foiaFiles ?? [],
  });

  it.each([
    ['incidents_compared_with_foia_v1', 'observed_month', '2026-01'],
    ['foia_records_compared_with_reports_v1', 'releasing_agency', 'ICE'],
  ])(
    'says where both sides come from and what a match does not show, without the map of incidents: %s',
    async (query, other, category) => {
      const { files, method } = await exhibitOf(query, compared(query, other, category));
      expect(method).toEqual(expect.arrayContaining([...comparisonWords.en.uncertainty]));
      expect(method.join(' ')).toContain('Source: reports that city departments made');
      expect(method.join(' ')).toContain('Source: files that federal agencies released');
      expect([...files.keys()]).not.toContain('map.svg');
    },
  );

  it('leaves an exhibit of incidents its map and its words', async () => {
    const { files, method } = await exhibitOf('incidents_by_week_and_area_v1', counted);
    expect([...files.keys()]).toContain('map.svg');
    expect(method.join(' ')).not.toContain(comparisonWords.en.uncertainty[0]);
  });
});
