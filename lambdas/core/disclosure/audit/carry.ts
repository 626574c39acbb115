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
  return walksAlong(
    attacks.map(({ attacker, walk }) => [attacker, walk.map(([times = 1, ...along]) => ({ along, times }))]),
    (variable) => place[variable] ?? -1,
  );
}

/** Walks through a system as walks through another that counts mostly the same; what the other does not know is left out of them. */
export const movedWalks = (walks: Walks, from: System, to: System): Walks =>
  walksAlong(walks, (variable) => to.byKey.get(from.variables[variable]?.key ?? '')?.index ?? -1);

function walksAlong(
  walks: Iterable<readonly [Attacker, readonly { readonly along: ArrayLike<number>; readonly times: number }[]]>,
  placeOf: (variable: number) => number,
): Walks {
  // Steps that say the same share what they say, so that it is looked up once.
  const said = new Map<string, Int32Array>();
  const shared = (along: readonly number[]): Int32Array => {
    const name = along.join();
    const known = said.get(name) ?? Int32Array.from(along);
    said.set(name, known);
    return known;
  };
  return new Map(
    [...walks].map(([attacker, walk]) => [
      attacker,
      walk.map(({ along, times }) => {
        const moved: number[] = [];
        for (let at = 0; at < along.length; at += 2) {
          const index = placeOf(along[at] ?? -1);
          if (index >= 0) moved.push(index, along[at + 1] ?? 0);
        }
        return { along: shared(moved), times };
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
