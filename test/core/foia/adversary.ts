/** Workbooks that nobody would write by hand and programs do: every choice that ECMA-376 and zip leave open, drawn from a seed, with the cells that they hold. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { randomOf } from '../../../bin/sample/random.ts';
import { workbookParts, zipOfParts } from '../../../bin/sample/workbook-parts.ts';

/** A cell as it is meant: text, number, truth, fault, or a day as a serial number. */
export type Meant = string | number | boolean | { readonly fault: string } | { readonly serial: number };
export type Adversary = {
  readonly bytes: Uint8Array;
  readonly from1904: boolean;
  /** By name of the sheet: cells by `row,column`, both counted from 1 and 0. */
  readonly sheets: ReadonlyMap<string, ReadonlyMap<string, Meant>>;
  /** The odd parts that were drawn, each once: of the workbook as a whole, and of each cell by name of the sheet and place. */
  readonly odd: ReadonlySet<string>;
  readonly oddCells: ReadonlyMap<string, ReadonlySet<string>>;
};
/** `odd` is what is being drawn: whoever draws something odd names it there. */
type Random = ReturnType<typeof randomOf> & { readonly plainly: boolean; odd: Set<string> };

const faults = ['#N/A', '#DIV/0!', '#REF!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!'];
const pieces = [
  'a',
  'Zz',
  '0',
  ' ',
  'ñ',
  '–',
  '國',
  '😀',
  '&',
  '<',
  '>',
  '"',
  "'",
  '\n',
  '\t',
  '_',
  'x',
  ']]',
  '\u00a0',
  '(b)(6)',
  '=1+1',
];
const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);

function textOf(random: Random): string {
  if (random.next() < 0.02) {
    random.odd.add('a text of 30,000 characters');
    return 'long '.repeat(6000);
  }
  let text = random.pick(pieces.slice(0, 3));
  for (let left = random.whole(0, 8); left > 0; left--) text += random.pick(pieces);
  return text.trim();
}

/** Text as XML: as it is with references, as numbers, in CDATA, or with a comment inside. Plainly, only with references. */
function written(text: string, random: Random): string {
  const { plainly } = random;
  const way = random.next();
  const numbered =
    random.next() < 0.5 ? (point: number) => `&#${point};` : (point: number) => `&#x${point.toString(16)};`;
  const reference = (character: string) => {
    const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character];
    if (named) return named;
    return !plainly && way < 0.4 && character > '\u007f' ? numbered(character.codePointAt(0) ?? 0) : character;
  };
  const plain = [...text].map(reference).join('');
  if (plainly) return plain;
  if (way < 0.15 && !text.includes(']]>')) {
    random.odd.add('CDATA');
    return `<![CDATA[${text}]]>`;
  }
  if (way < 0.4 && /&#/.test(plain)) random.odd.add('numbered characters');
  const [first, ...rest] = plain;
  if (way <= 0.8 || !/^[^&]{4,}$/.test(plain)) return plain;
  random.odd.add('a comment in a text');
  return `${first}<!-- <t>no</t> -->${rest.join('')}`;
}

const kept = (text: string) => (/^\s|\s$|\s\s/.test(text) ? ' xml:space="preserve"' : '');

/** `<t>`, or runs of it with a reading beside them that is no part of the text. */
function richText(text: string, random: Random, t: string, r: string, phonetic: string): string {
  const reading = random.next() < 0.2 ? `<${phonetic} sb="0" eb="1"><${t}>yomi</${t}></${phonetic}>` : '';
  if (reading) random.odd.add('a phonetic reading');
  if (random.next() < 0.7 || text.length < 3) return `<${t}${kept(text)}>${written(text, random)}</${t}>${reading}`;
  const characters = [...text];
  const cut = random.whole(1, characters.length - 1);
  random.odd.add('a text in runs');
  return `${[characters.slice(0, cut), characters.slice(cut)].map((part) => `<${r}><${t} xml:space="preserve">${written(part.join(''), random)}</${t}></${r}>`).join('')}${reading}`;
}

const kinds = ['a shared text', 'a shared text', 'an inline text', "a formula's text", 'a truth', 'a fault', 'a day'];
type Drawn = { readonly meant: Meant; readonly attributes: string; readonly inner: string };

