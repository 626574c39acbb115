/** The threads that take in reports at home, behind the same door as every other function. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { bodyBytesMax } from '#core/domain/report/body.ts';
import type { Log } from '#core/ports.ts';
import type { Answered, Asked, IntakeSetting } from './intake-worker.ts';

const threadsMax = 2;
/** How long a thread that ended waits for its successor, in milliseconds: one that cannot start must not be started without end. */
const pauseMs = 250;

/** Reads the body unless it says that it is too large, and at most one piece more than is allowed: the function refuses the rest by what is there. */
async function bodyOf(request: Request): Promise<ArrayBuffer | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const declared = request.headers.get('content-length');
  if (declared !== null) return Number(declared) > bodyBytesMax ? undefined : request.arrayBuffer();
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body)
    for await (const chunk of request.body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > bodyBytesMax) break;
    }
  return new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer();
}

/**
 * Room for what is young, twice what the engine takes by itself: what two or three requests leave behind until their commit is on the disk, copied once for each collection, is then
 * copied half as often.
 */
const youngMb = 96;

type Waiting = { readonly bytes: number; resolve(answered: Answered): void; reject(cause: unknown): void };

/** One place for a thread; who ends before `close` is followed by another. */
class Place {
  readonly #setting: IntakeSetting;
  readonly #log: Log;
  readonly #waiting = new Map<number, Waiting>();
  #bytes = 0;
  #worker: Worker;
  #closing = false;
  #next = 0;
  #ended: Promise<void> = Promise.resolve();

  constructor(setting: IntakeSetting, log: Log) {
    this.#setting = setting;
    this.#log = log;
    this.#worker = this.#start();
  }

  /** How many bytes of requests wait for an answer; without end while there is no thread to answer. */
  get load(): number {
    return this.#worker.threadId < 0 ? Number.POSITIVE_INFINITY : this.#bytes;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./intake-thread.mjs', import.meta.url), {
      workerData: this.#setting,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    });
    let cause: unknown = new Error('a thread of the intake ended');
    worker.on('message', (answered: Answered) => {
      const waiting = this.#waiting.get(answered.number);
      if (!waiting) return;
      this.#waiting.delete(answered.number);
      this.#bytes -= waiting.bytes;
      waiting.resolve(answered);
    });
    worker.on('error', (error) => {
      cause = error;
    });
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        resolve();
        // What it was about to answer is not known to be stored; a retry with the same key finds out.
        for (const { reject } of this.#waiting.values()) reject(cause);
        this.#waiting.clear();
        this.#bytes = 0;
        if (this.#closing) return;
        this.#log.error('intake:ended', cause);
        setTimeout(() => {
          if (!this.#closing) this.#worker = this.#start();
        }, pauseMs).unref();
      });
    });
    return worker;
  }

  ask(request: Omit<Asked, 'number'>): Promise<Answered> {
    if (this.#worker.threadId < 0) return Promise.reject(new Error('a thread of the intake has ended'));
    const number = this.#next++;
    const bytes = request.body?.byteLength ?? 0;
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { bytes, resolve, reject });
      this.#worker.postMessage({ number, ...request } satisfies Asked, request.body ? [request.body] : []);
    });
  }

  /** Ends the thread at once, as a fault would. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#worker.postMessage('close');
    await this.#ended;
  }
}

export type IntakeWorkers = {
  /** Rejects when the thread that was asked ends before it answers. */
  fetch(request: Request): Promise<Response>;
  /** For tests: ends every thread at once. */
  kill(): Promise<void>;
  close(): Promise<void>;
};

/** A thread with less than this waiting has room for more: about fifty single reports. */
const roomBytes = 64 * 1024;

/**
 * Starts as many threads as there are processors, at most two. Single reports go to the same thread as long as it has room, because commits that wait together
 * reach the disk together; large batches go to the one with the least to do, and single reports then to the other.
 */
export function intakeWorkers(setting: IntakeSetting, log: Log): IntakeWorkers {
  const places = Array.from({ length: Math.min(threadsMax, availableParallelism()) }, () => new Place(setting, log));
  return {
    async fetch(request) {
      const { url, method } = request;
      const asked = { url, method, headers: [...request.headers], body: await bodyOf(request) };
      let chosen = places[0];
      for (const place of places) {
        if (chosen && chosen.load < roomBytes) break;
        if (chosen && place.load < chosen.load) chosen = place;
      }
      if (!chosen) throw new Error('the intake has no thread');
      const { status, headers, body } = await chosen.ask(asked);
      return new Response(body, { status, headers: headers.map(([name, value]) => [name, value]) });
    },
    kill: async () => void (await Promise.all(places.map((place) => place.kill()))),
    close: async () => void (await Promise.all(places.map((place) => place.close()))),
  };
}
