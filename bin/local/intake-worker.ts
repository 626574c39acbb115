/** One of the threads that take in reports at home, as one of several instances of the function would: the whole function on a store handle of its own. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { JSONWebKeySet } from 'jose';
import { clock } from '#adapters/anywhere/clock.ts';
import { jsonLog } from '#adapters/anywhere/log.ts';
import { masterKey } from '#adapters/local/master-key.ts';
import { rawObjects } from '#adapters/local/raw-objects.ts';
import { reportStore } from '#adapters/local/report-store.ts';
import { sealer } from '#adapters/local/sealer.ts';
import { openStore } from '#adapters/local/store.ts';
import { tokens } from '#adapters/local/tokens.ts';
import type { City } from '#core/domain/city.ts';
import { indexCity } from '#core/domain/city-index.ts';
import { invariant } from '#core/domain/invariant.ts';
import { receiveReports } from '#functions/receive-reports/receive-reports.ts';
import { tokenRules } from './issuer.ts';

export type IntakeSetting = { readonly dataDir: string; readonly city: City; readonly keys: JSONWebKeySet };
type Headers = readonly (readonly [string, string])[];
export type Asked = {
  readonly number: number;
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: ArrayBuffer | undefined;
};
export type Answered = {
  readonly number: number;
  readonly status: number;
  readonly headers: Headers;
  readonly body: ArrayBuffer;
};

const port = parentPort;
invariant(port, 'this program is a thread of the city');
const { dataDir, city, keys } = workerData as IntakeSetting;
const logFile = createWriteStream(join(dataDir, 'city.log'), { flags: 'a', mode: 0o600 });
const local = openStore(dataDir);
const app = receiveReports({
  tokens: tokens(keys, tokenRules, clock),
  log: jsonLog((line) => logFile.write(`${line}\n`), clock),
  store: reportStore(local),
  raw: rawObjects(local),
  sealer: sealer(local, await masterKey(dataDir, local)),
  clock,
  city: indexCity(city),
});

/** A request whose body is at hand, whole: the engine's own would copy it four times to hand it out once. */
class ReceivedRequest extends Request {
  override readonly arrayBuffer: () => Promise<ArrayBuffer>;

  constructor({ url, method, headers, body = new ArrayBuffer(0) }: Asked) {
    super(url, { method, headers: headers.map(([name, value]) => [name, value]) });
    // Some clients do not say how long their body is, and what has no length is read as a stream.
    if (body.byteLength > 0) this.headers.set('content-length', String(body.byteLength));
    this.arrayBuffer = () => Promise.resolve(body);
  }
}

async function answer(asked: Asked): Promise<void> {
  const { number } = asked;
  const response = await app.fetch(new ReceivedRequest(asked));
  const bytes = await response.arrayBuffer();
  const answered: Answered = { number, status: response.status, headers: [...response.headers], body: bytes };
  port?.postMessage(answered, [bytes]);
  // A store whose write failed takes nothing more; let another thread open it again.
  if (response.status === 500) local.assertSound();
}

const open = new Set<Promise<void>>();
port.on('message', (asked: Asked | 'close') => {
  if (asked === 'close') {
    void Promise.allSettled(open).then(async () => {
      await local.close();
      await new Promise((done) => logFile.end(done));
      port.close();
    });
    return;
  }
  const answering = answer(asked).finally(() => open.delete(answering));
  open.add(answering);
});
