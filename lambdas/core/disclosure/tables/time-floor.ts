/** Nothing finer than a week is ever counted for release: whoever knows of one incident by its hour would find it in a table by hours (attack A14, docs/PRIVACY.md §6). */
import { weekNamed } from '../../domain/week.ts';
import { countsOf, type RawTable } from './grid.ts';

/** Names of dimensions that are times of their own, whatever their categories look like. */
const timeNames = /(^|_)(day|date|weekday|hour|minute|moment|time)(_|$)/;
/** A calendar day, or a time of the clock. */
const momentNamed = /^\d{4}-\d\d-\d\d|\d:\d\d|^\d{10,}$/;

/** Whether a table's window, or one of its dimensions, tells days or hours apart. */
export function isFinerThanWeek(raw: RawTable): boolean {
  const { from, to } = raw.window;
  if (!weekNamed(from) || !weekNamed(to)) return true;
  const { dimensions } = raw.query.metadata;
  if (dimensions.some(({ name }) => timeNames.test(name))) return true;
  const others = dimensions.flatMap(({ vocabulary }, at) => (vocabulary === 'weeks' ? [] : [at]));
  return countsOf(raw).some(({ at }) => others.some((dimension) => momentNamed.test(at[dimension] ?? '')));
}
