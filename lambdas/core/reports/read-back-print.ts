/**
 * Reads a print back where nobody looks at it (docs/METHODS.md §5; attack A15): its description, dates, attachments, bookmarks, links, and what a screen reader is told. Read by
 * another program than the one that set it.
 */
import { getDocumentProxy, getMeta } from 'unpdf';
import { sha256 } from '../domain/ids.ts';

type Structure = { readonly alt?: string; readonly children?: readonly unknown[] };

/** Every alternative text below a place of the structure. */
function spokenIn(node: Structure | null): readonly string[] {
  if (!node) return [];
  const below = (node.children ?? []).flatMap((child) => (child && typeof child === 'object' ? spokenIn(child) : []));
  return node.alt === undefined ? below : [node.alt, ...below];
}

const titlesIn = (items: readonly { readonly title: string; readonly items: readonly unknown[] }[] | null): string[] =>
  (items ?? []).flatMap(({ title, items }) => [title, ...titlesIn(items as Parameters<typeof titlesIn>[0])]);

/** What a print says to others than its readers: alternative texts, bookmarks, its own description, addresses of links. */
export async function hiddenWords(pdf: Uint8Array): Promise<readonly string[]> {
  const document = await getDocumentProxy(pdf.slice());
  const words: string[] = [...titlesIn(await document.getOutline())];
  for (let page = 1; page <= document.numPages; page++) {
    const sheet = await document.getPage(page);
    words.push(...spokenIn((await sheet.getStructTree()) as Structure | null));
    for (const { url, contentsObj } of await sheet.getAnnotations()) words.push(url ?? '', contentsObj?.str ?? '');
  }
  const { info } = await getMeta(document);
  for (const name of ['Title', 'Author', 'Subject', 'Keywords']) words.push(String(info[name] ?? ''));
  return words.filter((text) => text !== '');
}

/** What the description in XML may speak of; the rest of it is said in `info` as well. */
const described =
  /^(x:xmpmeta|rdf:(RDF|Description|Alt|Seq|Bag|li)|dc:(title|creator|language|format|identifier)|xmp:(CreatorTool|ModifyDate|CreateDate)|xmpMM:\w+|xmpTPg:NPages|pdf:(PDFVersion|Producer)|stEvt:\w+|pdfuaid:\w+|pdfaid:\w+|pdfa(Extension|Schema|Property):\w+)$/;

/** Why a print carries more than its sheets, or undefined: other attachments than these, scripts, form fields, another date than its own (`YYYYMMDD`, or to the second), or a description that is not on the list. */
export async function printFault(
  pdf: Uint8Array,
  { date, attached }: { readonly date: string; readonly attached: ReadonlyMap<string, Uint8Array> },
): Promise<string | undefined> {
  const document = await getDocumentProxy(pdf.slice());
  const inside = Object.values((await document.getAttachments()) ?? {}) as { filename: string; content: Uint8Array }[];
  const names = inside.map(({ filename }) => filename).sort();
  if (names.join() !== [...attached.keys()].sort().join()) return 'has other attachments than it should';
  for (const { filename, content } of inside) {
    const bytes = attached.get(filename);
    if (!bytes || sha256(content) !== sha256(bytes)) return `has another ${filename} attached`;
  }
  if (await document.getJSActions()) return 'holds a script';
  if (await document.getFieldObjects()) return 'holds a form';
  const { info, metadata } = await getMeta(document);
  const xml: string = metadata?.getRaw?.() ?? '';
  for (const [, name = ''] of xml.matchAll(/<([A-Za-z]\w*:\w+)/g))
    if (!described.test(name)) return 'describes itself in words of its own';
  if (/<!--/.test(xml)) return 'holds a comment';
  const known = new Set(
    'PDFFormatVersion Language EncryptFilterName IsLinearized IsAcroFormPresent IsXFAPresent IsCollectionPresent IsSignaturesPresent Title Author Subject Keywords Creator Producer CreationDate ModDate Trapped'.split(
      ' ',
    ),
  );
  if (Object.keys(info).some((name) => !known.has(name))) return 'describes itself in words of its own';
  if (!/^Typst [\d.]+$/.test(String(info['Creator'] ?? info['Producer']))) return 'names another maker';
  for (const name of ['CreationDate', 'ModDate'])
    if (info[name] !== undefined && !String(info[name]).startsWith(`D:${date}`))
      return 'bears another date than the release';
  return undefined;
}
