/**
 * Lake columns as one Parquet file, of the same schema and meaning as rows written by `parquet.ts`. A column that repeats becomes a dictionary and the places in it; nothing is made for a
 * row that the file does not hold. Pages, levels, statistics and metadata are the library's.
 */
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeColumn } from 'hyparquet-writer/src/column.js';
import { writeDictionaryPage } from 'hyparquet-writer/src/dictionary.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import { invariant } from '../domain/invariant.ts';
import type { ValueColumn } from '../domain/value-column.ts';
import type { LakeColumns } from './lake-columns.ts';
import { type PageColumn, type WrittenPage, writePage } from './parquet-pages.ts';
import { type Physical, physical, type SchemaElement, schemaOf } from './parquet-values.ts';
import { bitsOf, hybridOf, sameOf } from './rle-bit-packed.ts';
import { type ColumnType, type LakeTable, type LakeTableName, lakeTables } from './tables.ts';

type ColumnChunk = ReturnType<typeof writeColumn>['chunk'];
type Statistics = NonNullable<NonNullable<ColumnChunk['meta_data']>['statistics']>;

/** What a row takes that has a key, which nothing makes smaller: a writer that grows holds everything twice. */
const rowBytes = 48;

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
  const writer = new ByteWriter((1 << 16) + length * rowBytes);
  const file = new ParquetWriter({ writer, schema });
  const [root, ...elements] = schema;
  invariant(root, 'a schema has a root');
  const start = writer.offset;
  const same = new SameRows(length);
  const chunks = table.columns.map(({ name, type }, at) => {
    const column = (columns as Readonly<Record<string, ValueColumn>>)[name];
    const element = elements[at];
    invariant(column && element, 'the columns of a lake table are all given');
    return writeChunk(writer, pageColumn(root, element, 'digests' in column), { type, column, length, same });
  });
  file.num_rows = BigInt(length);
  file.row_groups.push({
    columns: chunks,
    total_byte_size: chunks.reduce((sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n), 0n),
    num_rows: BigInt(length),
    total_compressed_size: BigInt(writer.offset - start),
  });
  file.finish();
  return writer.getBytes();
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
type Written = WrittenPage & { readonly statistics: Statistics };

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
  if ('digests' in column) {
    invariant(type === 'varchar', 'digests are for a varchar column');
    return writeDigests(writer, page, column, length);
  }
  if ('all' in column) return writeListed(writer, page, length, same.of(physical(type, column.all)));
  const values = column.values.map((value) => physical(type, value));
  const [first = null] = values;
  const alike = values.every((value) => value === first);
  return writeListed(writer, page, length, alike ? same.of(first) : usedOf(values, column.at, length));
}

type Used = {
  /** The values that occur, in the order of their first row. */
  readonly dictionary: readonly Exclude<Physical, null>[];
  /** Of each row that has a value: its place. */
  readonly places: Uint32Array;
  /** 0 where a row is NULL; undefined when none is. */
  readonly levels: Uint8Array | undefined;
};

