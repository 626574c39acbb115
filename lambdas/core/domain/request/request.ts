/** A request for records as it is kept: what was asked, item by item, and a log to which entries are only ever added. */
import * as z from 'zod';
import type { RequestId, Sha256 } from '../ids.ts';
import { type CalendarDate, calendarDateOf, type Instant } from '../instant.ts';
import { channels, type EventField, eventKindNames, eventKinds, outcomes, stages, tollReasons } from './event-kinds.ts';

const line = (most: number) => z.string().trim().min(1).max(most);
/** The days on which a matter of this house can have moved: the federal act is in force since the first; counting stays far from the end of four-digit years. */
const firstDay = '1967-07-04';
const lastDay = '2099-12-31';
const day = z
  .string()
  .meta({ format: 'date' })
  .transform((text, context): CalendarDate => {
    const read = calendarDateOf(text);
    if (read && read >= firstDay && read <= lastDay) return read;
    context.addIssue(`a date is YYYY-MM-DD, exists, and lies between ${firstDay} and ${lastDay}`);
    return z.NEVER;
  });
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a sha256 is 64 hex digits')
  .transform((text) => text as Sha256);
const itemNumbers = z.array(z.int().min(1).max(99)).min(1).max(99);

/** Facts that a letter may need and that are often known later than the request itself. */
const letterFactsPatch = z
  .strictObject({
    addressee: line(600).describe(
      'To whom letters go where it is not the address of the regime: office and address, in lines.',
    ),
    signatory_name: line(120),
    signatory_title: line(160),
    format: line(300),
    period: line(300),
    fee_waiver_reason: line(4000),
    expedite_reason: line(4000),
  })
  .partial();

/** What a request is when it is opened. */
export const requestFacts = letterFactsPatch.extend({
  regime: line(40).describe('The law it is made under, by the name of its folder.'),
  agency: line(40).describe('The agency asked, by its id in that regime.'),
  title: line(160),
  items: z
    .array(line(2000))
    .min(1)
    .max(99)
    .describe('What is asked for, one line item each; they are numbered from 1.'),
  sample: z.boolean().optional().describe('Not a real request: every page and letter says so.'),
});
export type RequestFacts = z.infer<typeof requestFacts>;

/** One thing that happened, on a day of the regime's zone. Which fields a kind needs is in `event-kinds.ts`. */
const eventBody = z.strictObject({
  kind: z.enum(eventKindNames),
  on: day,
  channel: z.enum(channels).optional(),
  number: line(60).optional().describe('A number of the agency or of a court.'),
  items: itemNumbers.optional().describe('The line items concerned; all of them when left out.'),
  outcome: z.enum(outcomes).optional(),
  reason: z.enum(tollReasons).optional(),
  stage: z.enum(stages).optional(),
  days: z.int().min(1).max(365).optional(),
  until: day.optional(),
  exemptions: z.array(line(40)).max(30).optional(),
  count: z.int().min(0).optional().describe('How many records or pages were produced.'),
  amount: z.number().min(0).max(10_000_000).optional().describe('US dollars.'),
  files: z.array(sha256).min(1).max(200).optional(),
  strikes: z.int().min(2).optional().describe('The number of the entry that was made in error.'),
  patch: letterFactsPatch.optional(),
  note: line(4000).optional(),
});

export const requestEvent = eventBody.superRefine((event, context) => {
  const { needs, may } = eventKinds[event.kind];
  for (const field of needs)
    if (event[field] === undefined)
      context.addIssue({ code: 'custom', path: [field], message: `an entry of this kind needs ${field}` });
  const known: readonly EventField[] = [...needs, ...may];
  for (const field of Object.keys(event) as (keyof typeof event)[])
    if (field !== 'kind' && field !== 'on' && event[field] !== undefined && !known.includes(field))
      context.addIssue({ code: 'custom', path: [field], message: `an entry of this kind has no ${field}` });
});
export type RequestEvent = z.infer<typeof requestEvent>;

type Opening = { readonly kind: 'opened'; readonly on: CalendarDate; readonly facts: RequestFacts };

/** One entry of the log. `seq` counts from 1 without gaps; `key` names the request that made it, so that a retry makes it once. */
export type LogEntry = {
  readonly request: RequestId;
  readonly seq: number;
  readonly key: string;
  readonly recordedAt: Instant;
  /** The client that wrote it. */
  readonly by: string;
  readonly event: Opening | RequestEvent;
};

/** An entry that happened and stands: neither the opening nor struck. */
export type LiveEntry = LogEntry & { readonly event: RequestEvent };

/** The request of a log whose first entry opens it; undefined for an empty log. Facts completed later are filled in. */
export function factsOf(log: readonly LogEntry[]): RequestFacts | undefined {
  const first = log[0]?.event;
  if (first?.kind !== 'opened') return undefined;
  const patches = liveEntries(log).flatMap(({ event }) => (event.patch ? [event.patch] : []));
  return Object.assign({}, first.facts, ...patches) as RequestFacts;
}

export function struckNumbers(log: readonly LogEntry[]): ReadonlySet<number> {
  return new Set(
    log.flatMap(({ event }) => (event.kind === 'struck' && event.strikes !== undefined ? [event.strikes] : [])),
  );
}

/** What happened, in the order of the days on which it did; on one day in the order in which it was written down. */
export function liveEntries(log: readonly LogEntry[]): readonly LiveEntry[] {
  const struck = struckNumbers(log);
  return log
    .filter((entry): entry is LiveEntry => entry.event.kind !== 'opened' && entry.event.kind !== 'struck')
    .filter(({ seq }) => !struck.has(seq))
    .sort((a, b) => (a.event.on < b.event.on ? -1 : a.event.on > b.event.on ? 1 : a.seq - b.seq));
}
