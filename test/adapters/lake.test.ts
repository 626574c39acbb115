import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localLake } from '#adapters/local/lake.ts';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import { lakeContract } from './lake.contract.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lake o'"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const row = { department_id: 'a', active_from: '2025-01-01', active_to: null, recorded_at: '2026-01-08T17:00:00.000Z' };
const place = { partition: '2026-01', name: '1-1' };

describe('at home', () => {
  lakeContract(() => ({ lake: localLake(directory), engine: localQueryEngine(directory) }));

  it('makes objects read-only and leaves no temporary file', async () => {
    const { key } = await localLake(directory).append('departments', place, [row]);
    expect((await stat(join(directory, key))).mode & 0o222).toBe(0);
    expect(await readdir(join(directory, 'departments', 'recorded_month=2026-01'))).toEqual(['1-1.parquet']);
  });

  it('refuses other rows under a key that stands', async () => {
    const lake = localLake(directory);
    await lake.append('departments', place, [row]);
    await expect(lake.append('departments', place, [{ ...row, department_id: 'b' }])).rejects.toThrow(/other content/);
  });

  it.each(['../1', 'a/b', '', 'a.b'])('refuses the name %j', async (name) => {
    await expect(localLake(directory).append('departments', { ...place, name }, [row])).rejects.toThrow(/plain name/);
  });

  it('answers questions at once and one after another, each over what the lake holds then', async () => {
    const engine = localQueryEngine(directory);
    const count = async () => {
      const sql = 'SELECT count(*) AS c FROM departments AS d ORDER BY c';
      const { rows } = await engine.run({ name: 'count', sql, parameters: [], token: 't' });
      return rows[0]?.[0];
    };
    expect(await Promise.all([count(), count()])).toEqual([0, 0]);
    await localLake(directory).append('departments', place, [row]);
    expect(await count()).toBe(1);
    await localLake(directory).append('departments', { ...place, name: '2-2' }, [{ ...row, department_id: 'b' }]);
    expect(await Promise.all([count(), count(), count()])).toEqual([2, 2, 2]);
  });

  it.each([
    "SELECT a.content AS x FROM read_text('/etc/hostname') AS a ORDER BY x",
    "COPY (SELECT 1 AS a) TO '/tmp/lake-escape.csv'",
    "ATTACH '/tmp/lake-escape.db'",
    'SET enable_external_access = true',
    'INSTALL httpfs',
  ])('keeps the engine inside the lake: %s', async (sql) => {
    const run = localQueryEngine(directory).run({ name: 'escape', sql, parameters: [], token: 't' });
    await expect(run).rejects.toThrow(/escape failed/);
  });
});
