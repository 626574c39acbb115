import { AthenaClient, CreateWorkGroupCommand, GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { describe, expect, it } from 'vitest';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { literal, queryEngine } from '#adapters/aws/query-engine.ts';
import { freshName, moto, reach } from '../stand-in.ts';
import { tell } from './athena-answers.ts';

const athena = new AthenaClient({ ...quickClient, ...reach(moto) });

async function desk() {
  const workgroup = freshName('desk');
  await athena.send(
    new CreateWorkGroupCommand({
      Name: workgroup,
      Configuration: { ResultConfiguration: { OutputLocation: 's3://answers/' } },
    }),
  );
  return { workgroup, database: 'lake', pollMs: 10 };
}

describe.skipIf(!moto)('questions to Athena', () => {
  it('come back with the types and values of the lake', async () => {
    await tell({
      columns: [
        ['name', 'varchar'],
        ['day', 'date'],
        ['at', 'timestamp'],
        ['n', 'bigint'],
        ['share', 'double'],
        ['open', 'boolean'],
      ],
      rows: [['a', '2026-02-01', '2026-02-01 10:00:00.000', '12', '0.5', 'true'], ['b']],
    });
    const engine = queryEngine(athena, await desk());
    const answer = await engine.run({ name: 'q', sql: 'SELECT 1', parameters: [], token: 't1' });
    expect(answer.columns.map(({ type }) => type)).toEqual([
      'varchar',
      'date',
      'timestamp',
      'bigint',
      'double',
      'boolean',
    ]);
    expect(answer.rows).toEqual([
      ['a', '2026-02-01', '2026-02-01T10:00:00.000Z', 12, 0.5, true],
      ['b', null, null, null, null, null],
    ]);
  });

  it('send every parameter as a quoted literal, to the workgroup and the database named', async () => {
    await tell({ columns: [['n', 'bigint']], rows: [] });
    const place = await desk();
    const engine = queryEngine(athena, place);
    const { execution } = await engine.run({
      name: 'q',
      sql: 'SELECT ?',
      parameters: [
        { type: 'varchar', value: "o'b" },
        { type: 'timestamp', value: '2026-02-01T00:00:00.000Z' },
        { type: 'date', value: '2026-02-01' },
      ],
      token: 't2',
    });
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: execution }));
    expect(QueryExecution?.WorkGroup).toBe(place.workgroup);
    expect(QueryExecution?.QueryExecutionContext?.Database).toBe('lake');
    expect(QueryExecution?.ExecutionParameters).toEqual(["'o''b'", "'2026-02-01 00:00:00.000'", "'2026-02-01'"]);
  });

  it('refuse counts that no number holds and types the lake does not have', async () => {
    const engine = queryEngine(athena, await desk());
    const ask = (token: string) => engine.run({ name: 'q', sql: 'SELECT 1', parameters: [], token });
    await tell({ columns: [['n', 'bigint']], rows: [['9007199254740993']] });
    await expect(ask('t3')).rejects.toThrow(/q failed/);
    await tell({ columns: [['n', 'decimal']], rows: [['1.0']] });
    await expect(ask('t4')).rejects.toThrow(/q failed/);
  });
});

describe('a parameter', () => {
  it.each(["x' OR 1=1 --", '1+1', 'now()', "''"])('stays the text it is: %s', (value) => {
    const text = literal({ type: 'varchar', value });
    expect(text.slice(1, -1).replaceAll("''", "'")).toBe(value);
    expect(text.slice(1, -1).replaceAll("''", '')).not.toContain("'");
  });
});
