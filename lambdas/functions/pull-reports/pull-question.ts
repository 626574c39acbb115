import type { City } from '#core/domain/city.ts';
import type { DepartmentId, PropertyId } from '#core/domain/ids.ts';
import { type CalendarDate, calendarDateOf, type Instant } from '#core/domain/instant.ts';
import type { Principal } from '#core/domain/principal.ts';
import { accept, type Outcome, refuse } from '#core/domain/problem.ts';
import { reasonViolations } from '#core/domain/stated-reason.ts';
import type { PullFilter } from '#core/ports.ts';
import { readAsOf } from './as-of.ts';
import { readCursor } from './page-cursor.ts';

export const pageSizeMax = 500;
const pageSizeDefault = 100;

const kinds = ['all', 'incident', 'zero'] as const;
/** `incident` leaves zero reports out, `zero` leaves everything else out. */
export type Kind = (typeof kinds)[number];

/** What legal asks for: which reports, as of when, and why. */
export type PullQuestion = {
  readonly filter: PullFilter;
  readonly kind: Kind;
  readonly limit: number;
  readonly next?: string;
  /** What a cursor of this question is tied to. */
  readonly tie: Readonly<Record<string, unknown>>;
  readonly unsealed: boolean;
  readonly purpose?: string;
  readonly matter?: string;
};

export type Asked = {
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly purpose: string | undefined;
  readonly matter: string | undefined;
};

const filterNames = ['from', 'to', 'department', 'property', 'as_of', 'kind', 'protected', 'purpose', 'matter'];
const pageNames = ['limit', 'cursor'];
/** Sentences and matter numbers, no markup, no formulas: they are read again on the audit page and in its exports. */
const stated = /^[\p{L}\p{N}][\p{L}\p{N} .,:;()/#&'_-]{1,199}$/u;

const invalid = (detail: string) => refuse('PARAMETER_INVALID', { detail });

function readDate(name: string, text: string | undefined): Outcome<CalendarDate | undefined> {
  if (text === undefined) return accept(undefined);
  const date = calendarDateOf(text);
  return date ? accept(date) : invalid(`${name} is not a date, YYYY-MM-DD`);
}

type Range = { readonly from?: CalendarDate; readonly to?: CalendarDate };
function readRange(one: (name: string) => string | undefined): Outcome<Range> {
  const from = readDate('from', one('from'));
  if (!from.ok) return from;
  const to = readDate('to', one('to'));
  if (!to.ok) return to;
  if (from.value && to.value && from.value > to.value) return invalid('from lies after to');
  return accept({ ...(from.value && { from: from.value }), ...(to.value && { to: to.value }) });
}

type Place = { readonly department?: DepartmentId; readonly property?: PropertyId };
function readPlace(one: (name: string) => string | undefined, city: City): Outcome<Place> {
  const department = city.departments.find(({ id }) => id === one('department'))?.id;
  if (one('department') !== undefined && !department) return invalid('department is not one of this city');
  const property = city.properties.find(({ id }) => id === one('property'))?.id;
  if (one('property') !== undefined && !property) return invalid('property is not one of this city');
  return accept({ ...(department && { department }), ...(property && { property }) });
}

type Reason = { readonly unsealed: boolean; readonly purpose?: string; readonly matter?: string };
/** Protected fields need the second scope first (so that the refusal teaches nothing), then a purpose and a matter. */
function readReason(one: (name: string) => string | undefined, asked: Asked, who: Principal): Outcome<Reason> {
  const wanted = one('protected') ?? 'false';
  if (wanted !== 'true' && wanted !== 'false') return invalid('protected is neither true nor false');
  const unsealed = wanted === 'true';
  if (unsealed && !who.scopes.includes('reports/pull-protected')) return refuse('SCOPE_MISSING');
  const purpose = asked.purpose ?? one('purpose');
  const matter = asked.matter ?? one('matter');
  if (unsealed && (!purpose || !matter)) return refuse('PURPOSE_MISSING');
  for (const [name, text] of Object.entries({ purpose, matter }))
    if (text !== undefined && !stated.test(text))
      return invalid(`${name} must be 2 to 200 letters, digits, spaces and plain punctuation`);
  const violations = reasonViolations({ purpose, matter });
  if (violations.length > 0) return refuse('PARAMETER_INVALID', { violations });
  return accept({ unsealed, ...(purpose && { purpose }), ...(matter && { matter }) });
}

function readLimit(text: string | undefined): Outcome<number> {
  const limit = text === undefined ? pageSizeDefault : /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= pageSizeMax ? accept(limit) : invalid(`limit is a number from 1 to ${pageSizeMax}`);
}

/**
 * Reads the parameters of a pull or an export. A name that is not known is refused: a misspelt filter must not widen the answer.
 * A cursor belongs to the question it was answered to, repeated word for word, and carries the as-of moment of its first page. Values are never echoed.
 */
export function readQuestion(
  asked: Asked,
  who: Principal,
  context: { readonly city: City; readonly now: Instant; readonly paged: boolean },
): Outcome<PullQuestion> {
  const known = context.paged ? [...filterNames, ...pageNames] : filterNames;
  for (const [name, values] of Object.entries(asked.query)) {
    if (!known.includes(name)) return invalid('there is a parameter that this address does not know');
    if (values.length !== 1) return invalid(`${name} is given more than once`);
  }
  const one = (name: string): string | undefined => asked.query[name]?.[0];
  const range = readRange(one);
  if (!range.ok) return range;
  const place = readPlace(one, context.city);
  if (!place.ok) return place;
  const kind = kinds.find((name) => name === (one('kind') ?? 'all'));
  if (!kind) return invalid('kind is one of all, incident, zero');
  const limit = readLimit(one('limit'));
  if (!limit.ok) return limit;
  const asOf = readAsOf(one('as_of'), context.now, context.city.timeZone);
  if (!asOf.ok) return asOf;
  const reason = readReason(one, asked, who);
  if (!reason.ok) return reason;

  const { unsealed } = reason.value;
  const filter: PullFilter = { ...range.value, ...place.value, asOf: asOf.value };
  const tie = { ...range.value, ...place.value, kind, unsealed, asOf: one('as_of') };
  const question = { filter, kind, limit: limit.value, tie, ...reason.value };
  const cursor = one('cursor');
  if (cursor === undefined) return accept(question);
  const at = readCursor(cursor, tie);
  if (!at) return invalid('cursor is not one that was answered to this question');
  return accept({ ...question, filter: { ...filter, asOf: at.asOf }, next: at.next });
}

/** The question as the audit record keeps it: ids, dates and closed words only. */
export const describe = (question: PullQuestion): Readonly<Record<string, string>> => ({
  ...(question.filter.from && { from: question.filter.from }),
  ...(question.filter.to && { to: question.filter.to }),
  ...(question.filter.department && { department: question.filter.department }),
  ...(question.filter.property && { property: question.filter.property }),
  ...(question.kind !== 'all' && { kind: question.kind }),
  as_of: question.filter.asOf,
});
