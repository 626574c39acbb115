/** What was asked, item by item, against what was answered. */
import type { Sha256 } from '../domain/ids.ts';
import type { CalendarDate } from '../domain/instant.ts';
import type { EventKind } from '../domain/request/event-kinds.ts';
import { factsOf, type LiveEntry, type LogEntry, liveEntries } from '../domain/request/request.ts';

type ItemState =
  | 'open'
  | 'partly answered'
  | 'granted'
  | 'granted in part'
  | 'denied'
  | 'no records'
  | 'neither confirmed nor denied'
  | 'referred'
  | 'withdrawn';

type ItemAnswer = {
  readonly entry: number;
  readonly on: CalendarDate;
  readonly kind: EventKind;
  readonly files: readonly Sha256[];
  readonly exemptions: readonly string[];
  readonly count?: number;
};
export type LineItem = {
  readonly number: number;
  readonly text: string;
  readonly state: ItemState;
  readonly answers: readonly ItemAnswer[];
};

const byOutcome = { granted: 'granted', partly: 'granted in part', denied: 'denied' } as const;

/** What an entry makes of the items that it concerns; undefined when it answers nothing. */
function stateBy({ event }: LiveEntry): ItemState | undefined {
  switch (event.kind) {
    case 'interim_release':
      return event.outcome === undefined ? 'partly answered' : byOutcome[event.outcome];
    case 'determination':
      return byOutcome[event.outcome ?? 'partly'];
    case 'no_records':
      return 'no records';
    case 'glomar':
      return 'neither confirmed nor denied';
    case 'referred':
      return 'referred';
    case 'narrowed':
      return 'withdrawn';
    case 'remanded':
      return 'open';
    default:
      return undefined;
  }
}

const ended: readonly ItemState[] = ['granted', 'withdrawn'];

/** The line items of a log. A later answer replaces an earlier one, except that a remand does not reopen what was granted or withdrawn. */
export function lineItems(log: readonly LogEntry[]): readonly LineItem[] {
  const live = liveEntries(log);
  return (factsOf(log)?.items ?? []).map((text, at) => {
    const number = at + 1;
    let state: ItemState = 'open';
    const answers: ItemAnswer[] = [];
    for (const entry of live) {
      const { event } = entry;
      if (event.items && !event.items.includes(number)) continue;
      const next = stateBy(entry);
      if (next !== undefined && !(event.kind === 'remanded' && ended.includes(state))) state = next;
      if (event.kind !== 'file_linked' && (next === undefined || event.kind === 'remanded')) continue;
      answers.push({
        entry: entry.seq,
        on: event.on,
        kind: event.kind,
        files: event.files ?? [],
        exemptions: event.exemptions ?? [],
        ...(event.count === undefined ? {} : { count: event.count }),
      });
    }
    return { number, text, state, answers };
  });
}
