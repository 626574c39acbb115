/**
 * XML as tokens over bytes: a cell's text is decoded only when somebody wants it, and only when all of its bytes are there, so no character can be cut in two.
 * Reads what workbooks need: elements, attributes, text, CDATA, comments, declarations. A document type is refused, so there are no entities but the five of XML.
 */
import iconv from 'iconv-lite';
import { FileRefusal } from './file-refusal.ts';

/** Called for each token. Positions point into `bytes` and hold only during the call; names come without their namespace prefix. */
export type XmlHandler = {
  open(bytes: Buffer, nameStart: number, nameEnd: number, tagEnd: number): void;
  /** `raw` text stands in CDATA: no references to resolve. */
  text(bytes: Buffer, start: number, end: number, raw: boolean): void;
  close(bytes: Buffer, nameStart: number, nameEnd: number): void;
};

const tokenLimit = 8 * 1024 * 1024;
const [lt, gt, slash, bang, question, quote, apostrophe, colon, space] = [60, 62, 47, 33, 63, 34, 39, 58, 32];

export class XmlTokens {
  readonly #handler: XmlHandler;
  /** Stands for the whole part: what is left of one chunk is at its beginning when the next one comes. */
  #bytes = Buffer.allocUnsafeSlow(1 << 16);
  #held = 0;
  #depth = 0;
  #begun = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  write(chunk: Buffer): void {
    this.#begun ||= chunk.length > 0;
    const length = this.#held + chunk.length;
    this.#makeRoom(length);
    chunk.copy(this.#bytes, this.#held);
    const used = this.#tokens(length);
    if (length - used > tokenLimit) throw new FileRefusal('MALFORMED');
    this.#bytes.copyWithin(0, used, length);
    this.#held = length - used;
  }

  #makeRoom(length: number): void {
    if (length <= this.#bytes.length) return;
    const more = Buffer.allocUnsafeSlow(length + (length >> 2));
    this.#bytes.copy(more, 0, 0, this.#held);
    this.#bytes = more;
  }

  /** Hands over whole tokens and answers where the first that is not whole begins. */
  #tokens(length: number): number {
    const bytes = this.#bytes;
    const handler = this.#handler;
    let at = 0;
    for (;;) {
      let tag = at;
      while (tag < length && bytes[tag] !== lt) tag++;
      if (tag + 1 >= length) break;
      const mark = bytes[tag + 1];
      if (mark === bang || mark === question) {
        const end = this.#special(length, tag, at);
        if (end === 0) break;
        at = end;
        continue;
      }
      let end = tag + 1;
      for (let held = 0; end < length; end++) {
        const byte = bytes[end];
        if (held) {
          if (byte === held) held = 0;
        } else if (byte === gt) break;
        else if (byte === quote || byte === apostrophe) held = byte;
      }
      if (end >= length) break;
      if (tag > at) handler.text(bytes, at, tag, false);
      let name = mark === slash ? tag + 2 : tag + 1;
      let nameEnd = name;
      for (; nameEnd < end; nameEnd++) {
        const byte = bytes[nameEnd] ?? 0;
        if (byte <= space || byte === slash) break;
        if (byte === colon) name = nameEnd + 1;
      }
      if (nameEnd === name) throw new FileRefusal('MALFORMED');
      if (mark === slash) {
        this.#depth -= 1;
        if (this.#depth < 0) throw new FileRefusal('MALFORMED');
        handler.close(bytes, name, nameEnd);
      } else if (bytes[end - 1] === slash) {
        handler.open(bytes, name, nameEnd, end - 1);
        handler.close(bytes, name, nameEnd);
      } else {
        this.#depth += 1;
        handler.open(bytes, name, nameEnd, end);
      }
      at = end + 1;
    }
    return at;
  }

  /** Every element was closed and nothing but white space is left over. */
  end(): void {
    if (this.#depth !== 0 || !this.#begun || this.#bytes.toString('latin1', 0, this.#held).trim() !== '')
      throw new FileRefusal('MALFORMED');
  }

  /** A comment, declaration or CDATA section at `tag`: where it ends, or 0 when the end has not come yet. */
  #special(length: number, tag: number, textStart: number): number {
    const bytes = this.#bytes.subarray(0, length);
    const opening = bytes.toString('latin1', tag, tag + 9);
    if (bytes[tag + 1] === bang && length - tag < 9) return 0;
    let close = '?>';
    if (opening.startsWith('<!--')) close = '-->';
    else if (opening === '<![CDATA[') close = ']]>';
    else if (opening.startsWith('<!')) throw new FileRefusal(/^<!DOCTYPE/i.test(opening) ? 'DOCTYPE' : 'MALFORMED');
    const found = bytes.indexOf(close, tag + (close === '-->' ? 4 : 2), 'latin1');
    if (found < 0) return 0;
    if (tag > textStart) this.#handler.text(bytes, textStart, tag, false);
    if (close === ']]>') this.#handler.text(bytes, tag + 9, found, true);
    return found + close.length;
  }
}

/** Whether the name at this place is `name` (ASCII). */
export function nameIs(bytes: Buffer, start: number, end: number, name: string): boolean {
  if (end - start !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
  return true;
}

/** The attributes of a tag, with their prefixes; for small parts and rare elements. */
export function attributesOf(bytes: Buffer, nameEnd: number, tagEnd: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const text = bytes.toString('utf8', nameEnd, tagEnd);
  for (const [, name, double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (name) found.set(name, unescaped(double ?? single ?? ''));
  return found;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves the references of XML. An unknown reference is refused: without a document type there is none. */
function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g, (_, hex, decimal, name) => {
    const point = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
    if (point !== undefined && point <= 0x10ffff) return String.fromCodePoint(point);
    const known = named[name ?? ''];
    if (known === undefined) throw new FileRefusal('MALFORMED');
    return known;
  });
}

/** Text of a workbook: line ends as XML has them (XML 1.0, 2.11), XML references, then the `_xHHHH_` escapes of Office (ECMA-376 Part 1, ST_Xstring). */
export function workbookText(text: string): string {
  const plain = unescaped(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
  return plain.includes('_x')
    ? plain.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : plain;
}

/** A part in UTF-8, which it may be in UTF-16 as well (ECMA-376 Part 2, 8.1.4: in no other). Throws FileRefusal for a part that says another. */
export async function* inUtf8(part: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: ReturnType<typeof iconv.getDecoder> | undefined;
  let begun = false;
  for await (const chunk of part) {
    if (!begun && chunk.length > 1) {
      begun = true;
      const [first, second] = chunk;
      if ((first === 0xff && second === 0xfe) || second === 0) decoder = iconv.getDecoder('utf-16le');
      else if ((first === 0xfe && second === 0xff) || first === 0) decoder = iconv.getDecoder('utf-16be');
      else if (!saysUtf8(chunk.toString('latin1', 0, 200))) throw new FileRefusal('ENCODING');
    }
    yield decoder ? Buffer.from(decoder.write(chunk)) : chunk;
  }
  const rest = decoder?.end();
  if (rest) yield Buffer.from(rest);
}

const saysUtf8 = (start: string): boolean =>
  /^(utf-?8|us-ascii)$/i.test(/^[^<]{0,3}<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)/.exec(start)?.[1] ?? 'utf-8');

/** Feeds a whole part to a handler. */
export async function readXml(part: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  const tokens = new XmlTokens(handler);
  for await (const chunk of inUtf8(part)) tokens.write(chunk);
  tokens.end();
}
