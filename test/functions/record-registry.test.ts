import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localLake } from '#adapters/local/lake.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import type { City } from '#core/domain/city.ts';
import type { DepartmentId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import type { Log } from '#core/ports.ts';
import { recordRegistry } from '#functions/record-registry/record-registry.ts';
import { city } from '../core/lake/small-city.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'registry-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const later: City = {
  ...city,
  departments: city.departments.map((one) => ({ ...one, activeFrom: '2026-02-01' as typeof one.activeFrom })),
};
const take = (known: City, at: string) =>
  recordRegistry({ lake: localLake(directory), city: known, clock: { now: () => at as Instant }, log })();

/** The first days of duty that the latest snapshot by a moment says. */
async function knownAt(moment: string): Promise<readonly unknown[]> {
  const sql =
    'SELECT DISTINCT d.active_from, d.recorded_at FROM departments AS d WHERE d.recorded_at = (SELECT max(e.recorded_at) FROM departments AS e WHERE e.recorded_at <= CAST(? AS timestamp)) ORDER BY d.active_from';
  const answer = await localQueryEngine(directory).run({
    name: 'known',
    sql,
    parameters: [{ type: 'timestamp', value: moment }],
    token: 'known',
  });
  return answer.rows;
}

describe('recordRegistry', () => {
  it('takes a snapshot of every department once, however often it is called', async () => {
    expect(await take(city, '2026-01-08T05:00:00.000Z')).toEqual({
      departments: city.departments.length,
      recorded: true,
    });
    expect(await take(city, '2026-01-08T05:00:00.000Z')).toMatchObject({ recorded: false });
    expect(await take(city, '2026-01-09T05:00:00.000Z')).toMatchObject({ recorded: false });
    const rows = await knownAt('2026-02-01T00:00:00.000Z');
    expect(rows.map((row) => (row as unknown[])[1])).toEqual(['2026-01-08T05:00:00.000Z']);
  });

  it('takes another when the registry has changed, and another when it is changed back', async () => {
    const days = ['2026-01-30T05:00:00.000Z', '2026-01-31T05:00:00.000Z', '2026-02-01T05:00:00.000Z'] as const;
    const versions = [city, later, city];
    for (const [at, day] of days.entries())
      expect(await take(versions[at] ?? city, day)).toMatchObject({ recorded: true });
    const [first, second, third] = await Promise.all(days.map(knownAt));
    expect(second).toEqual([['2026-02-01', days[1]]]);
    expect(third).toEqual(first?.map((row) => [(row as unknown[])[0], days[2]]));
  });

  it('compares the departments and their time of duty, and nothing else of the city', async () => {
    await take(city, '2026-01-08T05:00:00.000Z');
    expect(await take({ ...city, name: 'Another name' }, '2026-01-09T05:00:00.000Z')).toMatchObject({
      recorded: false,
    });
    const [one, ...others] = city.departments;
    if (!one) throw new Error('the city has a department');
    const renamed = { ...city, departments: [{ ...one, id: 'zz' as DepartmentId }, ...others] };
    expect(await take(renamed, '2026-01-10T05:00:00.000Z')).toMatchObject({ recorded: true });
  });

  it('takes none behind the last one, so that no release reads another registry than it did', async () => {
    await take(city, '2026-01-08T05:00:00.000Z');
    for (const at of ['2026-01-08T05:00:00.000Z', '2026-01-08T04:59:59.999Z'])
      await expect(take(later, at)).rejects.toThrow(/behind the last snapshot/);
  });
});
