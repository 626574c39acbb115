/** Choices that nobody without the key can foresee or repeat: the same key and name give the same number, and no number tells of another (HMAC-SHA-256, RFC 2104). */
import { createHmac } from 'node:crypto';

/** A number from 0 to just below 1 for each name. */
export type TieBreak = (name: string) => number;

export function tieBreak(key: string): TieBreak {
  const drawn = new Map<string, number>();
  return (name) => {
    let number = drawn.get(name);
    if (number === undefined) {
      number = createHmac('sha256', key).update(name).digest().readUInt32BE(0) / 2 ** 32;
      drawn.set(name, number);
    }
    return number;
  };
}
