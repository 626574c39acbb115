/** A page of a Parquet column whose values are already bytes: the same page as the library makes of lists. */
import type { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import type { writeColumn } from 'hyparquet-writer/src/column.js';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { hybridOf, sameOf } from './rle-bit-packed.ts';

export type PageColumn = Parameters<typeof writeColumn>[0]['column'];

export type Page = {
  readonly encoding: 'PLAIN' | 'RLE' | 'RLE_DICTIONARY';
  /** The values of the rows that have one. */
  readonly bytes: Uint8Array;
  /** 0 where a row is NULL; undefined when none is. */
  readonly levels: Uint8Array | undefined;
  readonly length: number;
};

export type WrittenPage = {
  readonly encoding: Page['encoding'];
  readonly nulls: number;
  readonly unpacked: number;
  readonly dataOffset: number;
};

/** Levels are counted and packed here; answers where the page begins and how long it is unpacked. */
export function writePage(
  writer: ByteWriter,
  { codec, compressors }: PageColumn,
  { encoding, bytes, levels, length }: Page,
): WrittenPage {
  const dataOffset = writer.offset;
  let nulls = 0;
  if (levels) for (let row = 0; row < levels.length; row++) nulls += 1 - (levels[row] ?? 0);
  const levelBytes = levels ? hybridOf(levels, length, 1) : sameOf(1, length, 1);
  const packed = compressors[codec]?.(bytes) ?? bytes;
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levelBytes.length + bytes.length,
    compressed_page_size: levelBytes.length + packed.length,
    data_page_header_v2: {
      num_values: length,
      num_nulls: nulls,
      num_rows: length,
      encoding,
      definition_levels_byte_length: levelBytes.length,
      repetition_levels_byte_length: 0,
      is_compressed: codec !== 'UNCOMPRESSED',
    },
  });
  const header = writer.offset - dataOffset;
  writer.appendBytes(levelBytes);
  writer.appendBytes(packed);
  return { encoding, nulls, dataOffset, unpacked: header + levelBytes.length + bytes.length };
}
