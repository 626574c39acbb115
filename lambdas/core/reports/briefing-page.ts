/**
 * The briefing as one page that asks nothing of anybody: no script, no request, styles allowed by their hash (docs/METHODS.md §5).
 */
import { createHash } from 'node:crypto';
import type { Briefing } from './briefing-model.ts';
import type { BriefingTable } from './briefing-table.ts';
import { escaped } from './markup.ts';
import { phrases } from './phrases.ts';

/** The file a language's page stands in. */
export const pageFile = { en: 'briefing.html', es: 'briefing.es.html' } as const;

export type PageAssets = {
  readonly css: string;
  readonly fonts: { readonly regular: Uint8Array; readonly bold: Uint8Array };
};

const fontFace = (weight: number, font: Uint8Array): string =>
  `@font-face{font-family:"Public Sans";font-weight:${weight};src:url(data:font/woff2;base64,${Buffer.from(font).toString('base64')}) format("woff2")}`;

/** The one style of a page. */
export const styleOf = ({ css, fonts }: PageAssets): string =>
  `${fontFace(400, fonts.regular)}${fontFace(700, fonts.bold)}${css}`;

/** The policy of the page: a server that adds headers must not allow less than this. */
const contentSecurityPolicy = (style: string): string =>
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;

export function briefingPage(briefing: Briefing, assets: PageAssets): string {
  const { language } = briefing;
  const words = phrases[language];
  const other = language === 'en' ? 'es' : 'en';
  const style = styleOf(assets);
  return [
    `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy(style))}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(`${words.weekOf(briefing.week)} – ${briefing.title}`)}</title>`,
    `<style>${style}</style>\n</head>\n<body>`,
    `<a class="skip" href="#main">${words.skip}</a>`,
    '<header class="top"><div class="bar">',
    `<p class="office">${escaped(briefing.office)}</p>`,
    `<p class="other"><a href="${pageFile[other]}" lang="${other}" hreflang="${other}">${phrases[other].languageName}</a></p>`,
    '</div></header>',
    '<main id="main" tabindex="-1">',
    `<p class="eyebrow">${briefing.eyebrow}</p>`,
    `<h1>${escaped(briefing.title)}</h1>`,
    headline(briefing),
    briefing.chart ? trend(briefing) : '',
    briefing.map ? place(briefing) : '',
    briefing.coverage ? coverage(briefing) : '',
    tables(briefing),
    comparison(briefing),
    protection(briefing),
    method(briefing),
    '</main>',
    '</body>\n</html>\n',
  ].join('\n');
}

function headline({ headline: { figure, label, facts }, week, language, downloads }: Briefing): string {
  const words = phrases[language];
  const big = figure
    ? `<p class="figure"><strong${label ? '' : ' class="word"'}>${escaped(figure)}</strong>${label ? ` <span>${escaped(label)}</span>` : ''}</p>`
    : `<p class="figure"><span>${escaped(label)}</span></p>`;
  const pdf = downloads.find(({ file }) => file === 'briefing.pdf');
  return [
    '<section class="headline" aria-labelledby="week">',
    `<h2 id="week">${escaped(words.weekOf(week))}</h2>`,
    big,
    `<ul class="facts">${facts.map((fact) => `<li>${escaped(fact)}</li>`).join('')}</ul>`,
    pdf ? `<p class="pdf"><a href="${pdf.file}">${escaped(pdf.label)}</a></p>` : '',
    '</section>',
  ].join('\n');
}

function trend({ chart, language }: Briefing): string {
  if (!chart) return '';
  const words = phrases[language];
  return [
    '<section aria-labelledby="trend">',
    `<h2 id="trend">${words.trend}</h2>`,
    `<figure><figcaption>${escaped(chart.title)}</figcaption><div class="wide">${chart.svg}</div><div class="narrow">${chart.narrow}</div></figure>`,
    `<details><summary>${words.trendTable}</summary>${tableMarkup(chart.table, words.scroll, true)}</details>`,
    '</section>',
  ].join('\n');
}

function coverage({ coverage: told, language }: Briefing): string {
  if (!told) return '';
  const words = phrases[language];
  const groups = told.groups.map(
    ({ status, title, size, names }) =>
      `<div class="status ${status}"><h3><span class="size">${size}</span> ${escaped(title)}</h3>${
        names.length
          ? `<ul>${names.map((name) => `<li>${escaped(name)}</li>`).join('')}</ul>`
          : `<p>${words.nobody}</p>`
      }</div>`,
  );
  return [
    '<section aria-labelledby="coverage">',
    `<h2 id="coverage">${words.coverage}</h2>`,
    `<p class="lead">${escaped(told.lead)}</p><p>${words.coverageNote}</p>`,
    `<div class="statuses">${groups.join('')}</div>`,
    '</section>',
  ].join('\n');
}

