import { describe, expect, it } from 'vitest';
import type { CalendarDate, Instant } from '#core/domain/instant.ts';
import type { Week } from '#core/domain/week.ts';
import { phrases } from '#core/reports/phrases.ts';
import { speechIn } from '#core/reports/speech.ts';

const en = speechIn('en', 'America/New_York');
const es = speechIn('es', 'America/New_York');
const week = (monday: string): Week => monday as CalendarDate as Week;

describe('speech', () => {
  it('names a week in both languages, across months and years too', () => {
    expect(en.week(week('2026-11-02'))).toBe('November 2–8, 2026');
    expect(es.week(week('2026-11-02'))).toBe('2 al 8 de noviembre de 2026');
    expect(en.week(week('2026-11-30'))).toBe('November 30 – December 6, 2026');
    expect(es.week(week('2026-11-30'))).toBe('30 de noviembre al 6 de diciembre de 2026');
    expect(en.week(week('2026-12-28'))).toBe('December 28, 2026 to January 3, 2027');
    expect(es.week(week('2026-12-28'))).toBe('28 de diciembre de 2026 al 3 de enero de 2027');
  });

  it('tells a moment in the zone of the city', () => {
    expect(en.moment('2026-11-23T03:05:00.000Z' as Instant)).toBe('November 22, 2026, 22:05 EST');
    expect(es.moment('2026-11-23T03:05:00.000Z' as Instant)).toBe('22 de noviembre de 2026, 22:05 EST');
  });

  it('counts with the right plural', () => {
    expect(phrases.en.incidents(1, en)).toBe('incident reported');
    expect(phrases.es.incidents(12, es)).toBe('incidentes reportados');
    expect(es.count(1_234)).toBe('1,234');
  });

  it('joins a Spanish list with e before the sound i', () => {
    expect(es.list(['Finanzas', 'Ingeniería'])).toBe('Finanzas e Ingeniería');
    expect(es.list(['Agua', 'Policía', 'Zoológico'])).toBe('Agua, Policía y Zoológico');
  });

  it('has the same phrases in both languages', () => {
    expect(Object.keys(phrases.es)).toEqual(Object.keys(phrases.en));
  });
});