/** What every row holding the same value looks like; made once for a file, whose columns are mostly of this kind. */
class SameRows {
  readonly #zeros: Uint32Array;
  readonly #nulls: Uint8Array;
  constructor(length: number) {
    this.#zeros = new Uint32Array(length);
    this.#nulls = new Uint8Array(length);
  }
  of(value: Physical): Used {
    return value === null
      ? { dictionary: [], places: this.#zeros.subarray(0, 0), levels: this.#nulls }
      : { dictionary: [value], places: this.#zeros, levels: undefined };
  }
}

function usedOf(values: readonly Physical[], at: Uint32Array, length: number): Used {
  const dictionary: Exclude<Physical, null>[] = [];
  const known = new Map<Physical, number>();
  const placeOf = new Int32Array(values.length).fill(-1);
  const places = new Uint32Array(length);
  let levels: Uint8Array | undefined;
  let count = 0;
  for (let row = 0; row < length; row++) {
    const listed = at[row] ?? -1;
    let place = placeOf[listed] ?? -1;
    if (place < 0) {
      const value = values[listed];
      invariant(value !== undefined, 'a row names a value of its column');
      if (value === null) {
        levels ??= new Uint8Array(length).fill(1);
        levels[row] = 0;
        continue;
      }
      place = known.get(value) ?? dictionary.push(value) - 1;
      known.set(value, place);
      placeOf[listed] = place;
    }
    places[count++] = place;
  }
  return { dictionary, places: places.subarray(0, count), levels };
}

const encoder = new TextEncoder();

/** A dictionary and places in it; truth values are written as they are. */
function writeListed(writer: ByteWriter, page: PageColumn, length: number, used: Used): Written {
  const { dictionary, places, levels } = used;
  const statistics = statisticsOf(page, dictionary);
  if (page.element.type === 'BOOLEAN') {
    const marks = Uint8Array.from(dictionary, Number);
    const values = new Uint8Array(places.length);
    for (let row = 0; row < values.length; row++) values[row] = marks[places[row] ?? 0] ?? 0;
    const truths = hybridOf(values, values.length, 1);
    const bytes = new Uint8Array(4 + truths.length);
    new DataView(bytes.buffer).setUint32(0, truths.length, true);
    bytes.set(truths, 4);
    return { statistics, ...writePage(writer, page, { encoding: 'RLE', bytes, levels, length }) };
  }
  if (dictionary.length === 0)
    return { statistics, ...writePage(writer, page, { encoding: 'PLAIN', bytes: new Uint8Array(0), levels, length }) };
  const stored = dictionary.map((value) => (typeof value === 'string' ? encoder.encode(value) : value));
  const listed = writeDictionaryPage(writer, page, stored);
  const bitWidth = bitsOf(dictionary.length - 1);
  const packed = bitWidth === 0 ? sameOf(0, places.length, 0) : hybridOf(places, places.length, bitWidth);
  const bytes = new Uint8Array(1 + packed.length);
  bytes[0] = bitWidth;
  bytes.set(packed, 1);
  const written = writePage(writer, page, { encoding: 'RLE_DICTIONARY', bytes, levels, length });
  return { statistics, ...written, unpacked: listed + written.unpacked };
}

function writeNumbers(writer: ByteWriter, page: PageColumn, numbers: Uint32Array): Written {
  let [least, most] = [numbers[0] ?? 0, numbers[0] ?? 0];
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? 0;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  invariant(most < 2 ** 31, 'an integer column holds 32-bit integers');
  // Little-endian, as every machine is that this runs on.
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const written = writePage(writer, page, { encoding: 'PLAIN', bytes, levels: undefined, length: numbers.length });
  return { statistics: { min_value: least, max_value: most }, ...written };
}

type Digests = Extract<ValueColumn, { digests: unknown }>;

/** The two digits of each byte as they lie in memory. */
const digits = Uint16Array.from({ length: 256 }, (_, byte) => {
  const [high = 0, low = 0] = Buffer.from(byte.toString(16).padStart(2, '0'), 'latin1');
  return high | (low << 8);
});

/** Digits of one width: each is its length and its characters. Their bounds tell nothing and are left out. */
function writeDigests(writer: ByteWriter, page: PageColumn, { digests, width }: Digests, length: number): Written {
  let levels: Uint8Array | undefined;
  const made = new Uint8Array(length * (4 + width * 2));
  const view = new DataView(made.buffer);
  let to = 0;
  for (let row = 0; row < length; row++) {
    const end = (row + 1) * width;
    let from = row * width;
    while (from < end && digests[from] === 0) from++;
    if (from === end) {
      levels ??= new Uint8Array(length).fill(1);
      levels[row] = 0;
      continue;
    }
    view.setUint32(to, width * 2, true);
    to += 4;
    for (from = row * width; from < end; from++, to += 2) view.setUint16(to, digits[digests[from] ?? 0] ?? 0, true);
  }
  const written = writePage(writer, page, { encoding: 'PLAIN', bytes: made.subarray(0, to), levels, length });
  return { statistics: {}, ...written };
}

/** The bounds of the values that occur, as the library finds them. */
function statisticsOf(column: PageColumn, dictionary: readonly Physical[]): Statistics {
  const definitionLevels = dictionary.map(() => 1);
  const pageData = { values: [...dictionary], definitionLevels, repetitionLevels: [], maxDefinitionLevel: 1 };
  return writeColumn({ writer: new ByteWriter(), column, pageData }).chunk.meta_data?.statistics ?? {};
}
