/**
 * Dates and numbers in words, per language (docs/METHODS.md §5). Everything said that holds a digit and is no count is remembered in `said`, so that the
 * read-back can take it away and look at the numbers that remain.
 */
import type { Language } from '../domain/city.ts';
import { addDays, type CalendarDate, epochMs, type Instant } from '../domain/instant.ts';
import type { Week } from '../domain/week.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

export type Speech = {
  readonly language: Language;
  count(value: number): string;
  plural(value: number, one: string, other: string): string;
  date(day: CalendarDate): string;
  /** Monday to Sunday, in full. */
  week(monday: Week): string;
  /** From the Monday of the first to the Sunday of the last. */
  span(from: Week, to: Week): string;
  /** The Monday alone, short, for columns and axes. */
  shortWeek(monday: Week): string;
  month(month: string): string;
  /** `YYYY-MM-DD` → the short name of its month. */
  monthName(day: CalendarDate): string;
  moment(at: Instant): string;
  list(items: readonly string[]): string;
  /** Passes text through that holds digits of its own (an id, a name, a rule) and remembers it. */
  aside(text: string): string;
  readonly said: ReadonlySet<string>;
};

/** Speaks one language; moments are told in the named zone, calendar days as they are. */
export function speechIn(language: Language, timeZone: string): Speech {
  const locale = locales[language];
  const said = new Set<string>();
  const aside = (text: string): string => {
    if (/\d/.test(text)) said.add(text);
    return text;
  };
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const plurals = new Intl.PluralRules(locale);
  const longMonth = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  const shortMonth = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const parts = (day: CalendarDate) => ({
    day: Number(day.slice(8)),
    month: longMonth.format(Date.parse(day)),
    year: day.slice(0, 4),
  });
  const date = (day: CalendarDate): string => {
    const { day: of, month, year } = parts(day);
    return aside(language === 'en' ? `${month} ${of}, ${year}` : `${of} de ${month} de ${year}`);
  };
  const days = (first: CalendarDate, last: CalendarDate): string => {
    const [a, b] = [parts(first), parts(last)];
    if (a.year !== b.year) return `${date(first)} ${language === 'en' ? 'to' : 'al'} ${date(last)}`;
    if (language === 'en')
      return aside(
        a.month === b.month
          ? `${a.month} ${a.day}–${b.day}, ${a.year}`
          : `${a.month} ${a.day} – ${b.month} ${b.day}, ${a.year}`,
      );
    return aside(
      a.month === b.month
        ? `${a.day} al ${b.day} de ${a.month} de ${a.year}`
        : `${a.day} de ${a.month} al ${b.day} de ${b.month} de ${b.year}`,
    );
  };
  // Abbreviated months carry a point in some versions of the locale data; the point is not ours to vary.
  const monthName = (day: CalendarDate): string => shortMonth.format(Date.parse(day)).replace('.', '');
  return {
    language,
    said,
    aside,
    count: (value) => numbers.format(value),
    plural: (value, one, other) => (plurals.select(value) === 'one' ? one : other),
    date,
    week: (monday) => days(monday, addDays(monday, 6)),
    span: (from, to) => days(from, addDays(to, 6)),
    shortWeek: (monday) => {
      const { day } = parts(monday);
      return aside(language === 'en' ? `${monthName(monday)} ${day}` : `${day} ${monthName(monday)}`);
    },
    month: (month) => {
      const { month: name, year } = parts(`${month}-01` as CalendarDate);
      return aside(language === 'en' ? `${name} ${year}` : `${name} de ${year}`);
    },
    monthName,
    moment: (at) => {
      const found = new Map(clock.formatToParts(epochMs(at)).map((part) => [part.type, part.value]));
      const day = `${found.get('year')}-${found.get('month')}-${found.get('day')}` as CalendarDate;
      return aside(`${date(day)}, ${found.get('hour')}:${found.get('minute')} ${found.get('timeZoneName')}`);
    },
    list: (items) => {
      if (items.length < 2) return items.join('');
      const last = items.at(-1) ?? '';
      const and = language === 'en' ? 'and' : /^h?i(?![ae])/i.test(last) ? 'e' : 'y';
      return `${items.slice(0, -1).join(', ')} ${and} ${last}`;
    },
  };
}
