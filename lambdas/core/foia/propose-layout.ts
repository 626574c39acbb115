/** A mapping for a header that nobody has reviewed: proposed from the reviewed ones, confirmed by a person, and never applied before that. */
import { type Field, type Layout, layoutSchema, normalWords, type RecordKind, type RecordLayout } from './layout.ts';
import type { LikelyColumns } from './likely-columns.ts';
import { withoutRedaction } from './redaction.ts';

/** `fields` names headers as they stand in the file. */
export type ChosenMapping = {
  readonly agency: RecordLayout['agency'];
  readonly recordKind: RecordKind;
  readonly area: RecordLayout['area']['level'];
  readonly fields: Readonly<Partial<Record<Field, string>>>;
};

const wordsOf = (header: string): string => normalWords(withoutRedaction(header).header);

/** Where no reviewed synonym stands in the header: words that name such a column in most releases. */
const likely: Readonly<Record<Exclude<Field, 'fiscalYear' | 'month'>, RegExp>> = {
  eventDate: /\bdate\b|\bdt\b/,
  area: /\b(aor|area of responsibility|sector|state|county)\b/,
  category: /\b(criminality|category|type|status|method)\b/,
  count: /\b(count|total|number of)\b/,
  person: /\b(anonymized|unique) (id|identifier)\b/,
};
const listOf = {
  sector: 'sectors',
  aor: 'areasOfResponsibility',
  state: 'states',
  county: undefined,
  none: undefined,
} as const;

function levelIn(words: string): ChosenMapping['area'] {
  if (/\baor\b|area of responsibility/.test(words)) return 'aor';
  if (/\bsector\b/.test(words)) return 'sector';
  if (/\bstate\b/.test(words)) return 'state';
  return /\bcounty\b/.test(words) ? 'county' : 'none';
}

/** The mapping that a person is asked about: as the reviewed layout that knows most of these headers would have it; what no header names is taken from what stands in the columns. */
export function proposeMapping(
  headers: readonly string[],
  layouts: readonly Layout[],
  columns: LikelyColumns = {},
): ChosenMapping {
  const present = new Map(headers.map((header) => [wordsOf(header), header]));
  const records = layouts.filter((layout) => layout.reading === 'records');
  const known = ({ fields, notTaken }: RecordLayout): number =>
    [...Object.values(fields).flat(), ...notTaken].filter((words) => present.has(words)).length;
  const nearest = records.reduce<RecordLayout | undefined>(
    (best, next) => (known(next) > (best ? known(best) : 0) ? next : best),
    undefined,
  );
  const fields: Partial<Record<Field, string>> = {};
  for (const [field, synonyms] of Object.entries(nearest?.fields ?? {}) as [Field, readonly string[]][]) {
    const header = synonyms.map((words) => present.get(words)).find((found) => found !== undefined);
    if (header !== undefined) fields[field] = header;
  }
  const dated = fields.fiscalYear !== undefined;
  for (const [field, looks] of Object.entries(likely) as [keyof typeof likely, RegExp][]) {
    if (fields[field] !== undefined || (field === 'eventDate' && dated)) continue;
    if (field === 'count' && nearest?.recordKind !== 'aggregate') continue;
    const header = headers.find((one) => looks.test(wordsOf(one)) && !Object.values(fields).includes(one));
    if (header !== undefined) fields[field] = header;
  }
  for (const field of ['eventDate', 'area', 'person'] as const) {
    const header = columns[field];
    if (header === undefined || fields[field] !== undefined || (field === 'eventDate' && dated)) continue;
    if (!Object.values(fields).includes(header)) fields[field] = header;
  }
  const byContent = fields.area !== undefined && fields.area === columns.area ? columns.level : undefined;
  return {
    agency: nearest?.agency ?? 'ICE',
    recordKind: nearest?.recordKind ?? 'arrest',
    area: byContent ?? levelIn(wordsOf(fields.area ?? '')),
    fields,
  };
}

/** The layout of exactly this header as a person confirmed it. Values of categories are those that reviewed layouts of the same kind and agency know. Throws when it breaks the schema. */
export function confirmedLayout(
  headers: readonly string[],
  chosen: ChosenMapping | 'reference',
  by: { readonly id: string; readonly on: string; readonly client: string },
  layouts: readonly Layout[],
): Layout {
  const id = `confirmed-${by.id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
  const reviewed = { on: by.on, note: `Confirmed on a page by ${by.client}.` };
  const exactHeaders = headers.map(wordsOf);
  if (chosen === 'reference')
    return layoutSchema.parse({
      id,
      title: 'No records',
      reviewed,
      reading: 'reference',
      headerRows: [exactHeaders],
    });
  const { agency, recordKind, area, fields } = chosen;
  const values = layouts
    .filter((layout) => layout.reading === 'records' && layout.agency === agency && layout.recordKind === recordKind)
    .map((layout) => (layout.reading === 'records' && layout.category.match === 'whole' ? layout.category.values : {}));
  const mapped = Object.entries(fields).filter(([, header]) => header !== undefined);
  const taken = new Set(mapped.map(([, header]) => wordsOf(header)));
  const list = listOf[area];
  return layoutSchema.parse({
    id,
    title: `${recordKind} of ${agency}, as confirmed by a person`,
    reviewed,
    reading: 'records',
    agency,
    recordKind,
    fields: Object.fromEntries(mapped.map(([field, header]) => [field, [wordsOf(header)]])),
    exactHeaders,
    area: { level: area, ...(list ? { list } : {}) },
    category: { values: Object.assign({}, ...values) },
    notTaken: exactHeaders.filter((words) => words !== '' && !taken.has(words)),
  });
}
