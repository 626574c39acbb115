/**
 * The release ledger as files: `<folder>/<seq>.json`, one per link, and what is sealed under its hash in `sealed/`; created exclusively and never written again, mode 0600.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { genesis, type LedgerEntry, type LedgerRecord, type SealedEvidence } from '#core/disclosure/ledger-entry.ts';
import { canonicalJson } from '#core/domain/canonical-json.ts';
import type { Sha256 } from '#core/domain/ids.ts';
import type { ReleaseLedger } from '#core/ports.ts';

const nameOf = (seq: number): string => `${String(seq).padStart(6, '0')}.json`;
const namePattern = /^\d{6,}\.json$/;
const restore = 'restore it from a backup before releasing again';

/** Thrown when the files of the ledger are not whole. */
class LedgerFilesError extends Error {
  override name = 'LedgerFilesError';
}

const isCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code;

/** Writes the whole file and puts it on disk before it gets its name; false when the name is taken: of two writers on the same head exactly one succeeds. */
async function writeOnce(path: string, draft: string, text: string): Promise<boolean> {
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
    return true;
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return false;
    throw cause;
  } finally {
    await unlink(draft);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/**
 * Opens the ledger in a folder, made when it is not there. An entry is durable when `append` answers true: what is sealed is on disk before the link, the link before it gets its name.
 * Reading verifies nothing but that the files are whole and in order; a torn or missing file is a fault that names the file.
 */
export async function fileReleaseLedger(folder: string): Promise<ReleaseLedger> {
  const sealed = join(folder, 'sealed');
  await mkdir(sealed, { recursive: true, mode: 0o700 });

  async function parsed<Value>(path: string, name: string): Promise<Value> {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      if (isCode(cause, 'ENOENT'))
        throw new LedgerFilesError(`release ledger: ${name} is missing; ${restore}`, { cause });
      throw cause;
    });
    try {
      return JSON.parse(text) as Value;
    } catch {
      throw new LedgerFilesError(`release ledger: ${name} is torn or damaged; ${restore}`);
    }
  }

  const records = async (): Promise<LedgerRecord[]> => {
    const names = (await readdir(folder)).filter((name) => namePattern.test(name)).sort();
    return Promise.all(
      names.map(async (name, at) => {
        if (name !== nameOf(at + 1))
          throw new LedgerFilesError(`release ledger: ${nameOf(at + 1)} is missing beside ${name}`);
        return parsed<LedgerRecord>(join(folder, name), name);
      }),
    );
  };

  const sealedPath = (hash: Sha256): string => join(sealed, `${hash}.json`);
  async function seal(hash: Sha256, text: string): Promise<void> {
    if (await writeOnce(sealedPath(hash), join(sealed, `.${randomUUID()}.draft`), text)) await syncFolder(sealed);
  }

  return {
    records,
    entries: async () =>
      Promise.all(
        (await records()).map(async (record): Promise<LedgerEntry> => {
          // A link of an earlier version names nothing sealed; the chain says so.
          const { seq, evidence } = record;
          if (evidence === undefined)
            return { ...record, sealed: { truths: {}, verdicts: [], frames: {}, heldLate: {} } };
          const name = `sealed/${evidence}.json (of entry ${seq})`;
          return { ...record, sealed: await parsed<SealedEvidence>(sealedPath(evidence), name) };
        }),
      ),
    append: async (entry, certificate) => {
      const standing = await records();
      if (entry.seq !== standing.length + 1 || entry.previous !== (standing.at(-1)?.hash ?? genesis)) return false;
      const { sealed: evidence, ...record } = entry;
      await seal(entry.evidence, canonicalJson(evidence));
      if (entry.certificate && certificate !== undefined) await seal(entry.certificate, certificate);
      const draft = join(folder, `.${randomUUID()}.draft`);
      if (!(await writeOnce(join(folder, nameOf(entry.seq)), draft, canonicalJson(record)))) return false;
      await syncFolder(folder);
      return true;
    },
    certificate: async ({ certificate }) => {
      if (certificate === undefined) return undefined;
      return readFile(sealedPath(certificate), 'utf8').catch((cause: unknown) => {
        if (isCode(cause, 'ENOENT')) return undefined;
        throw cause;
      });
    },
  };
}
