/**
 * Lake columns as one Parquet file, of the same schema and meaning as rows written by `parquet.ts`. A column that repeats becomes a dictionary and the places in it; nothing is made for a
 * row that the file does not hold. Pages, levels, statistics and metadata are the library's.
 */
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeColumn } from 'hyparquet-writer/src/column.js';
import { writeDataPageV2, writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeDictionaryPage } from 'hyparquet-writer/src/dictionary.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import { invariant } from '../domain/invariant.ts';
import type { ValueColumn } from '../domain/value-column.ts';
import type { LakeColumns } from './lake-columns.ts';
import { type Physical, physical, type SchemaElement, schemaOf } from './parquet-values.ts';
import { type ColumnType, type LakeTable, type LakeTableName, lakeTables } from './tables.ts';

type PageColumn = Parameters<typeof writeColumn>[0]['column'];
type ColumnChunk = ReturnType<typeof writeColumn>['chunk'];
type Statistics = NonNullable<NonNullable<ColumnChunk['meta_data']>['statistics']>;

/**
 * Writes the columns of one table as one row group: SNAPPY, every column nullable, times as `timestamp` without zone in milliseconds. The same columns give the same bytes.
 * Throws BugError when a value does not fit its column or there is no row.
 */
export function parquetOfColumns<Table extends LakeTableName>(
  name: Table,
  { length, columns }: LakeColumns<Table>,
): Uint8Array {
  invariant(length > 0, 'an empty file is not written to the lake');
  const table: LakeTable = lakeTables[name];
  const schema = schemaOf(table);
  const writer = new ByteWriter(1 << 20);
  const file = new ParquetWriter({ writer, schema });
  const [root, ...elements] = schema;
  invariant(root, 'a schema has a root');
  const start = writer.offset;
  const same = new SameRows(length);
  const chunks = table.columns.map(({ name, type }, at) => {
    const column = (columns as Readonly<Record<string, ValueColumn>>)[name];
    const element = elements[at];
    invariant(column && element, 'the columns of a lake table are all given');
    return writeChunk(writer, pageColumn(root, element, 'texts' in column), { type, column, length, same });
  });
  file.num_rows = BigInt(length);
  file.row_groups.push({
    columns: chunks,
    total_byte_size: chunks.reduce((sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n), 0n),
    num_rows: BigInt(length),
    total_compressed_size: BigInt(writer.offset - start),
  });
  file.finish();
  return writer.getBytes().slice();
}

/** Keys look like chance, which no compressor makes smaller. */
function pageColumn(root: SchemaElement, element: SchemaElement, incompressible: boolean): PageColumn {
  return {
    columnName: element.name,
    element,
    schemaPath: [root, element],
    codec: incompressible ? 'UNCOMPRESSED' : 'SNAPPY',
    compressors: { SNAPPY: snappyCompress },
    stats: true,
    pageSize: 0,
    columnIndex: false,
    offsetIndex: false,
  };
}

type Given = {
  readonly type: ColumnType;
  readonly column: ValueColumn;
  readonly length: number;
  readonly same: SameRows;
};
type Written = {
  readonly encoding: 'PLAIN' | 'RLE' | 'RLE_DICTIONARY';
  readonly nulls: number;
  readonly statistics: Statistics;
  readonly unpacked: number;
  readonly dataOffset: number;
};

function writeChunk(writer: ByteWriter, page: PageColumn, given: Given): ColumnChunk {
  const { type } = page.element;
  invariant(type, 'a column has a type');
  const offset = writer.offset;
  const { encoding, nulls, statistics, unpacked, dataOffset } = writePages(writer, page, given);
  const listed = encoding === 'RLE_DICTIONARY';
  return {
    file_offset: BigInt(offset),
    meta_data: {
      type,
      encodings: listed ? ['PLAIN', encoding] : [encoding],
      path_in_schema: [page.columnName],
      codec: page.codec,
      num_values: BigInt(given.length),
      total_compressed_size: BigInt(writer.offset - offset),
      total_uncompressed_size: BigInt(unpacked),
      data_page_offset: BigInt(dataOffset),
      ...(listed ? { dictionary_page_offset: BigInt(offset) } : {}),
      statistics: { ...statistics, null_count: BigInt(nulls) },
      encoding_stats: [
        ...(listed ? [{ page_type: 'DICTIONARY_PAGE' as const, encoding: 'PLAIN' as const, count: 1 }] : []),
        { page_type: 'DATA_PAGE_V2', encoding, count: 1 },
      ],
    },
  };
}

function writePages(writer: ByteWriter, page: PageColumn, { type, column, length, same }: Given): Written {
  if ('numbers' in column) {
    invariant(type === 'integer', 'numbers are for an integer column');
    return writeNumbers(writer, page, column.numbers.subarray(0, length));
  }
  if ('texts' in column) {
    invariant(type === 'varchar', 'texts are for a varchar column');
    return writeTexts(writer, page, column, length);
  }
  if ('all' in column) return writeListed(writer, page, same.of(physical(type, column.all)));
  const values = column.values.map((value) => physical(type, value));
  const [first = null] = values;
  const alike = values.every((value) => value === first);
  return writeListed(writer, page, alike ? same.of(first) : usedOf(values, column.at, length));
}

type Used = {
  /** The values that occur, in the order of their first row. */
  readonly dictionary: readonly Exclude<Physical, null>[];
  /** Of each row: the place of its value, null where it has none. */
  readonly places: number[];
  /** 0 where a row is NULL. */
  readonly levels: number[];
  readonly nulls: number;
};

