/** The container around a legacy workbook (MS-CFB): sectors in chains, a directory of streams. Read whole, with every chain bounded by the size of the file. */
import type { RandomAccess } from '../domain/random-access.ts';
import { FileRefusal } from './file-refusal.ts';

/** A workbook of 65,536 rows and 60 columns has about 40 MB. */
const fileLimit = 96 * 1024 * 1024;
const [freeFrom, noStream] = [0xffff_fffa, 0xffff_ffff];
const headerBytes = 512;
const entryBytes = 128;
const directoryLimit = 10_000;

type Entry = { readonly kind: number; readonly start: number; readonly size: number };
export type CompoundFile = {
  /** Names of streams and storages, lower case, wherever they stand. */
  readonly names: ReadonlySet<string>;
  /** The bytes of a stream; undefined when there is none of this name (lower case). */
  stream(name: string): Buffer | undefined;
};

/** Opens a compound file of up to 96 MB. Throws FileRefusal. */
export async function openCompoundFile(content: RandomAccess): Promise<CompoundFile> {
  if (content.size > fileLimit) throw new FileRefusal('TOO_LARGE');
  const read = await content.read(0, content.size);
  const bytes = Buffer.from(read.buffer, read.byteOffset, read.length);
  if (bytes.length < headerBytes) throw new FileRefusal('TRUNCATED');
  const shift = bytes.readUInt16LE(30);
  const smallShift = bytes.readUInt16LE(32);
  if ((shift !== 9 && shift !== 12) || smallShift !== 6) throw new FileRefusal('MALFORMED');
  const sectorBytes = 1 << shift;
  const sectors = Math.ceil(bytes.length / sectorBytes) - 1;
  const sector = (number: number): Buffer => {
    const at = (number + 1) * sectorBytes;
    if (number >= sectors || at >= bytes.length) throw new FileRefusal('TRUNCATED');
    return bytes.subarray(at, at + sectorBytes);
  };
  const table = allocation(bytes, sector, sectors);
  const chain = (start: number, next: (number: number) => number, limit: number): number[] => {
    const found: number[] = [];
    for (let at = start; at < freeFrom; at = next(at)) {
      found.push(at);
      if (found.length > limit) throw new FileRefusal('MALFORMED');
    }
    return found;
  };
  const nextSector = (number: number) => table[number] ?? truncated();
  const wholeChain = (start: number): Buffer => Buffer.concat(chain(start, nextSector, sectors).map(sector));

  const directory = wholeChain(bytes.readUInt32LE(48));
  const entries = new Map<string, Entry>();
  let root: Entry | undefined;
  for (let at = 0; at + entryBytes <= directory.length && at / entryBytes < directoryLimit; at += entryBytes) {
    const nameBytes = directory.readUInt16LE(at + 64);
    const kind = directory[at + 66] ?? 0;
    if (kind === 0 || nameBytes < 2 || nameBytes > 64) continue;
    const name = directory.toString('utf16le', at, at + nameBytes - 2).toLowerCase();
    const entry = { kind, start: directory.readUInt32LE(at + 116), size: directory.readUInt32LE(at + 120) };
    if (kind === 5) root ??= entry;
    else if (!entries.has(name)) entries.set(name, entry);
  }
  if (!root) throw new FileRefusal('MALFORMED');
  const smallFrom = bytes.readUInt32LE(56);
  const small = root.start < noStream - 5 ? wholeChain(root.start) : Buffer.alloc(0);
  const smallTable = wholeChain(bytes.readUInt32LE(60));
  const nextSmall = (number: number) =>
    number * 4 + 4 <= smallTable.length ? smallTable.readUInt32LE(number * 4) : truncated();

  return {
    names: new Set(entries.keys()),
    stream(name) {
      const entry = entries.get(name);
      if (entry?.kind !== 2) return undefined;
      const held =
        entry.size < smallFrom
          ? Buffer.concat(
              chain(entry.start, nextSmall, small.length / 64).map((at) => small.subarray(at * 64, at * 64 + 64)),
            )
          : wholeChain(entry.start);
      if (held.length < entry.size) throw new FileRefusal('TRUNCATED');
      return held.subarray(0, entry.size);
    },
  };
}

function truncated(): never {
  throw new FileRefusal('TRUNCATED');
}

/** Where each sector goes on: the sectors of this table are listed in the header and, from the 110th on, in sectors of their own. */
function allocation(bytes: Buffer, sector: (number: number) => Buffer, sectors: number): Uint32Array {
  const places: number[] = [];
  for (let at = 76; at < headerBytes; at += 4) places.push(bytes.readUInt32LE(at));
  let more = bytes.readUInt32LE(68);
  for (let seen = 0; more < freeFrom; seen++) {
    if (seen > sectors) throw new FileRefusal('MALFORMED');
    const held = sector(more);
    for (let at = 0; at + 8 <= held.length; at += 4) places.push(held.readUInt32LE(at));
    more = held.length >= 4 ? held.readUInt32LE(held.length - 4) : truncated();
  }
  const used = places.filter((place) => place < freeFrom);
  if (used.length > sectors) throw new FileRefusal('MALFORMED');
  const found: number[] = [];
  for (const place of used) {
    const held = sector(place);
    for (let at = 0; at + 4 <= held.length; at += 4) found.push(held.readUInt32LE(at));
  }
  return Uint32Array.from(found);
}
