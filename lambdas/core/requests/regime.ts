/** A law under which records are asked for, as data: its clocks, calendar, agencies, numbers and letters, each with its source. Another law is another folder. */
import * as z from 'zod';
import type { City } from '../domain/city.ts';
import { channels, eventKindNames, outcomes, stages, tollReasons } from '../domain/request/event-kinds.ts';
import { units } from './count-days.ts';
import type { DayCalendar } from './day-calendar.ts';
import type { LetterTemplate } from './letter-template.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id is small letters and digits with a hyphen between');
const kind = z.enum(['exhausted', ...eventKindNames]);
const span = z.strictObject({ days: z.int().min(1), unit: z.enum(units) });

/** An event of a kind, when its own facts are as said. */
const trigger = z.strictObject({
  on: kind,
  outcome: z.array(z.enum(outcomes)).optional(),
  channel: z.array(z.enum(channels)).optional(),
  stage: z.enum(stages).optional(),
  /** Only when the request asks for it. */
  asks: z.enum(['expedite_reason', 'fee_waiver_reason']).optional(),
});

const start = trigger.extend({
  /** The clock begins no later than this long after the first event of a kind. */
  no_later_than: span.extend({ after: kind }).optional(),
  /** Why this event begins the clock, in one sentence. */
  because: text,
});

const clock = z.strictObject({
  id,
  title: text,
  /** What must be done, in one sentence. */
  says: text,
  /** Who must act. */
  duty: z.enum(['agency', 'requester']),
  /** law: a deadline. practice: a date this house keeps where the law names none. */
  rank: z.enum(['law', 'practice']).default('law'),
  source: z.array(text).min(1),
  /** Groups of agencies it is for, or not for; all when neither is said. */
  only: z.array(id).optional(),
  except: z.array(id).optional(),
  /** The first rule that an event meets begins the clock; with `each`, every event that meets a rule begins one of its own. */
  starts: z.array(start).min(1),
  each: z.boolean().default(false),
  length: span,
  roll: z.boolean().default(false),
  /** The last moment of the last day, in the regime's zone. */
  until: z
    .string()
    .regex(/^\d\d:\d\d:\d\d$/)
    .optional(),
  /** What stops the clock while the agency waits for an answer; `at_most` times. */
  pauses: z
    .array(z.strictObject({ reason: z.enum(tollReasons), at_most: z.int().min(1).optional(), source: text }))
    .default([]),
  /** How far a timely notice moves the last day; clocks of one pool share the days. */
  extends: span.extend({ stage: z.enum(stages), pool: text, source: text }).optional(),
  /** What a person must know beside the date. */
  caution: z.strictObject({ days: z.int().min(1), unit: z.enum(units), says: text, unless: kind }).optional(),
  met_by: z.array(trigger).min(1),
  /** What ends it without its being met, once begun. */
  over_by: z.array(kind).default([]),
  /** What keeps it from beginning at all. */
  never_after: z.array(kind).default([]),
  /** The day after it is missed, remedies count as exhausted: until one of `revived_by`, for good when there is none. */
  exhausts: z.strictObject({ source: z.array(text).min(1), revived_by: z.array(trigger) }).optional(),
  /** Working days before and after the last day on which a reminder goes out. */
  remind: z.strictObject({ before: z.array(z.int().min(1)), after: z.array(z.int().min(1)) }).optional(),
});
export type ClockRule = z.infer<typeof clock>;
export type Trigger = z.infer<typeof trigger>;
export type StartRule = z.infer<typeof start>;

export const regimeFile = z.strictObject({
  id,
  name: text,
  short_name: text,
  citation: text,
  zone: text,
  reading: z.array(text).min(1).describe('How the law is read here where it can be read in two ways.'),
  remind: z.strictObject({ before: z.array(z.int().min(1)), after: z.array(z.int().min(1)) }),
  agencies: z
    .array(
      z.strictObject({
        id,
        name: text,
        groups: z.array(id).default([]),
        address: z.array(text).default([]),
        mail: z.email().optional(),
        appeals: z.array(text).default([]),
      }),
    )
    .min(1),
  numbers: z.array(
    z.strictObject({
      kind: z.enum(['request', 'appeal', 'litigation', 'court']),
      /** Over the number in capitals with `-` between its parts. */
      pattern: z.string().refine((source) => {
        try {
          return new RegExp(source) instanceof RegExp;
        } catch {
          return false;
        }
      }, 'not a regular expression'),
      example: text,
    }),
  ),
  clocks: z.array(clock).min(1),
});
type RegimeFile = z.infer<typeof regimeFile>;
export type Agency = RegimeFile['agencies'][number];
export type Regime = RegimeFile & { readonly calendar: DayCalendar; readonly letters: readonly LetterTemplate[] };

export const agencyOf = (regime: Regime, name: string): Agency | undefined =>
  regime.agencies.find((agency) => agency.id === name);

/** The names by which overrides and rules know an agency. */
export const namesOf = (agency: Agency): readonly string[] => [agency.id, ...agency.groups];

/** The laws that a city asks under, in the order in which it names them. */
export const regimesOf = (city: Pick<City, 'requests'>, all: readonly Regime[]): readonly Regime[] =>
  city.requests.regimes.flatMap((name) => all.filter(({ id: one }) => one === name));
