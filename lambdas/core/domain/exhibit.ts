/**
 * What the legal team asks to have sealed. Free text is kept out: the caption and the declarations are written by counsel, not by the ledger.
 */
import * as z from 'zod';

/** How a chart or table is offered: as the proof of voluminous records (Fed. R. Evid. 1006) or only to help understand other evidence (Fed. R. Evid. 107). */
const evidenceRoutes = ['rule_1006_summary', 'rule_107_illustrative_aid'] as const;

export const exhibitRequest = z
  .strictObject({
    release_id: z
      .string()
      .regex(/^week-\d{4}-\d\d-\d\d$/)
      .describe('The release the table was published in.'),
    query: z
      .string()
      .regex(/^[a-z0-9_]+_v\d+$/)
      .describe('The released table, by the name of its question.'),
    label: z
      .string()
      .regex(/^[A-Z]{1,2}$/)
      .default('A')
      .describe('Exhibit letter: printed on every page.'),
    route: z
      .enum(evidenceRoutes)
      .default('rule_1006_summary')
      .describe('Rule of evidence the exhibit is offered under; printed on every page.'),
    matter: z
      .string()
      .regex(/^[A-Za-z0-9:.\-/ ]{1,60}$/)
      .describe('Docket or matter number.'),
    purpose: z
      .string()
      .regex(/^[\p{L}\p{N} .,;:()'/-]{1,200}$/u)
      .describe('Why it is sealed; goes into the audit record, not into the exhibit.'),
    availability_set: z
      .boolean()
      .default(false)
      .describe(
        'Adds the list of counted report versions (ids, departments, properties, weeks) for inspection under Rule 1006(b). Not for filing.',
      ),
  })
  .describe('Seals one released table as a court exhibit.');
export type ExhibitRequest = z.infer<typeof exhibitRequest>;

export const exhibitRequestExample: z.input<typeof exhibitRequest> = {
  release_id: 'week-2026-11-02',
  query: 'incidents_by_week_and_area_v1',
  label: 'A',
  route: 'rule_1006_summary',
  matter: '2:26-cv-00001',
  purpose: 'Motion for a preliminary injunction',
  availability_set: false,
};
