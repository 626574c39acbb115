/** Finds which of many numbers occur more than once: parted by their bits first, so that each part and its table lie in the cache of the processor. */

/** About as many numbers as one part holds; a table has at least twice as many places. */
const partSize = 2048;
/** Scatters numbers whose bits are not all alike (2^32 divided by the golden ratio). */
const scatter = 0x9e37_79b1;

/** Tells of every number that equals an earlier one, in no order. Whole numbers from 0 to 2^53 - 2. */
export function eachRepeat(numbers: Float64Array, tell: (number: number) => void): void {
  const { parted, starts } = partedByBits(numbers);
  let table = new Float64Array(partSize * 2);
  for (let part = 0; part + 1 < starts.length; part++) {
    const [from, to] = [starts[part] ?? 0, starts[part + 1] ?? 0];
    const places = 2 << Math.ceil(Math.log2(Math.max(1, to - from)));
    if (places > table.length) table = new Float64Array(places);
    else table.fill(0, 0, places);
    const mask = places - 1;
    for (let at = from; at < to; at++) {
      const number = parted[at] ?? 0;
      // 0 marks a free place.
      const mark = number + 1;
      let place = mark & mask;
      for (let held = table[place]; held !== 0; held = table[place]) {
        if (held === mark) break;
        place = (place + 1) & mask;
      }
      if (table[place] === mark) tell(number);
      else table[place] = mark;
    }
  }
}

/** The same numbers, those of one part beside each other, and where each part begins. */
function partedByBits(numbers: Float64Array): { readonly parted: Float64Array; readonly starts: Uint32Array } {
  const bits = Math.max(0, Math.ceil(Math.log2(numbers.length / partSize)));
  const partOf = (number: number): number => (bits === 0 ? 0 : Math.imul(number, scatter) >>> (32 - bits));
  const starts = new Uint32Array((1 << bits) + 1);
  for (let at = 0; at < numbers.length; at++) {
    const next = partOf(numbers[at] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let part = 1; part < starts.length; part++) starts[part] = (starts[part] ?? 0) + (starts[part - 1] ?? 0);
  const ends = starts.slice();
  const parted = new Float64Array(numbers.length);
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? 0;
    const part = partOf(number);
    const end = ends[part] ?? 0;
    parted[end] = number;
    ends[part] = end + 1;
  }
  return { parted, starts };
}
