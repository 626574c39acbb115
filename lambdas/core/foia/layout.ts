/**
 * A layout is a reviewed human decision, kept as data in `mappings/`: which headers of a release mean what, and what a row of it is. Nothing is bound by position.
 */
import * as z from 'zod';

/**
 * Closed categories of each kind of record; the question about FOIA records by month and category counts these. `unknown` is an empty or withheld value,
 * `other` a value the mapping does not name.
 * arrest: how the person was found · encounter, detention, detainer: criminality as the agency states it · removal: the group of its case category ·
 * processed: whether the agency called the person deportable · aggregate: legal title of the encounter.
 */
const categories = {
  arrest: ['at_large', 'in_custody', 'in_transit', 'at_work', 'other', 'unknown'],
  encounter: ['convicted', 'pending_charges', 'other_violation', 'other', 'unknown'],
  detention: ['convicted', 'pending_charges', 'other_violation', 'other', 'unknown'],
  detainer: ['convicted', 'pending_charges', 'other_violation', 'other', 'unknown'],
  removal: [
    'final_order',
    'reinstated_order',
    'administrative_removal',
    'expedited_removal',
    'voluntary',
    'visa_waiver',
    'pending',
    'other',
    'unknown',
  ],
  processed: ['deportable', 'not_deportable', 'other', 'unknown'],
  aggregate: ['title_8', 'title_42', 'other', 'unknown'],
} as const;
export type RecordKind = keyof typeof categories;
export const recordKinds = [
  'arrest',
  'encounter',
  'detention',
  'detainer',
  'removal',
  'processed',
  'aggregate',
] as const satisfies readonly RecordKind[];

/** Header, title or value as it is compared: lower case, letters and digits only, single-spaced. */
export const normalWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const words = z.string().transform(normalWords);
const mapped = z.array(words).min(1);
const values = z.record(z.string(), z.string());

const records = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  reviewed: z.strictObject({ on: z.iso.date(), note: z.string() }),
  reading: z.literal('records'),
  agency: z.enum(['ICE', 'CBP']),
  recordKind: z.enum(recordKinds),
  /** Of the headers: synonyms, most exact first. A field that stands here must be found on the sheet unless it is named in `optional`. */
  fields: z.partialRecord(z.enum(['eventDate', 'fiscalYear', 'month', 'area', 'category', 'count', 'person']), mapped),
  optional: z.array(z.enum(['area', 'category', 'person'])).default([]),
  /** The layout is of exactly this header and of no other: how a person confirms one in the review queue. It goes before all others. */
  exactHeaders: z.array(words).optional(),
  /** The zone (IANA) in which the agency writes times, where a reviewer knows it; otherwise none is stated. */
  zone: z.string().optional(),
  /** Headers that must also stand there, and headers that must not: they tell layouts apart that share their mapped columns. */
  alsoHeaders: z.array(words).default([]),
  neverHeaders: z.array(words).default([]),
  /** Words of the title rows or the sheet's name: one of `titleAny` must be there when it is given, none of `titleNever` may. */
  titleAny: z.array(words).default([]),
  titleNever: z.array(words).default([]),
  area: z.strictObject({
    level: z.enum(['sector', 'aor', 'county', 'state', 'none']),
    list: z.enum(['sectors', 'areasOfResponsibility', 'states']).optional(),
    /** The whole file is of one area, named in its title rows. */
    fromTitle: z.boolean().default(false),
  }),
  category: z.strictObject({
    match: z.enum(['whole', 'code-in-brackets']).default('whole'),
    values,
  }),
  /** Headers that are known and not taken: attributes of persons, identifiers, free text. They are not reported as unmapped. */
  notTaken: z.array(words).default([]),
});

export const agencies = records.shape.agency.options;

const reference = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  reviewed: z.strictObject({ on: z.iso.date(), note: z.string() }),
  reading: z.literal('reference'),
  /** Any one of these header rows, compared as a whole. */
  headerRows: z.array(z.array(words).min(2)).min(1),
});

export const layoutSchema = z
  .discriminatedUnion('reading', [records, reference])
  .refine(
    (layout) =>
      layout.reading === 'reference' ||
      Object.values(layout.category.values).every((value) =>
        (categories[layout.recordKind] as readonly string[]).includes(value),
      ),
    'a category is one of the closed list of its kind of record',
  );
export type Layout = z.infer<typeof layoutSchema>;
export type RecordLayout = z.infer<typeof records>;
export type Field = keyof RecordLayout['fields'];

const areaLists = z.strictObject({
  sectors: z.record(z.string(), z.string()),
  areasOfResponsibility: z.record(z.string(), z.string()),
  states: z.record(z.string(), z.string()),
});
export type AreaLists = z.infer<typeof areaLists>;
export const parseAreas = (json: unknown): AreaLists => areaLists.parse(json);
