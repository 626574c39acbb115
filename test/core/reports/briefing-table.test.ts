import { expect, it } from 'vitest';
import type { ReleasedTable } from '#core/disclosure/released-table.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Week } from '#core/domain/week.ts';
import { briefingTable } from '#core/reports/briefing-table.ts';
import { phrases } from '#core/reports/phrases.ts';
import { speechIn } from '#core/reports/speech.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { repositoryQuestions } from '../../fixtures/released.ts';

const city = fixtureCity();
const telling = { city, speech: speechIn('en', city.timeZone), phrases: phrases.en };

it('says with a table of months that the window may cut the first and the last of them', () => {
  const question = repositoryQuestions().find(({ name }) => name === 'monthly_totals_v1');
  if (!question) throw new Error('the question has another name now');
  const categories = ['2026-05', '2026-06'];
  const table: ReleasedTable = {
    query: question.name,
    sql: sha256(''),
    parameters: {},
    window: { from: '2026-05-25' as Week, to: '2026-06-22' as Week },
    dimensions: [{ name: 'observed_month', categories }],
    cells: categories.map((month) => ({ at: { observed_month: month }, value: { kind: 'count', count: 400 } })),
  };
  const told = briefingTable(table, question, telling);
  expect(told?.rows.map(({ label }) => label)).toEqual(['May 2026', 'June 2026']);
  expect(told?.note).toBe(phrases.en.wholeWeeks);
});
