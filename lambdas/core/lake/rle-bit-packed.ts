/** The RLE/bit-packing hybrid of Parquet: runs of eight or more stand once, everything else is packed in groups of eight values. Byte for byte what hyparquet-writer makes of lists. */

/** Numbers below `2 ** bitWidth`, `length` of them, as the hybrid's bytes. */
export function hybridOf(values: Uint32Array | Uint8Array, length: number, bitWidth: number): Uint8Array {
  // A group of eight takes `bitWidth` bytes, and the worst a header can add to it is a varint.
  const made = new Uint8Array(Math.ceil(length / 8) * (bitWidth + 5) + 16);
  const valueBytes = (bitWidth + 7) >> 3;
  let to = 0;
  const varint = (value: number) => {
    to = putVarint(value, made, to);
  };
  let groupsFrom = 0;
  let groups = 0;
  const flush = () => {
    if (groups === 0) return;
    varint((groups << 1) | 1);
    if (bitWidth > 0) to = pack(values, groupsFrom, length, groups * 8, bitWidth, made, to);
    groups = 0;
  };
  for (let at = 0; at < length; ) {
    const value = values[at] ?? 0;
    let end = at + 1;
    while (end < length && values[end] === value) end++;
    if (end - at >= 8) {
      flush();
      varint((end - at) << 1);
      for (let byte = 0; byte < valueBytes; byte++) made[to++] = (value >> (byte << 3)) & 0xff;
      at = end;
    } else {
      if (groups === 0) groupsFrom = at;
      groups += 1;
      at += 8;
    }
  }
  flush();
  return made.subarray(0, to);
}

/** The same of one value, `length` times. */
export function sameOf(value: number, length: number, bitWidth: number): Uint8Array {
  const eight = Math.min(length, 8);
  const made = hybridOf(new Uint32Array(eight).fill(value), eight, bitWidth);
  if (length <= 8) return made;
  // A run of eight has its header in one byte.
  const header = new Uint8Array(5);
  const end = putVarint(length << 1, header, 0);
  return Uint8Array.from([...header.subarray(0, end), ...made.subarray(1)]);
}

/** Writes a number in groups of seven bits, the least first; answers where it ends. */
function putVarint(value: number, made: Uint8Array, start: number): number {
  let to = start;
  let left = value;
  for (; left > 0x7f; left >>>= 7) made[to++] = (left & 0x7f) | 0x80;
  made[to++] = left;
  return to;
}

/** Packs `count` values from `from`, zeros after the last, least significant bit first; answers where the bytes end. */
function pack(
  values: Uint32Array | Uint8Array,
  from: number,
  length: number,
  count: number,
  bitWidth: number,
  made: Uint8Array,
  start: number,
): number {
  let to = start;
  let held = 0;
  let bits = 0;
  for (let at = from; at < from + count; at++) {
    held |= (at < length ? (values[at] ?? 0) : 0) << bits;
    bits += bitWidth;
    for (; bits >= 8; bits -= 8) {
      made[to++] = held & 0xff;
      held >>>= 8;
    }
  }
  return to;
}

/** How many bits the places up to `most` take. */
export const bitsOf = (most: number): number => 32 - Math.clz32(most);
