import { describe, expect, it } from 'vitest';
import type { Answer } from '#core/lake/question.ts';
import type { Lake, QueryEngine } from '#core/ports.ts';

export type LakeHome = { readonly lake: Lake; readonly engine: QueryEngine };

const department = (id: string, recordedAt = '2026-01-08T17:00:00.000Z') => ({
  department_id: id,
  active_from: '2025-01-01',
  active_to: null,
  recorded_at: recordedAt,
});
const place = { partition: '2026-01', name: '1-2' };

/** What every lake does, seen through the engine that reads it. */
export function lakeContract(home: () => LakeHome): void {
  const ask = (sql: string, parameters: Parameters<QueryEngine['run']>[0]['parameters'] = []): Promise<Answer> =>
    home().engine.run({ name: 'contract', sql, parameters, token: 'contract' });
  const departments = async (): Promise<unknown> =>
    (await ask('SELECT departments.department_id FROM departments ORDER BY departments.department_id')).rows;

  describe('a lake', () => {
    it('is read as it was written, over objects and months', async () => {
      await home().lake.append('departments', place, [department('b'), department('a')]);
      await home().lake.append('departments', { partition: '2026-02', name: '3-3' }, [department('c')]);
      expect(await departments()).toEqual([['a'], ['b'], ['c']]);
    });

    it('holds an object once, however often it is written', async () => {
      const first = await home().lake.append('departments', place, [department('a')]);
      expect(await home().lake.append('departments', place, [department('a')])).toEqual(first);
      expect(first).toMatchObject({
        key: 'departments/recorded_month=2026-01/1-2.parquet',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(await departments()).toEqual([['a']]);
    });

    it('names the object that is the last of its table by month and name', async () => {
      const { lake } = home();
      expect(await lake.newest('departments')).toBeUndefined();
      await lake.append('departments', { partition: '2026-02', name: '1-b' }, [department('b')]);
      await lake.append('departments', { partition: '2026-01', name: '2-a' }, [department('a')]);
      expect(await lake.newest('departments')).toBe('1-b');
      await lake.append('departments', { partition: '2026-02', name: '2-c' }, [department('c')]);
      expect(await lake.newest('departments')).toBe('2-c');
      expect(await lake.newest('report_versions')).toBeUndefined();
    });

    it('takes one of two equal writes at the same time', async () => {
      const writes = Array.from({ length: 8 }, () => home().lake.append('departments', place, [department('a')]));
      expect(new Set((await Promise.all(writes)).map(({ sha256 }) => sha256)).size).toBe(1);
      expect(await departments()).toEqual([['a']]);
    });
  });

  describe('a query engine', () => {
    it('answers a table without files as an empty table with its types', async () => {
      const { columns, rows } = await ask(
        'SELECT departments.department_id, departments.active_from, departments.recorded_at, count(*) AS n FROM departments GROUP BY departments.department_id, departments.active_from, departments.recorded_at ORDER BY departments.department_id',
      );
      expect(rows).toEqual([]);
      expect(columns).toEqual([
        { name: 'department_id', type: 'varchar' },
        { name: 'active_from', type: 'date' },
        { name: 'recorded_at', type: 'timestamp' },
        { name: 'n', type: 'bigint' },
      ]);
    });

    it('gives counts as numbers, days and instants as text, and the month of the partition', async () => {
      await home().lake.append('departments', place, [department('a', '2026-03-08T09:59:59.999Z')]);
      const { rows } = await ask(
        'SELECT departments.active_from, departments.active_to, departments.recorded_at, departments.recorded_month, count(*) AS n, sum(1) AS s FROM departments GROUP BY departments.active_from, departments.active_to, departments.recorded_at, departments.recorded_month ORDER BY departments.active_from',
      );
      expect(rows).toEqual([['2025-01-01', null, '2026-03-08T09:59:59.999Z', '2026-01', 1, 1]]);
    });

    it('binds parameters by their type', async () => {
      await home().lake.append('departments', place, [department('a'), department("o'b", '2026-02-01T00:00:00.000Z')]);
      const { rows } = await ask(
        'SELECT departments.department_id FROM departments WHERE departments.recorded_at <= CAST(? AS timestamp) AND departments.active_from = CAST(? AS date) AND departments.department_id <> CAST(? AS varchar) ORDER BY departments.department_id',
        [
          { type: 'timestamp', value: '2026-02-01T00:00:00.000Z' },
          { type: 'date', value: '2025-01-01' },
          { type: 'varchar', value: 'a' },
        ],
      );
      expect(rows).toEqual([["o'b"]]);
    });

    it('sees what was written between two runs', async () => {
      expect(await departments()).toEqual([]);
      await home().lake.append('departments', place, [department('a')]);
      expect(await departments()).toEqual([['a']]);
    });

    it.each([
      ['a query that is no SQL', 'SELEKT 1'],
      ['a table that is not there', 'SELECT t.a FROM nowhere AS t ORDER BY t.a'],
    ])('throws on %s', async (_, sql) => {
      await expect(ask(sql)).rejects.toThrow(/contract/);
    });

    it('throws when a parameter is missing', async () => {
      await expect(ask('SELECT CAST(? AS date) AS a ORDER BY a')).rejects.toThrow(/contract/);
    });
  });
}
