/** A request as the interface answers it: what it is, where it stands, its clocks with their arithmetic, its log. */
import type { TrackedRequest } from '../domain/request/answers.ts';
import type { Clock } from './clocks.ts';
import type { RequestView } from './status.ts';

const clockBody = (clock: Clock): TrackedRequest['clocks'][number] => ({
  key: clock.key,
  id: clock.rule.id,
  title: clock.rule.title,
  duty: clock.rule.duty,
  rank: clock.rule.rank,
  source: clock.rule.source,
  began_on: clock.start.on,
  because: clock.start.because,
  length: clock.length,
  state: clock.state,
  ...(clock.due === undefined ? {} : { due: clock.due }),
  ...(clock.cautious === undefined ? {} : { due_without_closings: clock.cautious }),
  ...(clock.rule.until === undefined ? {} : { until: clock.rule.until }),
  ...(clock.met === undefined ? {} : { met_on: clock.met.on }),
  findings: [...clock.findings],
  days: clock.days.map(({ date, number, why, remark }) => ({
    date,
    why,
    ...(number === undefined ? {} : { number }),
    ...(remark === undefined ? {} : { remark }),
  })),
});

export const requestBody = (view: RequestView): TrackedRequest => ({
  id: view.id,
  ...summary(view),
  facts: view.facts,
  items: view.items.map(({ number, text, state, answers }) => ({
    number,
    text,
    state,
    answers: answers.map(({ entry, on, kind, files, exemptions }) => ({
      entry,
      on,
      kind,
      files: [...files],
      exemptions: [...exemptions],
    })),
  })),
  clocks: view.clocks.clocks.map(clockBody),
  exhaustion: view.clocks.exhaustion.map(({ clock, from, until, keptBySuit, source }) => ({
    clock,
    from,
    ...(until === undefined ? {} : { until }),
    ...(keptBySuit === undefined ? {} : { kept_by_suit: keptBySuit }),
    source: [...source],
  })),
  log: view.log.map(({ seq, recordedAt, by, event }) => ({ seq, recorded_at: recordedAt, by, event })),
});

/** The line of a request in a list. */
const summary = (view: RequestView) => ({
  title: view.facts.title,
  regime: view.regime.id,
  agency: view.agency.id,
  status: view.status,
  since: view.since,
  move: view.move,
  numbers: view.numbers.map(({ normal, kind }) => ({ number: normal, kind })),
  ...(view.next?.due === undefined
    ? {}
    : { next: { clock: view.next.key, title: view.next.rule.title, due: view.next.due } }),
  sample: view.facts.sample === true,
});

export const summaryBody = (
  view: RequestView,
): Omit<TrackedRequest, 'facts' | 'items' | 'clocks' | 'exhaustion' | 'log'> => ({
  id: view.id,
  ...summary(view),
});
