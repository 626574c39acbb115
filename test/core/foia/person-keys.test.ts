import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personKeys } from '#core/foia/person-keys.ts';

const hmac = (secret: Uint8Array, text: string) => createHmac('sha256', secret).update(text).digest('hex').slice(0, 32);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the key of a person', () => {
  it('is HMAC-SHA-256 of agency and identifier, cut to 128 bits, for secrets and texts of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 64 }),
        fc.array(fc.tuple(fc.constantFrom('ICE', 'CBP'), fc.string({ unit: 'binary', maxLength: 700 })), {
          maxLength: 8,
        }),
        (secret, persons) => {
          const keyOf = personKeys(secret);
          for (const [agency, identifier] of persons)
            expect(hex(keyOf(agency, identifier))).toBe(hmac(secret, `${agency}\n${identifier.trim().toLowerCase()}`));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('fits each length around the ends of blocks', () => {
    const secret = Buffer.alloc(32, 7);
    const keyOf = personKeys(secret);
    for (let length = 0; length <= 200; length++) {
      const identifier = 'a'.repeat(length);
      expect(hex(keyOf('ICE', identifier))).toBe(hmac(secret, `ICE\n${identifier}`));
    }
  });

  it('is the same whatever the case and the white space around it, and another for another agency', () => {
    const keyOf = personKeys(Buffer.alloc(16, 1));
    expect(hex(keyOf('ICE', ' A1b2 '))).toBe(hex(keyOf('ICE', 'a1B2')));
    expect(hex(keyOf('CBP', 'a1b2'))).not.toBe(hex(keyOf('ICE', 'a1b2')));
  });

  it('takes no secret that could be guessed', () => {
    expect(() => personKeys(Buffer.alloc(15))).toThrow(RangeError);
    expect(() => personKeys(Buffer.alloc(65))).toThrow(RangeError);
  });
});