function place({ map, language }: Briefing): string {
  if (!map) return '';
  const words = phrases[language];
  const swatch = (fill: string, dashed = false) =>
    `<svg class="swatch" width="24" height="16" aria-hidden="true"><rect x=".5" y=".5" width="23" height="15" fill="${fill === 'hatch' ? 'url(#map-withheld)' : fill}" stroke="#6f6a60"${dashed ? ' stroke-dasharray="3 2"' : ''}/></svg>`;
  const legend = map.legend.map(({ label, fill }) => `<li>${swatch(fill)} ${escaped(label)}</li>`);
  if (map.remainder) legend.push(`<li>${swatch('#ece6d8', true)} ${escaped(map.remainder)}</li>`);
  return [
    '<section class="place" aria-labelledby="map">',
    `<h2 id="map">${words.map}</h2>`,
    `<figure><figcaption>${escaped(map.title)}</figcaption><ul class="legend">${legend.join('')}</ul><div class="map" role="region" tabindex="0" aria-label="${escaped(`${map.title}: ${words.mapScroll}`)}">${map.svg}</div><p class="source">${escaped(map.source)}</p></figure>`,
    '</section>',
  ].join('\n');
}

function tables({ tables: all, language }: Briefing): string {
  if (all.length === 0) return '';
  const words = phrases[language];
  return `<section aria-labelledby="tables">\n<h2 id="tables">${words.tables}</h2>\n${all
    .map((table) => tableMarkup(table, words.scroll, false))
    .join('\n')}\n</section>`;
}

function comparison({ comparison: told, language }: Briefing): string {
  if (!told) return '';
  const words = phrases[language];
  return [
    '<section aria-labelledby="comparison">',
    `<h2 id="comparison">${escaped(told.heading)}</h2>`,
    told.facts.map((fact) => `<p class="lead">${escaped(fact)}</p>`).join(''),
    told.tables.map((table) => tableMarkup(table, words.scroll, false)).join('\n'),
    `<ul class="notes">${told.notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>`,
    '</section>',
  ].join('\n');
}

function tableMarkup(table: BriefingTable, scroll: string, quiet: boolean): string {
  const caption = quiet
    ? `<caption class="quiet">${escaped(table.title)}</caption>`
    : `<caption><span class="caption"><span class="name">${escaped(table.title)}</span> <span class="note">${escaped([table.period, table.note].filter(Boolean).join(' '))}</span></span></caption>`;
  const head = [table.corner, ...table.columns].map((label) => `<th scope="col">${escaped(label)}</th>`).join('');
  const rows = table.rows.map(({ label, total, cells }) => {
    const values = cells.map(({ kind, text }) => `<td class="${kind}">${escaped(text)}</td>`).join('');
    return `<tr${total ? ' class="total"' : ''}><th scope="row">${escaped(label)}</th>${values}</tr>`;
  });
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(`${table.title}: ${scroll}`)}"><table${table.columns.length < 3 ? ' class="slim"' : ''}>${caption}<thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function protection({ protection: rows, language }: Briefing): string {
  const words = phrases[language];
  const lines = rows.map(
    ({ title, shown, withheld }) =>
      `<tr><th scope="row">${escaped(title)}</th><td class="count">${shown}</td><td class="count">${withheld}</td></tr>`,
  );
  return [
    '<section aria-labelledby="protection">',
    `<h2 id="protection">${words.protection}</h2>`,
    words.protectionLead.map((text) => `<p>${escaped(text)}</p>`).join(''),
    `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(`${words.protection}: ${words.scroll}`)}"><table><caption class="quiet">${words.protection}</caption><thead><tr><th scope="col">${words.table}</th><th scope="col">${words.shown}</th><th scope="col">${words.withheldShort}</th></tr></thead><tbody>${lines.join('')}</tbody></table></div>`,
    '</section>',
  ].join('\n');
}

function method({ method: notes, provenance, downloads, language }: Briefing): string {
  const words = phrases[language];
  return [
    `<section class="method" aria-labelledby="method"><h2 id="method">${words.method}</h2>`,
    notes.map((note) => `<p>${escaped(note)}</p>`).join(''),
    '</section>',
    `<section aria-labelledby="downloads"><h2 id="downloads">${words.downloads}</h2>`,
    `<ul class="downloads">${downloads.map(({ file, label }) => `<li><a href="${escaped(file)}">${escaped(label)}</a></li>`).join('')}</ul></section>`,
    `<section aria-labelledby="provenance"><h2 id="provenance">${words.provenance}</h2>`,
    `<dl>${provenance.map(({ label, value }) => `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl></section>`,
  ].join('\n');
}
