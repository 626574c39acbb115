import { describe, expect, it } from 'vitest';
import { assets } from '#adapters/anywhere/assets.ts';
import { typesetter } from '#adapters/anywhere/typesetter.ts';
import type { LogEntry } from '#core/domain/request/request.ts';
import { letterDocument, letterOf, letterText } from '#core/requests/letter.ts';
import { fillTemplate, readLetterTemplate } from '#core/requests/letter-template.ts';
import { viewOf } from '#core/requests/status.ts';
import { date, logOf } from '../../fixtures/matters.ts';
import { regimeNamed, regimes } from '../../fixtures/regimes.ts';

const requester = {
  name: 'City of Port Alder',
  office: 'City Attorney',
  address: ['1 Harbor Square', 'Port Alder'],
  mail: 'r@port-alder.example',
};
const reasons = { fee_waiver_reason: 'The public learns of it.', expedite_reason: 'It continues.' };
const sent = { kind: 'sent', on: '2024-05-31', channel: 'email' } as const;
const numbered = { kind: 'acknowledged', on: '2024-06-05', number: '2024-ICFO_39357' } as const;

const made = (log: readonly LogEntry[], letter: string, today: string, regime = 'us-foia') => {
  const view = viewOf(log, regimes, () => date(today));
  const template = regimeNamed(regime).letters.find(({ id }) => id === letter);
  if (!view || !template) throw new Error('a matter and a letter of the test');
  return letterOf(template, view, requester, date(today));
};
const textOf = (...asked: Parameters<typeof made>): string => {
  const letter = made(...asked);
  if (!letter.ok) throw new Error(JSON.stringify(letter.problem.violations));
  return letterText(letter.value).replaceAll(/\s+/g, ' ');
};

/** For each letter a matter that has all it needs, and what must be in it. */
const whole: readonly (readonly [string, string, readonly LogEntry[], string, readonly string[]])[] = [
  [
    'us-foia',
    'request',
    logOf([sent], reasons),
    '2024-05-31',
    ['4. Policies on masks', 'The public learns of it.', 'It continues.', '552(a)(3)(B)): xlsx'],
  ],
  [
    'us-foia',
    'fee-waiver-and-expedite',
    logOf([sent, numbered], reasons),
    '2024-06-06',
    ['Request 2024-ICFO-39357'.toUpperCase(), 'ten calendar days'],
  ],
  [
    'us-foia',
    'status-inquiry',
    logOf([sent, numbered]),
    '2024-06-20',
    ['13 working days are gone', 'is due by Monday, July 1, 2024'],
  ],
  ['us-foia', 'completion-date', logOf([sent, numbered]), '2024-06-20', ['552(a)(7)(B)', '2. an estimated date']],
  [
    'us-foia',
    'clarification-answer',
    logOf([
      sent,
      numbered,
      { kind: 'tolled', on: '2024-06-10', reason: 'clarification' },
      { kind: 'noted', on: '2024-06-11', note: 'Any system that holds the field.' },
    ]),
    '2024-06-12',
    ['your question of Monday, June 10, 2024'.toUpperCase(), 'Any system that holds the field.'],
  ],
  [
    'us-foia',
    'exhaustion-demand',
    logOf([sent, numbered]),
    '2024-07-02',
    ['ended on Monday, July 1, 2024', 'Juneteenth', 'Since Tuesday, July 2, 2024', 'ten working days of this letter'],
  ],
  [
    'us-foia',
    'appeal',
    logOf([
      sent,
      numbered,
      {
        kind: 'determination',
        on: '2024-06-28',
        outcome: 'partly',
        items: [1, 2],
        exemptions: ['(b)(6)', '(b)(7)(E)'],
      },
      { kind: 'grounds', on: '2024-07-01', note: 'No search is described.' },
    ]),
    '2024-07-02',
    [
      'Exemptions it relies on: (b)(6), (b)(7)(E).',
      '- No search is described.',
      '2. Identities and reasons (granted in part)',
      'Wednesday, November 6, 2024, 11:59:59 p.m. Eastern time',
    ],
  ],
  [
    'us-foia',
    'remand-follow-up',
    logOf([
      sent,
      numbered,
      { kind: 'no_records', on: '2024-06-28' },
      { kind: 'appealed', on: '2024-07-05', channel: 'email' },
      { kind: 'remanded', on: '2024-07-30' },
    ]),
    '2024-09-03',
    ['On Tuesday, July 30, 2024, the appeal of Friday, July 5, 2024'],
  ],
  [
    'ca-cpra',
    'request',
    logOf([{ kind: 'sent', on: '2025-06-25', channel: 'email' }], { regime: 'ca-cpra', agency: 'ca-doj' }),
    '2025-06-25',
    ['section 7922.535', '1300 I Street'],
  ],
  [
    'ca-cpra',
    'status-inquiry',
    logOf([{ kind: 'sent', on: '2025-06-25', channel: 'email' }], { regime: 'ca-cpra', agency: 'ca-doj' }),
    '2025-07-01',
    ['is due by Monday, July 7, 2025'],
  ],
  [
    'ca-cpra',
    'overdue-demand',
    logOf([{ kind: 'sent', on: '2025-06-25', channel: 'email' }], { regime: 'ca-cpra', agency: 'ca-doj' }),
    '2025-07-08',
    ['Saturday, July 5, 2025 is day 10.', 'Monday, July 7, 2025 is the last day: the last day falls on a weekend.'],
  ],
  [
    'ca-cpra',
    'denial-follow-up',
    logOf(
      [
        { kind: 'sent', on: '2025-06-25', channel: 'email' },
        { kind: 'determination', on: '2025-07-02', outcome: 'denied', items: [1] },
      ],
      { regime: 'ca-cpra', agency: 'ca-doj' },
    ),
    '2025-07-08',
    ['section 7922.540', '1. Dates and locations of all enforcement activity (denied)'],
  ],
];

