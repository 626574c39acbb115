/** A11: a group in which nearly everybody saw the same thing, so that whoever is known to belong to it is known to have seen it. Large counts all of them. */
import { describe, expect, it } from 'vitest';
import { audit } from '#core/disclosure/audit/audit.ts';
import { release } from '#core/disclosure/release.ts';
import { assemble, historyOf } from '#core/disclosure/tables/assemble.ts';
import type { Question } from '#core/lake/question.ts';
import { byAgency, inventedCity, question, rawCounts, requestOf } from '../fixture.ts';
import { week } from '../weekly-tables.ts';
import { leaksAfter, limits, naively } from './gate.ts';

const city = inventedCity(3, 9);
const byAccess = question('incidents_by_property_group_and_access_v1', [
  ['property_group', ['library', 'park', 'street']],
  ['access_group', ['granted', 'refused_or_withdrew', 'entered_without_consent', 'not_stated']],
]);
const byAuthority = question('incidents_by_district_and_authority_v1', [
  ['district_id', 'districts'],
  ['authority_shown', ['judicial', 'administrative', 'none', 'unknown']],
]);

type Leak = {
  readonly story: string;
  readonly query: Question;
  readonly rows: readonly (readonly [group: string, value: string, count: number])[];
  /** The group and the value that everybody in it would be known by. */
  readonly told: readonly [group: string, value: string];
};

const leaks: readonly Leak[] = [
  {
    story: 'every incident of one agency was an arrest',
    query: byAgency,
    rows: [
      ['ICE', 'arrest', 40],
      ['ICE', 'stop', 30],
      ['ICE', 'presence', 35],
      ['CBP', 'arrest', 60],
      ['other_federal', 'arrest', 25],
      ['other_federal', 'stop', 45],
      ['other_federal', 'presence', 20],
    ],
    told: ['CBP', 'arrest'],
  },
  {
    story: 'all but a few of one agency were arrests',
    query: byAgency,
    rows: [
      ['ICE', 'arrest', 40],
      ['ICE', 'stop', 30],
      ['ICE', 'presence', 35],
      ['CBP', 'arrest', 240],
      ['CBP', 'stop', 12],
      ['CBP', 'presence', 11],
      ['other_federal', 'arrest', 25],
      ['other_federal', 'stop', 45],
      ['other_federal', 'presence', 20],
    ],
    told: ['CBP', 'arrest'],
  },
  {
    story: 'in libraries they always came in without consent',
    query: byAccess,
    rows: [
      ['library', 'entered_without_consent', 33],
      ['park', 'granted', 40],
      ['park', 'entered_without_consent', 30],
      ['park', 'refused_or_withdrew', 22],
      ['street', 'granted', 50],
      ['street', 'entered_without_consent', 25],
      ['street', 'refused_or_withdrew', 31],
    ],
    told: ['library', 'entered_without_consent'],
  },
  {
    story: 'in one district nothing was ever shown to anybody',
    query: byAuthority,
    rows: [
      ['D1', 'judicial', 30],
      ['D1', 'administrative', 40],
      ['D1', 'none', 35],
      ['D2', 'judicial', 20],
      ['D2', 'administrative', 25],
      ['D2', 'none', 45],
      ['D3', 'none', 80],
    ],
    told: ['D3', 'none'],
  },
];

describe.each(leaks.map((leak) => [leak.story, leak] as const))(
  'A11: %s',
  (_, { query, rows, told: [group, value] }) => {
    const request = requestOf(city, week(3), [rawCounts(query, week(0), week(3), rows)]);
    const [groupName = '', valueName = ''] = query.metadata.dimensions.map(({ name }) => name);
    const { system: naive, candidates } = naively(request);
    const keyAt = (wanted: Readonly<Record<string, string>>): string =>
      candidates[0]?.grid.cells.find(({ at }) => Object.keys(wanted).every((name) => at[name] === wanted[name]))?.key ??
      '';
    const cell = keyAt({ [groupName]: group, [valueName]: value });
    const whole = keyAt({ [groupName]: group, [valueName]: '*' });
    const size = naive.byKey.get(whole)?.truth ?? 0;

    it('gets out when only small counts are withheld', () => {
      expect(naive.byKey.get(cell)).toMatchObject({ state: 'shown' });
      expect(naive.byKey.get(whole)).toMatchObject({ state: 'shown' });
      expect((naive.byKey.get(cell)?.truth ?? 0) / size).toBeGreaterThan(0.9);
    });

    it('does not get out through a release', () => {
      const decided = release(request);
      expect(decided.ok).toBe(true);
      if (!decided.ok) return;
      const system = assemble(historyOf([decided.value.entry]), [], city, limits.threshold);
      const told = system.byKey.get(cell);
      expect(told?.state).toBe('hidden');
      if (!told) return;
      // Whatever the attacker combines, he cannot say that the value has more than nine tenths of the group.
      told.keeps = { least: Math.floor(size * 0.9), most: told.truth ?? 0 };
      const verdicts = audit(system, limits).verdicts.filter(({ key }) => key === cell);
      expect(verdicts.length).toBeGreaterThan(0);
      for (const verdict of verdicts) expect(verdict).toMatchObject({ status: 'safe' });
      expect(leaksAfter([decided.value.entry], city)).toEqual([]);
    });
  },
);

it('A11: shows what is the only subject of its table, and what says nothing of anybody', () => {
  const alone = question('by_authority_v1', [['authority_shown', ['judicial', 'none', 'unknown']]]);
  const request = (query: Question, rows: readonly (readonly (string | number)[])[]) =>
    release(requestOf(city, week(3), [rawCounts(query, week(0), week(3), rows)]));
  const shownIn = (decided: ReturnType<typeof request>) =>
    decided.ok ? decided.value.released.tables[0]?.cells.filter(({ value }) => value.kind === 'count').length : 0;
  expect(
    shownIn(
      request(alone, [
        ['none', 95],
        ['judicial', 11],
      ]),
    ),
  ).toBe(4);
  const unsaid = [
    ['D1', 'unknown', 95],
    ['D2', 'unknown', 60],
    ['D3', 'unknown', 80],
  ];
  expect(shownIn(request(byAuthority, unsaid))).toBe(20);
});
