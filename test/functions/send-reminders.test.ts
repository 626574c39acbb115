import { describe, expect, it } from 'vitest';
import type { RequestId } from '#core/domain/ids.ts';
import { addDays } from '#core/domain/instant.ts';
import type { RequestLog } from '#core/ports.ts';
import { remindersAhead } from '#core/requests/reminders.ts';
import { viewOf } from '#core/requests/status.ts';
import { sendReminders } from '#functions/send-reminders/send-reminders.ts';
import { date, goodFacts } from '../fixtures/matters.ts';
import { regimes } from '../fixtures/regimes.ts';
import { requestDesk } from './request-desk.ts';

const at = (day: string, time = '12:00:00.000') => ({ scheduled_time: `${day}T${time}Z`, execution_id: 'x' });

async function asked() {
  const desk = requestDesk();
  const { id } = (await (await desk.post('/v1/requests', goodFacts, 'open')).json()) as { id: RequestId };
  const add = (event: object, key: string) => desk.post(`/v1/requests/${id}/entries`, event, key);
  await add({ kind: 'sent', on: '2024-05-31', channel: 'email' }, 'sent');
  const places = () => desk.mails.map(({ id: name }) => name.replace(`reminder-${id}-`, ''));
  return { ...desk, id, add, places };
}

describe('reminders', () => {
  it('go out before, on and after the last day, each once, over a run each day', async () => {
    const { remind, places, turnTo } = await asked();
    for (let day = date('2024-06-03'); day <= '2024-07-17'; day = addDays(day, 1)) {
      turnTo(`${day}T12:00:00.000Z`);
      await remind(at(day));
      await remind(at(day));
    }
    expect(places()).toEqual([
      'acknowledgment-2-2024-06-14-on',
      'acknowledgment-2-2024-06-14-after-1',
      'determination-2-2024-07-01-before-5',
      'determination-2-2024-07-01-before-1',
      'determination-2-2024-07-01-on',
      'determination-2-2024-07-01-after-1',
      'determination-2-2024-07-01-after-10',
    ]);
  });

  it('are to come until they have gone out, the one of today too', async () => {
    const { remind, requests, id, turnTo } = await asked();
    const day = date('2024-07-01');
    const toCome = async () => {
      const view = viewOf(await requests.log(id), regimes, () => day);
      const written = new Set((await requests.reminders(id)).map(({ key }) => key));
      const clock = view?.clocks.clocks.find(({ rule }) => rule.id === 'determination');
      return view && clock && remindersAhead(view, clock, day, written).map(({ place }) => place);
    };
    turnTo(`${day}T12:00:00.000Z`);
    expect(await toCome()).toEqual(['on', 'after-1', 'after-10']);
    await remind(at(day));
    expect(await toCome()).toEqual(['after-1', 'after-10']);
  });

  it('say what is due, when, by which law and how it was counted', async () => {
    const { remind, mails, city } = await asked();
    await remind(at('2024-07-01'));
    const message = mails.find(({ id }) => id.includes('determination'));
    expect(message?.to).toEqual(city.mail.requestsTo);
    expect(message?.subject).toBe(
      'Port Alder – FOIA: Determination, last day is today (Enforcement activity in the city)',
    );
    expect(message?.text).toContain('Law: 5 U.S.C. 552(a)(6)(A)(i)');
    expect(message?.text).toContain('Wednesday, June 19, 2024 is left out: Juneteenth');
    expect(message?.text).toContain('Monday, July 1, 2024 is day 20, the last day.');
    expect(message?.html).not.toMatch(/<script|undefined/);
  });

  it('end when the entry that meets the deadline is written', async () => {
    const { remind, add, places, turnTo } = await asked();
    turnTo('2024-06-25T12:00:00.000Z');
    await add({ kind: 'acknowledged', on: '2024-06-05' }, 'ack');
    await add({ kind: 'determination', on: '2024-06-25', outcome: 'granted' }, 'det');
    await remind(at('2024-07-20'));
    expect(places()).toEqual([]);
  });

  it('begin anew for another last day', async () => {
    const { remind, add, places, turnTo } = await asked();
    turnTo('2024-06-28T12:00:00.000Z');
    await add({ kind: 'acknowledged', on: '2024-06-05' }, 'ack');
    await remind(at('2024-06-28'));
    await add({ kind: 'extended', on: '2024-06-28', days: 10 }, 'ext');
    await remind(at('2024-07-15'));
    expect(places()).toEqual(['determination-2-2024-07-01-before-1', 'determination-2-2024-07-16-before-1']);
  });

  it('that were missed together go out as the last of them; the others are written down as passed over', async () => {
    const { remind, requests, id, places } = await asked();
    expect(await remind(at('2024-07-20'))).toMatchObject({ requests: 1, sent: 2, passedOver: 5 });
    expect(places()).toEqual(['acknowledgment-2-2024-06-14-after-1', 'determination-2-2024-07-01-after-10']);
    const written = await requests.reminders(id);
    expect(written.filter(({ outcome }) => outcome === 'passed over')).toHaveLength(5);
    expect(written).toHaveLength(7);
    expect(await remind(at('2024-07-21'))).toMatchObject({ sent: 0, passedOver: 0 });
  });

  it('go out once although a run dies between the mail and its record', async () => {
    const { requests, city, mail, log, mails, places } = await asked();
    let dead = true;
    const dying: RequestLog = {
      ...requests,
      writeReminder: async (record) => {
        if (dead && record.outcome === 'sent') throw new Error('the machine is gone');
        return requests.writeReminder(record);
      },
    };
    const run = sendReminders({ city, regimes, requests: dying, mail, log });
    await expect(run(at('2024-07-01'))).rejects.toThrow('gone');
    expect(mails).toHaveLength(1);
    dead = false;
    await run(at('2024-07-01'));
    await run(at('2024-07-01'));
    expect(places()).toEqual(['acknowledgment-2-2024-06-14-after-1', 'determination-2-2024-07-01-on']);
  });

  it('reckon the day in the zone of the law', async () => {
    const { remind, places } = await asked();
    // Still June 30 in Washington.
    await remind(at('2024-07-01', '03:30:00.000'));
    expect(places()).not.toContain('determination-2-2024-07-01-on');
  });
});