describe('letters', () => {
  it('has a whole matter here for every letter of every law', () => {
    const all = regimes.flatMap(({ id, letters }) => letters.map((letter) => `${id}/${letter.id}`)).sort();
    expect(whole.map(([regime, letter]) => `${regime}/${letter}`).sort()).toEqual(all);
  });

  it.each(whole)('of %s, %s: filled from the matter, no place left', (regime, letter, log, today, parts) => {
    const text = textOf(log, letter, today, regime);
    for (const part of parts) expect(text).toContain(part);
    expect(text).toContain('Test Signer');
    expect(text).not.toMatch(/\{\{|\}\}|undefined|\[object/);
  });

  const local = { regime: 'ca-cpra', agency: 'local-agency' };

  it.each(whole.filter(([regime]) => regime === 'ca-cpra'))(
    'of %s, %s: also to an agency whose address the regime does not know, and to the one that the request names',
    (regime, letter, log, today) => {
      const open = log[0]?.event;
      if (open?.kind !== 'opened') throw new Error('a log begins with the opening');
      const to = (addressee?: string) =>
        log.map((entry, at) =>
          at > 0
            ? entry
            : { ...entry, event: { ...open, facts: { ...open.facts, ...local, ...(addressee ? { addressee } : {}) } } },
        );
      const plain = made(to(), letter, today, regime);
      expect(plain.ok && plain.value.blocks[1]).toEqual({ kind: 'lines', rows: ['Local agency'] });
      const named = made(
        to('City of Cedar Bay, City Clerk\r\n 2 Main Street\r\n\r\nCedar Bay, CA 90001'),
        letter,
        today,
        regime,
      );
      const rows = ['City of Cedar Bay, City Clerk', '2 Main Street', 'Cedar Bay, CA 90001'];
      expect(named.ok && named.value.blocks[1]).toEqual({ kind: 'lines', rows });
      expect(textOf(to(), letter, today, regime)).not.toMatch(/\{\{|\}\}|undefined/);
    },
  );

  it('to another office of an agency whose address is known name that office, at that address', () => {
    const letter = made(logOf([sent], { addressee: 'Office of Examples' }), 'request', '2024-06-01');
    expect(letter.ok && letter.value.blocks[1]).toMatchObject({
      rows: [
        'Office of Examples',
        'Freedom of Information Act Office',
        '500 12th Street SW, Stop 5009',
        'Washington, DC 20536-5009',
      ],
    });
  });

  it('are refused by the names of the facts that are missing, and never made with a blank', () => {
    const refusal = made(logOf([sent], { signatory_name: undefined } as never), 'exhaustion-demand', '2024-06-10');
    expect(refusal.ok).toBe(false);
    if (refusal.ok) return;
    expect(refusal.problem.code).toBe('LETTER_INCOMPLETE');
    expect(refusal.problem.violations?.map(({ pointer }) => pointer)).toEqual(['/exhausted_on', '/signatory_name']);
  });

  it('do not say that a last day was missed before it is over, nor when it was kept', () => {
    const of = { regime: 'ca-cpra', agency: 'ca-doj' };
    const mailed = { kind: 'sent', on: '2025-06-25', channel: 'email' } as const;
    const lacks = (log: readonly LogEntry[], today: string) => {
      const letter = made(log, 'overdue-demand', today, 'ca-cpra');
      return letter.ok ? [] : letter.problem.violations?.map(({ pointer }) => pointer);
    };
    expect(lacks(logOf([mailed], of), '2025-07-07')).toEqual(['/missed_on']);
    expect(lacks(logOf([mailed], of), '2025-07-08')).toEqual([]);
    const kept = logOf([mailed, { kind: 'determination', on: '2025-07-02', outcome: 'denied', items: [1] }], of);
    expect(lacks(kept, '2025-07-08')).toContain('/missed_on');
  });

  it('say on top that a sample is one', () => {
    expect(textOf(logOf([sent], { sample: true }), 'request', '2024-06-01')).toMatch(/^SAMPLE/);
  });

  it('are set as tagged PDF, the same bytes for the same letter', async () => {
    const files = assets(process.cwd());
    const press = typesetter(files);
    const letter = made(logOf([sent, numbered]), 'exhaustion-demand', '2024-07-02');
    if (!letter.ok) throw new Error('the letter is whole');
    const about = { author: 'City Attorney', date: date('2024-07-02') };
    const world = letterDocument(letter.value, await files.bytes('web/letters/letter.typ'), about);
    const set = () =>
      press.pdf({ main: '/letter.typ', files: world, standard: 'ua-1', date: '2024-07-02T12:00:00.000Z' as never });
    const [one, two] = [await set(), await set()];
    expect(Buffer.from(one).subarray(0, 5).toString()).toBe('%PDF-');
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  });
});

describe('a template', () => {
  const filled = (body: string, facts: Parameters<typeof fillTemplate>[1]) => {
    const template = readLetterTemplate('x', `title: t\nuse: u\norder: 1\nsource: s\n---\n${body}`);
    if ('wrong' in template) throw new Error(template.wrong);
    return fillTemplate(template, facts);
  };

  it('leaves out what has no fact, and repeats what has many', () => {
    const body = '{{when a}}\nA {{a}}\n{{end}}\n{{unless a}}\nno a\n{{end}}\n{{each list}}\n- {{name}}\n{{end}}';
    expect(filled(body, { a: '1', list: [{ name: 'x' }, { name: 'y' }] })).toEqual({ text: 'A 1\n- x\n- y' });
    expect(filled(body, { list: [{ name: 'x' }] })).toEqual({ text: 'no a\n- x' });
    expect(filled(body, {})).toEqual({ missing: ['list'] });
  });

  it('takes a fact for text, whatever is in it', () => {
    expect(filled('{{a}}', { a: '{{b}} $& $1' })).toEqual({ text: '{{b}} $& $1' });
    expect(filled('| {{a}}', { a: 'one\ntwo' })).toEqual({ text: '| one\n| two' });
  });
});

describe('a request that was never acknowledged', () => {
  it('is named by its day in a demand', () => {
    expect(textOf(logOf([sent]), 'exhaustion-demand', '2024-07-02')).toContain(
      'REQUEST OF FRIDAY, MAY 31, 2024: NO DETERMINATION',
    );
  });
});
