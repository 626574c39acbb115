import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/domain/canonical-json.ts';

/** The rule in its plainest form: sort the names, write every part. */
function plainest(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plainest).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${plainest(member)}`).join(',')}}`;
}

describe('canonicalJson', () => {
  it('writes any JSON value as the plainest form of the rule does, whatever its names', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat().map(String),
      fc.constantFrom('__proto__', 'toJSON', '-1', '01', '', 'constructor'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc
          .array(fc.tuple(name, fc.oneof(tie('value'), fc.constant(undefined))), { maxLength: 5 })
          .map((members) => Object.fromEntries(members)),
      ),
    }));
    fc.assert(fc.property(value, (any) => canonicalJson(any) === plainest(any)));
  });

  it('writes names that are numbers as text sorts them', () => {
    expect(canonicalJson({ 10: 'a', 9: 'b', x: { '2': 1, '-': 2 } })).toBe('{"10":"a","9":"b","x":{"-":2,"2":1}}');
  });

  it('throws on a value that JSON cannot hold, however deep', () => {
    for (const bad of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('s')])
      for (const value of [[bad], { 1: { a: [bad] } }, ...(bad === undefined ? [bad] : [bad, { a: bad }])])
        expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