function drawCell(random: Random, shared: (text: string) => number, n: (name: string) => string): Drawn {
  const v = n('v');
  const formula = random.next() < 0.2 ? `<${n('f')}>A1&amp;"x"</${n('f')}>` : '';
  const kind = random.whole(0, 8);
  random.odd.add(kinds[kind] ?? 'a number');
  if (kind <= 1) {
    const text = textOf(random);
    return { meant: text, attributes: ' t="s"', inner: `<${v}>${shared(text)}</${v}>` };
  }
  if (kind === 2) {
    const text = textOf(random);
    return {
      meant: text,
      attributes: ' t="inlineStr"',
      inner: `<${n('is')}>${richText(text, random, n('t'), n('r'), n('rPh'))}</${n('is')}>`,
    };
  }
  if (kind === 3) {
    const text = textOf(random).replaceAll('\n', ' ').trim();
    return { meant: text, attributes: " t='str'", inner: `${formula}<${v}>${written(text, random)}</${v}>` };
  }
  if (kind === 4) {
    const truth = random.next() < 0.5;
    return { meant: truth, attributes: ' t="b"', inner: `${formula}<${v}>${truth ? 1 : 0}</${v}>` };
  }
  if (kind === 5) {
    const fault = random.pick(faults);
    return { meant: { fault }, attributes: ' t="e"', inner: `<${n('f')}>NA()</${n('f')}><${v}>${fault}</${v}>` };
  }
  if (kind === 6) {
    const serial = random.whole(30_000, 46_000) + (random.next() < 0.5 ? 0 : random.whole(1, 86_399) / 86_400);
    return { meant: { serial }, attributes: ` s="${random.whole(1, 2)}"`, inner: `<${v}>${serial}</${v}>` };
  }
  const number = random.pick([
    0,
    1,
    -7,
    1.5,
    1e21,
    2.5e-7,
    123_456_789_012,
    -0.1,
    random.next(),
    random.whole(0, 2 ** 31),
  ]);
  const spelled = random.next() < 0.2 ? number.toExponential().replace('e', 'E') : String(number);
  return {
    meant: Number(spelled),
    attributes: random.next() < 0.3 ? ' t="n"' : '',
    inner: `${formula}<${v}>${spelled}</${v}>`,
  };
}

function sheetXml(random: Random, shared: (text: string) => number, prefix: string, namespace: string) {
  const n = (name: string) => `${prefix}${name}`;
  const cells = new Map<string, Meant>();
  const oddCells = new Map<string, ReadonlySet<string>>();
  const ofSheet = random.odd;
  const places = random.next() < 0.3;
  if (places) ofSheet.add('cells without references');
  let row = 0;
  let xml = '';
  for (let left = random.whole(0, 12); left > 0; left--) {
    row += places ? 1 : random.whole(1, 4);
    let column = -1;
    let drawn = '';
    for (let more = random.whole(0, 7); more > 0; more--) {
      column += places ? 1 : random.whole(1, random.next() < 0.03 ? 900 : 3);
      const at = places ? '' : ` r="${letters(column)}${row}"`;
      if (random.next() < 0.1) {
        drawn += `<${n('c')}${at} s="1"/>`;
        continue;
      }
      random.odd = new Set();
      const { meant, attributes, inner } = drawCell(random, shared, n);
      cells.set(`${row},${column}`, meant);
      oddCells.set(`${row},${column}`, random.odd);
      random.odd = ofSheet;
      const [first, second] = random.next() < 0.5 ? [at, attributes] : [attributes, at];
      drawn += `<${n('c')}${first}${second}>${inner}</${n('c')}>`;
    }
    const hidden = random.next() < 0.1 ? ' hidden="1"' : '';
    xml += `<${n('row')}${places ? '' : ` r="${row}" spans="1:${column + 1}"`}${hidden}>${drawn}</${n('row')}>${random.next() < 0.2 ? '\n  ' : ''}`;
  }
  const dimension = random.next() < 0.4 ? `<${n('dimension')} ref="A1:XFC${row + 1041}"/>` : '';
  const merged =
    random.next() < 0.4 ? `<${n('mergeCells')} count="1"><${n('mergeCell')} ref="A1:D1"/></${n('mergeCells')}>` : '';
  if (dimension) ofSheet.add('a blown-out dimension');
  if (merged) ofSheet.add('merged cells');
  const name = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  const declaration = random.pick([
    '',
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n",
  ]);
  return {
    cells,
    oddCells,
    xml: `${declaration}${random.next() < 0.3 ? '<!-- made by -- nobody -->'.replace('by --', 'by') : ''}<${n('worksheet')} ${name}="${namespace}">${dimension}<${n('sheetData')}>${xml}</${n('sheetData')}>${merged}</${n('worksheet')}>`,
  };
}

const transitional = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const strict = 'http://purl.oclc.org/ooxml/spreadsheetml/main';

