/** Which encoding a text file is in, from all of its bytes: one stray byte at the end of a file still makes it something other than UTF-8. */
import { isUtf8 } from 'node:buffer';
import { blocksOf, type RandomAccess } from '../domain/random-access.ts';
import { FileRefusal } from './file-refusal.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh';

/** Byte-order mark first, then the place of zero bytes, then whether every byte is UTF-8, then the bytes Windows-1252 does not have. Throws FileRefusal for binary content. */
export async function encodingOf(content: RandomAccess): Promise<TextEncoding> {
  const start = Buffer.from(await content.read(0, Math.min(4096, content.size)));
  if (start[0] === 0xff && start[1] === 0xfe) {
    // The mark of UTF-32 begins with that of UTF-16.
    if (start.length >= 4 && start.readUInt16LE(2) === 0) throw new FileRefusal('ENCODING');
    return 'utf-16le';
  }
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  let [even, odd] = [0, 0];
  for (let at = 0; at < start.length; at++) if (start[at] === 0) at % 2 ? odd++ : even++;
  // A few zeros stand on the other side: the low byte of some characters is one.
  if (odd > start.length / 5 && even * 10 < odd) return 'utf-16le';
  if (even > start.length / 5 && odd * 10 < even) return 'utf-16be';
  if (await isWholeUtf8(content)) return 'utf-8';
  for await (const block of blocksOf(content))
    if (notInWindows.some((byte) => block.includes(byte))) return 'macintosh';
  return 'windows-1252';
}

const notInWindows = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/** Throws FileRefusal for a byte that no text holds, wherever it stands. */
async function isWholeUtf8(content: RandomAccess): Promise<boolean> {
  let utf8 = true;
  let rest: Buffer = Buffer.alloc(0);
  for await (const block of blocksOf(content)) {
    if (block.includes(0)) throw new FileRefusal('ENCODING');
    if (utf8) {
      const bytes = rest.length ? Buffer.concat([rest, block]) : block;
      const whole = bytes.length - unfinished(bytes);
      utf8 = isUtf8(bytes.subarray(0, whole));
      rest = Buffer.from(bytes.subarray(whole));
    }
  }
  return utf8 && rest.length === 0;
}

/** How many bytes at the end begin a character that the next block finishes. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}
