/** Questions are asked together with their own checks. */
import { sha256 } from '#core/domain/ids.ts';
import { bindChecks } from '#core/lake/bind-checks.ts';
import type { Question } from '#core/lake/question.ts';
import type { QueryEngine } from '#core/ports.ts';

/** Runs the question's own checks (rows that must not exist) beside its answer. A broken rule is a fault: nothing is released on numbers that contradict a recount. */
export async function assertSound(
  engine: QueryEngine,
  question: Question,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const bound = bindChecks(question, values);
  const broken = await engine.run({ ...bound, token: sha256(JSON.stringify([bound.sql, bound.parameters])) });
  if (broken.rows.length > 0) throw new Error(`${question.name} breaks ${broken.rows.length} of its own rules`);
}
