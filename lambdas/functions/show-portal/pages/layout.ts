import { html } from 'hono/html';
import type { City, Language } from '#core/domain/city.ts';
import type { Principal } from '#core/domain/principal.ts';
import { pagesOpenTo } from '../session.ts';

/** What stands around every page. `path` is where the page is; `otherLanguage` is the address of its twin, when it has one. */
export type Frame = {
  readonly city: City;
  readonly title: string;
  readonly path: string;
  readonly language?: Language;
  readonly otherLanguage?: { readonly language: Language; readonly address: string };
  readonly principal?: Principal | undefined;
};
export type Page = ReturnType<typeof html>;

const words = {
  en: {
    skip: 'Skip to the content',
    name: 'Enforcement Activity Ledger',
    home: 'Releases',
    menu: 'Main menu',
    signIn: 'Sign in',
    signOut: 'Sign out',
    foot: 'Published counts have passed disclosure control; they name no person.',
    api: 'Interface description (OpenAPI)',
  },
  es: {
    skip: 'Ir al contenido',
    name: 'Registro de actividad de control migratorio',
    home: 'Publicaciones',
    menu: 'Menú principal',
    signIn: 'Iniciar sesión',
    signOut: 'Cerrar sesión',
    foot: 'Los conteos publicados pasaron el control de divulgación; no nombran a ninguna persona.',
    api: 'Descripción de la interfaz (OpenAPI)',
  },
} as const;
const languageNames = { en: 'English', es: 'Español' } as const;

/** Rooms of the portal with a style sheet of their own. */
const rooms = ['files', 'requests', 'protection'] as const;

/** The style sheets of a page: those of every page, and that of its room. */
function sheetsOf(path: string): readonly string[] {
  const room = path === '/' || path.startsWith('/?') ? 'home' : rooms.find((name) => path.split('/')[1] === name);
  return ['portal', 'tables', 'forms', ...(room ? [room] : [])];
}

/** The whole document around a page's content. */
export function layout(frame: Frame, main: Page): Page {
  const language = frame.language ?? 'en';
  const say = words[language];
  const { city, principal, path, otherLanguage } = frame;
  const link = (address: string, name: string) =>
    html`<li><a href="${address}"${address === path ? html` aria-current="page"` : path.startsWith(`${address}/`) ? html` aria-current="true"` : ''}>${name}</a></li>`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${frame.title} – ${say.name}, ${city.name}</title>
${sheetsOf(path).map(
  (sheet) => html`<link rel="stylesheet" href="/assets/${sheet}.css">
`,
)}<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">${say.skip}</a>
<header class="top">
  <div class="inner">
    <p class="brand"><a href="/"><span class="city">${city.name}</span> <span class="name">${say.name}</span></a></p>
    <nav aria-label="${say.menu}"><ul>
      ${link(language === 'en' ? '/' : `/?lang=${language}`, say.home)}
      ${pagesOpenTo(principal).map((page) => link(page.path, page.name))}
      ${otherLanguage ? html`<li><a href="${otherLanguage.address}" lang="${otherLanguage.language}" hreflang="${otherLanguage.language}">${languageNames[otherLanguage.language]}</a></li>` : ''}
      ${principal ? html`<li><form method="post" action="/sign-out"><button class="quiet">${say.signOut}</button></form></li>` : link('/sign-in', say.signIn)}
    </ul></nav>
  </div>
</header>
<main id="content" tabindex="-1"><div class="inner">${main}</div></main>
<footer class="foot"><div class="inner">
  <p>${city.office[language]}. ${say.foot}</p>
  <p><a href="/openapi.json">${say.api}</a></p>
</div></footer>
</body>
</html>`;
}
