/** The lake in S3 as the engine of home answers it, and everything it was asked. */
import { join } from 'node:path';
import { localQueryEngine } from '#adapters/local/query-engine.ts';
import type { Answer } from '#core/lake/question.ts';
import type { QueryEngine } from '#core/ports.ts';
import { s3 } from '../stand-in.ts';

export type Asked = Pick<Parameters<QueryEngine['run']>[0], 'sql' | 'parameters'> & { readonly answer: Answer };

/** The gateway keeps objects as plain files, so DuckDB reads what the adapter of the cloud wrote. */
export function recordingEngine(lake: string): QueryEngine & { readonly asked: readonly Asked[] } {
  const engine = localQueryEngine(join(s3?.folder ?? '', 's3', lake));
  const asked: Asked[] = [];
  return {
    asked,
    async run(query) {
      const answer = await engine.run(query);
      asked.push({ sql: query.sql, parameters: query.parameters, answer });
      return answer;
    },
  };
}
