import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DepartmentId, readReportId, reportIdOf, sha256, submissionIdOf } from '#core/domain/ids.ts';

/** The last 130 bits of the first 17 bytes of the digest, as one number. */
function inOneNumber(parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 17);
  let bits = BigInt(`0x${digest.toString('hex')}`);
  let text = '';
  for (let at = 0; at < 26; at++, bits >>= 5n) text = '0123456789abcdefghjkmnpqrstvwxyz'[Number(bits & 31n)] + text;
  return text;
}

describe('derived ids', () => {
  it('are the digest of their parts in base 32', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (department, local) => {
        const id = reportIdOf(department as DepartmentId, local);
        expect(id).toBe(`rep_${inOneNumber(['report', department, local])}`);
        expect(readReportId(id)).toBe(id);
      }),
    );
  });

  it('never change: receipts and reports of every earlier year are found by them', () => {
    expect(reportIdOf('LIB' as DepartmentId, 'LIB-2026-0001')).toBe(
      `rep_${inOneNumber(['report', 'LIB', 'LIB-2026-0001'])}`,
    );
    expect(submissionIdOf('LIB' as DepartmentId, 'k-1')).toBe(`sub_${inOneNumber(['submission', 'LIB', 'k-1'])}`);
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
