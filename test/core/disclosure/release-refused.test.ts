import { describe, expect, it } from 'vitest';
import { chained, chainFault } from '#core/disclosure/ledger-chain.ts';
import { release, reopen } from '#core/disclosure/release.ts';
import type { Instant } from '#core/domain/instant.ts';
import { byAgency, entryOf, inventedCity, question, rawCounts, requestOf } from './fixture.ts';
import { week, weekly } from './weekly-tables.ts';

const city = inventedCity(3, 9);

describe('a release is refused', () => {
  const good = () =>
    requestOf(city, week(1), [
      weekly(0, [
        [40, 30, 20],
        [25, 20, 15],
      ]),
    ]);
  it.each([
    ['without a policy', { ...good(), policyText: undefined }],
    ['with an unreadable policy', { ...good(), policyText: 'threshold: 11' }],
    ['before the lag is over', { ...good(), approvedAt: `${week(3)}T00:00:00.000Z` as Instant }],
    [
      'when places are crossed with something else',
      {
        ...good(),
        tables: [
          rawCounts(
            question(
              'x_v1',
              [
                ['h3_cell', 'h3'],
                ['agency_group', 'open'],
              ],
              'map',
            ),
            week(0),
            week(1),
            [],
          ),
        ],
      },
    ],
    [
      'when a question is not for release',
      {
        ...good(),
        tables: [
          rawCounts({ ...byAgency, metadata: { ...byAgency.metadata, audience: 'legal' } }, week(0), week(1), []),
        ],
      },
    ],
  ])('%s', (_, request) => {
    expect(release(request)).toMatchObject({ ok: false, problem: { code: 'RELEASE_REFUSED' } });
  });

  it('when an entry of the ledger was changed', () => {
    const first = entryOf(good());
    const forged = {
      ...first,
      sealed: { ...first.sealed, truths: { ...first.sealed.truths, 'incidents@|x=1|always': 12 } },
    };
    expect(release({ ...requestOf(city, week(2), [weekly(2, [[40, 30, 20]])]), ledger: [forged] })).toMatchObject({
      ok: false,
    });
    expect(chainFault([first])).toBeUndefined();
    expect(chainFault([forged])).toContain('changed');
    expect(chainFault([{ ...first, seq: 2 }])).toContain('missing');
    const { hash: _, evidence: __, ...rest } = { ...first, previous: first.hash };
    expect(chainFault([chained(rest)])).toContain('follow');
  });
});

describe('a standing entry', () => {
  it('opens again to the same release, and not after a change', () => {
    const decided = release(
      requestOf(city, week(1), [
        weekly(0, [
          [40, 30, 20],
          [25, 20, 15],
        ]),
      ]),
    );
    if (!decided.ok) throw new Error('refused');
    const { entry, released } = decided.value;
    expect(reopen(entry)).toEqual(released);
    expect(() => reopen({ ...entry, content: { ...entry.content, software: 'other' } })).toThrow('never changed');
    expect(() => reopen(entry, entry.hash)).toThrow('follows');
  });
});
