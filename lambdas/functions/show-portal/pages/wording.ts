import type { City, Language } from '#core/domain/city.ts';
import type { CalendarDate, Instant } from '#core/domain/instant.ts';

const locales = { en: 'en-US', es: 'es-US' } as const satisfies Record<Language, string>;

/** A count as people of the language write it. */
export const count = (value: number, language: Language = 'en'): string => value.toLocaleString(locales[language]);

/** A moment in the city's zone, with the zone's name. */
export const moment = (at: Instant, city: City, language: Language = 'en'): string =>
  new Intl.DateTimeFormat(locales[language], {
    timeZone: city.timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(Date.parse(at));

/** A day of the calendar in words. */
export const day = (date: CalendarDate, language: Language = 'en'): string =>
  new Intl.DateTimeFormat(locales[language], { timeZone: 'UTC', dateStyle: 'long' }).format(Date.parse(date));

/** Why rows of an agency file were not accepted, in words. */
export const rowReasonWords = (reason: string): string => reason.replaceAll('_', ' ');
