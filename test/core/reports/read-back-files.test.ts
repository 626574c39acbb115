/** Leaks of the classes A9, A15 and A16, planted in files that are otherwise good: each must stop the publication. */
import { describe, expect, it } from 'vitest';
import { assets as assetFiles } from '#adapters/anywhere/assets.ts';
import { typesetter as makeTypesetter } from '#adapters/anywhere/typesetter.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { briefingFiles } from '#core/reports/briefing-files.ts';
import { briefingsOf, byName } from '#core/reports/briefing-model.ts';
import { allowedIn } from '#core/reports/read-back.ts';
import { csvFault, pdfStrays } from '#core/reports/read-back-files.ts';
import { packageFault } from '#core/reports/read-back-package.ts';
import { fixtureReleased } from '../../fixtures/released.ts';

const assets = assetFiles(process.cwd());
const questions = await readQuestions(assets);
const { city, released } = fixtureReleased({ weeks: 8 });
const briefings = briefingsOf(released, city, questions);
const typesetter = makeTypesetter(assets);
const files = await briefingFiles(released, { city, questions, briefings, assets, typesetter });
const text = (name: string) => new TextDecoder().decode(files.get(name));
const table = released.tables.find(({ cells }) => cells.some(({ value }) => value.kind === 'withheld'));
if (!table) throw new Error('the fixture withholds something');
const csv = text(`${table.query}.csv`);
const lines = csv.split('\r\n');
const withheldAt = lines.findIndex((line) => line.endsWith(',withheld'));

describe('a data file', () => {
  it('passes as it is made', () => {
    expect(csvFault(csv, table)).toBeUndefined();
  });

  it.each([
    ['A9: a withheld count is filled in', lines.with(withheldAt, (lines[withheldAt] ?? '').replace(/withheld$/, '7'))],
    ['A15: lines stand in another order', [lines[0] ?? '', ...lines.slice(1, -1).reverse(), '']],
    ['A15: two lines change places', lines.with(1, lines[2] ?? '').with(2, lines[1] ?? '')],
    ['A15: a column is added', lines.map((line, at) => (line === '' ? line : `${line},${at === 0 ? 'note' : '7'}`))],
    ['A16: the line of a withheld count is left out', lines.toSpliced(withheldAt, 1)],
    ['A16: a line stands twice', lines.toSpliced(2, 0, lines[1] ?? '')],
  ])('is refused when %s', (_, changed) => {
    expect(csvFault(changed.join('\r\n'), table)).toBeDefined();
  });
});

describe('the description of the data', () => {
  const description = text('datapackage.json');
  it('passes as it is made', () => {
    expect(packageFault(description, released, files, byName(questions))).toBeUndefined();
  });

  it.each([
    [
      'A9: says how many were withheld',
      (text: string) => text.replace('"profile":', '"small_cells": 17,\n  "profile":'),
    ],
    [
      'A15: describes a column in its own way',
      (text: string) => text.replace('"required": true', '"required": true, "maximum": 7'),
    ],
    [
      'names another agency file than the one that counts',
      (text: string) =>
        text.replace(/("hash": "sha256:)[0-9a-f]{64}(",\s*"standing": "counted")/, `$1${'0'.repeat(64)}$2`),
    ],
    [
      'keeps silent about the agency files',
      (text: string) =>
        text.replace(
          '"sources": [\n        {\n          "title": "Agency',
          '"left_out": [\n        {\n          "title": "Agency',
        ),
    ],
    [
      'calls a withdrawn file counted',
      (text: string) => text.replace('"standing": "withdrawn"', '"standing": "counted"'),
    ],
    ['A15: names another release', (text: string) => text.replace(released.ledger.hash, 'f'.repeat(64))],
    [
      'A15: gives a file another hash',
      (text: string) => text.replace(/sha256:[0-9a-f]{64}/, `sha256:${'0'.repeat(64)}`),
    ],
  ])('is refused when it %s', (_, edit) => {
    expect(packageFault(edit(description), released, files, byName(questions))).toBeDefined();
  });
});

describe('the print', () => {
  const allowed = briefings.map((briefing) => allowedIn(released, briefing));
  const asides = allowed.flatMap(({ asides }) => asides);
  const numbers = new Set(allowed.flatMap(({ numbers }) => [...numbers]));
  const pdf = files.get('briefing.pdf') ?? new Uint8Array();

  it('passes as it is set', async () => {
    expect(await pdfStrays(pdf, { numbers, asides })).toEqual([]);
  });

  it('is refused when it says a number that was not released (A9)', async () => {
    const shown = [...numbers].filter((number) => number > 100);
    const without = new Set([...numbers].filter((number) => number !== shown[0]));
    expect(shown.length).toBeGreaterThan(0);
    expect((await pdfStrays(pdf, { numbers: without, asides })).length).toBeGreaterThan(0);
  });
});
