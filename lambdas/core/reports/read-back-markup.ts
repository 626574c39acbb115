/**
 * Reads pages, pictures and mail back by their structure before they are published (docs/METHODS.md §5; attacks A9, A15, A16): nothing may stand where a reader does not look.
 * Comments, attributes and elements that are not on the lists below, and numbers in a name, a class or an address, are faults. Parses with a reader that shares no code with the writers.
 */
import { Parser } from 'htmlparser2';

/** Names and words: letters and hyphens, never a digit. */
const word = /^[a-z][a-z -]*$/i;
/** The classes of pages and pictures. None tells a small count from one that only protects. */
const classes = new Set(
  'skip top bar office other eyebrow headline figure word facts pdf wide narrow status reported zero silent size lead statuses place legend map source swatch scroll slim caption name note quiet total count withheld none method downloads notes'.split(
    ' ',
  ),
);
const geometry = /^[-\d.,\sMLZe]+$/;
const paint = /^(none|#[0-9a-f]{3}([0-9a-f]{3})?|url\(#[a-z-]+\))$/;

/** What each attribute may hold. An attribute that is not here may not stand anywhere. */
const attributes: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    ['id', 'role', 'scope', 'lang', 'hreflang', 'xml:lang', 'aria-labelledby', 'name'].map((name) => [name, word]),
  ),
  'aria-hidden': /^true$/,
  // Spoken, and therefore read with the text.
  'aria-label': /^/,
  charset: /^utf-8$/,
  'http-equiv': /^Content-Security-Policy$/,
  content:
    /^(width=device-width, initial-scale=1|default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; font-src data:; base-uri 'none'; form-action 'none')$/,
  tabindex: /^(0|-1)$/,
  xmlns: /^http:\/\/www\.w3\.org\/2000\/svg$/,
  ...Object.fromEntries(
    ['viewbox', 'width', 'height', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'd', 'stroke-dasharray'].map((name) => [
      name,
      geometry,
    ]),
  ),
  ...Object.fromEntries(['fill', 'stroke', 'clip-path'].map((name) => [name, paint])),
  ...Object.fromEntries(['stroke-width', 'stroke-opacity'].map((name) => [name, /^\d?\.?\d$/])),
  'font-size': /^\d{1,2}(\.\d)?$/,
  'font-weight': /^[4-7]00$/,
  'font-family': /^[A-Za-z', -]+$/,
  'text-anchor': word,
  'stroke-linejoin': word,
  'fill-rule': word,
  'clip-rule': word,
  'paint-order': word,
  patternunits: /^userSpaceOnUse$/,
  patterntransform: /^rotate\(45\)$/,
};

const elements = new Set(
  'html head meta title style body a header main section div p span strong h1 h2 h3 ul li dl dt dd figure figcaption details summary table caption thead tbody tr th td hr svg desc defs pattern clippath g path rect line text'.split(
    ' ',
  ),
);

type MarkupRules = {
  /** Addresses that may be linked, beside places in the same page. */
  readonly links: ReadonlySet<string>;
  /** The whole text of the style element; absent where none may stand. */
  readonly style?: string;
  /** Styles that may stand in an attribute, as mail needs them. */
  readonly inline?: ReadonlySet<string>;
};

/** Why a page or picture holds more than it shows, or undefined. */
export function markupFault(markup: string, { links, style, inline }: MarkupRules): string | undefined {
  let fault: string | undefined;
  let styles = '';
  const open: string[] = [];
  const found = (what: string) => {
    fault ??= what;
  };
  const parser = new Parser(
    {
      onopentag(name, held) {
        open.push(name);
        if (!elements.has(name.toLowerCase())) found(`holds an element ${name}`);
        if (name === 'title' && !['head', 'svg'].includes(open.at(-2) ?? '')) found('says something on hovering');
        for (const [attribute, value] of Object.entries(held)) {
          if (attribute === 'href') {
            if (!links.has(value) && !/^#[a-z-]+$/.test(value)) found('links to what is not published with it');
          } else if (attribute === 'class') {
            if (!value.split(' ').every((one) => classes.has(one))) found('holds a class that is not approved');
          } else if (attribute === 'style') {
            if (!inline?.has(value)) found('holds a style of its own');
          } else if (!attributes[attribute.toLowerCase()]?.test(value))
            found(`holds an attribute ${attribute} that is not approved`);
        }
      },
      onclosetag: () => void open.pop(),
      ontext(text) {
        if (open.at(-1) === 'style') styles += text;
      },
      oncomment: () => found('holds a comment'),
      onprocessinginstruction: (_, data) => {
        if (!/^!doctype html$/i.test(data)) found('holds an instruction');
      },
      oncdatastart: () => found('holds a section of its own'),
    },
    { decodeEntities: true, recognizeCDATA: true, lowerCaseAttributeNames: true },
  );
  parser.end(markup);
  if (styles !== (style ?? '')) found('holds another style than its own');
  return fault;
}

/** What a page says, text by text, spoken labels included, without its pictures. */
export function textsIn(markup: string): readonly string[] {
  const texts: string[] = [];
  const open: string[] = [];
  let text = '';
  const end = () => {
    if (text.trim() !== '') texts.push(text.trim());
    text = '';
  };
  const parser = new Parser({
    onopentag(name, { 'aria-label': label }) {
      end();
      open.push(name);
      if (label !== undefined) texts.push(label);
    },
    ontext(piece) {
      if (!open.includes('svg') && open.at(-1) !== 'style') text += piece;
    },
    onclosetag() {
      end();
      open.pop();
    },
  });
  parser.end(markup);
  return texts;
}

export type ReadCell = { readonly kind: string; readonly text: string };
export type ReadTable = { readonly head: readonly string[]; readonly rows: readonly (readonly ReadCell[])[] };

/** The tables of a page as a reader sees them; the first cell of a row names it. */
export function tablesIn(markup: string): readonly ReadTable[] {
  const tables: { head: string[]; rows: ReadCell[][] }[] = [];
  let cell: { kind: string; text: string } | undefined;
  let inHead = false;
  const parser = new Parser({
    onopentag(name, { class: kind = '' }) {
      if (name === 'table') tables.push({ head: [], rows: [] });
      if (name === 'thead' || name === 'tbody') inHead = name === 'thead';
      if (name === 'tr' && !inHead) tables.at(-1)?.rows.push([]);
      if (name === 'th' || name === 'td') cell = { kind, text: '' };
    },
    ontext(text) {
      if (cell) cell.text += text;
    },
    onclosetag(name) {
      if ((name !== 'th' && name !== 'td') || !cell) return;
      if (inHead) tables.at(-1)?.head.push(cell.text);
      else tables.at(-1)?.rows.at(-1)?.push(cell);
      cell = undefined;
    },
  });
  parser.end(markup);
  return tables;
}

type ReadShape = {
  readonly element: string;
  readonly held: Readonly<Record<string, string>>;
  readonly text: string;
};

/** The shapes and texts of a picture, in the order in which they are drawn. */
export function shapesIn(svg: string): readonly ReadShape[] {
  const shapes: { element: string; held: Record<string, string>; text: string }[] = [];
  const open: string[] = [];
  const parser = new Parser({
    onopentag(element, held) {
      open.push(element);
      if (!open.includes('defs')) shapes.push({ element, held, text: '' });
    },
    ontext(text) {
      const shape = shapes.at(-1);
      if (open.at(-1) === 'text' && shape) shape.text += text;
    },
    onclosetag: () => void open.pop(),
  });
  parser.end(svg);
  return shapes;
}
