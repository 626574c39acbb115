import { isAscii } from 'node:buffer';
import { accept, type Outcome, refuse } from '../problem.ts';

const unreadable = (detail: string) => refuse('BODY_UNREADABLE', { detail });

/** Most bodies are ASCII, whose letters need only be copied; a decoder takes five times as long. Undefined when the bytes are not in the encoding. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
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
  const text = decoded(bytes, encoding);
  if (text === undefined)
    return unreadable(
      encoding === 'utf-8'
        ? 'The body is not valid UTF-8; it may be Latin-1 or Windows-1252. Save the file as UTF-8 and send it again.'
        : 'The body begins as UTF-16 but is not valid UTF-16.',
    );
  if (text.includes('\0')) return unreadable('The body holds NUL characters; UTF-16 needs a byte order mark.');
  return accept(text);
}
