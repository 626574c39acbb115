/** Leaks planted in pages, pictures, prints and descriptions that are otherwise good (A9, A15, A16): each must stop the publication. */
import { describe, expect, it } from 'vitest';
import { assets as assetFiles } from '#adapters/anywhere/assets.ts';
import { typesetter as makeTypesetter } from '#adapters/anywhere/typesetter.ts';
import type { CalendarDate } from '#core/domain/instant.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { briefingFiles } from '#core/reports/briefing-files.ts';
import { briefingsOf, byName } from '#core/reports/briefing-model.ts';
import { styleOf } from '#core/reports/briefing-page.ts';
import { chartFault } from '#core/reports/read-back-pages.ts';
import { releaseFault } from '#core/reports/read-back-release.ts';
import { weeklySeries } from '#core/reports/weekly-series.ts';
import { fixtureReleased } from '../../fixtures/released.ts';

const assets = assetFiles(process.cwd());
const typesetter = makeTypesetter(assets);
const questions = await readQuestions(assets);
const { city, released } = fixtureReleased({ weeks: 12 });
const briefings = briefingsOf(released, city, questions);
const files = await briefingFiles(released, { city, questions, briefings, assets, typesetter });
const by = {
  city,
  questions: byName(questions),
  briefings,
  style: styleOf({
    css: await assets.text('web/briefing/briefing.css'),
    fonts: {
      regular: await assets.bytes('web/fonts/PublicSans-Regular.woff2'),
      bold: await assets.bytes('web/fonts/PublicSans-Bold.woff2'),
    },
  }),
};
const text = (name: string) => new TextDecoder().decode(files.get(name));
/** The release with one file changed; a change that changes nothing is a mistake of the test. */
function withChanged(name: string, edit: (text: string) => string): ReadonlyMap<string, Uint8Array> {
  const changed = edit(text(name));
  if (changed === text(name)) throw new Error(`nothing was planted in ${name}`);
  return new Map(files).set(name, new TextEncoder().encode(changed));
}
const fault = (name: string, edit: (text: string) => string) => releaseFault(withChanged(name, edit), released, by);

/** A row of the agency table with something withheld, and a count that is released elsewhere. */
const elsewhere = String(
  released.tables[1]?.cells.flatMap(({ value }) => (value.kind === 'count' && value.count > 10 ? value.count : []))[3],
);

