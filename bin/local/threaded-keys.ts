/** Keys of persons made in a thread of their own, so that a file is read with one processor and its identifiers are hashed with the other. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type PersonKeys, personKeys } from '#core/foia/person-keys.ts';
import type { KeyBatch } from './key-worker.ts';

export type ThreadedKeys = { readonly keysOf: PersonKeys; close(): Promise<void> };

type Waiting = { resolve(keys: Uint8Array): void; reject(cause: unknown): void };

const ownThread = new URL('./key-thread.mjs', import.meta.url);

/** Starts the thread with the first identifiers; where there is one processor there is none. A batch whose thread ends is rejected, and the next one gets another thread. */
export function threadedKeys(
  secret: Uint8Array,
  thread: URL = ownThread,
  processors: number = availableParallelism(),
): ThreadedKeys {
  if (processors < 2) return { keysOf: personKeys(secret), close: async () => undefined };
  let worker: Worker | undefined;
  const waiting: Waiting[] = [];

  function start(): Worker {
    const resourceLimits = { maxYoungGenerationSizeMb: 4 };
    const started = new Worker(thread, { workerData: secret, execArgv: [], resourceLimits });
    let cause: unknown = new Error('the thread of person keys ended');
    started.on('message', (keys: Uint8Array) => {
      waiting.shift()?.resolve(keys);
      // A thread that nobody waits for keeps no program alive.
      if (waiting.length === 0) started.unref();
    });
    started.on('error', (error) => {
      cause = error;
    });
    started.on('exit', () => {
      worker = undefined;
      for (const { reject } of waiting.splice(0)) reject(cause);
    });
    return started;
  }

  return {
    keysOf: (agency, identifiers) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        worker.ref();
        waiting.push({ resolve, reject });
        const ends = new Uint32Array(identifiers.length);
        let end = 0;
        for (let at = 0; at < ends.length; at++) ends[at] = end += identifiers[at]?.length ?? 0;
        worker.postMessage({ agency, text: identifiers.join(''), ends } satisfies KeyBatch, [ends.buffer]);
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}
