import { describe, expect, it } from 'vitest';
import type { LogEntry } from '#core/domain/request/request.ts';
import { clocksOf } from '#core/requests/clocks.ts';
import { date, logOf } from '../../fixtures/matters.ts';
import { regimeNamed } from '../../fixtures/regimes.ts';

const at = (log: readonly LogEntry[], today: string, regime = 'us-foia') => {
  const { clocks, exhaustion } = clocksOf(log, regimeNamed(regime), date(today));
  const clock = (id: string) => clocks.find(({ rule }) => rule.id === id);
  return { clocks, exhaustion, clock };
};
const sent = { kind: 'sent', on: '2024-05-31', channel: 'email' } as const;

describe('the clock of a determination', () => {
  it('counts the true case of May 31, 2024: day 20 is July 1, Juneteenth left out', () => {
    const { clock } = at(logOf([sent]), '2024-06-03');
    const determination = clock('determination');
    expect(determination).toMatchObject({ due: '2024-07-01', state: 'running', length: '20 working days' });
    expect(determination?.days[0]).toMatchObject({ date: '2024-05-31', why: 'start' });
    expect(determination?.days.find(({ date: day }) => day === '2024-06-19')).toMatchObject({ why: 'holiday' });
    expect(determination?.findings.join()).toContain('2024-07-16');
  });

  it('counts the request of July 11, 2025: August 8, and August 22 with the extension', () => {
    const july = { ...sent, on: '2025-07-11' };
    expect(at(logOf([july]), '2025-07-14').clock('determination')?.due).toBe('2025-08-08');
    const extended = logOf([july, { kind: 'extended', on: '2025-08-01', days: 10 }]);
    expect(at(extended, '2025-08-04').clock('determination')).toMatchObject({
      due: '2025-08-22',
      length: '20 + 10 working days',
    });
  });

  it('does not begin by mail before there is proof of receipt, and begins on it', () => {
    const posted = { ...sent, channel: 'mail' } as const;
    expect(at(logOf([posted]), '2024-07-20').clocks).toEqual([]);
    const received = at(logOf([posted, { kind: 'received', on: '2024-06-05' }]), '2024-07-20');
    expect(received.clock('determination')?.start).toMatchObject({ on: '2024-06-05', entry: 3 });
  });

  it('begins when the proper component has it, at the latest ten working days after any', () => {
    const routed = (on: string) =>
      at(logOf([sent, { kind: 'received', on: '2024-05-31' }, { kind: 'routed', on }]), '2024-06-20');
    expect(routed('2024-06-05').clock('determination')?.start.on).toBe('2024-06-05');
    expect(routed('2024-06-28').clock('determination')?.start.on).toBe('2024-06-14');
    expect(routed('2024-06-28').clock('determination')?.due).toBe('2024-07-16');
  });

  it('is not stopped by an acknowledgment', () => {
    const log = logOf([sent, { kind: 'acknowledged', on: '2024-06-05', number: '2024-ICFO-39357' }]);
    expect(at(log, '2024-07-02').clock('determination')?.state).toBe('missed');
    expect(at(log, '2024-07-02').clock('acknowledgment')?.state).toBe('met');
  });

  it('ends in time on its last day, and late the day after', () => {
    const answered = (on: string) => at(logOf([sent, { kind: 'determination', on, outcome: 'granted' }]), '2024-08-01');
    expect(answered('2024-07-01').clock('determination')?.state).toBe('met');
    expect(answered('2024-07-02').clock('determination')?.state).toBe('late');
    expect(answered('2024-07-01').exhaustion).toEqual([]);
  });
});

describe('stopping the clock', () => {
  const asked = { kind: 'tolled', on: '2024-06-10', reason: 'clarification' } as const;
  const answered = { kind: 'resumed', on: '2024-06-14' } as const;

  it('stands still while the agency waits, and says how many days are gone', () => {
    const { clock } = at(logOf([sent, asked]), '2024-12-01');
    expect(clock('determination')).toMatchObject({ state: 'stopped', counted: 5 });
    expect(clock('determination')?.due).toBeUndefined();
    expect(clock('clarification')).toMatchObject({ due: '2024-07-24', rule: { duty: 'requester' } });
  });

  it('goes on after the answer, with the days between left out', () => {
    const { clock } = at(logOf([sent, asked, answered]), '2024-06-20');
    expect(clock('determination')?.due).toBe('2024-07-09');
    expect(clock('determination')?.days.filter(({ why }) => why === 'paused')).toHaveLength(5);
    expect(clock('clarification')?.state).toBe('met');
  });

  it('is allowed once for clarification, and as often as needed for fees', () => {
    const again = [
      { kind: 'tolled', on: '2024-06-17', reason: 'clarification' },
      { kind: 'resumed', on: '2024-06-21' },
    ] as const;
    const twice = at(logOf([sent, asked, answered, ...again]), '2024-06-24').clock('determination');
    expect(twice?.due).toBe('2024-07-09');
    expect(twice?.findings.join()).toMatch(
      /further stop for clarification .* \(5 U\.S\.C\. 552\(a\)\(6\)\(A\)\(ii\)\(I\)\)/,
    );
    const fees = again.map((event) => (event.kind === 'tolled' ? { ...event, reason: 'fees' as const } : event));
    expect(at(logOf([sent, asked, answered, ...fees]), '2024-06-24').clock('determination')?.due).toBe('2024-07-15');
  });
});

