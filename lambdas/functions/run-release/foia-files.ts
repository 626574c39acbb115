/** Which agency files stand behind counts of FOIA records: every number names its release (docs/METHODS.md §4). */
import type { FoiaFile } from '#core/disclosure/released-table.ts';
import { type Sha256, sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import type { Question } from '#core/lake/question.ts';
import type { QueryEngine } from '#core/ports.ts';
import { assertSound } from './sound.ts';

const filesQuestion = 'foia_files_counted_v1';
const standings: readonly string[] = ['counted', 'superseded', 'withdrawn'] satisfies readonly FoiaFile['standing'][];

/** Whether a question counts rows of agency files: it says so itself. */
export const readsFoia = ({ sql }: Question): boolean => /\bfoia_records\b/.test(sql);

/** The files as of a moment, those that count and those that no longer do. */
export async function foiaFilesOf(
  { questions, engine }: { readonly questions: readonly Question[]; readonly engine: QueryEngine },
  asOf: Instant,
): Promise<readonly FoiaFile[]> {
  const question = questions.find(({ name }) => name === filesQuestion);
  invariant(question, 'counts of FOIA records come with the question that names their files');
  const values = { as_of: asOf };
  const bound = bindQuestion(question, values);
  const { rows } = await engine.run({
    ...bound,
    token: sha256(JSON.stringify([question.name, sha256(question.sql), bound.parameters])),
  });
  await assertSound(engine, question, values);
  return rows.map(([release, file, standing, reading, replacedBy]) => {
    invariant(standings.includes(String(standing)), 'a file counts, was superseded or was withdrawn');
    return {
      release: String(release),
      file: String(file) as Sha256,
      standing: standing as FoiaFile['standing'],
      reading: Number(reading),
      ...(replacedBy === null ? {} : { replacedBy: String(replacedBy) }),
    };
  });
}
