/**
 * The release ledger as files: `<folder>/<seq>.json`, one per entry, created exclusively and never written again, mode 0600.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { genesis, type LedgerEntry } from '#core/disclosure/ledger-entry.ts';
import { canonicalJson } from '#core/domain/canonical-json.ts';
import type { ReleaseLedger } from '#core/ports.ts';

const nameOf = (seq: number): string => `${String(seq).padStart(6, '0')}.json`;
const namePattern = /^\d{6,}\.json$/;

/**
 * Opens the ledger in a folder, made when it is not there. An entry is durable when `append` answers true: the file is complete and on disk before it gets its name.
 * Reading verifies nothing but that the files are whole and in order; a torn or missing file is a fault that names the file.
 */
export async function fileReleaseLedger(folder: string): Promise<ReleaseLedger> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const entries = async (): Promise<LedgerEntry[]> => {
    const names = (await readdir(folder)).filter((name) => namePattern.test(name)).sort();
    return Promise.all(
      names.map(async (name, at) => {
        if (name !== nameOf(at + 1)) throw new Error(`release ledger: ${nameOf(at + 1)} is missing beside ${name}`);
        const text = await readFile(join(folder, name), 'utf8');
        try {
          return JSON.parse(text) as LedgerEntry;
        } catch {
          throw new Error(
            `release ledger: ${name} is torn or damaged; restore it from a backup before releasing again`,
          );
        }
      }),
    );
  };
  return {
    entries,
    append: async (entry) => {
      const standing = await entries();
      if (entry.seq !== standing.length + 1 || entry.previous !== (standing.at(-1)?.hash ?? genesis)) return false;
      const draft = join(folder, `.${randomUUID()}.draft`);
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(canonicalJson(entry));
        await file.sync();
      } finally {
        await file.close();
      }
      try {
        // A link fails when the name is taken: of two writers on the same head exactly one succeeds.
        await link(draft, join(folder, nameOf(entry.seq)));
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
        throw cause;
      } finally {
        await unlink(draft);
      }
      const directory = await open(folder, 'r');
      try {
        await directory.sync();
      } finally {
        await directory.close();
      }
      return true;
    },
  };
}