/** What every row holding the same value looks like; made once for a file, whose columns are mostly of this kind. */
class SameRows {
  readonly #ones: number[];
  readonly #zeros: number[];
  readonly #nulls: number[];
  constructor(length: number) {
    this.#ones = new Array(length).fill(1);
    this.#zeros = new Array(length).fill(0);
    this.#nulls = new Array(length).fill(null);
  }
  of(value: Physical): Used {
    return value === null
      ? { dictionary: [], places: this.#nulls, levels: this.#zeros, nulls: this.#nulls.length }
      : { dictionary: [value], places: this.#zeros, levels: this.#ones, nulls: 0 };
  }
}

function usedOf(values: readonly Physical[], at: Uint32Array, length: number): Used {
  const dictionary: Exclude<Physical, null>[] = [];
  const known = new Map<Physical, number>();
  const placeOf = new Int32Array(values.length).fill(-1);
  const places = new Array<number | null>(length).fill(0);
  const levels = new Array<number>(length).fill(1);
  let nulls = 0;
  for (let row = 0; row < length; row++) {
    const listed = at[row] ?? -1;
    let place = placeOf[listed] ?? -1;
    if (place < 0) {
      const value = values[listed];
      invariant(value !== undefined, 'a row names a value of its column');
      if (value === null) {
        nulls += 1;
        places[row] = null;
        levels[row] = 0;
        continue;
      }
      place = known.get(value) ?? dictionary.push(value) - 1;
      known.set(value, place);
      placeOf[listed] = place;
    }
    places[row] = place;
  }
  return { dictionary, places: places as number[], levels, nulls };
}

const encoder = new TextEncoder();

/** A dictionary and places in it; truth values are written as they are. */
function writeListed(writer: ByteWriter, page: PageColumn, { dictionary, places, levels, nulls }: Used): Written {
  const truths = page.element.type === 'BOOLEAN';
  const encoding = truths ? 'RLE' : dictionary.length === 0 ? 'PLAIN' : 'RLE_DICTIONARY';
  let unpacked = 0;
  if (encoding === 'RLE_DICTIONARY') {
    const stored = dictionary.map((value) => (typeof value === 'string' ? encoder.encode(value) : value));
    unpacked += writeDictionaryPage(writer, page, stored);
  }
  const dataOffset = writer.offset;
  const values = truths ? places.map((place) => (place === null ? null : Number(dictionary[place]))) : places;
  const pageData = { values, definitionLevels: levels, repetitionLevels: [], maxDefinitionLevel: 1 };
  unpacked += writeDataPageV2({ writer, column: page, encoding, pageData });
  return { encoding, nulls, statistics: statisticsOf(page, dictionary), unpacked, dataOffset };
}

function writeNumbers(writer: ByteWriter, page: PageColumn, numbers: Uint32Array): Written {
  let [least, most] = [numbers[0] ?? 0, numbers[0] ?? 0];
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? 0;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  invariant(most < 2 ** 31, 'an integer column holds 32-bit integers');
  const dataOffset = writer.offset;
  // Little-endian, as every machine is that this runs on.
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const unpacked = writePlain(writer, page, { bytes, levels: new Array(numbers.length).fill(1), nulls: 0 });
  return { encoding: 'PLAIN', nulls: 0, statistics: { min_value: least, max_value: most }, unpacked, dataOffset };
}

type Texts = Extract<ValueColumn, { texts: unknown }>;

/** Texts of one width: each is its length and its characters. Their bounds tell nothing and are left out. */
function writeTexts(writer: ByteWriter, page: PageColumn, { texts, width }: Texts, length: number): Written {
  const levels = new Array<number>(length).fill(1);
  let nulls = 0;
  for (let row = 0; row < length; row++) {
    if (texts[row * width] !== 0) continue;
    levels[row] = 0;
    nulls += 1;
  }
  const bytes = new Uint8Array((length - nulls) * (4 + width));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (let row = 0; row < length; row++) {
    if (levels[row] === 0) continue;
    view.setUint32(at, width, true);
    for (let from = row * width, to = at + 4, end = at + 4 + width; to < end; ) bytes[to++] = texts[from++] ?? 0;
    at += 4 + width;
  }
  const dataOffset = writer.offset;
  return {
    encoding: 'PLAIN',
    nulls,
    statistics: {},
    unpacked: writePlain(writer, page, { bytes, levels, nulls }),
    dataOffset,
  };
}

/** A page of values whose bytes are made: the same page as `writeDataPageV2` makes of values. */
function writePlain(
  writer: ByteWriter,
  { codec, compressors }: PageColumn,
  { bytes, levels, nulls }: { readonly bytes: Uint8Array; readonly levels: number[]; readonly nulls: number },
): number {
  const start = writer.offset;
  const held = new ByteWriter();
  const levelBytes = writeRleBitPackedHybrid(held, levels, 1);
  const packed = compressors[codec]?.(bytes) ?? bytes;
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levelBytes + bytes.length,
    compressed_page_size: levelBytes + packed.length,
    data_page_header_v2: {
      num_values: levels.length,
      num_nulls: nulls,
      num_rows: levels.length,
      encoding: 'PLAIN',
      definition_levels_byte_length: levelBytes,
      repetition_levels_byte_length: 0,
      is_compressed: codec !== 'UNCOMPRESSED',
    },
  });
  const header = writer.offset - start;
  writer.appendBytes(held.getBytes());
  writer.appendBytes(packed);
  return header + levelBytes + bytes.length;
}

/** The bounds of the values that occur, as the library finds them. */
function statisticsOf(column: PageColumn, dictionary: readonly Physical[]): Statistics {
  const definitionLevels = dictionary.map(() => 1);
  const pageData = { values: [...dictionary], definitionLevels, repetitionLevels: [], maxDefinitionLevel: 1 };
  return writeColumn({ writer: new ByteWriter(), column, pageData }).chunk.meta_data?.statistics ?? {};
}
