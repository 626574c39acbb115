import type { CalendarDate } from '../domain/instant.ts';

const format = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'full' });

/** A day as a letter writes it: `Monday, July 1, 2024`. */
export const dayInWords = (day: CalendarDate): string => format.format(Date.parse(day));
