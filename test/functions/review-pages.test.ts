/** The privacy officer's pages, over a ledger of real releases: what they say, whom they open for, and what they never say. */
import { describe, expect, it } from 'vitest';
import { exhibitEntry } from '#core/disclosure/exhibit-entry.ts';
import { chained } from '#core/disclosure/ledger-chain.ts';
import type { LedgerEntry, LedgerRecord } from '#core/disclosure/ledger-entry.ts';
import { type ExhibitId, sha256 } from '#core/domain/ids.ts';
import {
  byMap,
  entryOf,
  incidentsOf,
  inventedCity,
  weekByDistrict,
  weeklyRequest,
} from '../core/disclosure/fixture.ts';
import { at } from './pull-reports-ports.ts';
import { portalWorld } from './show-portal-ports.ts';

const city = inventedCity();
const incidents = incidentsOf(city, 40, 120, 3, 0.06);
const entries: LedgerEntry[] = [];
for (const week of [27, 28]) entries.push(entryOf(weeklyRequest(city, incidents, week, entries)));
const shownAgain = { exhibit: 'exh_1' as ExhibitId, seq: 1, query: weekByDistrict.name, code: sha256('test') };
entries.push(exhibitEntry(entries, { ...shownAgain, approvedAt: at('2026-03-20T12:00:00Z') }));
const linkOf = ({ sealed: _, ...link }: LedgerEntry): LedgerRecord => link;
const links = entries.map(linkOf);

const worldOf = (records: readonly LedgerRecord[]) => portalWorld({ ledger: { records: async () => records } });
const pageOf = async (path: string, records: readonly LedgerRecord[] = links) =>
  (await worldOf(records).get(path, 'privacy')).text();
const words = (page: string): string =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#\d+;|&\w+;/g, ' ')
    .replace(/\s+/g, ' ');

describe('the pages of the privacy officer', () => {
  it('open for their own scope and no other, and leave an audit record first', async () => {
    const { get, records } = worldOf(links);
    for (const path of ['/protection', '/protection/1']) {
      expect((await get(path)).status).toBe(401);
      for (const client of ['legal', 'mayor', 'dept-lib']) expect((await get(path, client)).status).toBe(403);
      expect((await get(path, 'privacy')).status).toBe(200);
    }
    expect(records.map(({ client, action, what, count }) => [client, action, what, count])).toEqual([
      ['privacy', 'review:read', { entries: 'all' }, 3],
      ['privacy', 'review:read', { release: entries[0]?.content.id }, 1],
    ]);
  });

  it('show nothing when the record cannot be written', async () => {
    const audit = { append: () => Promise.reject(new Error('full')), list: async () => ({ items: [] }) };
    const { get } = portalWorld({ audit, ledger: { records: async () => links } });
    for (const path of ['/protection', '/protection/1']) {
      const answer = await get(path, 'privacy');
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toContain(String(entries[0]?.hash));
    }
  });

  it('list every entry, newest first, with an exhibit as what it is', async () => {
    const page = words(await pageOf('/protection'));
    expect(page).toContain('The chain holds: all 3 entries are as they were written');
    expect(page).toContain('Exhibit of entry 1: Incidents by week and area');
    expect(page.indexOf('Exhibit of entry 1')).toBeLessThan(page.indexOf(String(entries[0]?.content.id)));
    expect(page).toContain(links[0]?.content.policy.sha256);
  });

  it('tell of a release what was withheld, how it was attacked and how close each attacker came', async () => {
    const page = words(await pageOf('/protection/2'));
    const { review, content } = links[1] ?? {};
    for (const { query } of content?.tables ?? [])
      expect(page).toContain(
        query
          .replace(/_v\d+$/, '')
          .replaceAll('_', ' ')
          .slice(1),
      );
    expect(page).toContain(`${review?.equations.toLocaleString('en-US')} equations`);
    expect(page).toContain('with the numbers of 1 earlier release');
    for (const name of [
      'A careful reader',
      'A witness, or a reader of the press',
      'Building other tables',
      'Late records',
    ])
      expect(page).toContain(name);
    expect(page).toMatch(/each keeps 6 or more/);
    expect(page).toMatch(/Building other tables: \d/);
    expect(page).toContain(String(links[1]?.certificate));
  });

  it('say nothing of which cell is small, nor any count that is withheld', async () => {
    for (const [at, entry] of entries.slice(0, 2).entries()) {
      const page = await pageOf(`/protection/${at + 1}`);
      for (const key of Object.keys(entry.sealed.truths)) expect(page).not.toContain(key);
      // Other truths under the same links: the page is the same, because it cannot see them.
      const others = { ...entry, sealed: { ...entry.sealed, truths: {} } };
      expect(await pageOf(`/protection/${at + 1}`, links.with(at, linkOf(others)))).toBe(page);
    }
  });

  it('tell what an entry of an earlier form has, and that the rest was not kept', async () => {
    const [first] = entries;
    if (!first) throw new Error('there is a release');
    const { hash: _, evidence: __, review, ...link } = first;
    const { attacks = [], unknowns = 0, equations = 0, rounds = 0, givenUp = [], inherited = 0 } = review ?? {};
    const short = {
      attacks: attacks.map(({ settled, ...attack }) => attack),
      unknowns,
      equations,
      rounds,
      givenUp,
      inherited,
    };
    const page = words(await pageOf('/protection/1', [linkOf(chained({ ...link, review: short }))]));
    expect(page).toMatch(/each keeps 6 or more/);
    expect(page).toContain('not kept');
    const bare = words(await pageOf('/protection/1', [linkOf(chained(link))]));
    expect(bare).toContain('before summaries of the attacks were kept');
  });

  it('raise an alarm when the chain is broken', async () => {
    const changed = links.with(0, { ...(links[0] as LedgerRecord), code: sha256('another program') });
    for (const path of ['/protection', '/protection/2']) {
      const page = await pageOf(path, changed);
      expect(page).toContain('role="alert"');
      expect(page).toContain('entry 1 of the release ledger was changed after it was written');
    }
  });

  it('know no other entry, and say so when there is none at all', async () => {
    const { get } = worldOf(links);
    for (const path of ['/protection/0', '/protection/3', '/protection/4', '/protection/01', '/protection/x'])
      expect((await get(path, 'privacy')).status).toBe(404);
    expect(await pageOf('/protection', [])).toContain('Nothing has been released yet');
  });

  it('tell how coarse the map is', async () => {
    const page = words(await pageOf('/protection/1'));
    expect(links[0]?.review?.tables?.find(({ query }) => query === byMap.name)?.map).toBeDefined();
    expect(page).toMatch(/The city is told in \d+ regions and a remainder/);
  });
});
