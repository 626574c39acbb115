/**
 * A zip archive, around a workbook or of files, read by range. Limits are held against the declared sizes before a byte is unpacked, and against the bytes themselves while
 * unpacking, because declared sizes lie: entries ≤ 200, one ≤ 2 GB (a million rows of 25 cells have 1 GB), all ≤ 3 GB, ratio ≤ 200 (of entries above 4 MB), checksum as declared.
 */
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { RandomAccess } from '../domain/random-access.ts';
import { FileRefusal } from './file-refusal.ts';

const megabyte = 1024 * 1024;
const zipLimits = {
  entries: 200,
  entryBytes: 2048 * megabyte,
  totalBytes: 3072 * megabyte,
  ratio: 200,
  ratioFrom: 4 * megabyte,
};
const blockBytes = 256 * 1024;
const chunkBytes = 128 * 1024;

export type ZipArchive = {
  readonly names: ReadonlySet<string>;
  /** The size that an entry declares; `read` holds it to that. */
  bytesOf(name: string): number;
  /** The unpacked bytes of one entry. Throws FileRefusal on a limit, a false size or checksum, or damage. */
  read(name: string): AsyncIterable<Buffer>;
};

/** Opens an archive and holds its directory against the limits. Throws FileRefusal. */
export async function openZip(content: RandomAccess): Promise<ZipArchive> {
  const entries = new Map<string, Entry>();
  let zip: ZipFile;
  try {
    zip = await fromRandomAccessReaderPromise(new RangeReader(content), content.size, {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: false,
    });
    if (zip.entryCount > zipLimits.entries) throw new FileRefusal('TOO_MANY_ENTRIES');
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName)) throw new FileRefusal('NAMES');
      entries.set(entry.fileName, entry);
      if (entries.size > zipLimits.entries) throw new FileRefusal('TOO_MANY_ENTRIES');
    }
  } catch (cause) {
    if (cause instanceof FileRefusal || isRangeFault(cause)) throw cause;
    throw new FileRefusal(
      cause instanceof Error && /file ?name|path/i.test(cause.message) ? 'NAMES' : 'TRUNCATED',
      cause,
    );
  }
  let declared = 0;
  for (const entry of entries.values()) {
    if (entry.isEncrypted()) throw new FileRefusal('ENCRYPTED');
    declared += entry.uncompressedSize;
    if (entry.uncompressedSize > zipLimits.entryBytes || declared > zipLimits.totalBytes)
      throw new FileRefusal('TOO_LARGE');
    if (exceedsRatio(entry.uncompressedSize, entry.compressedSize)) throw new FileRefusal('RATIO');
  }
  const spent = { bytes: 0 };
  return {
    names: new Set(entries.keys()),
    bytesOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
    read(name) {
      const entry = entries.get(name);
      if (!entry) throw new FileRefusal('MALFORMED');
      return unpacked(zip, entry, spent);
    },
  };
}

const exceedsRatio = (unpackedBytes: number, packedBytes: number) =>
  unpackedBytes > zipLimits.ratioFrom && unpackedBytes > packedBytes * zipLimits.ratio;

async function* unpacked(zip: ZipFile, entry: Entry, spent: { bytes: number }): AsyncGenerator<Buffer> {
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw new FileRefusal('MALFORMED');
  let stream: Readable;
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    stream =
      entry.compressionMethod === 0
        ? packed
        : pipeline(packed, createInflateRaw({ chunkSize: chunkBytes }), () => undefined);
  } catch (cause) {
    if (isRangeFault(cause)) throw cause;
    throw new FileRefusal('TRUNCATED', cause);
  }
  let bytes = 0;
  let checksum = 0;
  const iterator: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((cause: unknown) => {
        if (isRangeFault(cause)) throw cause;
        throw new FileRefusal('TRUNCATED', cause);
      });
      if (next.done) break;
      bytes += next.value.length;
      spent.bytes += next.value.length;
      if (bytes > zipLimits.entryBytes || spent.bytes > zipLimits.totalBytes * 2) throw new FileRefusal('TOO_LARGE');
      if (exceedsRatio(bytes, entry.compressedSize)) throw new FileRefusal('RATIO');
      if (bytes > entry.uncompressedSize) throw new FileRefusal('SIZE_LIES');
      checksum = crc32(next.value, checksum);
      yield next.value;
    }
  } finally {
    stream.destroy();
  }
  if (bytes !== entry.uncompressedSize || checksum !== entry.crc32 >>> 0) throw new FileRefusal('SIZE_LIES');
}

/** The place the file is read from failed: not the file's fault, so it is retried and not refused. */
class RangeFault extends Error {
  override name = 'RangeFault';
}
const isRangeFault = (cause: unknown): boolean => cause instanceof RangeFault;

class RangeReader extends RandomAccessReader {
  readonly #content: RandomAccess;
  constructor(content: RandomAccess) {
    super();
    this.#content = content;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    const content = this.#content;
    return Readable.from(
      (async function* () {
        for (let at = start; at < end; ) {
          const bytes = await content.read(at, Math.min(blockBytes, end - at)).catch((cause: unknown) => {
            throw new RangeFault('the dropped file could not be read', { cause });
          });
          if (bytes.length === 0) return;
          at += bytes.length;
          yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
        }
      })(),
      { objectMode: false, highWaterMark: blockBytes },
    );
  }
}
