import type { RequestId } from '../domain/ids.ts';
import { type CalendarDate, dateIn, type Instant } from '../domain/instant.ts';
import type { RequestLog } from '../ports.ts';
import { numberMatches } from './case-numbers.ts';
import type { Regime } from './regime.ts';
import { type RequestView, viewOf } from './status.ts';

/** Today in a zone, by a moment. */
export const dayOf =
  (now: Instant) =>
  (zone: string): CalendarDate =>
    dateIn(now, zone);

/** A request as it stands at a moment; undefined when there is none of this name. */
export async function readRequest(
  store: Pick<RequestLog, 'log'>,
  regimes: readonly Regime[],
  id: RequestId,
  now: Instant,
): Promise<RequestView | undefined> {
  return viewOf(await store.log(id), regimes, dayOf(now));
}

/** Every request as it stands at a moment: what is open by its next deadline, without a deadline after that, closed last. */
export async function readRequests(
  store: Pick<RequestLog, 'log' | 'requests'>,
  regimes: readonly Regime[],
  now: Instant,
): Promise<readonly RequestView[]> {
  const ids = [...(await store.requests())].sort();
  const views = await Promise.all(ids.map((id) => readRequest(store, regimes, id, now)));
  const order = ({ status, next, id }: RequestView) =>
    `${status === 'closed' ? 2 : next?.due === undefined ? 1 : 0} ${next?.due ?? ''} ${id}`;
  return views.filter((view) => view !== undefined).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Whether a request is what a person looks for: by any of its numbers in any spelling, by its title or its agency. */
export function isFound(view: RequestView, wanted: string): boolean {
  const words = wanted.trim().toLowerCase();
  if (words === '') return true;
  const texts = [view.facts.title, view.agency.name, view.regime.short_name, ...view.facts.items];
  return (
    view.numbers.some((number) => numberMatches(number, wanted)) ||
    texts.some((text) => text.toLowerCase().includes(words))
  );
}
