/** What a review says, in words that somebody who is no statistician can follow; docs/METHODS.md §3 says the same with the mathematics. */
import type { Attacker } from '#core/disclosure/audit/attackers.ts';
import type { Method } from '#core/disclosure/audit/method.ts';
import type { LateRecords } from '#core/disclosure/released-table.ts';
import type { Usefulness } from '#core/disclosure/usefulness.ts';
import { count, day } from './wording.ts';

type Told = { readonly name: string; readonly knows: string };

const attackers: Readonly<Record<Attacker, Told>> = {
  plain: {
    name: 'A careful reader',
    knows: 'everything the city ever published, and that a count is never below zero',
  },
  'zeros known': {
    name: 'A reader who rules out zero',
    knows: 'the same, and that none of the withheld counts that hang together is zero, wherever that is so',
  },
  'threshold known': {
    name: 'A reader who takes all withheld counts for small',
    knows: 'the same, and that all withheld counts that hang together are below the threshold, wherever that is so',
  },
  'flags known': {
    name: 'A reader who was told which counts are small',
    knows: 'the same, and of each withheld count whether it is small or only protects another',
  },
  'incidents known': {
    name: 'A witness, or a reader of the press',
    knows: 'the same, and up to three incidents behind each withheld count',
  },
};

/** An attacker of an older or newer program is told by its own name. */
export const attackerWords = (attacker: string): Told =>
  attackers[attacker as Attacker] ?? { name: attacker, knows: 'as docs/METHODS.md describes it' };

/** The methods in the order in which they are tried. */
export const methods: Readonly<Record<Method, { readonly name: string; readonly does: string }>> = {
  propagation: {
    name: 'Adding and taking away',
    does: 'Each total is held against its parts: what is shown limits what is not, again and again, until no limit moves. Every step is a proof.',
  },
  walk: {
    name: 'Building other tables',
    does: 'Starting from the true table, counts are shifted so that every published number still holds. Each table built so is one that an attacker cannot rule out.',
  },
  trial: {
    name: 'Trying values',
    does: 'Where few counts hang together, each value is tried, one after the other, to see whether a whole table fits it.',
  },
  'linear program': {
    name: 'Linear programming',
    does: 'A solver looks for the least and the greatest value that fits everything published; its answer counts only with a proof in whole numbers.',
  },
};

const reasons: Readonly<Record<string, string>> = {
  exact: 'only one value is left',
  determined: 'only one value is left',
  narrow: 'fewer values are left than the policy demands',
  'no safe end': 'it is known to be small, though not how small',
  undecided: 'it was not decided either way, and therefore treated as disclosed',
  contradiction: 'the numbers contradict each other, so nothing is taken as proven',
};
export const reasonWords = (reason: string): string => reasons[reason] ?? reason;

/** The name of a question in words: `incidents_by_week_and_area_v1` is “Incidents by week and area”. */
export function queryWords(query: string): string {
  const words = query
    .replace(/_v\d+$/, '')
    .replaceAll('_', ' ')
    .replace(/\bfoia\b/, 'FOIA');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export function shareWords({ inTrueCounts }: Usefulness): string {
  if (!inTrueCounts) return 'no counts';
  const { least, most } = inTrueCounts;
  if (least === most) return percent(least);
  return least === 0 ? 'not told' : `${percent(least)} or more`;
}

export const mapWords = ({
  regions,
  medianKm2,
  incidentMedianKm2,
  resolutions,
}: NonNullable<Usefulness['map']>): string =>
  `The city is told in ${count(regions)} regions and a remainder. Half of the regions are at most ${count(medianKm2)} km², and half of the incidents shown in them lie in regions of at most ${count(incidentMedianKm2)} km² (H3 resolution ${resolutions[0] === resolutions[1] ? resolutions[0] : `${resolutions[0]} to ${resolutions[1]}`}).`;

/** That late records wait or were published together; how many wait is never said. */
export function lateWords(late: LateRecords | undefined): readonly string[] {
  if (!late) return ['No week was released before this release, so nothing could come late.'];
  const { weeks, more, batch } = late;
  const published = batch
    ? [
        `Records that came after their week was released were published together, as one number: ${count(Math.abs(batch.change))} ${batch.change < 0 ? 'fewer' : 'more'} incidents in the weeks from ${day(batch.from)} to the one of ${day(batch.to)}.`,
      ]
    : [];
  if (weeks === 0 && batch) return published;
  if (weeks === 0) return ['No record waits: nothing of the released weeks came, changed or was withdrawn since.'];
  return [
    ...published,
    `Records of ${count(weeks)}${more ? ' or more' : ''} released ${weeks === 1 && !more ? 'week' : 'weeks'} came, changed or were withdrawn after the week was released. They wait until there are enough of them to be published as one number. How many wait is said to nobody.`,
  ];
}

export const glossary: readonly (readonly [term: string, meaning: string])[] = [
  ['Cell', 'One number of a table: the incidents of one week in one district, or the total of a row.'],
  [
    'Small count',
    'A count from 1 up to the number below the policy’s threshold. Behind so few incidents, people could be recognized.',
  ],
  [
    'Withheld',
    'Not shown: because the count is small, or because a small count could be worked out from it. The public sees no difference between the two, and neither does this page.',
  ],
  [
    'In true counts',
    'The share of all incidents of a table that stands in cells that are shown. Nothing is rounded or blurred: what is shown is exact.',
  ],
  [
    'Possible values',
    'The values that a withheld count could have, for somebody who knows all that the attacker knows. The more are left, the less is given away.',
  ],
  [
    'Not decided',
    'The program could prove neither that a count is safe nor that it is not. That counts as disclosed: more is withheld until every count is proven safe.',
  ],
  [
    'Held together',
    'Every published number is put into one set of equations (a total is the sum of its parts), with all earlier releases, maps, exhibits and corrections. What one table hides another may not give away.',
  ],
  [
    'Coarsened',
    'Told less finely on purpose: small districts as one, places as regions of a map. Coarsening comes first, withholding second.',
  ],
  [
    'Chain',
    'Each entry of the ledger carries the fingerprint (SHA-256) of the one before it, so that none can be changed, taken out or put in without being noticed.',
  ],
];
