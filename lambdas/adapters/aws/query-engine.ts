import {
  type AthenaClient,
  type ColumnInfo,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  type Row,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { sha256 } from '#core/domain/ids.ts';
import { instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { Answer, QuestionValue } from '#core/lake/question.ts';
import type { QueryEngine } from '#core/ports.ts';

/** Thrown when a query cannot be run or its answer cannot be given faithfully. The message names the query, the cause keeps the engine's words. */
class QueryError extends Error {
  override name = 'QueryError';
}

/** The workgroup settles where answers go and how much may be scanned. `pollMs` is the pause between two looks; a query is given up after `patienceMs`. */
export type Desk = {
  readonly workgroup: string;
  readonly database: string;
  readonly pollMs?: number;
  readonly patienceMs?: number;
};

const attemptsMax = 3;
const resultsPerPage = 1000;
/** AthenaError: 1 is a failure of the service, which may pass. */
const systemCategory = 1;

/** Athena reads every parameter as an expression; a quoted literal is the only one that stays what it is. The questions cast it to its type. */
export function literal({ type, value }: QuestionValue): string {
  const text = type === 'timestamp' ? value.replace('T', ' ').replace(/Z$/, '') : value;
  return `'${text.replaceAll("'", "''")}'`;
}

/** A value as Athena writes it, by the type of its column. Throws on what the lake cannot hold. */
export function plain(text: string | undefined, { Name = '', Type }: ColumnInfo): string | number | boolean | null {
  if (text === undefined) return null;
  if (Type === 'varchar' || Type === 'date') return text;
  if (Type === 'boolean') return text === 'true';
  if (Type === 'timestamp') {
    const at = instantOf(`${text}Z`);
    invariant(at, 'a timestamp in an answer is a moment');
    return at;
  }
  if (Type === 'integer' || Type === 'bigint' || Type === 'double') {
    const number = Number(text);
    invariant(Type === 'double' || Number.isSafeInteger(number), 'a count fits a number');
    return number;
  }
  throw new QueryError(`the column ${Name} has a type that the lake does not have`);
}

/** Runs questions by Athena. A run has a token of what is asked and of the attempt, so that a retry joins the run that is under way, and a run that failed for the service's reasons is made anew. Throws QueryError. */
export function queryEngine(client: AthenaClient, desk: Desk): QueryEngine {
  const { workgroup, database, pollMs = 250, patienceMs = 600_000 } = desk;

  async function settled(id: string): Promise<QueryExecution> {
    for (let waited = 0; waited < patienceMs; waited += pollMs) {
      const { QueryExecution: run } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const state = run?.Status?.State;
      if (run && (state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED')) return run;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    throw new QueryError(`the query execution ${id} does not end`);
  }

  async function answerOf(id: string): Promise<Pick<Answer, 'columns' | 'rows'>> {
    let columns: readonly ColumnInfo[] = [];
    const rows: Row[] = [];
    let next: string | undefined;
    do {
      const page = await client.send(
        new GetQueryResultsCommand({
          QueryExecutionId: id,
          MaxResults: resultsPerPage,
          ...(next === undefined ? {} : { NextToken: next }),
        }),
      );
      columns = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? columns;
      rows.push(...(page.ResultSet?.Rows ?? []));
      next = page.NextToken;
    } while (next !== undefined);
    // The first row of the first page holds the names of the columns.
    const [, ...values] = rows;
    return {
      columns: columns.map(({ Name = '', Type = '' }) => ({ name: Name, type: Type })),
      rows: values.map(({ Data = [] }) => columns.map((column, at) => plain(Data[at]?.VarCharValue, column))),
    };
  }

  return {
    async run({ name, sql, parameters, token }) {
      const literals = parameters.map(literal);
      try {
        for (let attempt = 1; ; attempt++) {
          const { QueryExecutionId: id } = await client.send(
            new StartQueryExecutionCommand({
              QueryString: sql,
              WorkGroup: workgroup,
              QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: database },
              // Athena compares the text of a query but not its parameters.
              ClientRequestToken: sha256(JSON.stringify([token, sql, literals, workgroup, attempt])),
              ...(literals.length > 0 ? { ExecutionParameters: literals } : {}),
            }),
          );
          invariant(id, 'a query that was started has an id');
          const run = await settled(id);
          if (run.Status?.State === 'SUCCEEDED') {
            const engine = run.EngineVersion?.EffectiveEngineVersion ?? 'Athena';
            return { ...(await answerOf(id)), execution: id, engine };
          }
          const error = run.Status?.AthenaError;
          const mayPass = error?.ErrorCategory === systemCategory && error.Retryable === true;
          if (!mayPass || attempt === attemptsMax)
            throw new QueryError(`${run.Status?.State}: ${run.Status?.StateChangeReason ?? 'no reason given'}`);
        }
      } catch (cause) {
        throw new QueryError(`the query ${name} failed`, { cause });
      }
    },
  };
}
