/**
 * A dropped agency file: kept as received, first and always; then read row by row into the lake. The same file again, under any name, adds nothing but its arrival;
 * a reading that was cut off starts anew and writes the same objects, or takes the next number where others stand. What a person ordered on a page arrives the same way and is carried out.
 */
import type { S3Event } from 'aws-lambda';
import * as z from 'zod';
import type { FoiaCustody } from '#core/domain/foia-custody.ts';
import { instantOf } from '#core/domain/instant.ts';
import { drops } from '../triggers.ts';
import { carryOut } from './carry-out.ts';
import { type ReadingPorts, takeFile } from './take-file.ts';

export type ReceiveFoiaPorts = ReadingPorts;

/** What S3 says about a new object: the key comes form-encoded; who put it there is named as the service knows them. */
const droppedObject = z.object({
  eventTime: z.string().optional(),
  userIdentity: z.object({ principalId: z.string() }).optional(),
  s3: z.object({
    object: z.object({ key: z.string().transform((key) => decodeURIComponent(key.replaceAll('+', ' '))) }),
  }),
});
const dropped = z.object({ Records: z.array(droppedObject) });
const [, orders] = drops;

/** Takes every file the event names and answers its custody record, the archive before its members. A file that cannot be read as a table is refused with a reason and kept. Faults throw and are retried. */
export const receiveFoia =
  (ports: ReceiveFoiaPorts) =>
  async (event: S3Event): Promise<readonly FoiaCustody[]> => {
    const taken: FoiaCustody[] = [];
    for (const { s3, userIdentity, eventTime } of dropped.parse(event).Records) {
      const { key } = s3.object;
      if (key.startsWith(orders.prefix)) taken.push(...(await carryOut(ports, key)));
      else {
        // The time of the event is the same when it is delivered again.
        const at = instantOf(eventTime ?? '') ?? ports.clock.now();
        const name = key.slice(key.lastIndexOf('/') + 1);
        const arrival = { name, sender: userIdentity?.principalId ?? 'not stated', at };
        taken.push(...(await takeFile(ports, { arrival, original: { key } })));
      }
    }
    return taken;
  };
