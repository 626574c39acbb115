/**
 * What earlier releases proved goes on to the next: the walk of the last sealed certificate is made again through the system of today, step by step and checked like any
 * other step (docs/METHODS.md §3.5). It saves finding again what was found, and proves nothing by itself: a step that does not fit is left out.
 */

import type { System } from '../system/system.ts';
import type { Step } from '../walk/walk.ts';
import type { Attacker } from './attackers.ts';
import type { Certificate } from './certificate.ts';

export type Walks = ReadonlyMap<Attacker, readonly Step[]>;

/** The steps of a certificate as steps of this system; what the system does not know is left out of them. */
export function carriedWalks({ byKey }: System, { variables, attacks }: Certificate): Walks {
  const place = variables.map(({ key }) => {
    const variable = byKey.get(key);
    return variable === undefined || variable.state === 'slack' ? -1 : variable.index;
  });
  // Steps that say the same share what they say, so that it is looked up once.
  const said = new Map<string, Int32Array>();
  const shared = (along: readonly number[]): Int32Array => {
    const name = along.join();
    const known = said.get(name) ?? Int32Array.from(along);
    said.set(name, known);
    return known;
  };
  return new Map(
    attacks.map(({ attacker, walk }) => [
      attacker,
      walk.map((step) => {
        const along: number[] = [];
        for (let at = 1; at < step.length; at += 2) {
          const index = place[step[at] ?? -1] ?? -1;
          if (index >= 0) along.push(index, step[at + 1] ?? 0);
        }
        return { along: shared(along), times: step[0] ?? 1 };
      }),
    ]),
  );
}

/** The counts that a certificate calls safe, each with the attacker. */
export const safeIn = ({ variables, attacks }: Certificate): { readonly key: string; readonly attacker: Attacker }[] =>
  attacks.flatMap(({ attacker, verdicts }) =>
    verdicts.flatMap(([variable, status]) => {
      const key = variables[variable]?.key;
      return status === 'safe' && key !== undefined ? { key, attacker } : [];
    }),
  );
