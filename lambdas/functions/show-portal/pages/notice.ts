import { html } from 'hono/html';
import { type Frame, layout, type Page } from './layout.ts';

/** A page that says one thing: nothing here, not allowed, failed. */
export const noticePage = (frame: Frame, sentence: string): Page =>
  layout(frame, html`<h1>${frame.title}</h1><p class="lead">${sentence}</p><p><a href="/">To the releases</a></p>`);
