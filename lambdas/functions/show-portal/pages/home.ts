import { html } from 'hono/html';
import type { City, Language } from '#core/domain/city.ts';
import type { FoiaCustody } from '#core/domain/foia-custody.ts';
import { calendarDateOf } from '#core/domain/instant.ts';
import type { ShownRelease } from '../released-files.ts';
import { homePhrases } from './home-phrases.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { type Cell, table } from './table.ts';
import { count, day, moment } from './wording.ts';

const addressOf = (release: ShownRelease, file: string): string =>
  `/releases/${encodeURIComponent(release.id)}/${encodeURIComponent(file)}`;

/** Releases are named by their week; any other name stands for itself. */
function nameOf({ id }: ShownRelease, language: Language): string {
  const monday = calendarDateOf(id.replace(/^week-/, ''));
  return monday ? homePhrases[language].week(day(monday, language)) : id;
}

const briefingIn = (release: ShownRelease, language: Language): string | undefined =>
  [`briefing.${language}.html`, 'briefing.html'].find((file) => release.files.includes(file));

function latestBriefing(release: ShownRelease, language: Language): Page {
  const say = homePhrases[language];
  const file = briefingIn(release, language);
  return html`
<section class="latest" aria-labelledby="latest">
<p class="eyebrow">${say.latest}</p>
<h2 id="latest">${nameOf(release, language)}</h2>
${readingLinks(release, language)}
${
  file
    ? html`<iframe src="${addressOf(release, file)}" title="${say.frame(nameOf(release, language))}"></iframe>
<p><a class="more" href="${addressOf(release, file)}">${say.alone}</a></p>`
    : ''
}
</section>`;
}

/** What people read first, in this order; everything else in a release is data. */
const readings = ['briefing.html', 'briefing.es.html', 'briefing.pdf', 'map.svg'] as const;

const readingLinks = (release: ShownRelease, language: Language): Page =>
  html`<ul class="files">${readings
    .filter((file) => release.files.includes(file))
    .map(
      (file) => html`<li><a href="${addressOf(release, file)}">${homePhrases[language].kinds[file]}</a></li>`,
    )}</ul>`;

function dataLinks(release: ShownRelease, language: Language): Page | '' {
  const data = release.files.filter((file) => !readings.some((reading) => reading === file)).sort();
  if (!data.length) return '';
  return html`<details><summary>${homePhrases[language].data(data.length)}</summary><ul class="files">${data.map(
    (file) => html`<li><a href="${addressOf(release, file)}">${file}</a></li>`,
  )}</ul></details>`;
}

function releases(shown: readonly ShownRelease[], city: City, language: Language): Page {
  const say = homePhrases[language];
  const rows = shown.map((release): Cell[] => [
    nameOf(release, language),
    release.created ? html`<time datetime="${release.created}">${moment(release.created, city, language)}</time>` : '–',
    html`${readingLinks(release, language)}${dataLinks(release, language)}`,
  ]);
  return table(say.releasesNote, [{ head: say.release }, { head: say.published }, { head: say.files }], rows);
}

function foia(custody: readonly FoiaCustody[], language: Language): Page {
  const say = homePhrases[language];
  const figures = ['read', 'accepted', 'refused', 'quarantined'] as const;
  const columns = [{ head: say.file }, ...figures.map((name) => ({ head: say[name], numeric: true }))];
  const rows = custody.map((file) => [
    file.names[0] ?? file.sha256.slice(0, 12),
    ...figures.map((name) => count(file.rows[name], language)),
  ]);
  const sum = figures.map((name) => custody.reduce((all, { rows: { [name]: one } }) => all + one, 0));
  return table(say.foiaNote, columns, rows, [say.all, ...sum.map((n) => count(n, language))]);
}

/** The public page: the latest briefing, every release with its files, and the sums of the agency files. */
export function homePage(
  frame: Frame,
  shown: { readonly releases: readonly ShownRelease[]; readonly foia: readonly FoiaCustody[] },
): Page {
  const language = frame.language ?? 'en';
  const say = homePhrases[language];
  const [latest] = shown.releases;
  const noted = latest && briefingIn(latest, language);
  return layout(
    frame,
    html`
<h1>${say.title}</h1>
<p class="lead">${say.lead}</p>
${latest ? latestBriefing(latest, language) : html`<p class="empty">${say.none}</p>`}
${latest ? html`<section><h2>${say.releases}</h2>${releases(shown.releases, frame.city, language)}</section>` : ''}
<section><h2>${say.foia}</h2>
${shown.foia.length ? foia(shown.foia, language) : html`<p class="empty">${say.noFoia}</p>`}</section>
<section><h2>${say.reading}</h2>
<ul>${say.notes.map((note) => html`<li>${note}</li>`)}</ul><p>${say.method}${latest && noted ? html` <a href="${addressOf(latest, noted)}#method">${say.methodLink}</a>` : ''}</p></section>`,
  );
}
