import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assets as assetFiles } from '#adapters/anywhere/assets.ts';
import { typesetter } from '#adapters/anywhere/typesetter.ts';
import { reproductionFault } from '#core/disclosure/exhibit-entry.ts';
import { chainFault } from '#core/disclosure/ledger-chain.ts';
import type { LedgerRecord } from '#core/disclosure/ledger-entry.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { Principal } from '#core/domain/principal.ts';
import { accept, refuse } from '#core/domain/problem.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import type { AuditRecord } from '#core/ports.ts';
import { type SealExhibitPorts, sealExhibit } from '#functions/seal-exhibit/seal-exhibit.ts';
import { manifestFaults } from '../fixtures/checksums.ts';
import { entryOf, fixtureReleased } from '../fixtures/released.ts';

const legal: Principal = { clientId: 'legal', scopes: ['exhibits/seal'] };
const mayor: Principal = { clientId: 'mayors-office', scopes: ['releases/read'] };
const assets = assetFiles(process.cwd());
const press = typesetter(assets);
const questions = await readQuestions(assets);
const { city, released } = fixtureReleased({ weeks: 8 });
const { ledger: _, ...content } = released;
const entry = entryOf(content);

function world(more: Partial<SealExhibitPorts> = {}) {
  const order: string[] = [];
  const links: LedgerRecord[] = [entry];
  const records: AuditRecord[] = [];
  const bundles = new Map<string, ReadonlyMap<string, Uint8Array>>();
  const ports: SealExhibitPorts = {
    city,
    questions,
    assets,
    typesetter: press,
    versions: { 'query engine': 'test 1' },
    code: sha256('test'),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    clock: { now: () => '2026-11-23T10:00:00.000Z' as Instant },
    ids: { random: () => `audit-${records.length}` },
    tokens: {
      verify: async (header) => {
        const found = [legal, mayor].find(({ clientId }) => header === `Bearer ${clientId}`);
        return found ? accept(found) : refuse(header ? 'AUTH_INVALID' : 'AUTH_MISSING');
      },
    },
    ledger: {
      records: async () => links,
      append: async (link) => {
        order.push('ledger');
        links.push(link);
        return true;
      },
    },
    shelf: {
      place: async () => {},
      releases: async () => [],
      read: async (key) => (key.endsWith('.csv') ? new TextEncoder().encode(`published ${key}\r\n`) : undefined),
    },
    sealed: {
      place: async (id, files) => {
        order.push('seal');
        bundles.set(id, files);
        return { path: `sealed/${id}` };
      },
      list: async () => [],
    },
    engine: {
      run: async ({ name }) => {
        order.push(`ask ${name}`);
        return {
          columns: [{ name: 'report_id', type: 'varchar' }],
          rows: [['=rep_1']],
          execution: 'e',
          engine: 'test',
        };
      },
    },
    audit: {
      append: async (record) => {
        order.push('audit');
        records.push(record);
      },
      list: async () => ({ items: records }),
    },
    ...more,
  };
  const app = sealExhibit(ports);
  const send = (body: unknown, client = 'legal') =>
    app.request('/v1/exhibits', {
      method: 'POST',
      headers: { authorization: `Bearer ${client}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { send, order, records, bundles, links };
}

const good = {
  release_id: released.id,
  query: 'incidents_by_week_and_area_v1',
  matter: '2:26-cv-00001',
  purpose: 'Motion for a preliminary injunction',
};

describe('an exhibit of FOIA records', () => {
  it('names every agency file by release and hash, and lists them for inspection', async () => {
    const { send, bundles, order } = world();
    const answer = await send({ ...good, query: 'foia_records_by_month_and_category_v1', availability_set: true });
    expect(answer.status).toBe(201);
    const files = [...bundles.values()][0] ?? new Map();
    const text = (name: string) => new TextDecoder().decode(files.get(name));
    const named = released.tables.flatMap(({ foiaFiles }) => foiaFiles ?? []);
    expect(named).toHaveLength(4);
    const lines = text('availability-set.csv').trim().split('\r\n');
    expect(lines).toHaveLength(1 + named.length);
    for (const { file, release, standing } of named) {
      expect(text('manifest.json')).toContain(`"hash": "sha256:${file}"`);
      expect(lines.filter((line) => line.startsWith(`${release},${file},${standing},`))).toHaveLength(1);
    }
    expect(order).not.toContain('ask underlying_reports_v1');
  });
});

describe('sealing an exhibit', () => {
  it('enters the exhibit in the ledger once, as a table that was released already', async () => {
    const { send, links } = world();
    await send(good);
    await send(good);
    expect(links).toHaveLength(2);
    expect(links[1]).toMatchObject({
      channels: ['exhibit'],
      content: { tables: [] },
      reproduces: { seq: 1, query: good.query },
    });
    expect(chainFault(links)).toBeUndefined();
    expect(links.flatMap((link) => reproductionFault(link, links) ?? [])).toEqual([]);
  });

  it('writes the audit record before the bundle and answers what was sealed', async () => {
    const { send, order, records, bundles } = world();
    const response = await send(good);
    expect(response.status).toBe(201);
    const answer = (await response.json()) as { id: string; path: string; files: string[] };
    expect(order).toEqual(['audit', 'ledger', 'seal']);
    expect(records).toMatchObject([
      {
        client: 'legal',
        action: 'exhibit:sealed',
        matter: good.matter,
        purpose: good.purpose,
        what: { exhibit: answer.id, query: good.query },
      },
    ]);
    expect([...(bundles.get(answer.id)?.keys() ?? [])].sort()).toEqual(answer.files);
    expect(answer.files).toEqual([
      'exhibit.pdf',
      'manifest.json',
      'manifest.sha256',
      'query.sql',
      'release.json',
      'table.csv',
      'verify.md',
    ]);
  });

  it('seals the same bytes under the same id when asked again', async () => {
    const [first, second] = [world(), world()];
    await first.send(good);
    await second.send({ ...good, purpose: 'Another hearing' });
    expect([...second.bundles.keys()]).toEqual([...first.bundles.keys()]);
    const [a, b] = [...first.bundles.values(), ...second.bundles.values()];
    expect([...(a?.values() ?? [])].map((bytes) => Buffer.from(bytes).toString('base64'))).toEqual(
      [...(b?.values() ?? [])].map((bytes) => Buffer.from(bytes).toString('base64')),
    );
  });

  it('makes a bundle that sha256sum accepts and a PDF/A-3a with the table attached', async () => {
    const { send, bundles } = world();
    await send(good);
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
    try {
      const [files] = bundles.values();
      for (const [name, bytes] of files ?? []) writeFileSync(join(folder, name), bytes);
      expect(manifestFaults(folder)).toEqual([]);
      const pdf = Buffer.from(files?.get('exhibit.pdf') ?? []).toString('latin1');
      expect(pdf).toContain('pdfaid:part>3');
      expect(pdf).toContain('/AFRelationship /Data');
      expect(Buffer.from(files?.get('table.csv') ?? []).toString()).toBe(
        `published ${released.id}/${good.query}.csv\r\n`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('adds the availability set only when asked, with formulas disarmed', async () => {
    const { send, bundles, order } = world();
    await send({ ...good, availability_set: true });
    const [files] = bundles.values();
    expect(order).toEqual(['audit', 'ask underlying_reports_v1', 'ledger', 'seal']);
    expect(new TextDecoder().decode(files?.get('availability-set.csv'))).toBe('report_id\r\n"\'=rep_1"\r\n');
  });

  it('seals nothing when the audit record cannot be written', async () => {
    const { send, bundles } = world({
      audit: {
        append: async () => {
          throw new Error('the trail is full');
        },
        list: async () => ({ items: [] }),
      },
    });
    expect((await send(good)).status).toBe(500);
    expect(bundles.size).toBe(0);
  });

  it.each([
    ['a client without the scope', good, 'mayors-office', 403],
    ['an unknown client', good, 'nobody', 401],
    ['a release that is not there', { ...good, release_id: 'week-1999-01-04' }, 'legal', 404],
    ['a table the release does not hold', { ...good, query: 'nothing_v1' }, 'legal', 404],
    ['a request without a matter', { ...good, matter: undefined }, 'legal', 400],
    ['a purpose that holds a record number of a person', { ...good, purpose: 'About A-123-456-789' }, 'legal', 400],
    ['an unknown field', { ...good, narrative: 'x' }, 'legal', 400],
    ['a label that is no letter', { ...good, label: '../../x' }, 'legal', 400],
  ])('refuses %s', async (_name, body, client, status) => {
    const { send, bundles, records } = world();
    const response = await send(body, client);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(bundles.size + records.length).toBe(0);
  });
});
