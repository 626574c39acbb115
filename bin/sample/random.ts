/** Seeded chance for the sample: the same words give the same numbers on every machine. Not for secrets. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** One key of the table, as often as its weight says. */
  weighted<Key extends string>(weights: Readonly<Partial<Record<Key, number>>>): Key;
  /** Gamma with mean 1; the smaller the shape, the more skewed. */
  gamma(shape: number): number;
  poisson(mean: number): number;
};

/** FNV-1a of the words, spread over 32 bits. */
function hash(words: readonly (string | number)[]): number {
  let state = 0x811c9dc5;
  for (const character of words.join('\u001f')) {
    state ^= character.codePointAt(0) ?? 0;
    state = Math.imul(state, 0x01000193);
  }
  return state >>> 0;
}

/** A stream of chance named by its words (mulberry32): streams with other names are independent of it. */
export function randomOf(...words: (string | number)[]): Random {
  let state = hash(words);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  /** Marsaglia and Tsang (2000) for shapes of 1 and more. */
  const gammaFrom1 = (shape: number): number => {
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - next()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return {
    next,
    chance: (probability) => next() < probability,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    weighted: <Key extends string>(weights: Readonly<Partial<Record<Key, number>>>): Key => {
      let left = 0;
      for (const key in weights) left += weights[key] ?? 0;
      left *= next();
      for (const key in weights) {
        left -= weights[key] ?? 0;
        if (left < 0) return key;
      }
      throw new RangeError('nothing to pick from');
    },
    gamma: (shape) => (shape >= 1 ? gammaFrom1(shape) : gammaFrom1(shape + 1) * (1 - next()) ** (1 / shape)) / shape,
    poisson: (mean) => {
      let count = 0;
      for (let left = mean; left > 0; left -= 30) {
        const limit = Math.exp(-Math.min(left, 30));
        for (let product = next(); product > limit; product *= next()) count++;
      }
      return count;
    },
  };
}
