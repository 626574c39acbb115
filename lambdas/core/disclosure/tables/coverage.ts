/** Coverage: whether a department reported, said zero, or was silent. States without counts (docs/METHODS.md §3.7). */
import type { City } from '../../domain/city.ts';
import { sha256 } from '../../domain/ids.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ReleasedCell, ReleasedTable, ReleasedValue } from '../released-table.ts';
import { columnOf, dimensionsOf, type RawTable } from './grid.ts';

type Status = Extract<ReleasedValue, { kind: 'status' }>['status'];
const order: readonly Status[] = ['silent', 'zero', 'reported'];
const isStatus = (value: unknown): value is Status => order.some((status) => status === value);

/**
 * A number is read as reports made: more than none is `reported`; none is `zero` when the column `zero_count` has a zero report (or is not there), else `silent`.
 * A cell with no row is `silent`. Rows of the same cell: the most telling wins.
 */
function statusOf(value: string | number | boolean | null | undefined, zeros: number): Status {
  if (isStatus(value)) return value;
  const count = Number(value ?? Number.NaN);
  invariant(Number.isFinite(count), 'coverage is a status or a number of reports');
  return count > 0 ? 'reported' : zeros > 0 ? 'zero' : 'silent';
}

export function coverageTable(raw: RawTable, city: City): ReleasedTable {
  const dimensions = dimensionsOf(raw, city);
  const columns = dimensions.map(({ name }) => columnOf(raw.answer, name));
  const measure = columnOf(raw.answer, raw.query.metadata.measure.name);
  const zeros = raw.answer.columns.findIndex(({ name }) => name === 'zero_count');
  const best = new Map<string, number>();
  for (const row of raw.answer.rows) {
    const at = JSON.stringify(columns.map((column) => String(row[column] ?? 'unknown')));
    best.set(
      at,
      Math.max(best.get(at) ?? 0, order.indexOf(statusOf(row[measure], zeros < 0 ? 1 : Number(row[zeros] ?? 0)))),
    );
  }
  const cells: ReleasedCell[] = [];
  const walk = (depth: number, at: readonly string[]) => {
    const dimension = dimensions[depth];
    if (!dimension) {
      const status = order[best.get(JSON.stringify(at)) ?? 0] ?? 'silent';
      cells.push({
        at: Object.fromEntries(dimensions.map(({ name }, place) => [name, at[place] ?? ''])),
        value: { kind: 'status', status },
      });
      return;
    }
    for (const category of dimension.categories) walk(depth + 1, [...at, category]);
  };
  walk(0, []);
  const { query, parameters, window } = raw;
  return { query: query.name, sql: sha256(query.sql), parameters, window, dimensions, cells };
}
