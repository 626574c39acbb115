import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '#core/domain/instant.ts';
import { eventKindNames, eventKinds } from '#core/domain/request/event-kinds.ts';
import { requestEvent } from '#core/domain/request/request.ts';
import { letterOf } from '#core/requests/letter.ts';
import { remindersAhead, remindersDue } from '#core/requests/reminders.ts';
import { requestBody } from '#core/requests/request-body.ts';
import { viewOf } from '#core/requests/status.ts';
import { date, logOf } from '../../fixtures/matters.ts';
import { regimes } from '../../fixtures/regimes.ts';

const requester = { name: 'City', office: 'o', address: ['a'], mail: 'm@port-alder.example' };
const values = {
  channel: fc.constantFrom('email', 'mail', 'portal'),
  number: fc.constantFrom('2024-ICFO-39357', 'x'),
  items: fc.constantFrom([1], [2, 3]),
  outcome: fc.constantFrom('granted', 'partly', 'denied'),
  reason: fc.constantFrom('clarification', 'fees'),
  stage: fc.constantFrom('request', 'appeal'),
  days: fc.integer({ min: 1, max: 40 }),
  until: fc.integer({ min: 0, max: 900 }).map((n) => addDays(date('2024-01-02'), n)),
  exemptions: fc.constant(['(b)(6)']),
  count: fc.nat(9),
  amount: fc.nat(99),
  files: fc.constant(['a'.repeat(64)]),
  strikes: fc.integer({ min: 2, max: 20 }),
  patch: fc.constant({ format: 'pdf' }),
  note: fc.constant('as it was'),
} as const;
const anyEvent = fc.constantFrom(...eventKindNames).chain((kind) => {
  const fields = [...eventKinds[kind].needs, ...eventKinds[kind].may];
  return fc.record(
    {
      kind: fc.constant(kind),
      on: fc.integer({ min: 0, max: 700 }).map((n) => addDays(date('2024-01-02'), n)),
      ...Object.fromEntries(fields.map((f) => [f, values[f]])),
    } as never,
    { requiredKeys: ['kind', 'on', ...eventKinds[kind].needs] as never },
  );
});

it('is read whatever the log holds: every clock has its arithmetic, every state its reason', () => {
  fc.assert(
    fc.property(
      fc.array(anyEvent, { maxLength: 14 }),
      fc.nat(900),
      fc.constantFrom(
        ...[
          ['us-foia', 'ice'],
          ['us-foia', 'fbi'],
          ['ca-cpra', 'ca-doj'],
        ],
      ),
      (events, later, [regime, agency]) => {
        const read = events.map((event) => requestEvent.parse(event));
        const log = logOf(read as never, { regime: regime ?? '', agency: agency ?? '' });
        const today = addDays(date('2024-01-02'), later);
        const view = viewOf(log, regimes, () => today);
        expect(view).toBeDefined();
        if (!view) return;
        for (const clock of view.clocks.clocks) {
          expect(clock.due === undefined ? clock.state : 'due').not.toBe('running');
          expect(clock.days[0]).toMatchObject({ why: 'start', date: clock.start.on });
          if (clock.due) expect(clock.days.at(-1)?.date).toBe(clock.due);
          if (clock.cautious) expect(clock.cautious > (clock.due ?? '')).toBe(true);
          if (clock.state === 'missed') expect(today > (clock.due ?? '')).toBe(true);
          remindersAhead(view, clock, today, new Set());
        }
        expect(new Set(view.clocks.clocks.map(({ key }) => key)).size).toBe(view.clocks.clocks.length);
        for (const { passOver, send } of remindersDue(view, today, new Set()))
          expect([...passOver, send].every(({ day }) => day <= today)).toBe(true);
        for (const template of view.regime.letters) letterOf(template, view, requester, today);
        requestBody(view);
      },
    ),
    { numRuns: 400 },
  );
});
