import { describe, expect, it } from 'vitest';
import { SerialDate } from '#core/foia/cell.ts';
import { showsDay } from '#core/foia/cell-styles.ts';
import { dayOfSerial, whenIn, whenInText } from '#core/foia/dates.ts';
import { fiscalMonth } from '#core/foia/records.ts';
import { redactionOf, withoutRedaction } from '#core/foia/redaction.ts';

describe('a redaction', () => {
  it.each([
    ['(b)(6), (b)(7)(c)', ['(b)(6)', '(b)(7)(C)']],
    ['(b)(6),(b)(7)(c )', ['(b)(6)', '(b)(7)(C)']],
    ['(b)(7)(E )', ['(b)(7)(E)']],
    ['(B)(6), (B)(7)(C)', ['(b)(6)', '(b)(7)(C)']],
    ['(b)(3), (b)(6), (b)(7)(c)', ['(b)(3)', '(b)(6)', '(b)(7)(C)']],
    ['b(6), b(7)c', ['(b)(6)', '(b)(7)(C)']],
    ['(b)(7) (b)(6)', ['(b)(7)', '(b)(6)']],
    ['Withheld in Full (b)(7)( E)', ['(b)(7)(E)']],
    ['Redacted', []],
  ])('%s names its exemptions', (text, exemptions) => {
    expect(redactionOf(text)).toEqual({ exemptions });
  });

  it.each([
    'SEC 101(A)(27)(B)-FORMER CITIZEN',
    '237a2Bi',
    '8USC1325',
    'Illegal Entry (INA SEC.101(a)(43)(O), 8USC1325 only)',
    'BLK',
    '',
    'job (6)',
  ])('is not seen in %j', (text) => {
    expect(redactionOf(text)).toBeUndefined();
  });

  it('is taken out of a header that is withheld in its name', () => {
    expect(withoutRedaction('Landmark Name for Latest Apprehension- Withheld in Full (b)(7)( E)')).toEqual({
      header: 'Landmark Name for Latest Apprehension',
      redacted: true,
    });
    expect(withoutRedaction('Apprehension Date')).toEqual({ header: 'Apprehension Date', redacted: false });
  });
});

describe('a date', () => {
  const day = (date: string, minute: number | null = null, zone: string | null = null) => ({
    kind: 'day',
    date,
    minute,
    zone,
  });
  it.each([
    ['1/3/2012', day('2012-01-03')],
    ['10/5/16', day('2016-10-05')],
    ['6/23/97', day('1997-06-23')],
    ['2026-02-11', day('2026-02-11')],
    ['2/29/2024 1:05:00 PM', day('2024-02-29', 785)],
    ['2/29/2024 12:00:00 AM', day('2024-02-29')],
    ['2/29/2024 12:01 AM', day('2024-02-29', 1)],
    ['2026-02-11T23:59:00Z', day('2026-02-11', 1439, 'UTC')],
    ['2026-02-11 07:30-08:00', day('2026-02-11', 450, '-08:00')],
    ['2026-02-11 25:00', { kind: 'unreadable' }],
    ['2/29/2024 13:05 PM', { kind: 'unreadable' }],
    ['03-JAN-2012', day('2012-01-03')],
    ['January 3, 2012', day('2012-01-03')],
    ['January 2012', { kind: 'month', month: '2012-01' }],
    ['10/5', { kind: 'unreadable' }],
    ['2/30/2024', { kind: 'unreadable' }],
    ['???', { kind: 'unreadable' }],
    ['12/30/1899', { kind: 'empty' }],
    ['NA', { kind: 'empty' }],
    ['Not  Applicable', { kind: 'empty' }],
    [' ', { kind: 'empty' }],
    ['(b)(6)', { kind: 'redacted', redaction: { exemptions: ['(b)(6)'] } }],
  ])('written %j is read for what it says', (text, when) => {
    expect(whenInText(text)).toEqual(when);
  });

  it('as a serial follows the calendar of its workbook', () => {
    expect(dayOfSerial(40909.481944444444, false)).toEqual(day('2012-01-01', 694));
    expect(dayOfSerial(59, false)).toEqual(day('1900-02-28'));
    expect(dayOfSerial(60, false)).toEqual({ kind: 'unreadable' });
    expect(dayOfSerial(61, false)).toEqual(day('1900-03-01'));
    expect(dayOfSerial(0, false)).toEqual({ kind: 'empty' });
    expect(dayOfSerial(39447, true)).toEqual(day('2012-01-01'));
    expect(dayOfSerial(41000.9999999, false)).toEqual(day('2012-04-02'));
    expect(whenIn(new SerialDate(-1, false))).toEqual({ kind: 'unreadable' });
    expect(whenIn(37894)).toEqual(day('2003-09-30'));
    expect(whenIn(52)).toEqual({ kind: 'unreadable' });
  });

  it('of a federal fiscal year falls in the calendar year before from October on', () => {
    expect(fiscalMonth('2020', 'OCT')).toEqual({ kind: 'month', month: '2019-10' });
    expect(fiscalMonth('2023 (FYTD)', 'SEP')).toEqual({ kind: 'month', month: '2023-09' });
    expect(fiscalMonth('20', 'SEP')).toEqual({ kind: 'unreadable' });
  });

  it.each([
    ['m/d/yyyy\\ h:mm:ss\\ AM/PM', true],
    ['[$-409]d\\-mmm\\-yy;@', true],
    ['mmm', true],
    ['h:mm:ss', false],
    ['[h]:mm', false],
    ['0.00E+00', false],
    ['General', false],
    ['[Red]#,##0', false],
    ['"day" 0', false],
    ['_("$"* #,##0_)', false],
  ])('style %j shows a day: %s', (code, shows) => {
    expect(showsDay(code)).toBe(shows);
  });
});
