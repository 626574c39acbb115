import { isAscii, isUtf8 } from 'node:buffer';
import { accept, type Outcome, refuse } from '../problem.ts';

const unreadable = (detail: string) => refuse('BODY_UNREADABLE', { detail });

/** How much is looked at at once, in bytes. */
const stretch = 512;
const mark = [0xef, 0xbb, 0xbf];

/** Decodes UTF-8 without its mark. Most stretches are ASCII, whose letters need only be copied; decoding takes five times as long. Undefined when it is not UTF-8. */
function decodeUtf8(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  const pieces: string[] = [];
  for (let from = mark.every((byte, at) => bytes[at] === byte) ? mark.length : 0; from < bytes.length; ) {
    let to = Math.min(from + stretch, bytes.length);
    while (((bytes[to] ?? 0) & 0xc0) === 0x80) to++; // no letter is cut in two
    const piece = bytes.subarray(from, to);
    pieces.push(piece.toString(isAscii(piece) ? 'latin1' : 'utf8'));
    from = to;
  }
  return pieces.join('');
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Decodes UTF-8 (with or without BOM) or UTF-16 with BOM. Refuses other encodings and NUL by name rather than guess a letter. */
export function decodeText(bytes: Uint8Array, contentType: string): Outcome<string> {
  const charset = /;\s*charset\s*=\s*"?([A-Za-z0-9._-]+)/i.exec(contentType)?.[1]?.toLowerCase();
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii', 'utf-16', 'utf-16le', 'utf-16be'].includes(charset))
    return unreadable('The charset is not supported; send UTF-8.');
  const text =
    encoding === 'utf-8'
      ? decodeUtf8(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      : decodeUtf16(bytes, encoding);
  if (text === undefined)
    return unreadable(
      encoding === 'utf-8'
        ? 'The body is not valid UTF-8; it may be Latin-1 or Windows-1252. Save the file as UTF-8 and send it again.'
        : 'The body begins as UTF-16 but is not valid UTF-16.',
    );
  if (text.includes('\0')) return unreadable('The body holds NUL characters; UTF-16 needs a byte order mark.');
  return accept(text);
}
