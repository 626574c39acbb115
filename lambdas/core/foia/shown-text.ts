import { type Cell, cellText, SerialDate } from './cell.ts';
import { dayOfSerial, timeOf } from './dates.ts';

/** A cell as a person is shown it: its text as it stands, up to 300 characters of it, a day of the workbook as a day. */
export function shownText(cell: Cell): string {
  if (typeof cell === 'string') return cell.length > 300 ? `${cell.slice(0, 300)}…` : cell;
  if (!(cell instanceof SerialDate)) return cellText(cell);
  const when = dayOfSerial(cell.serial, cell.from1904);
  if (when.kind !== 'day') return String(cell.serial);
  return when.minute === null ? when.date : `${when.date} ${timeOf(when.minute)}`;
}
