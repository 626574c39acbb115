import { html } from 'hono/html';
import type { Letter } from '#core/requests/letter.ts';
import { type Frame, layout, type Page } from './layout.ts';
import { sampleMark } from './request-words.ts';

const block = (one: Letter['blocks'][number]): Page => {
  if (one.kind === 'heading') return html`<h2>${one.text}</h2>`;
  if (one.kind === 'paragraph') return html`<p>${one.text}</p>`;
  if (one.kind === 'lines') return html`<p>${one.rows.map((row) => html`${row}<br>`)}</p>`;
  if (one.kind === 'bullets') return html`<ul>${one.rows.map((row) => html`<li>${row}</li>`)}</ul>`;
  return html`<ul class="plain">${one.rows.map((row) => html`<li>${row}</li>`)}</ul>`;
};

/** A letter on a page of the portal, to read and to copy from. */
export const letterPage = (frame: Frame, letter: Letter, address: string): Page =>
  layout(
    frame,
    html`
<p class="back"><a href="${address}#letters">Back to the request</a></p>
<h1>${letter.title}</h1>
<p class="note">${letter.source}${sampleMark(letter.sample)}</p>
<p><a class="more" href="${address}/letters/${letter.id}?form=pdf">PDF</a> <a class="more" href="${address}/letters/${letter.id}?form=txt">Text</a></p>
<article class="card letter">${letter.blocks.map(block)}</article>`,
  );

/** What a matter lacks for a letter. */
export const missingPage = (frame: Frame, title: string, missing: readonly string[], address: string): Page =>
  layout(
    frame,
    html`
<p class="back"><a href="${address}#letters">Back to the request</a></p>
<h1>${title}</h1>
<div class="wrong" role="alert"><p>The letter was not made: facts are missing.</p><ul>${missing.map((fact) => html`<li>${fact}</li>`)}</ul></div>`,
  );
