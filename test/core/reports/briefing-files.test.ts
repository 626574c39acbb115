import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { typesetter as makeTypesetter } from '#adapters/anywhere/typesetter.ts';
import type { Released } from '#core/disclosure/release.ts';
import type { City } from '#core/domain/city.ts';
import { sha256 } from '#core/domain/ids.ts';
import { briefingFiles } from '#core/reports/briefing-files.ts';
import { briefingMessage } from '#core/reports/briefing-message.ts';
import { type Briefing, briefingIn, briefingsOf } from '#core/reports/briefing-model.ts';
import { allowedIn, strayNumbers } from '#core/reports/read-back.ts';
import { fixtureReleased, releasedFrom, repositoryQuestions } from '../../fixtures/released.ts';

const assets = assetsUnder(fileURLToPath(new URL('../../../', import.meta.url)));
const typesetter = makeTypesetter(assets);
const questions = repositoryQuestions();
const decoder = new TextDecoder();
const pdftotext = spawnSync('pdftotext', ['-v']).error === undefined;
if (!pdftotext) process.stdout.write('pdftotext is not installed: the PDF is not read back\n');

let city: City;
let released: Released;
let briefings: readonly Briefing[];
let files: ReadonlyMap<string, Uint8Array>;
const text = (name: string): string => decoder.decode(files.get(name));

beforeAll(async () => {
  ({ city, released } = fixtureReleased());
  briefings = briefingsOf(released, city, questions);
  files = await briefingFiles(released, { city, questions, briefings, assets, typesetter });
});

describe('the files of a briefing', () => {
  it('are exactly those of the published shelf', () => {
    expect([...files.keys()].sort()).toEqual(
      [
        'briefing.es.html',
        'briefing.html',
        'briefing.pdf',
        'datapackage.json',
        'map.svg',
        ...released.tables.map(({ query }) => `${query}.csv`),
      ].sort(),
    );
  });

  it('say on every page, picture and message that generated reports are a sample, and never otherwise', async () => {
    const { ledger: _, ...content } = released;
    const sample = releasedFrom({ ...content, sample: true });
    const told = briefingsOf(sample, city, questions);
    const made = await briefingFiles(sample, { city, questions, briefings: told, assets, typesetter });
    const warnings = /Sample data: generated|Datos de muestra: generados/;
    for (const name of ['briefing.html', 'briefing.es.html', 'map.svg', 'datapackage.json']) {
      expect(decoder.decode(made.get(name)), name).toMatch(warnings);
      expect(text(name), name).not.toMatch(warnings);
    }
    for (const message of briefingMessage(sample, { city, briefings: told, files: made }))
      expect(message.subject).toMatch(warnings);
  });

  it('have the same bytes when they are made again', async () => {
    const again = await briefingFiles(released, {
      city,
      questions,
      briefings,
      assets,
      typesetter: makeTypesetter(assets),
    });
    for (const [name, bytes] of files)
      expect([name, sha256(again.get(name) ?? new Uint8Array())]).toEqual([name, sha256(bytes)]);
  });

  it('describe each CSV by its size and hash', () => {
    const described = JSON.parse(text('datapackage.json')) as {
      resources: { path: string; bytes: number; hash: string; schema: { fields: { name: string }[] } }[];
    };
    expect(described.resources).toHaveLength(released.tables.length);
    for (const { path, bytes, hash, schema } of described.resources) {
      const file = files.get(path) ?? new Uint8Array();
      expect([bytes, hash]).toEqual([file.length, `sha256:${sha256(file)}`]);
      expect(decoder.decode(file).split('\r\n')[0]).toBe(schema.fields.map(({ name }) => name).join(','));
    }
  });

  it('hold every cell of each table in its CSV, withheld ones as withheld', () => {
    for (const { query, cells } of released.tables) {
      const lines = text(`${query}.csv`).trimEnd().split('\r\n').slice(1);
      expect(lines).toHaveLength(cells.length);
      const values = lines.map((line) => line.split(',').at(-1) ?? '').sort();
      const expected = cells.map(({ value }) =>
        value.kind === 'count' ? String(value.count) : value.kind === 'status' ? value.status : 'withheld',
      );
      expect(values).toEqual(expected.sort());
    }
  });

  it.skipIf(!pdftotext)('say no number in the PDF that was not released', () => {
    const folder = mkdtempSync(join(tmpdir(), 'briefing-'));
    writeFileSync(join(folder, 'briefing.pdf'), files.get('briefing.pdf') ?? '');
    const read = spawnSync('pdftotext', ['-raw', join(folder, 'briefing.pdf'), '-'], { encoding: 'utf8' }).stdout;
    rmSync(folder, { recursive: true });
    const both = briefings.map((briefing) => allowedIn(released, briefing));
    const pages = read.split('\f').length - 1;
    const allowed = {
      numbers: new Set(both.flatMap(({ numbers }) => [...numbers])),
      asides: [
        ...both.flatMap(({ asides }) => asides),
        ...Array.from({ length: pages }, (_, page) => `${page + 1} / ${pages}`),
      ],
    };
    expect(read).toContain('Informe semanal'.toUpperCase());
    // A line may break inside a date or a hash; joined lines are read as well as broken ones.
    expect(strayNumbers(read.replace(/-\n/g, ''), allowed)).toEqual([]);
  });
});

