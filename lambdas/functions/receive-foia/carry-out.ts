/** What a person ordered on a page: a confirmed mapping, after which the file is read again, or a statement about a file. */
import * as z from 'zod';
import type { FoiaCustody, FoiaOrder } from '#core/domain/foia-custody.ts';
import type { Sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import { layoutSchema } from '#core/foia/layout.ts';
import { state } from './state.ts';
import { type ReadingPorts, readAgain, readKept } from './take-file.ts';

const made = z.looseObject({
  id: z.string().regex(/^[\w-]{1,64}$/),
  by: z.string().min(1),
  at: z.string(),
  file: z.string().regex(/^[0-9a-f]{64}$/),
});
const why = z.string().max(2000);
const orderSchema = z.discriminatedUnion('order', [
  made.extend({ order: z.literal('map'), layout: z.record(z.string(), z.unknown()) }),
  made.extend({ order: z.literal('supersede'), replacedBy: z.string(), why }),
  made.extend({ order: z.enum(['withdraw', 'reinstate']), why }),
]);
const bytesMax = 1 << 20;
const statements = { supersede: 'superseded', withdraw: 'withdrawn', reinstate: 'reinstated' } as const;

/** Carries out the order under a key. The same order again changes nothing. */
export async function carryOut(ports: ReadingPorts, key: string): Promise<readonly FoiaCustody[]> {
  const order = await readOrder(ports, key);
  const custody = await ports.foia.find(order.file);
  invariant(custody, 'an order names a file in custody');
  ports.log.info('foia:ordered', { file: order.file });
  if (order.order === 'map') {
    const { id, by, at, file, layout } = order;
    layoutSchema.parse(layout);
    await ports.foia.confirm({ id, by, at, file, layout });
    if (custody.readAt >= at && custody.status !== 'reading') return [custody];
    const { content, close } = await ports.foia.openKept(file);
    return await readKept(ports, readAgain(custody, at), content, Promise.resolve()).finally(close);
  }
  const replacedBy = order.order === 'supersede' ? { replacedBy: order.replacedBy } : {};
  const { by, at, why } = order;
  await state(ports, custody, { statement: statements[order.order], by, at, why, ...replacedBy });
  return [custody];
}

async function readOrder({ foia }: ReadingPorts, key: string): Promise<FoiaOrder> {
  const { content, close } = await foia.open(key);
  try {
    invariant(content.size <= bytesMax, 'an order is small');
    const bytes = await content.read(0, content.size);
    const order = orderSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const at = instantOf(order.at);
    invariant(at, 'an order has a moment');
    return { ...order, at: at satisfies Instant, file: order.file as Sha256 } as FoiaOrder;
  } finally {
    await close();
  }
}