describe('unusual circumstances', () => {
  const extended = (on: string, days?: number) =>
    at(logOf([sent, { kind: 'extended', on, ...(days === undefined ? {} : { days }) }]), '2024-07-02').clock(
      'determination',
    );

  it('moves the last day by at most ten working days, by a notice before day 20', () => {
    expect(extended('2024-06-28')?.due).toBe('2024-07-16');
    expect(extended('2024-06-28', 5)?.due).toBe('2024-07-09');
    expect(extended('2024-06-28', 30)?.due).toBe('2024-07-16');
    expect(extended('2024-06-28', 30)?.findings.join()).toContain('claims 30 days and the law allows 10');
  });

  it('moves nothing by a notice that came too late', () => {
    expect(extended('2024-07-02')?.due).toBe('2024-07-01');
    expect(extended('2024-07-02')?.findings.join()).toContain('it moves nothing');
  });

  it('shares its ten days between the request and the appeal', () => {
    const log = logOf([
      sent,
      { kind: 'extended', on: '2024-06-28', days: 6 },
      { kind: 'determination', on: '2024-07-08', outcome: 'denied' },
      { kind: 'appealed', on: '2024-08-01', channel: 'email' },
      { kind: 'extended', on: '2024-08-20', days: 10, stage: 'appeal' },
    ]);
    expect(at(log, '2024-08-21').clock('appeal-decision')?.length).toBe('20 + 4 working days');
  });

  it('gives way to a time that both agreed on', () => {
    const log = logOf([sent, { kind: 'date_agreed', on: '2024-06-28', until: '2024-09-30' }]);
    const clock = at(log, '2024-07-20').clock('determination');
    expect(clock).toMatchObject({ due: '2024-09-30', state: 'running' });
    expect(clock?.days.at(-1)).toMatchObject({ date: '2024-09-30', why: 'moved' });
  });
});

describe('the other clocks of the federal law', () => {
  it('gives ten calendar days for the decision on expedited processing, when it was asked for', () => {
    const urgent = logOf([sent], { expedite_reason: 'The activity continues.' });
    expect(at(urgent, '2024-06-05').clock('expedite')?.due).toBe('2024-06-10');
    expect(at(logOf([sent]), '2024-06-05').clock('expedite')).toBeUndefined();
    const later = logOf([sent, { kind: 'expedite_asked', on: '2024-06-12' }]);
    expect(at(later, '2024-06-13').clock('expedite')?.due).toBe('2024-06-22');
  });

  it('gives ninety working days to appeal to DHS, until the last second of the day in the east', () => {
    const denied = { kind: 'determination', on: '2024-07-01', outcome: 'denied' } as const;
    const appeal = at(logOf([sent, denied]), '2024-07-10').clock('appeal');
    expect(appeal).toMatchObject({ due: '2024-11-07', rule: { until: '23:59:59', source: ['6 C.F.R. 5.8(a)(1)'] } });
    expect(appeal?.days.filter(({ number }) => number !== undefined)).toHaveLength(90);
    const fbi = at(logOf([sent, denied], { agency: 'fbi' }), '2024-07-10');
    expect(fbi.clock('appeal')).toBeUndefined();
    expect(fbi.clock('appeal-other')).toMatchObject({ due: '2024-09-29', length: '90 calendar days' });
  });

  it('begins one time to appeal for each adverse answer, none for what was granted', () => {
    const log = logOf([
      sent,
      { kind: 'expedite_decided', on: '2024-06-10', outcome: 'denied' },
      { kind: 'fee_waiver_decided', on: '2024-06-10', outcome: 'granted' },
      { kind: 'glomar', on: '2024-07-01', items: [2] },
    ]);
    const appeals = at(log, '2024-07-10').clocks.filter(({ rule }) => rule.id === 'appeal');
    expect(appeals.map(({ start }) => start.on)).toEqual(['2024-06-10', '2024-07-01']);
  });

  it('counts the decision on the appeal, the follow-up of a remand and the answer to a complaint', () => {
    const log = logOf([
      sent,
      { kind: 'no_records', on: '2024-06-20' },
      { kind: 'appealed', on: '2024-07-03', channel: 'portal', number: '2024-ICAP-00188' },
      { kind: 'remanded', on: '2024-07-30' },
      { kind: 'sued', on: '2024-12-04', number: '2:24-cv-10444' },
      { kind: 'served', on: '2024-12-06' },
    ]);
    const { clock } = at(log, '2024-12-10');
    expect(clock('appeal')?.state).toBe('met');
    expect(clock('appeal-decision')).toMatchObject({ due: '2024-08-01', state: 'met' });
    expect(clock('remand')).toMatchObject({ due: '2024-08-27', state: 'over', rule: { rank: 'practice' } });
    // Thirty days end on Sunday, January 5.
    expect(clock('answer')).toMatchObject({ due: '2025-01-06', state: 'running' });
  });
});

