/**
 * Intake over real HTTP with durable receipts, beside what the bare store can do with records of the same size. `intake.single` counts every report that got
 * its receipt in the mixed phase: those of the fifteen clients that send one at a time and the rows of the one that sends twenty. Its p99 is that of the
 * requests with one report. The first seconds of the mixed phase, in which the city warms up, count for nothing. `intake.batch` counts the rows of JSON arrays of
 * 500 and 1,000 new reports, written before the clock starts, that eight clients send; here too the first seconds count for nothing, because single reports
 * go to one thread of the intake as long as it has room, and the other has compiled nothing yet. The clients run in this process, on the same processors as the city.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { open } from 'lmdb';
import { narrative } from '../../bin/sample/incident-texts.ts';
import { randomOf } from '../../bin/sample/random.ts';
import { goodReport } from '../fixtures/reports.ts';
import { type Figure, figure } from './figure.ts';

const clients = 16;
const secondsEach = 5;
const secondsWarm = 6;
const secondsWarmInBatches = 3;
const batchesEachSecond = 40;
const smallBatch = 20;

type Desk = { readonly child: ChildProcess; readonly port: number; readonly bearer: Readonly<Record<string, string>> };

async function startDesk(dataDir: string): Promise<Desk> {
  const script = new URL('./intake-desk.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ...(JSON.parse(line) as Omit<Desk, 'child'>) };
}

/** Connections of one phase: an idle one may be closed by the server at the moment it is used again. */
const connections = () => new Agent({ keepAlive: true, maxSockets: clients });

/** Posts and answers the milliseconds until the receipt was read; throws when it is not a receipt. */
function post(agent: Agent, desk: Desk, department: string, key: string, body: Buffer): Promise<number> {
  const began = performance.now();
  const headers = {
    authorization: `Bearer ${desk.bearer[department]}`,
    'content-type': 'application/json',
    'content-length': body.length,
    'idempotency-key': key,
  };
  const address = { agent, port: desk.port, host: '127.0.0.1', method: 'POST', path: '/v1/reports', headers };
  return new Promise((resolve, reject) => {
    const asked = request(address, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode === 201) resolve(performance.now() - began);
        else reject(new Error(`answered ${response.statusCode}: ${Buffer.concat(chunks).toString().slice(0, 300)}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const departments = ['LIB', 'PARKS', 'POLICE', 'PORT', 'WORKS'];
let serial = 0;
const chance = randomOf('bench', 'narratives');

/** Reports three hours apart in the weeks before now, so that none is late or a near duplicate of another; each has a narrative, as six in ten of the sample city have. */
function report(department: string): Record<string, unknown> {
  const number = ++serial;
  const at = Date.now() - 3_600_000 - (number % 4000) * 3 * 3_600_000;
  const time = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
  return goodReport(`bench-${number}`, {
    department_id: department,
    observed_from: time(at),
    recorded_at: time(at + 1_800_000),
    narrative: narrative(chance),
  });
}

async function benchMixed(desk: Desk, seconds: number): Promise<{ perSecond: number; p99: number }> {
  const agent = connections();
  const latencies: number[] = [];
  let received = 0;
  const began = performance.now();
  const until = began + seconds * 1000;
  // One client in sixteen sends small batches, as departments do at the end of a shift.
  const client = async (number: number) => {
    const department = departments[number % departments.length] ?? 'LIB';
    const single = number !== 0;
    while (performance.now() < until) {
      const rows = single ? report(department) : Array.from({ length: smallBatch }, () => report(department));
      const taken = await post(agent, desk, department, `mixed-${++serial}`, Buffer.from(JSON.stringify(rows)));
      if (single) latencies.push(taken);
      received += single ? 1 : smallBatch;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  const perSecond = received / ((performance.now() - began) / 1000);
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return { perSecond, p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0 };
}

async function benchBatches(desk: Desk): Promise<number> {
  const bodies = Array.from({ length: (secondsWarmInBatches + secondsEach) * batchesEachSecond }, (_, number) => {
    const department = departments[number % departments.length] ?? 'LIB';
    const rows = Array.from({ length: number % 2 ? 1000 : 500 }, () => report(department));
    return { department, rows: rows.length, body: Buffer.from(JSON.stringify(rows)) };
  });
  const agent = connections();
  const send = async (seconds: number): Promise<number> => {
    let rows = 0;
    const began = performance.now();
    const until = began + seconds * 1000;
    const client = async () => {
      while (performance.now() < until) {
        const next = bodies.pop();
        if (!next) return;
        await post(agent, desk, next.department, `batch-${++serial}`, next.body);
        rows += next.rows;
      }
    };
    await Promise.all(Array.from({ length: clients / 2 }, client));
    return rows / ((performance.now() - began) / 1000);
  };
  await send(secondsWarmInBatches);
  const perSecond = await send(secondsEach);
  agent.destroy();
  return perSecond;
}

/** Durable transactions of records of the same size, from as many writers, and nothing else. */
async function benchStore(dataDir: string): Promise<{ perSecond: number; p99: number; rowsPerSecond: number }> {
  const db = open<Buffer, number>({ path: dataDir, encoding: 'binary', keyEncoding: 'uint32', overlappingSync: false });
  const record = Buffer.from(JSON.stringify(report('LIB')));
  let at = 0;
  const latencies: number[] = [];
  const run = async (writers: number, rows: number): Promise<number> => {
    let done = 0;
    const began = performance.now();
    const writer = async () => {
      while (performance.now() - began < 2000) {
        const from = performance.now();
        await db.transaction(() => {
          for (let row = 0; row < rows; row++) db.put(++at, record);
        });
        latencies.push(performance.now() - from);
        done += rows;
      }
    };
    await Promise.all(Array.from({ length: writers }, writer));
    return done / ((performance.now() - began) / 1000);
  };
  const perSecond = await run(clients, 1);
  latencies.sort((a, b) => a - b);
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? 0;
  const rowsPerSecond = await run(4, 750);
  await db.close();
  return { perSecond, p99, rowsPerSecond };
}

export async function benchIntake(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'intake-bench-'));
  const bare = await benchStore(join(dataDir, 'bare'));
  const desk = await startDesk(join(dataDir, 'desk'));
  try {
    await benchMixed(desk, secondsWarm);
    const singles = await benchMixed(desk, secondsEach);
    const batch = await benchBatches(desk);
    return [
      figure('intake.single', singles.perSecond, 'reports/s', bare.perSecond),
      figure('intake.single.p99', singles.p99, 'ms', bare.p99),
      figure('intake.batch', batch, 'rows/s', bare.rowsPerSecond),
    ];
  } finally {
    desk.child.kill();
    await once(desk.child, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}
