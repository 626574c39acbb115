import type { CalendarDate } from '#core/domain/instant.ts';

const minute = 60_000;
const offsets = new Map<string, Map<number, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes that the clock of a zone is ahead of UTC at a moment; looked up once an hour, for clocks change on the hour. */
function offsetAt(epochMs: number, timeZone: string): number {
  const hour = Math.floor(epochMs / (60 * minute));
  let known = offsets.get(timeZone);
  if (!known) {
    known = new Map();
    offsets.set(timeZone, known);
  }
  const found = known.get(hour);
  if (found !== undefined) return found;
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const name = format.formatToParts(epochMs).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  known.set(hour, offset);
  return offset;
}

/** The moment at which the clocks of a zone show so many minutes after midnight; of an hour that comes twice, one of the two. */
export function epochOf(date: CalendarDate, minuteOfDay: number, timeZone: string): number {
  const shown = Date.parse(date) + minuteOfDay * minute;
  const near = shown - offsetAt(shown, timeZone) * minute;
  return shown - offsetAt(near, timeZone) * minute;
}

/** RFC 3339 as the local clock showed it, to the second. */
export function localTime(epochMs: number, timeZone: string): string {
  const offset = offsetAt(epochMs, timeZone);
  const size = Math.abs(offset);
  const two = (number: number) => String(number).padStart(2, '0');
  const clock = new Date(epochMs + offset * minute).toISOString().slice(0, 19);
  return `${clock}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
