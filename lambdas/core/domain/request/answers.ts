/** What the interface answers of requests for records; the interface description is made from the same schemas. */
import * as z from 'zod';
import { eventKindNames } from './event-kinds.ts';
import { requestFacts } from './request.ts';

const day = z.string().meta({ format: 'date' });
const texts = z.array(z.string());

const requestSummary = z.strictObject({
  id: z.string(),
  title: z.string(),
  regime: z.string(),
  agency: z.string(),
  status: z.string().describe('Read from the log: such as acknowledged, overdue, partly answered, in court, closed.'),
  since: day,
  move: z.enum(['agency', 'requester', 'court', 'nobody']).describe('Who must act.'),
  numbers: z.array(z.strictObject({ number: z.string(), kind: z.string() })),
  next: z
    .strictObject({ clock: z.string(), title: z.string(), due: day })
    .optional()
    .describe('The deadline that comes next, or the one that was missed.'),
  sample: z.boolean(),
});

export const requestList = z.strictObject({ requests: z.array(requestSummary) });

const clock = z.strictObject({
  key: z.string(),
  id: z.string(),
  title: z.string(),
  duty: z.enum(['agency', 'requester']),
  rank: z.enum(['law', 'practice']),
  source: texts,
  began_on: day,
  because: z.string(),
  length: z.string(),
  state: z.enum(['running', 'stopped', 'met', 'late', 'missed', 'over']),
  due: day.optional().describe('The last day; absent while the clock stands still.'),
  due_without_closings: day.optional(),
  until: z.string().optional(),
  met_on: day.optional(),
  findings: texts,
  days: z
    .array(z.strictObject({ date: day, number: z.int().optional(), why: z.string(), remark: z.string().optional() }))
    .describe('The arithmetic, day by day; day 0 first.'),
});

const entry = z.strictObject({
  seq: z.int(),
  recorded_at: z.string().meta({ format: 'date-time' }),
  by: z.string(),
  event: z.looseObject({ kind: z.enum(['opened', ...eventKindNames]), on: day }),
});

export const trackedRequest = requestSummary.extend({
  facts: requestFacts,
  items: z.array(
    z.strictObject({
      number: z.int(),
      text: z.string(),
      state: z.string(),
      answers: z.array(z.strictObject({ entry: z.int(), on: day, kind: z.string(), files: texts, exemptions: texts })),
    }),
  ),
  clocks: z.array(clock),
  exhaustion: z.array(
    z.strictObject({
      clock: z.string(),
      from: day,
      until: day.optional(),
      kept_by_suit: day.optional(),
      source: texts,
    }),
  ),
  log: z.array(entry),
});
export type TrackedRequest = z.infer<typeof trackedRequest>;

export const writtenEntry = z.strictObject({
  id: z.string(),
  seq: z.int(),
  recorded_at: z.string().meta({ format: 'date-time' }),
});
