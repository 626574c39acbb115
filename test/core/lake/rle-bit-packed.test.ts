import fc from 'fast-check';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { describe, expect, it } from 'vitest';
import { bitsOf, hybridOf, sameOf } from '#core/lake/rle-bit-packed.ts';

/** Runs of values, some long and most short, as columns have them. */
const values = fc
  .tuple(fc.nat(17), fc.array(fc.tuple(fc.nat(), fc.oneof(fc.integer({ min: 1, max: 9 }), fc.nat(300)))))
  .map(([bits, runs]) => runs.flatMap(([value, times]) => new Array<number>(times).fill(value % 2 ** bits)));

describe('the hybrid of runs and packed bits', () => {
  it('has the bytes that the library makes of the same values', () => {
    fc.assert(
      fc.property(values, (list) => {
        const bits = bitsOf(Math.max(0, ...list));
        const library = new ByteWriter();
        writeRleBitPackedHybrid(library, list, bits);
        expect(hybridOf(Uint32Array.from(list), list.length, bits)).toEqual(library.getBytes());
      }),
      { numRuns: 500 },
    );
  });

  it('is made of one value without a list of it', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 17), fc.nat(70_000), (value, length) => {
        const bits = bitsOf(value);
        const list = new Uint32Array(length).fill(value);
        expect(Buffer.from(sameOf(value, length, bits))).toEqual(Buffer.from(hybridOf(list, length, bits)));
      }),
      { numRuns: 200 },
    );
  });
});