describe('a release that is read back', () => {
  it('passes as it is made', async () => {
    expect(await releaseFault(files, released, by)).toBeUndefined();
  });

  it('holds no file that nothing reads', async () => {
    const more = new Map(files).set('notes.txt', new TextEncoder().encode('nothing'));
    expect(await releaseFault(more, released, by)).toBe('notes.txt is a file that nothing reads back');
  });

  it.each([
    [
      'A9: a withheld cell of a table says a number that was released elsewhere',
      (page: string) => page.replace(/<td class="withheld">[^<]*<\/td>/, `<td class="count">${elsewhere}</td>`),
    ],
    [
      'A9: a withheld cell looks like a count',
      (page: string) => page.replace('<td class="withheld">', '<td class="count">'),
    ],
    [
      'A9: a sentence says a number that was not released',
      (page: string) => page.replace('</main>', '<p>7 of them were small.</p></main>'),
    ],
    [
      'A15: two rows change places',
      (page: string) =>
        page.replace(
          /(<tr><th scope="row">[^<]*<\/th>(?:<td[^>]*>[^<]*<\/td>)+<\/tr>)(<tr><th scope="row">[^<]*<\/th>(?:<td[^>]*>[^<]*<\/td>)+<\/tr>)/g,
          '$2$1',
        ),
    ],
    ['A15: a comment tells it', (page: string) => page.replace('</main>', '<!-- small: 7 --></main>')],
    [
      'A15: an attribute tells it',
      (page: string) => page.replace('<td class="withheld">', '<td class="withheld" data-count="7">'),
    ],
    ['A15: a class tells it', (page: string) => page.replace('<td class="withheld">', '<td class="withheld n7">')],
    [
      'A15: a class without a number tells small from protecting',
      (page: string) => page.replace('<td class="withheld">', '<td class="withheld primary">'),
    ],
    ['A15: an id tells it', (page: string) => page.replace('id="tables"', 'id="tables-7"')],
    ['A15: a link tells it', (page: string) => page.replace('href="briefing.pdf"', 'href="briefing.pdf?7"')],
    ['A15: a hidden element tells it', (page: string) => page.replace('</main>', '<template>7</template></main>')],
    [
      'A15: a description for search engines tells it',
      (page: string) => page.replace('</title>', '</title><meta name="description" content="7 small">'),
    ],
    ['A15: the style tells it', (page: string) => page.replace('</style>', 'td:nth-child(7){color:#7}</style>')],
    [
      'A16: a row of a withheld count is left out',
      (page: string) =>
        page.replace(
          /<tr><th scope="row">[^<]*<\/th>(?:<td class="count">[^<]*<\/td>)*<td class="withheld">.*?<\/tr>/,
          '',
        ),
    ],
    [
      'A16: a table is told twice',
      (page: string) =>
        page.replace('<section aria-labelledby="protection">', '<section aria-labelledby="protection"><table></table>'),
    ],
  ])('is refused when in its page %s', async (_, edit) => {
    expect(await fault('briefing.html', edit)).toMatch(/^briefing\.html /);
  });

  it.each([
    [
      'A9: a withheld region says a count of another one',
      (svg: string) => svg.replace(/(<text [^>]*font-size="\d+\.\d"[^>]*>)([^<]*)(<\/text>)/, '$1$2$3$1$2$3'),
    ],
    [
      'A9: a label says another number',
      (svg: string) => svg.replace(/(<text [^>]*font-size="\d+\.\d"[^>]*>)[^<]*(<\/text>)/, '$17$2'),
    ],
    ['A15: a region bears a name', (svg: string) => svg.replace('<path d=', '<path id="r-7" d=')],
    ['A15: it carries data of its own', (svg: string) => svg.replace('<desc>', '<metadata>7</metadata><desc>')],
    ['A15: a title says it on hovering', (svg: string) => svg.replace('<path d=', '<title>7</title><path d=')],
    ['A15: a comment tells it', (svg: string) => svg.replace('<desc>', '<!-- 7 --><desc>')],
  ])('is refused when in its map %s', async (_, edit) => {
    expect(await fault('map.svg', edit)).toMatch(/^map\.svg /);
  });

  it.each([
    [
      'A9: says in words how many were withheld',
      (json: string) => json.replace('"description": "', '"description": "17 small. '),
    ],
    ['A15: marks a table', (json: string) => json.replace('"profile":', '"complementary": true,\n  "profile":')],
    ['A15: names a version of its own', (json: string) => json.replace(/"software": "/, '"software": "build 7 of ')],
  ])('is refused when the description of its data %s', async (_, edit) => {
    expect(await fault('datapackage.json', edit)).toMatch(/^datapackage\.json /);
  });

  const printed = (source: string) =>
    typesetter.pdf({
      main: '/main.typ',
      files: new Map([
        ['/main.typ', new TextEncoder().encode(source)],
        ['/small.csv', new TextEncoder().encode('7')],
      ]),
      standard: 'ua-1',
      date: released.approvedAt,
    });
  const day = released.approvedAt.slice(0, 10) as CalendarDate;
  const [year, month, date] = day.split('-').map(Number);
  const set = (more: string) => `title: "Report", date: datetime(year: ${year}, month: ${month}, day: ${date})${more}`;
  const sheet = '#set text(lang: "en", font: "Public Sans", fallback: false)\n';

  it.each([
    [
      'A15: carries an attachment',
      `#set document(${set('')})\n${sheet}#pdf.attach("/small.csv", relationship: "data", mime-type: "text/csv", description: "x")\n= Report`,
    ],
    [
      'A15: bears the date of another day',
      `#set document(title: "Report", date: datetime(year: 2020, month: 1, day: 7))\n${sheet}= Report`,
    ],
    ['A15: says it in its keywords', `#set document(${set(', keywords: "7 small"')})\n${sheet}= Report`],
    ['A15: says it in a bookmark', `#set document(${set('')})\n${sheet}= Report\n#show heading: none\n== 7 small`],
    [
      'A15: says it to a screen reader',
      `#set document(${set('')})\n${sheet}= Report\n#figure(rect[Picture], alt: "7 small")`,
    ],
    ['A9: says it on its sheet', `#set document(${set('')})\n${sheet}= Report\n4,711 small`],
  ])('is refused when its print %s', async (_, source) => {
    const planted = new Map([['briefing.pdf', await printed(source)]]);
    expect(await releaseFault(planted, released, by)).toMatch(/^briefing\.pdf /);
  });

  it('is not refused for a print that says nothing', async () => {
    const clean = new Map([['briefing.pdf', await printed(`#set document(${set('')})\n${sheet}= Report`)]]);
    expect(await releaseFault(clean, released, by)).toBeUndefined();
  });
});

describe('a chart', () => {
  const weeks = weeklySeries(released.tables, byName(questions)).weeks.map(({ value }) => value);
  const count = (value: number) => value.toLocaleString('en-US');
  const svg = by.briefings[0]?.chart?.svg ?? '';
  const hatched = /<rect x="([\d.]+)" y="26" width="([\d.]+)" height="[\d.]+" fill="url\(#chart-withheld\)"\/>/;

  it('passes as it is drawn, with a withheld week in it', () => {
    expect(weeks.some(({ kind }) => kind === 'withheld')).toBe(true);
    expect(svg).toMatch(hatched);
    for (const one of [svg, by.briefings[0]?.chart?.narrow ?? ''])
      expect(chartFault(one, weeks, count)).toBeUndefined();
  });

  it.each([
    [
      'A9: a withheld week has a bar of its height',
      (svg: string) => svg.replace(hatched, '<rect x="$1" y="200" width="$2" height="30.0" fill="#7fb2dc"/>'),
    ],
    [
      'A9: a withheld week is hatched to its height',
      (svg: string) => svg.replace(hatched, (bar) => bar.replace('y="26"', 'y="200"')),
    ],
    [
      'A9: a bar is of another height than its count',
      (svg: string) =>
        svg.replace(
          /height="([\d.]+)" fill="#7fb2dc"/,
          (_, height) => `height="${(Number(height) + 9).toFixed(1)}" fill="#7fb2dc"`,
        ),
    ],
  ])('is refused when %s', (_, edit) => {
    expect(edit(svg)).not.toBe(svg);
    const planted = edit(svg);
    const fault = chartFault(planted, weeks, count);
    expect(fault).toBeDefined();
  });
});
