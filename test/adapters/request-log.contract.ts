import { expect, it } from 'vitest';
import { requestIdOf } from '#core/domain/ids.ts';
import type { CalendarDate, Instant } from '#core/domain/instant.ts';
import type { ReminderRecord } from '#core/domain/request/reminder.ts';
import type { LogEntry } from '#core/domain/request/request.ts';
import type { RequestLog } from '#core/ports.ts';

const one = requestIdOf('one');
const two = requestIdOf('two');
const day = '2026-03-02' as CalendarDate;
const at = '2026-03-02T10:00:00.000Z' as Instant;

const entry = (request: LogEntry['request'], seq: number, note = 'as it happened'): LogEntry => ({
  request,
  seq,
  key: `k${seq}`,
  recordedAt: at,
  by: 'legal',
  event:
    seq === 1
      ? { kind: 'opened', on: day, facts: { regime: 'us-foia', agency: 'ice', title: 'Ñandú', items: ['a', 'b'] } }
      : { kind: 'noted', on: day, note },
});
const reminder = (place: string, outcome: ReminderRecord['outcome'] = 'sent'): ReminderRecord => ({
  key: `reminder-${one}-determination-2-2026-03-30-${place}`,
  request: one,
  clock: 'determination-2',
  due: '2026-03-30' as CalendarDate,
  place,
  day,
  at,
  outcome,
});

/** What every home of the log of requests must do. */
export function requestLogContract(make: () => Promise<RequestLog>): void {
  it('answers the entries of a request in the order of their numbers, as they were given', async () => {
    const log = await make();
    for (let seq = 1; seq <= 12; seq++) expect(await log.append(entry(one, seq))).toBe(true);
    expect(await log.append(entry(two, 1))).toBe(true);
    expect(await log.log(one)).toEqual(Array.from({ length: 12 }, (_, n) => entry(one, n + 1)));
    expect(await log.log(two)).toEqual([entry(two, 1)]);
    expect([...(await log.requests())].sort()).toEqual([one, two].sort());
  });

  it('writes a number once: the same entry again is fine, another is refused', async () => {
    const log = await make();
    await log.append(entry(one, 1));
    expect(await log.append(entry(one, 2))).toBe(true);
    expect(await log.append(entry(one, 2))).toBe(true);
    expect(await log.append(entry(one, 2, 'otherwise'))).toBe(false);
    expect(await log.log(one)).toEqual([entry(one, 1), entry(one, 2)]);
  });

  it('leaves no gap', async () => {
    const log = await make();
    await log.append(entry(one, 1));
    expect(await log.append(entry(one, 3))).toBe(false);
    expect(await log.log(one)).toHaveLength(1);
  });

  it('gives one of two writers at once the number', async () => {
    const log = await make();
    await log.append(entry(one, 1));
    const written = await Promise.all([log.append(entry(one, 2, 'a')), log.append(entry(one, 2, 'b'))]);
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await log.log(one)).toHaveLength(2);
  });

  it('keeps the first record of a reminder', async () => {
    const log = await make();
    await log.append(entry(one, 1));
    await log.writeReminder(reminder('on'));
    await log.writeReminder(reminder('before-5', 'passed over'));
    await log.writeReminder(reminder('on', 'passed over'));
    const written = [...(await log.reminders(one))].sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(written).toEqual([reminder('before-5', 'passed over'), reminder('on')]);
    expect(await log.reminders(two)).toEqual([]);
  });

  it('has nothing before the first', async () => {
    const log = await make();
    expect(await log.requests()).toEqual([]);
    expect(await log.log(one)).toEqual([]);
  });
}
