/** Custody and reading of one file, and of the files in it when it is an archive. */
import { createHash } from 'node:crypto';
import { type FoiaArrival, type FoiaCustody, type FoiaOriginal, foiaReleaseOf } from '#core/domain/foia-custody.ts';
import type { Sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { RandomAccess } from '#core/domain/random-access.ts';
import { FileRefusal } from '#core/foia/file-refusal.ts';
import { layoutSchema } from '#core/foia/layout.ts';
import { layouts } from '#core/foia/layouts.ts';
import type { ArchiveMember } from '#core/foia/open-file.ts';
import type { PersonKeys } from '#core/foia/person-keys.ts';
import { type FileReading, readFile } from '#core/foia/read-file.ts';
import { LakeError } from '#core/lake/lake-object.ts';
import { partitionOf } from '#core/lake/partition.ts';
import type { Clock, FoiaFiles, Lake, Log } from '#core/ports.ts';
import { state } from './state.ts';

export type ReadingPorts = {
  readonly foia: FoiaFiles;
  readonly lake: Pick<Lake, 'append'>;
  readonly personKeys: PersonKeys;
  readonly clock: Clock;
  readonly log: Log;
};

type Arriving = {
  /** Where it is known. */
  readonly sha256?: Sha256;
  readonly arrival: FoiaArrival;
  readonly original: FoiaOriginal;
  /** The record of the archive it came in. */
  readonly archive?: FoiaCustody;
};

const none = { read: 0, accepted: 0, refused: 0, quarantined: 0 };

/** Keeps a file and reads it when these bytes were never read; answers its record, and those of the files in it. */
export async function takeFile(ports: ReadingPorts, arriving: Arriving): Promise<readonly FoiaCustody[]> {
  const { log } = ports;
  const { arrival, archive, ...file } = arriving;
  const { original, kept, custody, sha256, receivedAt } = await ports.foia.keep({ ...file, arrival });
  try {
    if (custody && custody.status !== 'reading') {
      log.info('foia:recognized', { file: sha256, names: custody.names.length });
      return [custody];
    }
    const received = kept.then(() => log.info('foia:received', { file: sha256, bytes: original.content.size }));
    received.catch(() => undefined);
    const begun: FoiaCustody = {
      sha256,
      bytes: original.content.size,
      arrivals: [arrival],
      names: [arrival.name],
      receivedAt,
      release: archive?.release ?? foiaReleaseOf(receivedAt, sha256),
      reading: 1,
      readAt: receivedAt,
      format: 'unknown',
      status: 'reading',
      rows: none,
      sheets: [],
      ...(archive ? { archive: archive.sha256 } : {}),
    };
    return await readKept(ports, begun, original.content, received);
  } finally {
    await original.close();
  }
}

/** A reading that was cut off may be finished by a later program, or with mappings confirmed since: so often the next number is tried. */
const numbersTried = 10;

/**
 * Reads a file under the number and time of the reading that stand in `begun`. Reading it again writes the same; where rows of a reading that was cut off stand that this one would not write,
 * it takes the next number, and theirs count for nothing. The reading begins while the original settles on the disk; nothing is written of it before `kept`.
 */
export async function readKept(
  ports: ReadingPorts,
  begun: FoiaCustody,
  content: RandomAccess,
  kept: Promise<void>,
): Promise<readonly FoiaCustody[]> {
  for (let reading = begun.reading; ; reading++)
    try {
      return await readOnce(ports, { ...begun, reading }, content, kept);
    } catch (cause) {
      if (!(cause instanceof OtherRowsStand) || reading - begun.reading === numbersTried) throw cause;
      ports.log.warn('foia:read-anew', { file: begun.sha256, reading: reading + 1 });
    }
}

/** Thrown when the lake holds other rows under the number of this reading. */
class OtherRowsStand extends Error {
  override name = 'OtherRowsStand';
}

async function readOnce(
  ports: ReadingPorts,
  begun: FoiaCustody,
  content: RandomAccess,
  kept: Promise<void>,
): Promise<readonly FoiaCustody[]> {
  const { foia, log } = ports;
  const { sha256, reading, readAt, receivedAt } = begun;
  const recording = kept.then(() => foia.conclude(begun));
  recording.catch(() => undefined);
  const confirmed = (await foia.mappings()).map(({ layout }) => layoutSchema.parse(layout)).reverse();
  const watched = counted(content);
  const found = await readFile(
    watched.content,
    {
      file: {
        sha256,
        release: begun.release,
        reading,
        receivedAt,
        readAt,
        name: begun.names.at(-1) ?? '',
        inArchive: begun.archive !== undefined,
      },
      layouts: [...confirmed, ...layouts],
      personKeys: ports.personKeys,
    },
    {
      async records(batch, tableIndex, part) {
        await recording;
        const name = `${sha256.slice(0, 16)}-${reading}-${tableIndex}-part${part}`;
        const at = { partition: partitionOf(readAt), name };
        await ports.lake.append('foia_records', at, batch).catch((cause: unknown) => {
          throw cause instanceof LakeError ? new OtherRowsStand(cause.message, { cause }) : cause;
        });
      },
      async setAside(batch, part) {
        await recording;
        await foia.quarantine(sha256, reading, part, `${batch.map((row) => JSON.stringify(row)).join('\n')}\n`);
      },
      async progress(rows) {
        await recording;
        log.info('foia:read', { file: sha256, rows });
        await foia.conclude({ ...begun, done: watched.done(), rows: { ...none, read: rows } });
      },
    },
  );
  await recording;
  const hashed = found.status === 'archive' ? await hashedMembers(found.members) : [];
  const refused = hashed instanceof FileRefusal ? refusalOf(hashed) : undefined;
  const members = hashed instanceof FileRefusal ? [] : await membersOf(ports, begun, hashed);
  const custody = concluded(begun, refused ?? found, members);
  await keepPreviewOf(foia, custody, found);
  if (found.status === 'taken') await state(ports, custody, { statement: 'read', by: 'reading', at: readAt });
  await foia.conclude(custody);
  log.info(custody.status === 'taken' ? 'foia:taken' : 'foia:refused', { file: sha256, ...custody.rows });
  return [custody, ...members];
}

function concluded(begun: FoiaCustody, found: FileReading, members: readonly FoiaCustody[]): FoiaCustody {
  if (found.status === 'refused')
    return { ...begun, status: 'refused', reason: `${found.code}: ${found.reason}`, format: 'unknown' };
  if (found.status === 'document') {
    const handEntry = found.pages.filter(({ text }) => text === '').map(({ page }) => page);
    return { ...begun, status: 'taken', format: 'pdf', document: { pages: found.pages.length, handEntry } };
  }
  if (found.status === 'archive')
    return {
      ...begun,
      status: 'taken',
      format: 'archive',
      leftovers: found.leftovers,
      members: found.members.flatMap(({ path }, at) => {
        const sha256 = members[at]?.sha256;
        return sha256 ? { path, sha256 } : [];
      }),
    };
  const { format, rows, sheets } = found;
  invariant(rows.read === rows.accepted + rows.refused + rows.quarantined, 'the rows of a file add up');
  return { ...begun, status: 'taken', format, rows, sheets };
}

async function keepPreviewOf(foia: FoiaFiles, { sha256, reading }: FoiaCustody, found: FileReading): Promise<void> {
  if (found.status === 'taken') await foia.keepPreview(sha256, reading, found.preview);
  if (found.status === 'document') await foia.keepPreview(sha256, reading, { sheets: [], pages: found.pages });
}

type HashedMember = ArchiveMember & { readonly sha256: Sha256 };

/** Unpacks every file of an archive once, to hash it. An archive with a file that cannot be unpacked is refused as a whole, before any of its files is taken. */
async function hashedMembers(members: readonly ArchiveMember[]): Promise<readonly HashedMember[] | FileRefusal> {
  const hashed: HashedMember[] = [];
  try {
    for (const member of members) {
      const hash = createHash('sha256');
      for await (const bytes of member.read()) hash.update(bytes);
      hashed.push({ ...member, sha256: hash.digest('hex') as Sha256 });
    }
    return hashed;
  } catch (cause) {
    if (cause instanceof FileRefusal) return cause;
    throw cause;
  }
}

const refusalOf = ({ code, message }: FileRefusal): FileReading => ({ status: 'refused', code, reason: message });

/** Each file of an archive is a file of its own, received with the archive. */
async function membersOf(
  ports: ReadingPorts,
  archive: FoiaCustody,
  members: readonly HashedMember[],
): Promise<readonly FoiaCustody[]> {
  const taken: FoiaCustody[] = [];
  const sender = archive.arrivals[0]?.sender ?? 'not stated';
  for (const { path, sha256, bytes, read } of members) {
    const arrival = { name: path, sender, at: archive.receivedAt };
    taken.push(...(await takeFile(ports, { sha256, arrival, original: { bytes, read }, archive })));
  }
  return taken;
}

/** Counts what is read of a file, so that a person can be told how far it is. */
function counted(content: RandomAccess): { readonly content: RandomAccess; done(): number } {
  let read = 0;
  return {
    content: {
      size: content.size,
      async read(offset, length) {
        read += Math.min(length, content.size - offset);
        return content.read(offset, length);
      },
    },
    done: () => Math.min(1, read / content.size),
  };
}

/** The record with which a kept file is read once more, at the moment a person asked for it. */
export const readAgain = (custody: FoiaCustody, at: Instant): FoiaCustody => ({
  ...custody,
  status: 'reading',
  reading: custody.readAt === at ? custody.reading : custody.reading + 1,
  readAt: at,
  rows: none,
  sheets: [],
});
