/** Redacted cells of a sheet, by column and by the exemptions claimed. */
import type { Redaction } from './redaction.ts';

/** The exemptions of a redaction as one text, such as `(b)(6), (b)(7)(C)`; `unnamed` when the agency names none. */
export const claimOf = ({ exemptions }: Redaction): string =>
  exemptions.length === 0 ? 'unnamed' : exemptions.join(', ');

export class WithheldTally {
  readonly #columns = new Map<number, Map<string, number>>();

  add(column: number, claim: string): void {
    let claims = this.#columns.get(column);
    if (!claims) {
      claims = new Map();
      this.#columns.set(column, claims);
    }
    claims.set(claim, (claims.get(claim) ?? 0) + 1);
  }

  /** The columns from `first` to `last`, by letter. */
  between(first: number, last: number): Readonly<Record<string, Readonly<Record<string, number>>>> {
    const found = [...this.#columns].filter(([column]) => column >= first && column <= last).sort(([a], [b]) => a - b);
    return Object.fromEntries(found.map(([column, claims]) => [columnLetters(column), Object.fromEntries(claims)]));
  }
}

/** The letters of a 0-based column: A, Z, AA, XFD. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}
