/**
 * A court exhibit as a bundle of files that verify with standard tools (docs/METHODS.md §6). It repeats published cells and adds none; what was withheld stays
 * withheld. Dates come from the release, never from the day of sealing, so the same request seals the same bytes for ever.
 */
import type { Released } from '../disclosure/release.ts';
import type { ReleasedTable } from '../disclosure/released-table.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { City } from '../domain/city.ts';
import type { ExhibitRequest } from '../domain/exhibit.ts';
import { type ExhibitId, sha256 } from '../domain/ids.ts';
import { addDays, type Instant } from '../domain/instant.ts';
import { invariant } from '../domain/invariant.ts';
import type { Question } from '../lake/question.ts';
import { compares } from './comparison.ts';
import { comparisonWords } from './comparison-words.ts';
import { paperTables } from './exhibit-tables.ts';
import { foiaFacts, foiaSources } from './foia-sources.ts';
import { shownAndWithheld } from './grid.ts';
import { withManifest } from './manifest.ts';
import { phrases } from './phrases.ts';
import { printFault } from './read-back-print.ts';

export type ExhibitInput = {
  readonly released: Released;
  readonly table: ReleasedTable;
  readonly question: Question;
  readonly city: City;
  readonly request: ExhibitRequest;
  /** The files as they stand on the shelf. */
  readonly published: { readonly csv: Uint8Array; readonly map: Uint8Array | undefined };
  /** The list of counted report versions, when counsel asked for it. */
  readonly availabilitySet: Uint8Array | undefined;
  readonly versions: Readonly<Record<string, string>>;
};

/** What typesets the exhibit: the template, the fonts and a way to set them. */
export type ExhibitPress = {
  readonly template: Uint8Array;
  pdf(document: {
    readonly main: string;
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly standard: 'a-3a';
    readonly date: Instant;
  }): Promise<Uint8Array>;
};

const legends: Readonly<Record<ExhibitRequest['route'], string>> = {
  rule_1006_summary: 'Summary offered under Federal Rule of Evidence 1006',
  rule_107_illustrative_aid: 'Illustrative aid under Federal Rule of Evidence 107, not evidence',
};

const encode = (content: string): Uint8Array => new TextEncoder().encode(content);
const pretty = (value: unknown): Uint8Array => encode(`${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`);

/** Names an exhibit by what it is made of: the ledger's hash and the request, without the purpose, which stays in the audit trail. */
export function exhibitIdOf(released: Released, request: ExhibitRequest): ExhibitId {
  const { purpose: _, ...asked } = request;
  return `exh_${sha256(canonicalJson({ ledger: released.ledger.hash, ...asked })).slice(0, 26)}` as ExhibitId;
}

/** Makes the whole bundle: PDF/A-3a with attachments, the published files, the query, the record of the release, steps to verify, and the manifests. */
export async function exhibitFiles(
  input: ExhibitInput,
  press: ExhibitPress,
): Promise<{ readonly id: ExhibitId; readonly files: ReadonlyMap<string, Uint8Array> }> {
  const { released, table, question, request, published } = input;
  const id = exhibitIdOf(released, request);
  const files = new Map<string, Uint8Array>([
    ['table.csv', published.csv],
    ['query.sql', encode(question.sql)],
    ['release.json', pretty({ ...content(released), table })],
  ]);
  const map = mapFor(input);
  if (map) files.set('map.svg', map);
  const attached = [
    { path: '/table.csv', type: 'text/csv', description: 'The released table' },
    { path: '/query.sql', type: 'application/sql', description: 'The statement that was run' },
    { path: '/release.json', type: 'application/json', description: 'The release as it stands in the ledger' },
  ];
  const world = new Map<string, Uint8Array>([
    ['/main.typ', press.template],
    ['/data.json', pretty(paper(input, attached))],
  ]);
  for (const [name, bytes] of files) world.set(`/${name}`, bytes);
  const pdf = await press.pdf({ main: '/main.typ', files: world, standard: 'a-3a', date: released.approvedAt });
  const written = new Date(released.approvedAt).toISOString().replace(/\D/g, '').slice(0, 14);
  const attachments = new Map(attached.map(({ path }) => [path.slice(1), world.get(path) ?? pdf]));
  const fault = await printFault(pdf, { date: written, attached: attachments });
  invariant(fault === undefined, `the print of an exhibit carries what it should and nothing else: it ${fault}`);
  const bundle = new Map([['exhibit.pdf', pdf], ...files, ['verify.md', encode(verifyText(input, id))]]);
  if (input.availabilitySet) bundle.set('availability-set.csv', input.availabilitySet);
  const facts = {
    exhibit: id,
    label: request.label,
    matter: request.matter,
    route: request.route,
    release: released.id,
    ledger: released.ledger,
    query: table.query,
    parameters: table.parameters,
    as_of: released.asOf,
    ...(table.foiaFiles ? { agency_files: foiaSources(table) } : {}),
    software: { ...input.versions, ledger: released.software },
  };
  return { id, files: withManifest(bundle, facts) };
}

/** The release without its tables: what the exhibit says of where its figures come from. */
function content({
  id,
  city,
  week,
  asOf,
  approvedAt,
  policy,
  software,
  sample,
  ledger,
}: Released): Record<string, unknown> {
  return { release: id, city, week, as_of: asOf, approved_at: approvedAt, policy, software, sample, ledger };
}