describe('a briefing page', () => {
  const pages = [
    ['briefing.html', 'en', 'briefing.es.html'],
    ['briefing.es.html', 'es', 'briefing.html'],
  ] as const;

  it.each(pages)('%s stands alone: no script, no request, styles by their hash', (name) => {
    const page = text(name);
    expect(page).not.toMatch(/<script|<link|<iframe|<img|\sstyle="|\son[a-z]+="|@import/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|url\((?!data:|#)/);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it.each(pages)('%s is built for every reader', (name, language, other) => {
    const page = text(name);
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain('<a class="skip" href="#main">');
    expect(page).toContain(`href="${other}"`);
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
    const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map((match) => Number(match[1]));
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    const tables = page.match(/<table/g) ?? [];
    expect(page.match(/<caption/g)).toHaveLength(tables.length);
    expect(page).not.toMatch(/<th(?! scope=)[ >]/);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(target);
    for (const [svg] of page.matchAll(/<svg[^>]*role="img"[^>]*>.{0,20}/g)) expect(svg).toContain('<title>');
  });

  it('tells zero from silence and says that withheld is not zero', () => {
    expect(text('briefing.html')).toContain('Did not report');
    expect(text('briefing.html')).toContain('Withheld is not zero, and silence is not zero.');
    expect(text('briefing.es.html')).toContain('Reservado no es cero, y el silencio no es cero.');
  });

  it('still reads well when the total of the latest week is withheld', async () => {
    const held = fixtureReleased({ latestWithheld: true });
    const briefing = briefingIn('en', held.released, held.city, questions);
    expect(briefing.headline.figure).toBe('Withheld');
    expect(briefing.headline.facts.join(' ')).toContain('Withheld does not mean zero');
    expect(briefing.headline.facts.join(' ')).not.toMatch(/than the week before|four weeks/);
  });
});

describe('the map file', () => {
  it('names no cell, no id and no place', () => {
    const map = text('map.svg');
    expect([...map.matchAll(/\s(?:id|class|data-[a-z]+)="([^"]*)"/g)].map((match) => match[1])).toEqual([
      'map-withheld',
      'map-city',
    ]);
    for (const { cells } of released.tables.flatMap(({ regions }) => regions ?? []))
      for (const cell of cells) expect(map).not.toContain(cell);
  });
});

describe('the mail', () => {
  it('carries both languages and the PDF, and no number that was not released', () => {
    const [message] = briefingMessage(released, { city, briefings, files });
    expect(message?.to).toEqual(city.mail.briefingTo);
    expect(message?.attachments[0]?.content).toBe(files.get('briefing.pdf'));
    expect(message?.text).toMatch(/incidents reported[\s\S]*incidentes reportados/);
    const allowed = briefings.map((briefing) => allowedIn(released, briefing));
    const both = {
      numbers: new Set(allowed.flatMap(({ numbers }) => [...numbers])),
      asides: allowed.flatMap(({ asides }) => asides),
    };
    expect(strayNumbers(message?.text ?? '', both)).toEqual([]);
  });

  it('is sent to nobody when nobody receives it', () => {
    const silent = { ...city, mail: { ...city.mail, briefingTo: [] } };
    expect(briefingMessage(released, { city: silent, briefings, files })).toEqual([]);
  });
});
