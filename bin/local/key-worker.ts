/** The thread that makes keys of persons: identifiers come in batches, and each batch is answered in its turn. */
import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '#core/domain/invariant.ts';
import { personKeys } from '#core/foia/person-keys.ts';

/** Identifiers as one text and where each ends in it: many texts are dear to hand over. */
export type KeyBatch = { readonly agency: string; readonly text: string; readonly ends: Uint32Array };

const port = parentPort;
invariant(port, 'this program is a thread of the city');
const keysOf = personKeys(workerData as Uint8Array);

async function answer({ agency, text, ends }: KeyBatch): Promise<void> {
  const identifiers = Array.from(ends, (end, at) => text.slice(ends[at - 1] ?? 0, end));
  const keys = await keysOf(agency, identifiers);
  port?.postMessage(keys, [keys.buffer as ArrayBuffer]);
}

port.on('message', (batch: KeyBatch) => void answer(batch));