/** The workbook of a seed; `plainly`, the same cells without comments, CDATA and numbered characters, in a plain archive, for readers that know none of these. */
export async function adversary(seed: number, plainly = false): Promise<Adversary> {
  const odd = new Set<string>();
  const random: Random = { ...randomOf('adversary', seed), plainly, odd };
  const namespace = random.next() < 0.2 ? strict : transitional;
  const prefix = random.next() < 0.25 ? 'x:' : '';
  if (namespace === strict) odd.add('strict OOXML');
  if (prefix) odd.add('a namespace prefix');
  const texts: string[] = [];
  /** How the shared texts are written is drawn after the cells that point to them. */
  const shared = (text: string) => {
    const known = texts.indexOf(text);
    return known >= 0 && random.next() < 0.8 ? known : texts.push(text) - 1;
  };
  if (random.next() < 0.3) {
    texts.push('nobody points here');
    odd.add('a shared text that nobody points to');
  }
  const names = Array.from({ length: random.whole(1, 3) }, (_, at) =>
    random.pick([` Tab${at} `, `Año ${at}`, `S&${at}`, `T${at}`]),
  );
  const sheets = names.map(() => sheetXml(random, shared, prefix, namespace));
  const from1904 = random.next() < 0.2;
  if (from1904) odd.add('days from 1904');
  const n = (name: string) => `${prefix}${name}`;
  const declared = prefix === '' ? `xmlns="${namespace}"` : `xmlns:x="${namespace}"`;
  const strings = `<?xml version="1.0" encoding="UTF-8"?><${n('sst')} ${declared}>${texts.map((text) => `<${n('si')}>${richText(text, random, n('t'), n('r'), n('rPh'))}</${n('si')}>`).join(random.next() < 0.3 ? '\n' : '')}</${n('sst')}>`;
  const absolute = random.next() < 0.3;
  const mark = random.next() < 0.2 ? '\ufeff' : '';
  if (absolute) odd.add('absolute targets');
  if (mark) odd.add('byte-order marks');
  let parts = workbookParts(
    names.map((name) => ({ name, xml: '' })),
    [],
  ).map(({ path, content }) => {
    const sheet = /worksheets\/sheet(\d+)\.xml$/.exec(path);
    let xml = String(content);
    if (sheet) xml = sheets[Number(sheet[1]) - 1]?.xml ?? '';
    if (path === 'xl/sharedStrings.xml') xml = strings;
    if (path === 'xl/workbook.xml') {
      if (from1904) xml = xml.replace('<workbookPr/>', '<workbookPr date1904="1"/>');
      if (random.next() < 0.3) {
        xml = xml.replace('<sheet ', '<sheet state="hidden" ');
        odd.add('a hidden sheet');
      }
    }
    if (path === 'xl/_rels/workbook.xml.rels' && absolute) xml = xml.replaceAll('Target="', 'Target="/xl/');
    return { path, content: `${mark}${xml}` };
  });
  if (random.next() < 0.4) {
    parts = parts.reverse();
    odd.add('parts in reverse');
  }
  return {
    bytes: await (plainly ? zipOfParts(parts) : zipped(parts, random)),
    from1904,
    sheets: new Map(names.map((name, at) => [name, sheets[at]?.cells ?? new Map()])),
    odd,
    oddCells: new Map(
      names.flatMap((name, at) =>
        [...(sheets[at]?.oddCells ?? [])].map(([place, drawn]) => [`${name} ${place}`, drawn]),
      ),
    ),
  };
}

/** Packed or stored, with sizes before or after the bytes, in 32 bits or 64. */
async function zipped(
  parts: readonly { readonly path: string; readonly content: string }[],
  random: Random,
): Promise<Uint8Array> {
  const zip = new ZipFile();
  const forceZip64Format = random.next() < 0.2;
  if (forceZip64Format) random.odd.add('zip64');
  for (const { path, content } of parts) {
    const bytes = Buffer.from(content);
    const options = { mtime: new Date(2020, 0, 1), compress: random.next() < 0.7, forceZip64Format };
    if (!options.compress) random.odd.add('stored parts');
    if (random.next() < 0.4) {
      random.odd.add('sizes after the bytes');
      zip.addReadStreamLazy(path, options, (answer) => answer(null, streamOf(bytes)));
    } else zip.addBuffer(bytes, path, options);
  }
  zip.end({ forceZip64Format, comment: '' });
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A stream of unknown length, so that sizes and checksum come after the bytes. */
const streamOf = (bytes: Buffer): Readable =>
  Readable.from([bytes.subarray(0, 10), bytes.subarray(10)], { objectMode: false });
