/** What attackers find by propagation and linear algebra (docs/METHODS.md §3.4), asked before the auditor. */
import { attack } from '../audit/attack.ts';
import type { Attacker } from '../audit/attackers.ts';
import type { Policy } from '../policy.ts';
import type { System } from '../system/system.ts';
import type { Finding } from './excuses.ts';
import type { ReleaseCells } from './release-cells.ts';

/** Whoever knows most, and whoever knows less: what is safe from the first is most often safe from the others. */
const strongest: readonly Attacker[] = ['flags known'];
const weaker: readonly Attacker[] = ['plain', 'zeros known', 'threshold known'];

export type QuickScreen = {
  readonly byStrongest: (algebra: boolean) => Finding[];
  readonly byWeaker: () => Finding[];
  /** What each attacker finds. The algebra is gone through once: whoever knows more finds what the plain attacker does. */
  readonly byEach: () => Finding[];
  /** The attackers it knows that count, those who know most first. */
  readonly attackers: readonly Attacker[];
};

/** `algebra`: whether `byEach` asks for linear disclosure too. */
export function quickScreen(
  system: System,
  policy: Policy,
  { concerns, rows }: ReleaseCells,
  against: readonly Attacker[],
  algebra: boolean,
): QuickScreen {
  const counts = (one: Attacker): boolean => against.includes(one);
  const by = (attackers: readonly Attacker[], linear: boolean): Finding[] =>
    attack(system, policy, { attackers, concerns, linear, rows }).disclosed.map(({ key, attacker, reason }) => ({
      key,
      attacker,
      reason,
    }));
  return {
    byStrongest: (linear) => by(strongest.filter(counts), linear),
    byWeaker: () => by(weaker.filter(counts), false),
    byEach() {
      const plain = by(['plain'], algebra);
      const more = [...weaker, ...strongest].filter((one) => one !== 'plain' && counts(one));
      return [
        ...plain,
        ...more.flatMap((attacker) => [...by([attacker], false), ...plain.map((one) => ({ ...one, attacker }))]),
      ];
    },
    attackers: [...strongest, ...weaker].filter(counts),
  };
}