function paper(
  input: ExhibitInput,
  attachments: readonly { path: string; type: string; description: string }[],
): Record<string, unknown> {
  const { released, table, question, city, request } = input;
  const { shown, withheld } = shownAndWithheld(table);
  const at = new Date(released.approvedAt);
  return {
    document_title: `Exhibit ${request.label}: ${question.metadata.title.en}`,
    author: city.office.en,
    date: [
      at.getUTCFullYear(),
      at.getUTCMonth() + 1,
      at.getUTCDate(),
      at.getUTCHours(),
      at.getUTCMinutes(),
      at.getUTCSeconds(),
    ],
    label: request.label,
    legend: `${released.sample ? `${phrases.en.sample}. ` : ''}${legends[request.route]}`,
    bates_prefix: city.court.batesPrefix,
    release_id: released.id,
    as_of: released.asOf,
    title: question.metadata.title.en,
    question: question.metadata.question,
    facts: [
      ['Matter', request.matter],
      ['Offered as', legends[request.route]],
      [
        'Counted period',
        question.metadata.release.window === 'all'
          ? 'everything received by the time below'
          : `Monday ${table.window.from} to Sunday ${addDays(table.window.to, 6)}`,
      ],
      ['One row is', question.metadata.grain],
      ['As of', `${released.asOf} (nothing recorded later is counted)`],
      ...(table.counted ?? []).map(({ from, to, asOf }) => [
        'Counted as of',
        `${asOf}: the weeks from Monday ${from} to Sunday ${addDays(to, 6)}, as first released`,
      ]),
      ...foiaFacts(table),
      ['Release', `${released.id}, ledger entry ${released.ledger.seq}`],
      ['Ledger hash', released.ledger.hash],
      ['Cells', `${shown} shown, ${withheld} withheld`],
    ],
    tables: paperTables(table, question, city),
    withheld_note:
      'A range such as 0–25, or “withheld” (w), marks a count that disclosure control does not show: a count from 1 to 10, or one from which such a count could be worked out. It lies in the range, which follows from the counts that are shown. Withheld does not mean zero.',
    map_alt: mapFor(input) ? 'Map of the city with counts by hexagon region, as published with the release.' : '',
    map_caption:
      'The map as published with the release. Regions are unions of hexagons; small neighbours are merged until each count can be shown.',
    method: methodOf(input),
    parameters: Object.entries(table.parameters),
    sql: question.sql,
    sql_sha256: sha256(question.sql),
    software: Object.entries({
      ...input.versions,
      ledger: released.software,
      policy: `${released.policy.version}, sha256 ${released.policy.sha256}`,
    }),
    attachments,
    verify: [
      'In the folder of this bundle, “sha256sum -c manifest.sha256” must print OK for every file.',
      `The table attached to this document is the published file ${table.query}.csv of release ${released.id}, byte for byte.`,
      'Running the query with the parameters above over the lake gives the counts before disclosure control; the release ledger holds what was withheld and why.',
    ],
  };
}

const method = (city: City): readonly string[] => [
  'Source: reports that city departments made in the regular course under a duty to report, each with a receipt that carries the time and the hash of what was received.',
  'An incident is counted once, in its last version recorded by the as-of time. Withdrawn reports are not counted. Reports of “nothing this week” are not incidents.',
  `Days and weeks are those of the zone ${city.timeZone}; a week runs from Monday to Sunday, and a month is made of whole weeks.`,
  'Where several agencies or activities were reported for one incident, it is counted once, as the methods document describes.',
  'Identical reports from different departments are separate reports; nothing is merged by resemblance.',
  'Counts that could identify people are withheld, and no shown figure allows them to be worked out, alone or together with earlier releases.',
];

/** A table that sets reports beside agency files tells of both, and what a match does not show. */
function methodOf({ table, question, city }: ExhibitInput): readonly string[] {
  if (compares(table)) return [...method(city), ...foiaMethod.slice(0, 3), ...comparisonWords.en.uncertainty];
  return question.metadata.release.universe === 'foia' ? foiaMethod : method(city);
}

/** The map counts incidents; beside records of an agency it would be taken for a map of those. */
const mapFor = ({ table, published }: ExhibitInput): Uint8Array | undefined =>
  table.foiaFiles ? undefined : published.map;

const foiaMethod: readonly string[] = [
  'Source: files that federal agencies released under the Freedom of Information Act, each kept byte for byte as received; their releases and SHA-256 are listed above.',
  'A row of a file is counted once, in the reading of the file that counts as of the time above. A file that was superseded or withdrawn is not counted; what took its place is named.',
  'Rows that equal one another are kept: identifiers are withheld by the agency, so that different people look alike.',
  'Kinds of records count different things (an encounter is not an arrest) and are not added up. The month is the one the agency wrote; a withheld or empty one is “unknown”.',
  'The rows are those of the whole files, wherever the events happened, not only in the city.',
  'Counts that could identify people are withheld, and no shown figure allows them to be worked out, alone or together with earlier releases.',
];

const verifyText = (
  { released, table, request }: ExhibitInput,
  id: ExhibitId,
): string => `# Checking exhibit ${request.label} (${id})

1. \`sha256sum -c manifest.sha256\` prints OK for every file (macOS: \`shasum -a 256 -c manifest.sha256\`).
2. \`release.json\` names ledger entry ${released.ledger.seq} with hash \`${released.ledger.hash}\`. The custodian's ledger holds the same entry, chained to the one before it.
3. \`table.csv\` equals \`${table.query}.csv\` of release ${released.id} on the published shelf.
4. \`query.sql\` and the parameters in \`manifest.json\` recompute the counts from the lake as of ${released.asOf}.${
  table.counted
    ? `
   The weeks of this table were counted at different times; run it once for each part, with these parameters, and add up: ${table.counted.map(({ from, to, asOf }) => `${from} to ${to} as of ${asOf}`).join('; ')}.`
    : ''
}
5. The PDF is PDF/A-3a; the table, the query and the record of the release are attached to it.
${table.foiaFiles ? '6. `agency_files` in `manifest.json` names the files that the agency released; `sha256sum` of a file as received gives the hash that stands there.\n' : ''}`;
