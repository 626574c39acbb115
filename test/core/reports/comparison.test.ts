import { describe, expect, it } from 'vitest';
import type { ReleasedTable, ReleasedValue } from '#core/disclosure/released-table.ts';
import { sha256 } from '#core/domain/ids.ts';
import { briefingIn, byName } from '#core/reports/briefing-model.ts';
import { briefingPage } from '#core/reports/briefing-page.ts';
import { comparisonOf } from '#core/reports/comparison.ts';
import { allowedIn, readableText, strayNumbers } from '#core/reports/read-back.ts';
import { fixtureReleased, releasedFrom, repositoryQuestions } from '../../fixtures/released.ts';

const questions = repositoryQuestions();
const { city, released } = fixtureReleased();

type Values = Readonly<Record<string, number | undefined>>;

/** A table with these outcomes over everything else; an undefined one is withheld. */
function tableOf(query: string, other: string, categories: readonly string[], values: Values): ReleasedTable {
  const told = (count: number | undefined): ReleasedValue =>
    count === undefined ? { kind: 'withheld', interval: { least: 0, most: 10 } } : { kind: 'count', count };
  return {
    query,
    sql: sha256(query),
    parameters: {},
    window: { from: released.week, to: released.week },
    dimensions: [
      { name: other, categories },
      { name: 'comparison', categories: Object.keys(values) },
    ],
    cells: [...categories, '*'].flatMap((category) =>
      Object.entries(values).map(([comparison, count]) => ({
        at: { [other]: category, comparison },
        value: told(count),
      })),
    ),
  };
}
const ours = (values: Values) => tableOf('incidents_compared_with_foia_v1', 'observed_month', ['2026-01'], values);
const theirs = (values: Values) =>
  tableOf('foia_records_compared_with_reports_v1', 'releasing_agency', ['ICE'], values);
const oursShown = { same_day: 4001, day_beside: 0, within_a_day: 57, only_ours: 613, not_told_apart: 29 };
const theirsShown = {
  same_day: 8003,
  day_beside: 0,
  within_a_day: 0,
  only_theirs: 977,
  not_told_apart: 0,
  no_day: 41,
  no_place: 38,
};

const withTables = (...tables: readonly ReleasedTable[]) => {
  const { ledger: _, ...content } = released;
  return releasedFrom({ ...content, tables: [...content.tables, ...tables] });
};
const told = (language: 'en' | 'es', ...tables: readonly ReleasedTable[]) => {
  const { telling } = briefingIn(language, released, city, questions);
  return comparisonOf(withTables(...tables), byName(questions), telling);
};

describe('the comparison in the briefing', () => {
  it('is not there when nothing was compared', () => {
    expect(
      comparisonOf(released, byName(questions), briefingIn('en', released, city, questions).telling),
    ).toBeUndefined();
  });

  it('says the least and the most that can be matched, and what cannot be compared', () => {
    const { facts = [] } = told('en', ours(oursShown), theirs(theirsShown)) ?? {};
    expect(facts[0]).toContain('reported 4,700 incidents');
    expect(facts[0]).toContain('between 4,058 and 4,087 of them');
    expect(facts[0]).toContain('between 613 and 642 it released none');
    expect(facts[1]).toContain('released 8,980 records');
    expect(facts[1]).toContain('8,003 of them fall on a day');
    expect(facts[1]).toContain('79 more records of arrests state no day or no place');
    expect(told('es', ours(oursShown))?.facts[0]).toContain('entre 4,058 y 4,087 de ellos');
  });

  it('gives no sum when a part of it is withheld', () => {
    const { facts = [], derived = [] } = told('en', ours({ ...oursShown, only_ours: undefined })) ?? {};
    expect(facts).toEqual(['Some outcomes of the comparison are withheld, so that no sum of them is given here.']);
    expect(derived).toEqual([]);
  });

  it.each(['en', 'es'] as const)(
    'stands on the page apart from the other tables, with its uncertainty (%s)',
    (language) => {
      const release = withTables(ours(oursShown), theirs(theirsShown));
      const briefing = briefingIn(language, release, city, questions);
      expect(briefing.tables.some(({ query }) => query.includes('compared'))).toBe(false);
      expect(briefing.comparison?.tables).toHaveLength(2);
      const page = briefingPage(briefing, { css: '', fonts: { regular: new Uint8Array(), bold: new Uint8Array() } });
      for (const note of briefing.comparison?.notes ?? []) expect(readableText(page)).toContain(note);
      expect(strayNumbers(readableText(page), allowedIn(release, briefing))).toEqual([]);
      expect(strayNumbers(readableText(page), allowedIn(release, { ...briefing, derived: [] })).length).toBeGreaterThan(
        0,
      );
    },
  );
});
