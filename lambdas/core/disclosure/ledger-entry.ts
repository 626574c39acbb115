import type { ExhibitId, Sha256 } from '../domain/ids.ts';
import type { Method } from './audit/method.ts';
import type { ReleaseContent } from './released-table.ts';
import type { Usefulness } from './usefulness.ts';

/** The hash before the first entry. */
export const genesis = '0'.repeat(64) as Sha256;

/** How a table's cells become predicates again: `names` gives each dimension's common name, `time` the dimension of weeks or months, `batch` the basis it was counted on; `windowless` tables count everything received. */
export type TableFrame = {
  readonly universe: string;
  readonly batch: string;
  readonly names: Readonly<Record<string, string>>;
  readonly time?: string;
  readonly windowless?: boolean;
};

/** What the auditor needs again and nobody else may see: true counts of withheld cells and of the places behind map regions by predicate, each table's frame by query, what the attack found, and how many late records wait (by query). Sealed with the ledger, never published. */
export type SealedEvidence = {
  readonly truths: Readonly<Record<string, number>>;
  readonly verdicts: readonly unknown[];
  readonly frames: Readonly<Record<string, TableFrame>>;
  readonly heldLate: Readonly<Record<string, number>>;
  /** Net changes of released weeks by week and district that batches have published so far. */
  readonly late?: Readonly<Record<string, number>>;
};

/**
 * What one attacker came to, without a number of any incident: how many small counts were attacked, and the fewest values that one of them kept. `proven` of them were
 * shown possible by whole worked tables; `atMost` is what no attacker of this kind can be denied (absent: no upper end was found).
 */
export type AttackReview = {
  readonly attacker: string;
  readonly counts: number;
  readonly proven: number;
  readonly atMost?: number;
  readonly disclosed: number;
  readonly undecided: number;
  /** How many verdicts each method settled; absent from entries of the first form. */
  readonly settled?: Readonly<Partial<Record<Method, number>>>;
};

/** So many findings of one kind against one attacker. */
export type FindingTally = { readonly attacker: string; readonly reason: string; readonly counts: number };

/** What the privacy officer is shown of an audit, made when the release was decided; it stands in the link, is never published, and holds no count of a withheld cell. */
export type Review = FirstReview & Partial<ReviewDetails>;

/** What entries of the first form have. */
type FirstReview = {
  readonly attacks: readonly AttackReview[];
  readonly unknowns: number;
  readonly equations: number;
  readonly rounds: number;
  /** Questions whose new cells were all withheld, because nothing less could be certified. */
  readonly givenUp: readonly string[];
  /** Small counts that earlier releases alone disclose under today's policy. */
  readonly inherited: number;
};

/** What entries of the second form add. */
type ReviewDetails = {
  readonly version: 2;
  /** Earlier releases whose numbers the attackers held beside these. */
  readonly earlier: number;
  /** What follows from earlier releases alone, and what from what an attacker is told beforehand: no way of withholding changes either. */
  readonly excused: { readonly inherited: readonly FindingTally[]; readonly told: readonly FindingTally[] };
  /** For each table of counts or states, in the order of the release. */
  readonly tables: readonly Usefulness[];
  readonly coarsened: {
    /** Districts that are counted as one because they have too few residents; 0 when none are. */
    readonly districts: number;
    /** Maps whose regions were drawn for this release, and those that kept the regions of an earlier one. */
    readonly drawn: readonly string[];
    readonly kept: readonly string[];
    /** Tables that were shown before for the same window, shown again as they were. */
    readonly standing: readonly string[];
  };
};

/** Where what an entry holds was shown. One entry can go out through several: the page, the picture and the data files of a release are one. */
export type Channel = 'briefing' | 'map' | 'data file' | 'exhibit' | 'correction';

/** An exhibit that shows a released table again and nothing else: the entry the table stands in, and the hash of its canonical JSON. */
type Reproduction = {
  readonly exhibit: ExhibitId;
  readonly seq: number;
  readonly query: string;
  readonly table: Sha256;
};

/**
 * One link of the release ledger as those may read it who publish and seal: what was shown, under which policy and by which code. `evidence` is the hash of what is
 * sealed beside it, `certificate` that of the proofs; `hash` is the sha256 of the canonical JSON of everything else in the link; `previous` is the hash before it.
 */
export type LedgerRecord = {
  readonly seq: number;
  readonly previous: Sha256;
  readonly hash: Sha256;
  readonly channels: readonly Channel[];
  readonly content: ReleaseContent;
  /** The hash of the program that decided. */
  readonly code: Sha256;
  readonly evidence: Sha256;
  readonly certificate?: Sha256;
  readonly review?: Review;
  readonly reproduces?: Reproduction;
};

/** A link with what is sealed: for the auditor alone. */
export type LedgerEntry = LedgerRecord & { readonly sealed: SealedEvidence };
