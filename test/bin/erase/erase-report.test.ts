import { describe, expect, it } from 'vitest';
import { type DepartmentId, reportIdOf } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { AuditRecord } from '#core/ports.ts';
import { type ErasePorts, type Erasure, eraseReport } from '../../../bin/erase/erase-report.ts';

const report = reportIdOf('fire' as DepartmentId, 'a');
const order: Erasure = { report, purpose: 'order of the court to erase', matter: 'M-2026-7' };

/** A vault with the keys of one report, and everything that happens in the order in which it happens. */
function desk(keys: readonly string[] = ['entry.0.1', 'entry.1.2']) {
  const events: string[] = [];
  const records: AuditRecord[] = [];
  let standing = keys;
  const ports: ErasePorts = {
    standingKeys: (id) => (id === report ? standing : undefined),
    destroyKeys: async () => {
      events.push('destroyed');
      standing = [];
    },
    audit: {
      append: async (record) => {
        events.push('noted');
        records.push(record);
      },
      list: async () => ({ items: records }),
    },
    clock: { now: () => '2026-03-02T10:00:00.000Z' as Instant },
    ids: { random: () => 'one' },
  };
  const lines: string[] = [];
  const erase = (change: Partial<Erasure> = {}) =>
    eraseReport(ports, { ...order, ...change }, (line) => lines.push(line));
  return { events, records, lines, ports, erase };
}

describe('eraseReport', () => {
  it('writes the trail before it destroys the keys, and says how many', async () => {
    const { erase, events, records, lines } = desk();
    expect(await erase()).toBe(0);
    expect(events).toEqual(['noted', 'destroyed']);
    expect(records).toEqual([
      expect.objectContaining({ action: 'report:erased', what: { report }, matter: 'M-2026-7', count: 2 }),
    ]);
    expect(lines[0]).toContain('2 sealed texts');
  });

  it('destroys nothing when the trail cannot be written', async () => {
    const { ports, events } = desk();
    const audit = { ...ports.audit, append: () => Promise.reject(new Error('full')) };
    await expect(eraseReport({ ...ports, audit }, order, () => undefined)).rejects.toThrow('full');
    expect(events).toEqual([]);
  });

  it('says at the second run that nothing is left to erase, and notes nothing more', async () => {
    const { erase, events, lines } = desk();
    await erase();
    expect(await erase()).toBe(0);
    expect(events).toEqual(['noted', 'destroyed']);
    expect(lines.at(-1)).toContain('erased already');
  });

  it.each([
    ['a report that is not here', { report: reportIdOf('fire' as DepartmentId, 'b') }],
    ['a purpose that holds a telephone number', { purpose: 'asked by the person at 213-555-0147' }],
  ])('refuses %s and changes nothing', async (_, change) => {
    const { erase, events, lines } = desk();
    expect(await erase(change)).toBe(1);
    expect(events).toEqual([]);
    expect(lines.join()).toContain('refused');
    expect(lines.join()).not.toContain('0147');
  });
});
