import type { Certificate } from '#core/disclosure/audit/certificate.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { reproductionFault } from '#core/disclosure/exhibit-entry.ts';
import { chainFault } from '#core/disclosure/ledger-chain.ts';
import type { LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { ReleaseLedger, Shelf } from '#core/ports.ts';

/** Verifies the whole ledger and says what it found. Answers 0 when nothing is wrong, 1 otherwise; a file that cannot be read is a fault. */
export async function verifyLedger(
  ledger: ReleaseLedger,
  shelf: Pick<Shelf, 'read' | 'releases'>,
  say: (line: string) => void,
): Promise<number> {
  const entries = await ledger.entries();
  const faults: string[] = [];
  const broken = chainFault(entries);
  if (broken) faults.push(broken);
  for (const entry of entries) faults.push(...([reproductionFault(entry, entries)].filter(Boolean) as string[]));
  const proofs = { safe: 0, disclosed: 0, undecided: 0 };
  for (const entry of broken ? [] : entries) {
    const { value, fault } = await certificateOf(ledger, entry);
    if (fault) faults.push(fault);
    if (!value) continue;
    const judged = checkCertificate(value);
    for (const of of judged.faults.slice(0, 3))
      faults.push(`entry ${entry.seq}: the certificate does not prove what it says: ${of}`);
    for (const kind of ['safe', 'disclosed', 'undecided'] as const) proofs[kind] += judged[kind];
  }
  faults.push(...(await shelfFaults(entries, shelf)));
  say(
    `\n  ${entries.length} entries, from ${entries[0]?.content.id ?? 'none'} to ${entries.at(-1)?.content.id ?? 'none'}`,
  );
  say(`  head          ${entries.at(-1)?.hash ?? 'none'}`);
  say(
    `  certificates  ${proofs.safe} verdicts proven safe, ${proofs.disclosed} proven not safe, ${proofs.undecided} not decided`,
  );
  for (const fault of faults) say(`  WRONG         ${fault}`);
  say(
    faults.length
      ? `\n  the ledger does not hold: ${faults.length} faults\n`
      : '\n  the ledger holds: nothing is missing, nothing was changed\n',
  );
  return faults.length ? 1 : 0;
}

async function certificateOf(
  ledger: ReleaseLedger,
  entry: LedgerEntry,
): Promise<{ value?: Certificate; fault?: string }> {
  if (entry.certificate === undefined)
    return entry.reproduces ? {} : { fault: `entry ${entry.seq} was sealed without a certificate` };
  const text = await ledger.certificate(entry);
  if (text === undefined) return { fault: `the certificate of entry ${entry.seq} is missing` };
  if (sha256(text) !== entry.certificate) return { fault: `the certificate of entry ${entry.seq} was changed` };
  return { value: JSON.parse(text) as Certificate };
}

/** What is on the shelf names its entry and its hash, so a ledger that was cut off at its end is found out. */
async function shelfFaults(
  entries: readonly LedgerEntry[],
  shelf: Pick<Shelf, 'read' | 'releases'>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const { id } of await shelf.releases()) {
    const bytes = await shelf.read(`${id}/datapackage.json`);
    const named = bytes && (JSON.parse(new TextDecoder().decode(bytes)) as { id?: string }).id;
    const entry = entries.find(({ content }) => content.id === id);
    if (!entry) faults.push(`${id} is published and no entry stands for it: the ledger was cut off`);
    else if (named !== entry.hash) faults.push(`${id} is published under another hash than that of entry ${entry.seq}`);
  }
  return faults;
}
