import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personKeys } from '#core/foia/person-keys.ts';

const hmac = (secret: Uint8Array, text: string) => createHmac('sha256', secret).update(text).digest('hex').slice(0, 32);
const keyed = async (
  secret: Uint8Array,
  agency: string,
  identifiers: readonly string[],
): Promise<readonly string[]> => {
  const keys = Buffer.from(await personKeys(secret)(agency, identifiers)).toString('hex');
  return identifiers.map((_, at) => keys.slice(at * 32, at * 32 + 32));
};

describe('the keys of persons', () => {
  it('are HMAC-SHA-256 of agency and identifier, cut to 128 bits, for secrets and texts of any length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 16, maxLength: 64 }),
        fc.constantFrom('ICE', 'CBP'),
        fc.array(fc.string({ unit: 'binary', maxLength: 700 }), { maxLength: 8 }),
        async (secret, agency, identifiers) => {
          expect(await keyed(secret, agency, identifiers)).toEqual(
            identifiers.map((identifier) => hmac(secret, `${agency}\n${identifier.trim().toLowerCase()}`)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('fit each length around the ends of blocks', async () => {
    const secret = Buffer.alloc(32, 7);
    const identifiers = Array.from({ length: 201 }, (_, length) => 'a'.repeat(length));
    expect(await keyed(secret, 'ICE', identifiers)).toEqual(
      identifiers.map((identifier) => hmac(secret, `ICE\n${identifier}`)),
    );
  });

  it('are the same whatever the case and the white space around it, and others for another agency', async () => {
    const secret = Buffer.alloc(16, 1);
    const [one, other] = await keyed(secret, 'ICE', [' A1b2 ', 'a1B2']);
    expect(one).toBe(other);
    expect(await keyed(secret, 'CBP', ['a1b2'])).not.toEqual([other]);
  });

  it('take no secret that could be guessed', () => {
    expect(() => personKeys(Buffer.alloc(15))).toThrow(RangeError);
    expect(() => personKeys(Buffer.alloc(65))).toThrow(RangeError);
  });
});
