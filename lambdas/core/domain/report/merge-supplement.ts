import { canonicalJson } from '../canonical-json.ts';
import type { Violation } from '../problem.ts';

type Open = Readonly<Record<string, unknown>>;

/** Fields that describe a version and not the incident: each version has its own. */
const ofVersion: ReadonlySet<string> = new Set([
  'operation',
  'expected_version',
  'change_reason',
  'supersedes_id',
  'recorded_at',
  'certified_at',
  'reporter_role',
  'basis',
]);
/** Words that say nothing was there: they give way to any other. */
const empty: ReadonlySet<unknown> = new Set(['none', 'unknown', 'not_requested']);

function union(before: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const all = new Map([...before, ...added].map((item) => [canonicalJson(item), item]));
  const items = [...all.values()];
  const said = items.filter((item) => !saysNothing(item));
  return said.length ? said : items;
}

function saysNothing(item: unknown): boolean {
  if (typeof item === 'object' && item !== null && 'type' in item) return item.type === 'none_shown';
  return empty.has(item);
}

/** The open part of a report after a supplement: lists are united, other fields added. Where both say something, the supplement stands (see `supplementConflicts`). */
export function mergeSupplement(previousOpen: Open, supplementOpen: Open): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...previousOpen };
  for (const [name, value] of Object.entries(supplementOpen)) {
    const before = merged[name];
    merged[name] = Array.isArray(before) && Array.isArray(value) ? union(before, value) : value;
  }
  return merged;
}

/** E380 for every field that the supplement would change rather than add; such a change is a correction. */
export function supplementConflicts(previousOpen: Open, supplementOpen: Open): Violation[] {
  const conflicts: Violation[] = [];
  for (const [name, value] of Object.entries(supplementOpen)) {
    const before = previousOpen[name];
    if (ofVersion.has(name) || before === undefined || Array.isArray(before) || empty.has(before)) continue;
    if (canonicalJson(before) === canonicalJson(value)) continue;
    conflicts.push({
      code: 'E380',
      severity: 'error',
      pointer: `/${name}`,
      message: 'A supplement adds facts; send a correction to change one',
    });
  }
  return conflicts;
}
