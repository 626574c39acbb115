/**
 * A dropped agency file: kept as received, first and always; then read row by row into the lake. The same file again, under any name, adds nothing but the name;
 * a reading that was cut off starts anew and writes the same objects.
 */
import { createHash } from 'node:crypto';
import type { S3Event } from 'aws-lambda';
import * as z from 'zod';
import type { Sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { RandomAccess } from '#core/domain/random-access.ts';
import { readFile } from '#core/foia/read-file.ts';
import { partitionOf } from '#core/lake/partition.ts';
import type { Clock, FoiaCustody, FoiaFiles, Lake, Log } from '#core/ports.ts';

export type ReceiveFoiaPorts = {
  readonly foia: FoiaFiles;
  readonly lake: Lake;
  readonly clock: Clock;
  readonly log: Log;
};

/** What S3 says about a new object: the key comes form-encoded. */
const droppedObject = z.object({
  s3: z.object({
    object: z.object({ key: z.string().transform((key) => decodeURIComponent(key.replaceAll('+', ' '))) }),
  }),
});
const dropped = z.object({ Records: z.array(droppedObject) });

const blockBytes = 1 << 20;

/** Takes every file the event names and answers its custody record, in order. A file that cannot be read as a table is refused with a reason and kept. Faults throw and are retried. */
export const receiveFoia =
  (ports: ReceiveFoiaPorts) =>
  async (event: S3Event): Promise<readonly FoiaCustody[]> => {
    const taken: FoiaCustody[] = [];
    for (const record of dropped.parse(event).Records) taken.push(await receiveOne(ports, record.s3.object.key));
    return taken;
  };

async function receiveOne({ foia, lake, clock, log }: ReceiveFoiaPorts, key: string): Promise<FoiaCustody> {
  const { name, content, close } = await foia.open(key);
  try {
    const sha256 = await hashOf(content);
    const kept = await foia.keep({ sha256, name, key, receivedAt: clock.now() });
    if (kept.custody) {
      log.info('foia:recognized', { file: sha256, names: kept.custody.names.length });
      return kept.custody;
    }
    const { receivedAt } = kept;
    log.info('foia:received', { file: sha256, bytes: content.size });
    const reading = await readFile(
      content,
      { sha256, receivedAt },
      {
        async records(batch, sheetIndex, part) {
          const at = { partition: partitionOf(receivedAt), name: `${sha256.slice(0, 16)}-${sheetIndex}-${part}` };
          await lake.append('foia_records', at, batch);
        },
        async setAside(batch, part) {
          await foia.quarantine(sha256, part, `${batch.map((row) => JSON.stringify(row)).join('\n')}\n`);
        },
        progress: (rows) => log.info('foia:read', { file: sha256, rows }),
      },
    );
    const none = { read: 0, accepted: 0, refused: 0, quarantined: 0 };
    const custody: FoiaCustody = {
      sha256,
      bytes: content.size,
      names: [name],
      receivedAt,
      status: reading.status,
      ...(reading.status === 'refused' ? { reason: `${reading.code}: ${reading.reason}` } : {}),
      rows: reading.status === 'taken' ? reading.rows : none,
      sheets: reading.status === 'taken' ? reading.sheets : [],
    };
    const { rows } = custody;
    invariant(rows.read === rows.accepted + rows.refused + rows.quarantined, 'the rows of a file add up');
    await foia.conclude(custody);
    log.info(reading.status === 'taken' ? 'foia:taken' : 'foia:refused', { file: sha256, ...rows });
    return custody;
  } finally {
    await close();
  }
}

async function hashOf(content: RandomAccess): Promise<Sha256> {
  const hash = createHash('sha256');
  for (let at = 0; at < content.size; ) {
    const bytes = await content.read(at, Math.min(blockBytes, content.size - at));
    if (bytes.length === 0) throw new Error('the dropped file became shorter while it was read');
    hash.update(bytes);
    at += bytes.length;
  }
  return hash.digest('hex') as Sha256;
}
