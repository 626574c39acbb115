/**
 * Custody of agency files over any place that keeps objects: `foia/<sha256>/` holds the `original`, `received.json` (when these bytes first came), one note for each arrival
 * (`arrivals/<time>-<name>.json`), `custody.json`, what each reading left (`reading-N/quarantine-P.ndjson`, `reading-N/preview.json`) and the statements about the file
 * (`statements/NNNNNN.json`). `foia-mappings/` holds the mappings that people confirmed.
 */
import type {
  ConfirmedMapping,
  FoiaArrival,
  FoiaCustody,
  FoiaOriginal,
  FoiaPreview,
  FoiaStatement,
  OpenedOriginal,
} from '#core/domain/foia-custody.ts';
import type { Sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { FoiaFiles } from '#core/ports.ts';

/** Objects by key, durable when a put answers. */
export type KeptObjects = {
  get(key: string): Promise<Uint8Array | undefined>;
  /** Answers what stands under the key, or undefined when these bytes were written. */
  putIfAbsent(key: string, bytes: Uint8Array): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Keys with the prefix, in their order; with `folders`, only the next level of folders, each with its `/`. */
  list(prefix: string, folders?: 'folders'): Promise<readonly string[]>;
};

/** An original by its hash, ready to be kept: readable at once, gone when it is closed before it has a place. */
type TakenOriginal = OpenedOriginal & {
  readonly sha256: Sha256;
  /** Puts it in its place, whole or not at all; durable when it answers. */
  place(key: string): Promise<void>;
};

/** What a home adds: where files are dropped, and originals too large to be held at once. */
export type OriginalsOf = Pick<FoiaFiles, 'open' | 'openKept' | 'order'> & {
  /** Hashes an original and holds it as it was hashed. Where the hash is known, `take` or `place` throws when the bytes are others. */
  take(original: FoiaOriginal, known?: Sha256): Promise<TakenOriginal>;
};

/** Thrown when the same bytes came twice at once, and the other arrival was noted first; the next try finds it. */
class ArrivalsCrossed extends Error {
  override name = 'ArrivalsCrossed';
}

const root = 'foia/';
const mappingsRoot = 'foia-mappings/';
const atATime = 8;

const folderOf = (sha256: Sha256): string => `${root}${sha256}/`;
const isSha256 = (name: string): name is Sha256 => /^[0-9a-f]{64}$/.test(name);
const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
// Everything read back was written by the functions below and by nobody else.
const parsed = <Value>(bytes: Uint8Array | undefined): Value | undefined =>
  bytes && (JSON.parse(Buffer.from(bytes).toString('utf8')) as Value);
function receivedIn(bytes: Uint8Array | undefined): Instant | undefined {
  if (!bytes) return undefined;
  const receivedAt = instantOf(parsed<{ receivedAt: string }>(bytes)?.receivedAt ?? '');
  invariant(receivedAt, 'the first arrival of a file is a moment');
  return receivedAt;
}
const number = (value: number): string => String(value).padStart(6, '0');

export function foiaCustody(objects: KeptObjects, originals: OriginalsOf): FoiaFiles {
  async function all<Value>(keys: readonly string[]): Promise<readonly Value[]> {
    const found: Value[] = [];
    for (let from = 0; from < keys.length; from += atATime) {
      const bytes = await Promise.all(keys.slice(from, from + atATime).map((key) => objects.get(key)));
      for (const one of bytes) {
        const value = parsed<Value>(one);
        if (value !== undefined) found.push(value);
      }
    }
    return found;
  }

  async function find(file: Sha256): Promise<FoiaCustody | undefined> {
    const record = parsed<FoiaCustody>(await objects.get(`${folderOf(file)}custody.json`));
    if (!record) return undefined;
    const arrivals = await all<FoiaArrival>(await objects.list(`${folderOf(file)}arrivals/`));
    const names = arrivals.map(({ name }) => name);
    return { ...record, arrivals, names: names.filter((name, at) => names.lastIndexOf(name) === at) };
  }

  async function noteArrival(file: Sha256, arrival: FoiaArrival): Promise<void> {
    const name = Buffer.from(arrival.name).toString('base64url').slice(0, 120);
    const key = `${folderOf(file)}arrivals/${arrival.at.replaceAll(':', '')}-${name}.json`;
    await objects.putIfAbsent(key, json(arrival));
  }

  /** The original, then when it came: bytes of which nothing says when they came were not kept. */
  async function keepFirst(taken: TakenOriginal, arrival: FoiaArrival): Promise<void> {
    const folder = folderOf(taken.sha256);
    await taken.place(`${folder}original`);
    const standing = await objects.putIfAbsent(`${folder}received.json`, json({ receivedAt: arrival.at }));
    if (standing && receivedIn(standing) !== arrival.at)
      throw new ArrivalsCrossed('the same bytes came twice at once; they are taken when they are sent again');
    await noteArrival(taken.sha256, arrival);
  }

  return {
    open: originals.open,
    openKept: originals.openKept,
    order: originals.order,
    find,

    async keep({ sha256: given, arrival, original }) {
      const taken = await originals.take(original, given);
      const { sha256, content } = taken;
      try {
        const known = receivedIn(await objects.get(`${folderOf(sha256)}received.json`));
        if (known) {
          await noteArrival(sha256, arrival);
          const custody = await find(sha256);
          const kept = Promise.resolve();
          return { sha256, receivedAt: known, original: taken, kept, ...(custody ? { custody } : {}) };
        }
        const kept = keepFirst(taken, arrival);
        const settled = kept.catch(() => undefined);
        const close = () => settled.then(() => taken.close());
        return { sha256, receivedAt: arrival.at, original: { content, close }, kept };
      } catch (cause) {
        await taken.close();
        throw cause;
      }
    },

    conclude: (custody) => objects.put(`${folderOf(custody.sha256)}custody.json`, json(custody)),

    quarantine: (file, reading, part, ndjson) =>
      objects.put(`${folderOf(file)}reading-${reading}/quarantine-${part}.ndjson`, Buffer.from(ndjson)),

    keepPreview: (file, reading, preview) =>
      objects.put(`${folderOf(file)}reading-${reading}/preview.json`, json(preview)),

    async preview(file, reading) {
      return parsed<FoiaPreview>(await objects.get(`${folderOf(file)}reading-${reading}/preview.json`));
    },

    async state(statement) {
      const key = `${folderOf(statement.file)}statements/${number(statement.sequence)}.json`;
      return (await objects.putIfAbsent(key, json(statement))) === undefined;
    },

    async statements(file) {
      return all<FoiaStatement>(await objects.list(`${folderOf(file)}statements/`));
    },

    async confirm(mapping) {
      await objects.putIfAbsent(`${mappingsRoot}${mapping.at.replaceAll(':', '')}-${mapping.id}.json`, json(mapping));
    },

    async mappings() {
      return all<ConfirmedMapping>(await objects.list(mappingsRoot));
    },

    async list() {
      const folders = await objects.list(root, 'folders');
      const files = folders.map((folder) => folder.slice(root.length, -1)).filter(isSha256);
      const found: FoiaCustody[] = [];
      for (const file of files) {
        const record = await find(file);
        if (record) found.push(record);
      }
      return found.sort(latestFirst);
    },
  };
}

const order = (a: string | Instant, b: string | Instant): number => (a < b ? -1 : a > b ? 1 : 0);
const latestFirst = (a: FoiaCustody, b: FoiaCustody): number =>
  order(b.receivedAt, a.receivedAt) || order(a.sha256, b.sha256);
