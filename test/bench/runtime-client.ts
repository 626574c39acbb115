/** Lambda's own runtime client, with Node of its line: what loads a function there, and asks for its first event. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, mustBe, run, sha256Of } from '../engines/engine.ts';
import { node24 } from '../engines/node24.ts';

const client = {
  name: 'aws-lambda-ric',
  version: '4.0.2',
  async fetch(folder: string): Promise<void> {
    await run('npm', ['pack', '--silent', `aws-lambda-ric@${client.version}`], folder);
    const packed = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
    mustBe('the runtime client', sha256Of(packed), '28e042f42f6da655e72eef9190e4ab566141d2eccc5408429642a730b10b4646');
    await run('tar', ['xzf', packed], folder);
    // Its native half only posts answers. A folder of that name, which Node requires in its place, spares compiling it; events are asked for by its other client, which uses `node:http`.
    const native = join(folder, 'package', 'rapid-client.node');
    mkdirSync(native);
    writeFileSync(join(native, 'package.json'), '{ "type": "commonjs" }\n');
    writeFileSync(join(native, 'index.js'), 'exports.initializeClient = () => undefined;\n');
  },
};

export type Runtime = {
  /** Milliseconds from the start of a process until it asks for its first event: what Lambda counts as init. Rejects with what the function said when it does not load. */
  initMs(folder: string, env: Readonly<Record<string, string>>): Promise<number>;
  /** Where `AWS_ENDPOINT_URL_…` can point: answers every request as a keeper of secrets does. */
  readonly url: string;
  stop(): void;
};

const secret = JSON.stringify({ Name: 'bench', SecretString: 'a'.repeat(64) });

/** The runtime, fetched once into the user's cache. Throws when it is not there and cannot be fetched. */
export async function lambdaRuntime(): Promise<Runtime> {
  const [node, runtime] = [await install(node24), await install(client)];
  const work = mkdtempSync(join(tmpdir(), 'ledger-runtime-'));
  const { url: program } = await node24.start(node, work);
  let asked: (() => void) | undefined;
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    // The first event never comes: the process is ended when it asks.
    if (request.url?.endsWith('/runtime/invocation/next')) return void asked?.();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(secret);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    initMs: (folder, env) =>
      new Promise((resolve, reject) => {
        const start = performance.now();
        const child = spawn(program, [join(runtime, 'package', 'index.mjs'), 'handler.handler'], {
          cwd: folder,
          env: {
            PATH: process.env['PATH'],
            AWS_LAMBDA_RUNTIME_API: host,
            AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
            LAMBDA_TASK_ROOT: folder,
            _HANDLER: 'handler.handler',
            ...env,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let said = '';
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (part) => {
            said += part;
          });
        let ms: number | undefined;
        asked = () => {
          ms = performance.now() - start;
          child.kill('SIGKILL');
        };
        child.once('error', reject);
        child.once('close', () => {
          if (ms === undefined) reject(new Error(`the bundle does not load: ${said.slice(-1_000)}`));
          else resolve(ms);
        });
      }),
    stop() {
      server.close();
      rmSync(work, { recursive: true, force: true });
    },
  };
}
