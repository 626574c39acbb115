import type { AttackReview, LedgerRecord } from '#core/disclosure/ledger-entry.ts';
import { usefulnessOf } from '#core/disclosure/usefulness.ts';
import { tableLine } from '../usefulness-line.ts';

/** Prints the entries in words, or one of them in full. Answers 2 when there is no such entry. */
export function showEntries(
  records: readonly LedgerRecord[],
  entry: number | undefined,
  say: (line: string) => void,
): number {
  const chosen = entry === undefined ? records : records.filter(({ seq }) => seq === entry);
  if (entry !== undefined && chosen.length === 0) {
    say(`\n  there is no entry ${entry}; the ledger has ${records.length}\n`);
    return 2;
  }
  for (const record of chosen) {
    const { seq, content, channels, reproduces } = record;
    say(`\n  entry ${seq}: ${content.id}, shown as ${channels.join(', ')}, approved ${content.approvedAt}`);
    if (reproduces) {
      say(`    an exhibit of ${reproduces.query} of entry ${reproduces.seq}: nothing that was not shown before`);
      continue;
    }
    const cells = content.tables.flatMap((table) => table.cells);
    const withheld = cells.filter(({ value }) => value.kind === 'withheld').length;
    say(
      `    ${content.tables.length} tables, ${cells.length - withheld} cells shown, ${withheld} withheld; known as of ${content.asOf}`,
    );
    for (const table of content.tables) say(`      ${tableLine(usefulnessOf(table))}`);
    if (entry === undefined) continue;
    for (const { query, window } of content.tables) say(`    ${query.padEnd(48)} ${window.from} to ${window.to}`);
    say(`    policy ${content.policy.version} (${content.policy.sha256})`);
    say(`    code   ${record.code}`);
    say(`    sealed ${record.evidence}${record.certificate ? `, certificate ${record.certificate}` : ''}`);
    say(`    hash   ${record.hash}, after ${record.previous}`);
    for (const attack of record.review?.attacks ?? []) say(`    ${attackInWords(attack)}`);
  }
  say('');
  return 0;
}

export const attackInWords = ({ attacker, counts, proven, atMost, disclosed, undecided }: AttackReview): string =>
  counts === 0
    ? `${attacker}: no small count to attack`
    : `${attacker}: ${counts} small counts attacked; the closest keeps at least ${proven} values${atMost === undefined ? '' : ` and no more than ${atMost}`}${disclosed ? `; ${disclosed} NOT SAFE` : ''}${undecided ? `; ${undecided} NOT DECIDED (counted as disclosed)` : ''}`;
