/** Moto runs no query; it answers what it was told, in the order it is asked. */
import type { Answer } from '#core/lake/question.ts';
import { moto, region } from '../stand-in.ts';

/** An answer in the texts of Athena; undefined stands for NULL. */
export type Told = {
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly rows: readonly (readonly (string | undefined)[])[];
};

const cells = (values: readonly (string | undefined)[]) => ({
  Data: values.map((value) => (value === undefined ? {} : { VarCharValue: value })),
});

/** Tells moto what the next queries answer. The first row of each is the header, as with Athena. */
export async function tell(...answers: readonly Told[]): Promise<void> {
  const results = answers.map(({ columns, rows }) => ({
    rows: [columns.map(([name]) => name), ...rows].map(cells),
    column_info: columns.map(([Name, Type]) => ({ Name, Type, CatalogName: 'hive', Nullable: 'UNKNOWN' })),
  }));
  const response = await fetch(`${moto?.endpoint}/moto-api/static/athena/query-results`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account_id: '123456789012', region, results }),
  });
  if (!response.ok) throw new Error(`moto was told nothing: ${response.status}`);
}

/** What another engine answered, as Athena would write it. */
export const inItsWords = ({ columns, rows }: Answer): Told => ({
  columns: columns.map(({ name, type }) => [name, type]),
  rows: rows.map((row) =>
    row.map((value, at) => {
      if (value === null) return undefined;
      return columns[at]?.type === 'timestamp' ? String(value).replace('T', ' ').replace(/Z$/, '') : String(value);
    }),
  ),
});
