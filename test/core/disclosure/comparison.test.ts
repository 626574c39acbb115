import { describe, expect, it } from 'vitest';
import { attack } from '#core/disclosure/audit/attack.ts';
import { parsePolicy } from '#core/disclosure/policy.ts';
import type { ReleaseRequest } from '#core/disclosure/release.ts';
import { assemble, historyOf } from '#core/disclosure/tables/assemble.ts';
import { planTables } from '#core/disclosure/tables/plan.ts';
import { byAgency, byMonth, entryOf, inventedCity, policyText, question, rawCounts, requestOf } from './fixture.ts';
import { shown, tableOf, week } from './weekly-tables.ts';

const city = inventedCity(3, 9);
const outcomes = ['same_day', 'only_ours', 'not_released', 'nobody_taken', 'not_certain'];
const compared = question(
  'incidents_compared_with_foia_v1',
  [
    ['observed_month', 'months'],
    ['comparison', outcomes],
  ],
  'counts',
  'months',
);
const records = question(
  'foia_records_compared_with_reports_v1',
  [
    ['comparison', ['same_day', 'only_theirs', 'elsewhere', 'other_kind']],
    ['releasing_agency', ['ICE', 'CBP']],
  ],
  'counts',
  'months',
  'foia',
);
const byCategory = question(
  'foia_records_by_month_and_category_v1',
  [
    ['event_month', 'open'],
    ['record_category', 'open'],
  ],
  'counts',
  'all',
  'foia',
);

/** January 2024 is made of the first four weeks, which are a period as well. */
const january = (counts: readonly number[]) =>
  rawCounts(
    compared,
    week(0),
    week(3),
    outcomes.map((outcome, at) => ['2024-01', outcome, counts[at] ?? 0]),
  );
const agencies = (counts: Readonly<Record<string, number>>) =>
  rawCounts(
    byAgency,
    week(0),
    week(3),
    Object.entries(counts).map(([cell, count]) => [...cell.split(' '), count]),
  );
const month = (count: number) => rawCounts(byMonth, week(0), week(3), [['2024-01', count]]);

/** What follows from the tables when only the cells whose keys hold one of these words are withheld. */
function withholding(request: ReleaseRequest, words: readonly string[]) {
  const policy = parsePolicy(policyText);
  if (!policy.ok) throw new Error('the policy is good');
  const history = historyOf(request.ledger);
  const plans = planTables(request, policy.value, history);
  if (!plans.ok) throw new Error('the tables are fit for release');
  const candidates = plans.value.flatMap((plan) => (plan.kind === 'counts' ? plan.candidate : []));
  const system = assemble(history, candidates, request.city, 11);
  for (const variable of system.variables)
    if (variable.state === 'shown' && words.some((word) => variable.key.includes(word))) variable.state = 'hidden';
  return attack(system, { threshold: 11, feasibleIntegers: 6 }).disclosed.map(({ key }) => key);
}
const hiddenOf = (request: ReleaseRequest, query: string) =>
  tableOf(entryOf(request), query).cells.flatMap(({ at, value }) =>
    value.kind === 'withheld' ? Object.values(at).join(' ') : [],
  );

describe('the comparison with agency files under disclosure control', () => {
  it('is tied to the total of the month, whichever table shows it', () => {
    const request = requestOf(city, week(3), [january([40, 3, 0, 30, 25]), month(98)]);
    expect(withholding(request, []).some((key) => key.includes('comparison=only_ours'))).toBe(true);
    const hidden = hiddenOf(request, compared.name);
    expect(hidden.filter((cell) => cell.startsWith('2024-01'))).toContain('2024-01 only_ours');
    expect(hidden.length).toBeGreaterThan(2);
  });

  it('is tied to the table by agency and activity: incidents with somebody taken stand in both', () => {
    const request = requestOf(city, week(3), [
      january([40, 3, 0, 30, 25]),
      agencies({ 'ICE arrest': 25, 'CBP detention': 18, 'ICE stop': 30, 'unverified presence': 25 }),
    ]);
    // Withholding the small outcome and the cheapest beside it would do, were it not for the other table.
    const withheld = ['comparison=only_ours', 'comparison=not_certain', '=not_released'];
    expect(withholding(request, withheld).some((key) => key.includes('comparison=only_ours'))).toBe(true);
    const alone = { ...request, tables: request.tables.slice(0, 1) };
    expect(withholding(alone, withheld).some((key) => key.includes('comparison=only_ours'))).toBe(false);
    expect(hiddenOf(request, compared.name)).toContain('2024-01 only_ours');
  });

  it('hides nothing behind outcomes that the days of a file rule out: they are shown as zero, and others are withheld', () => {
    const { release } = compared.metadata;
    const query = {
      ...compared,
      metadata: { ...compared.metadata, release: { ...release, absent: 'impossible' as const } },
    };
    const rows = [
      ['2024-01', 'same_day', 40],
      ['2024-01', 'only_ours', 3],
      ['2024-01', 'nobody_taken', 30],
      ['2024-01', 'not_certain', 0],
    ];
    const table = tableOf(
      entryOf(requestOf(city, week(3), [rawCounts(query, week(0), week(3), rows), month(73)])),
      query.name,
    );
    const at = (comparison: string) => shown(table, { observed_month: '2024-01', comparison });
    expect(at('not_released')).toBe(0);
    expect(at('only_ours')).toBeUndefined();
    expect([at('same_day'), at('nobody_taken')]).toContain(undefined);
    const naive = tableOf(
      entryOf(requestOf(city, week(3), [rawCounts(compared, week(0), week(3), rows), month(73)])),
      compared.name,
    );
    expect(shown(naive, { observed_month: '2024-01', comparison: 'not_released' })).toBeUndefined();
  });

  it('ties the records that are arrests to the table by category', () => {
    const request = requestOf(city, week(3), [
      rawCounts(records, week(0), week(3), [
        ['same_day', 'ICE', 40],
        ['only_theirs', 'ICE', 4],
        ['other_kind', 'ICE', 30],
      ]),
      rawCounts(byCategory, week(0), week(3), [
        ['2024-01', 'arrest: at_large', 44],
        ['2024-01', 'removal: other', 30],
      ]),
    ]);
    const withheld = ['comparison=only_theirs', 'comparison=other_kind', '=elsewhere', 'releasing_agency=CBP'];
    expect(withholding(request, withheld).some((key) => key.includes('comparison=only_theirs'))).toBe(true);
    const alone = { ...request, tables: request.tables.slice(0, 1) };
    expect(withholding(alone, withheld).some((key) => key.includes('comparison=only_theirs'))).toBe(false);
  });

  it('is counted on a new basis when another file comes, hides a small change, and stays on that basis while it holds', () => {
    const first = entryOf(requestOf(city, week(3), [january([40, 30, 0, 30, 25])]));
    const changed = january([35, 35, 0, 30, 25]);
    const second = entryOf(requestOf(city, week(4), [changed], [first]));
    const batch = second.sealed.frames[compared.name]?.batch;
    expect([first.sealed.frames[compared.name]?.batch, batch]).toEqual(['', second.content.id]);
    const table = tableOf(second, compared.name);
    // Five incidents went from one outcome to the other: whoever has both releases must not be able to say so.
    for (const outcome of ['same_day', 'only_ours'])
      expect(shown(table, { observed_month: '2024-01', comparison: outcome })).toBeUndefined();
    const third = entryOf(requestOf(city, week(5), [changed], [first, second]));
    expect(third.sealed.frames[compared.name]?.batch).toBe(batch);
    expect(tableOf(third, compared.name).cells).toEqual(table.cells);
  });
});
