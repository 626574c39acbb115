/**
 * What an outsider finds in a folder of releases: the data files with their descriptions. Nothing here is shared with the program that made them.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import * as z from 'zod';

/** Weeks by their Mondays, both ends included; absent where the description gives no time. */
type Weeks = { readonly from: string; readonly to: string };

export type PublishedTable = {
  readonly release: string;
  readonly name: string;
  /** What is counted: two tables with the same measure count the same things. */
  readonly measure: string;
  readonly asOf: string;
  readonly weeks: Weeks | undefined;
  readonly dimensions: readonly string[];
  /** One category, or `*`, for each dimension; undefined is a withheld number. */
  readonly cells: readonly { readonly at: readonly string[]; readonly count: number | undefined }[];
};

export type PublishedRelease = {
  readonly id: string;
  readonly tables: readonly PublishedTable[];
  /** Data files whose cells are words: who reported in which week. */
  readonly states: readonly { readonly name: string; readonly counts: readonly number[] }[];
  readonly files: readonly string[];
};

const described = z.object({
  created: z.string(),
  resources: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      temporal: z.object({ start: z.string(), end: z.string() }).optional(),
      query: z.object({ parameters: z.record(z.string(), z.string()) }),
      schema: z.object({ fields: z.array(z.object({ name: z.string(), type: z.string() })) }),
    }),
  ),
});

/** A folder that is no shelf of releases. */
export class NotAShelf extends Error {
  override name = 'NotAShelf';
}

/** Every release in the folder, the oldest first. Throws NotAShelf when there is none or one cannot be read. */
export function publishedReleases(folder: string): PublishedRelease[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new NotAShelf(`there is no folder ${folder}`);
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
    .filter((release) => statSync(join(release, 'datapackage.json'), { throwIfNoEntry: false })?.isFile());
  if (found.length === 0) throw new NotAShelf(`no folder in ${folder} holds a datapackage.json`);
  const releases = found.map((release) => ({ ...readRelease(release), created: createdOf(release) }));
  return releases.sort((a, b) => (`${a.created} ${a.id}` < `${b.created} ${b.id}` ? -1 : 1));
}

const packageOf = (folder: string) => {
  const read = described.safeParse(JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')));
  if (!read.success) throw new NotAShelf(`${folder}/datapackage.json does not describe a release`);
  return read.data;
};
const createdOf = (folder: string): string => packageOf(folder).created;

function readRelease(folder: string): PublishedRelease {
  const id = folder.split('/').at(-1) ?? folder;
  const tables: PublishedTable[] = [];
  const states: { name: string; counts: number[] }[] = [];
  for (const { name, path, temporal, query, schema } of packageOf(folder).resources) {
    const { data } = Papa.parse<string[]>(readFileSync(join(folder, path), 'utf8'), { skipEmptyLines: true });
    const [head, ...lines] = data;
    const measure = schema.fields.at(-1);
    if (!head || !measure) throw new NotAShelf(`${folder}/${path} is no table`);
    // A map gives the hexagons of an area beside its name; what follows of a withheld count from the others stands beside it.
    const beside = ['h3_cells', 'withheld_from', 'withheld_to'];
    const columns = head.flatMap((column, at) => (at < head.length - 1 && !beside.includes(column) ? [at] : []));
    if (measure.type !== 'integer') {
      const words = new Map<string, number>();
      for (const line of lines) words.set(line.at(-1) ?? '', (words.get(line.at(-1) ?? '') ?? 0) + 1);
      states.push({ name, counts: [...words.values()] });
      continue;
    }
    tables.push({
      release: id,
      name: name.replace(/_v\d+$/, ''),
      measure: measure.name,
      asOf: query.parameters['as_of'] ?? '',
      weeks: temporal && { from: temporal.start, to: temporal.end },
      dimensions: columns.map((at) => head[at] ?? ''),
      cells: lines.map((line) => ({
        at: columns.map((at) => line[at] ?? ''),
        count: /^\d+$/.test(line.at(-1) ?? '') ? Number(line.at(-1)) : undefined,
      })),
    });
  }
  return { id, tables, states, files: readdirSync(folder).sort() };
}