describe('exhausted remedies', () => {
  const late = { kind: 'determination', on: '2024-08-15', outcome: 'denied' } as const;

  it('begin the day after the last day, and begin the six years to sue', () => {
    expect(at(logOf([sent]), '2024-07-01').exhaustion).toEqual([]);
    const { exhaustion, clock } = at(logOf([sent]), '2024-07-02');
    expect(exhaustion).toEqual([expect.objectContaining({ from: '2024-07-02', clock: 'determination-2' })]);
    expect(clock('suit')).toMatchObject({ due: '2030-07-02', state: 'running' });
  });

  it('begin only after the later day, where offices were closed without a holiday', () => {
    const winter = logOf([{ ...sent, on: '2025-11-25' }]);
    const { exhaustion, clock } = at(winter, '2025-12-27');
    expect(clock('determination')).toMatchObject({ due: '2025-12-24', cautious: '2025-12-29', state: 'missed' });
    expect(exhaustion).toEqual([]);
    expect(at(winter, '2025-12-30').exhaustion[0]?.from).toBe('2025-12-30');
  });

  it('end with an answer that comes before a suit: then an appeal comes first', () => {
    const { exhaustion, clock } = at(logOf([sent, late]), '2024-09-01');
    expect(exhaustion[0]).toMatchObject({ from: '2024-07-02', until: '2024-08-15' });
    expect(clock('appeal')).toMatchObject({ start: { on: '2024-08-15' }, state: 'running' });
  });

  it('are kept by a suit that was filed in between', () => {
    const { exhaustion, clock } = at(logOf([sent, { kind: 'sued', on: '2024-08-01' }, late]), '2024-09-01');
    expect(exhaustion[0]).toMatchObject({ keptBySuit: '2024-08-01' });
    expect(exhaustion[0]?.until).toBeUndefined();
    expect(clock('appeal')).toBeUndefined();
    expect(clock('suit')?.state).toBe('met');
  });
});

describe('a struck entry', () => {
  it('tells nothing any more', () => {
    const log = logOf([
      sent,
      { kind: 'determination', on: '2024-06-20', outcome: 'granted' },
      { kind: 'struck', on: '2024-06-21', strikes: 3, note: 'wrong matter' },
    ]);
    expect(at(log, '2024-07-02').clock('determination')?.state).toBe('missed');
  });
});

describe('a closed request', () => {
  it('has no running clock, until it is reopened', () => {
    const closed = [sent, { kind: 'closed', on: '2024-06-10' }] as const;
    expect(at(logOf(closed), '2024-07-20').clock('determination')?.state).toBe('over');
    expect(
      at(logOf([...closed, { kind: 'reopened', on: '2024-06-12' }]), '2024-07-20').clock('determination')?.state,
    ).toBe('missed');
  });
});

describe('the clocks of the California law', () => {
  const cpra = (on: string, more: Parameters<typeof logOf>[0] = []) =>
    logOf([{ kind: 'sent', on, channel: 'email' }, ...more], { regime: 'ca-cpra', agency: 'local-agency' });

  it('gives ten calendar days, moved to the next day that is none of rest, and fourteen more by notice', () => {
    expect(at(cpra('2025-06-25'), '2025-06-26', 'ca-cpra').clock('determination')?.due).toBe('2025-07-07');
    const extended = cpra('2025-06-25', [{ kind: 'extended', on: '2025-07-03', days: 14 }]);
    expect(at(extended, '2025-07-08', 'ca-cpra').clock('determination')).toMatchObject({
      due: '2025-07-21',
      length: '10 + 14 calendar days',
    });
  });

  it('opens the way to the court for good: no late answer closes it', () => {
    const late = cpra('2025-06-25', [{ kind: 'determination', on: '2025-07-20', outcome: 'denied' }]);
    for (const log of [cpra('2025-06-25'), late])
      expect(clocksOf(log, regimeNamed('ca-cpra'), date('2025-08-01')).exhaustion).toEqual([
        expect.objectContaining({ from: '2025-07-08', endsWithAnswer: false }),
      ]);
  });

  it('knows no stop of the clock', () => {
    const stopped = cpra('2025-06-25', [{ kind: 'tolled', on: '2025-06-27', reason: 'clarification' }]);
    expect(at(stopped, '2025-06-28', 'ca-cpra').clock('determination')).toMatchObject({
      due: '2025-07-07',
      state: 'running',
    });
  });
});
