import { expect, it } from 'vitest';
import { showNeedless } from '#core/disclosure/protect/needless.ts';

/** Each user needs one of these sets of cells to be hidden. */
const needs: Readonly<Record<string, readonly (readonly string[])[]>> = {
  one: [['a', 'b'], ['c']],
  other: [
    ['b', 'd'],
    ['d', 'e'],
  ],
};

function needless(hidden: Set<string>, questions = 100): string[] {
  const proofs = new Map(Object.entries(needs).map(([user, [first = []]]) => [user, first]));
  let left = questions;
  const shown = showNeedless([...hidden], {
    proofs,
    cellsOf: (proof) => proof,
    show: (cell) => hidden.delete(cell),
    hide: (cell) => hidden.add(cell),
    anew: (user) => (left-- > 0 ? needs[user]?.find((set) => set.every((cell) => hidden.has(cell))) : undefined),
  });
  for (const [user, proof] of proofs) expect(needs[user]).toContain(proof);
  for (const proof of proofs.values()) expect(proof.every((cell) => hidden.has(cell))).toBe(true);
  return shown;
}

it('shows, in the order given, what every proof can do without', () => {
  const hidden = new Set(['a', 'b', 'c', 'd', 'e']);
  expect(needless(hidden)).toEqual(['a', 'b']);
  expect([...hidden].sort()).toEqual(['c', 'd', 'e']);
});

it('keeps the rest hidden when nobody looks for proofs any more', () => {
  const hidden = new Set(['a', 'b', 'c', 'd', 'e']);
  // One question is enough for the first cell; cells that no proof needs then cost none.
  expect(needless(hidden, 1)).toEqual(['a', 'e']);
});
