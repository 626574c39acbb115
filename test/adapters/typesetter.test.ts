import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { typesetter as makeTypesetter } from '#adapters/anywhere/typesetter.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const typesetter = makeTypesetter(assetsUnder(root));
const date = '2026-11-23T14:00:07.000Z' as Instant;
const head = `#set document(title: "X", date: datetime(year: 2026, month: 11, day: 23))
#set text(font: "Public Sans", fallback: false, lang: "es")
`;
const set = (source: string, standard: 'ua-1' | 'a-3a' = 'ua-1', more: [string, string][] = []) =>
  typesetter.pdf({
    main: '/main.typ',
    files: new Map([
      ['/main.typ', Buffer.from(head + source)],
      ...more.map(([path, text]) => [path, Buffer.from(text)] as const),
    ]),
    standard,
    date,
  });

describe('the typesetter', () => {
  it('sets the same document to the same bytes, also in another process and zone', async () => {
    const source = '= Informe ñ á é ¿qué? “citas” ≥ 11, 1–10';
    const pdf = await set(source);
    expect(sha256(await set(source))).toBe(sha256(pdf));
    const script = `
      import { assets } from '#adapters/anywhere/assets.ts';
      import { typesetter } from '#adapters/anywhere/typesetter.ts';
      import { sha256 } from '#core/domain/ids.ts';
      const pdf = await typesetter(assets('.')).pdf({ main: '/main.typ', standard: 'ua-1', date: '${date}',
        files: new Map([['/main.typ', Buffer.from(${JSON.stringify(head + source)})]]) });
      process.stdout.write(sha256(pdf));`;
    const other = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: root,
      env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'ja_JP.UTF-8' },
      encoding: 'utf8',
    });
    expect([other.stdout, other.status]).toEqual([sha256(pdf), 0]);
  });

  it('attaches files under PDF/A-3a', async () => {
    const pdf = await set(
      '#pdf.attach("/a.csv", relationship: "data", mime-type: "text/csv", description: "Datos")\n= A',
      'a-3a',
      [['/a.csv', 'a,b\r\n1,2\r\n']],
    );
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it.each([
    ['a warning', '#set text(font: "No Such Font")\n= A'],
    ['a missing glyph', '= A\n漢'],
    [
      'a picture without words for it',
      '= A\n#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\"/>"))',
    ],
    ['a skipped heading level', '= A\n=== B'],
    ['a file from the disk', '#read("/etc/passwd")'],
    ['an error', '#nothing-like-this'],
  ])('takes %s for a fault', async (_, source) => {
    await expect(set(source)).rejects.toThrow();
  });

  it('forgets the files of the document before', async () => {
    await set('= #read("/secret.txt")', 'ua-1', [['/secret.txt', 'secret']]);
    await expect(set('= #read("/secret.txt")')).rejects.toThrow();
  });
});

describe('assets', () => {
  it('stay inside the program', async () => {
    const assets = assetsUnder(root);
    expect(await assets.list('web/briefing')).toEqual(['briefing.css', 'briefing.typ']);
    await expect(assets.text('../x')).rejects.toThrow();
    await expect(assets.text('/etc/passwd')).rejects.toThrow();
    await expect(assets.text('web/briefing/none.css')).rejects.toThrow(/none[.]css/);
  });
});
