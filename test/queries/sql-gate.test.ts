import { describe, expect, it } from 'vitest';
import { bindChecks } from '#core/lake/bind-checks.ts';
import { readQuestions } from '#core/lake/read-question.ts';
import { repositoryFiles } from './repository-files.ts';
import { parametersOf, refusalsOf } from './sql-gate.ts';

const questions = await readQuestions(repositoryFiles);

describe.each(questions)('$name', (question) => {
  const values = Object.fromEntries(question.metadata.parameters.map(({ name }) => [name, '']));

  it('is in the SQL that both engines answer alike', () => {
    expect(refusalsOf(question.sql)).toEqual([]);
    expect(refusalsOf(question.checks, ['answer'])).toEqual([]);
    expect(refusalsOf(bindChecks(question, values).sql)).toEqual([]);
  });

  it('takes each declared parameter once and in order', () => {
    expect(parametersOf(question.sql)).toEqual(question.metadata.parameters);
    expect(parametersOf(question.checks)).toEqual(question.metadata.parameters);
  });

  it('opens with the question, its grain and who may see it', () => {
    for (const sql of [question.sql, question.checks]) expect(sql).toMatch(/^-- .+\n-- Grain: .+\n-- Audience: .+\n/m);
    expect(question.sql).toContain(`-- Question: ${question.metadata.question}\n`);
    expect(question.sql).toContain(`-- Grain:    ${question.metadata.grain}\n`);
  });
});

/** A statement that passes, with one thing changed in each bad one. */
const good = {
  select: 'report_versions.department_id, count(*) AS incident_count',
  from: 'report_versions',
  where: "report_versions.kind = 'incident'",
  group: 'report_versions.department_id',
  order: 'report_versions.department_id',
};
const statement = (change: Partial<typeof good> = {}, after = ''): string => {
  const { select, from, where, group, order } = { ...good, ...change };
  return `SELECT ${select} FROM ${from} WHERE ${where} GROUP BY ${group} ORDER BY ${order}${after}`;
};
const item = (expression: string): string => statement({ select: `${expression} AS x` });
const where = (condition: string): string => statement({ where: condition });

