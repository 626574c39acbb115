/** Chance that is the same on every run: numbers from 0 to below 1 (xorshift32, Marsaglia 2003). */
export function noiseFrom(seed: number): () => number {
  let noise = seed;
  return () => {
    noise ^= noise << 13;
    noise ^= noise >>> 17;
    noise ^= noise << 5;
    return (noise >>> 0) / 4294967296;
  };
}
