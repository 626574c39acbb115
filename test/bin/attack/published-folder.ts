/** Folders of releases as an outsider finds them, made of nothing but rows. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Row = readonly (string | number)[];
export type FolderTable = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** Categories, then a count or `withheld`. */
  readonly rows: readonly Row[];
};
export type FolderRelease = {
  readonly id: string;
  readonly tables: readonly FolderTable[];
  readonly pages?: Readonly<Record<string, string>>;
};

export function publishedFolder(releases: readonly FolderRelease[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'shelf-'));
  for (const [at, { id, tables, pages }] of releases.entries()) {
    mkdirSync(join(folder, id));
    for (const { name, columns, rows } of tables)
      writeFileSync(
        join(folder, id, `${name}.csv`),
        [[...columns, 'incident_count'], ...rows].map((row) => `${row.join(',')}\r\n`).join(''),
      );
    for (const [file, page] of Object.entries(pages ?? {})) writeFileSync(join(folder, id, file), page);
    const resources = tables.map(({ name, columns, from, to }) => ({
      name,
      path: `${name}.csv`,
      ...(from && to ? { temporal: { start: from, end: to } } : {}),
      query: { parameters: { as_of: `2026-01-0${at + 1}T00:00:00.000Z` } },
      schema: {
        fields: [
          ...columns.map((column) => ({ name: column, type: 'string' })),
          { name: 'incident_count', type: 'integer' },
        ],
      },
    }));
    const description = { created: `2026-01-0${at + 1}T00:00:00.000Z`, resources };
    writeFileSync(join(folder, id, 'datapackage.json'), JSON.stringify(description));
  }
  return folder;
}