const bad: Readonly<Record<string, string>> = {
  'integer division': item('sum(report_versions.agents_min) / 2'),
  modulo: item('sum(report_versions.agents_min) % 2'),
  'date_diff of timestamps': item("date_diff('day', report_versions.observed_at, report_versions.recorded_at)"),
  'EXTRACT(DOW)': item('extract(DOW FROM report_versions.observed_date)'),
  'date_trunc of a date': item("date_trunc('week', report_versions.observed_date)"),
  'the clock': where('report_versions.recorded_at <= now()'),
  current_date: where('report_versions.observed_date <= current_date'),
  'a double-colon cast': item('report_versions.version::varchar'),
  QUALIFY: statement({ where: `${good.where} QUALIFY row_number() OVER (ORDER BY report_versions.version) = 1` }),
  'an alias in GROUP BY': statement({ select: 'substr(report_versions.kind, 1, 1) AS letter', group: 'letter' }),
  'an alias in WHERE': statement({ select: 'report_versions.kind AS word', where: "word = 'zero'" }),
  'an alias in HAVING': statement({ group: `${good.group} HAVING incident_count > 1` }),
  'a lateral alias': statement({ select: 'report_versions.kind AS word, substr(word, 1, 1) AS letter' }),
  'an ordinal in GROUP BY': statement({ group: '1' }),
  'a decimal literal': item('sum(report_versions.agents_min) * 1.5'),
  'a DECIMAL literal': item("DECIMAL '1.5'"),
  'a double literal': item('1.5E0'),
  'a select item without alias': statement({ select: 'count(*)' }),
  'an alias without AS': statement({ select: 'count(*) incident_count' }),
  'no order': `SELECT ${good.select} FROM report_versions GROUP BY ${good.group}`,
  'an order of a subquery only': `SELECT a.kind FROM (SELECT report_versions.kind FROM report_versions ORDER BY report_versions.kind) AS a`,
  'SELECT *': `SELECT * FROM report_versions ORDER BY report_versions.kind`,
  'SELECT table.*': `SELECT report_versions.* FROM report_versions ORDER BY report_versions.kind`,
  'SELECT * EXCLUDE': `SELECT * EXCLUDE (kind) FROM report_versions ORDER BY report_versions.kind`,
  'FROM first': 'FROM report_versions SELECT count(*) AS n ORDER BY n',
  'a trailing comma': statement({ select: `${good.select},` }),
  'LIMIT before OFFSET': statement({}, ' LIMIT 1 OFFSET 1'),
  LIMIT: statement({}, ' LIMIT 1'),
  'a column without its table': where("kind = 'incident'"),
  'a comma join': statement({ from: 'report_versions, departments' }),
  USING: statement({ from: 'report_versions INNER JOIN departments USING (department_id)' }),
  'NATURAL JOIN': statement({ from: 'report_versions NATURAL JOIN departments' }),
  'a bare JOIN': statement({
    from: 'report_versions JOIN departments ON departments.department_id = report_versions.department_id',
  }),
  'a full join': statement({
    from: 'report_versions FULL JOIN departments ON departments.department_id = report_versions.department_id',
  }),
  'a timestamp as text': item('CAST(report_versions.recorded_at AS varchar)'),
  'a number as text': item('CAST(report_versions.version AS varchar)'),
  TRY_CAST: item('TRY_CAST(report_versions.kind AS date)'),
  'a cast to integer': item('CAST(report_versions.kind AS integer)'),
  'a date plus an interval, not cast': item("report_versions.observed_date + INTERVAL '1' DAY"),
  'an interval in a comparison': where(
    "report_versions.observed_date <= report_versions.observed_week + INTERVAL '6' DAY",
  ),
  'a month interval': item("CAST(report_versions.observed_date + INTERVAL '1' MONTH AS date)"),
  'text compared with a number': where('report_versions.kind = 1'),
  'a number compared with text': where("report_versions.version = '1'"),
  'a date compared with text': where("report_versions.observed_week >= '2026-01-05'"),
  'a date between texts': where("report_versions.observed_week BETWEEN '2026-01-05' AND '2026-02-02'"),
  'text in numbers': where('report_versions.kind IN (1, 2)'),
  'coalesce over types': item('coalesce(report_versions.kind, 0)'),
  'a parameter outside its table': where('report_versions.recorded_at <= CAST(? AS timestamp)'),
  'a parameter without a type': where('report_versions.kind = ?'),
  'AT TIME ZONE': item("report_versions.recorded_at AT TIME ZONE 'UTC'"),
  'concat of NULL': item("concat(report_versions.kind, 'x')"),
  'greatest of NULL': item('greatest(report_versions.agents_min, 1)'),
  'a regular expression': item("regexp_extract(report_versions.kind, 'x')"),
  'an average': item('avg(report_versions.agents_min)'),
  'an approximation': item('approx_distinct(report_versions.report_id)'),
  'a filtered count': item('count(*) FILTER (WHERE report_versions.version = 1)'),
  'an ordered aggregate': item('array_agg(report_versions.kind ORDER BY report_versions.kind)'),
  'row_number without order': item('row_number() OVER (PARTITION BY report_versions.kind)'),
  'an array subscript': item('ARRAY[1, 2][1]'),
  'a lambda': item('filter(ARRAY[1, 2], x -> x > 1)'),
  'a double-quoted text': where('report_versions.kind = "incident"'),
  'an unknown table': statement({ from: 'pg_catalog' }),
  'a file as a table': "SELECT a.x FROM read_text('/etc/passwd') AS a ORDER BY a.x",
  'a derived table': `SELECT a.kind FROM (SELECT report_versions.kind FROM report_versions) AS a ORDER BY a.kind`,
  'a set difference': `SELECT report_versions.kind FROM report_versions EXCEPT SELECT report_versions.kind FROM report_versions ORDER BY kind`,
  UNION: `SELECT report_versions.kind FROM report_versions UNION SELECT report_versions.kind FROM report_versions ORDER BY kind`,
  'WITH RECURSIVE': `WITH RECURSIVE a (n) AS (SELECT 1 AS n) SELECT a.n FROM a ORDER BY a.n`,
  TABLESAMPLE: statement({ from: 'report_versions TABLESAMPLE BERNOULLI (10)' }),
  'time travel': statement({ from: 'report_versions FOR VERSION AS OF 1' }),
  'two statements': `${statement()}; ${statement()}`,
  'a semicolon': `${statement()};`,
  DELETE: "DELETE FROM report_versions WHERE report_versions.kind = 'zero'",
  INSERT: 'INSERT INTO departments SELECT departments.department_id FROM departments',
  'CREATE TABLE AS': `CREATE TABLE a AS ${statement()}`,
  COPY: "COPY report_versions TO '/tmp/x'",
  ATTACH: "ATTACH '/tmp/x'",
  'WITH FUNCTION': `WITH FUNCTION f() RETURNS integer RETURN 1 ${statement()}`,
  'a table function': 'SELECT a.x FROM TABLE(sequence(1, 3)) AS a ORDER BY a.x',
  'an identifier in capitals': statement({ select: 'report_versions.kind AS Kind' }),
  'a cube': statement({ group: 'CUBE (report_versions.kind)' }),
};

describe('the gate', () => {
  it('passes the good statement', () => {
    expect(refusalsOf(statement())).toEqual([]);
  });

  it.each(Object.entries(bad))('refuses %s', (_, sql) => {
    expect(refusalsOf(sql)).not.toEqual([]);
  });
});
