/** Redacted cells of a sheet, by column and by the exemptions claimed. */
import type { Redaction } from './redaction.ts';

/** The exemptions of a redaction as one text, such as `(b)(6), (b)(7)(C)`; `unnamed` when the agency names none. */
export const claimOf = ({ exemptions }: Redaction): string =>
  exemptions.length === 0 ? 'unnamed' : exemptions.join(', ');

type Tally = { readonly claim: string; count: number };

export class WithheldTally {
  /** By column: the tallies by claim, and the one counted last, because most rows of a column claim the same. */
  readonly #columns: ({ readonly tallies: Map<string, Tally>; last: Tally } | undefined)[] = [];

  add(column: number, claim: string): void {
    const claims = this.#columns[column];
    if (claims?.last.claim === claim) {
      claims.last.count += 1;
      return;
    }
    const tally = claims?.tallies.get(claim) ?? { claim, count: 0 };
    tally.count += 1;
    if (claims) {
      claims.tallies.set(claim, tally);
      claims.last = tally;
    } else this.#columns[column] = { tallies: new Map([[claim, tally]]), last: tally };
  }

  /** The columns from `first` to `last`, by letter. */
  between(first: number, last: number): Readonly<Record<string, Readonly<Record<string, number>>>> {
    const found: Record<string, Readonly<Record<string, number>>> = {};
    for (const [at, claims] of this.#columns.slice(first, last + 1).entries())
      if (claims)
        found[columnLetters(first + at)] = Object.fromEntries(
          Array.from(claims.tallies.values(), ({ claim, count }) => [claim, count]),
        );
    return found;
  }
}

/** The letters of a 0-based column: A, Z, AA, XFD. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}
