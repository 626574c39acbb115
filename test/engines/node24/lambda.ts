/** A function as it is shipped, in a process of Node 24 of its own, with the engines in place of AWS: bundled, started and given events as Lambda does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionName } from '#functions/triggers.ts';
import { bundleFunction } from '../../../lib/bundle-function.ts';
import { fixtureCity } from '../../fixtures/city.ts';
import { credentials, dynamodb, moto, node24, region, s3 } from '../stand-in.ts';

export type Lambda = {
  /** What the handler answers; rejects with its stack when it throws. */
  invoke<Answer>(event: unknown): Promise<Answer>;
  /** The Node that runs it. */
  readonly node: string;
  /** The lines that it has logged. */
  log(): string;
  stop(): void;
};
type Word = { readonly id: number; readonly answer?: unknown; readonly fault?: string } | { readonly ready: string };

const runtime = fileURLToPath(new URL('runtime.mjs', import.meta.url));

/** All that the suite needs is there. */
export const ready = Boolean(dynamodb && s3 && moto && node24);

function surroundings(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: tmpdir(),
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb?.endpoint,
    AWS_ENDPOINT_URL_S3: s3?.endpoint,
    AWS_ENDPOINT_URL_KMS: moto?.endpoint,
    AWS_ENDPOINT_URL_ATHENA: moto?.endpoint,
    AWS_ENDPOINT_URL_SESV2: moto?.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: moto?.endpoint,
    ...env,
  };
}

function conversation(child: ChildProcess, log: string): Promise<Lambda> {
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(cause: Error): void }>();
  const said = () => readFileSync(log, 'utf8');
  let asked = 0;
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      const cause = new Error(`the function ended with ${code}: ${said().slice(-2_000)}`);
      reject(cause);
      for (const { reject: give } of waiting.values()) give(cause);
    });
    child.on('message', (word: Word) => {
      if ('ready' in word)
        return resolve({
          node: word.ready,
          log: said,
          stop: () => child.kill('SIGKILL'),
          invoke: <Answer>(event: unknown) =>
            new Promise<Answer>((done, failed) => {
              waiting.set(++asked, { resolve: (answer) => done(answer as Answer), reject: failed });
              child.send({ id: asked, event: event as object });
            }),
        });
      const caller = waiting.get(word.id);
      waiting.delete(word.id);
      if (word.fault === undefined) caller?.resolve(word.answer);
      else caller?.reject(new Error(word.fault));
    });
  });
}

const typesetter = '@myriaddreamin/typst-ts-node-compiler';
/** The typesetter's machine code for this machine, beside that for Lambda's. */
const typesetterHere = `${typesetter}-${process.platform}-${process.arch}-gnu`;

function lendTypesetter(folder: string): void {
  const at = join(folder, 'node_modules', typesetterHere);
  const from = join(process.cwd(), 'node_modules', typesetterHere);
  if (existsSync(join(folder, 'node_modules', typesetter)) && existsSync(from) && !existsSync(at))
    symlinkSync(from, at);
}

/** Bundles a function for the fixture city and starts it with what its `env.ts` names. */
export async function lambda(name: FunctionName, env: Readonly<Record<string, string>>): Promise<Lambda> {
  const folder = mkdtempSync(join(node24?.folder ?? tmpdir(), `${name}-`));
  await bundleFunction(name, fixtureCity(), folder);
  lendTypesetter(folder);
  const log = join(folder, 'log');
  const out = openSync(log, 'a');
  const child = spawn(node24?.endpoint ?? '', [runtime], {
    cwd: folder,
    env: surroundings(env),
    stdio: ['ignore', out, out, 'ipc'],
  });
  closeSync(out);
  return conversation(child, log);
}
