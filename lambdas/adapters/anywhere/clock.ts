import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Clock } from '#core/ports.ts';

/** The clock of the machine, in whole milliseconds. */
export const clock: Clock = {
  now(): Instant {
    const now = instantOf(Date.now());
    invariant(now, 'the clock of the machine gives a time');
    return now;
  },
};
