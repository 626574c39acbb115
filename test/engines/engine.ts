/** An engine that others wrote: fetched once into the user's cache, pinned and checked, started on a free port and stopped again. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type Running = { readonly url: string; readonly folder: string; stop(): Promise<void> };
export type Engine = {
  /** The folder of its tests. */
  readonly name: string;
  readonly version: string;
  /** The program without which it cannot be had, and how to ask for its version. */
  readonly needs: readonly { readonly program: string; readonly arguments: readonly string[] }[];
  /** Puts the engine into an empty folder; throws when what came is not what was pinned. */
  fetch(folder: string): Promise<void>;
  start(installed: string, work: string): Promise<Running>;
};

/** Thrown when an engine cannot be fetched, is not the pinned one, or does not start. */
class EngineError extends Error {
  override name = 'EngineError';
}

const execute = promisify(execFile);
const cacheFolder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'enforcement-activity-ledger');

/** Runs a program to its end and answers what it printed; throws with the end of what it said. */
export async function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  try {
    const { stdout } = await execute(program, [...args], {
      cwd,
      env: { ...process.env, ...env },
      maxBuffer: 64 << 20,
    });
    return stdout;
  } catch (cause) {
    throw new EngineError(`${program} ${args[0] ?? ''} failed`, { cause });
  }
}

/** The first program that is not there, by its name. */
export async function missingProgram({ needs }: Pick<Engine, 'needs'>): Promise<string | undefined> {
  for (const { program, arguments: args } of needs)
    try {
      await execute(program, [...args]);
    } catch {
      return program;
    }
  return undefined;
}

/** Fetches the engine unless this version is there already; a fetch that was cut off leaves nothing that looks whole. */
export async function install(engine: Pick<Engine, 'name' | 'version' | 'fetch'>): Promise<string> {
  const folder = join(cacheFolder, `${engine.name}-${engine.version}`);
  if (existsSync(folder)) return folder;
  const staging = `${folder}.${process.pid}`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  await engine.fetch(staging);
  renameSync(staging, folder);
  return folder;
}

/** The digest of a file of any size. */
export function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const part = Buffer.alloc(1 << 20);
  for (let read = readSync(file, part); read > 0; read = readSync(file, part)) hash.update(part.subarray(0, read));
  closeSync(file);
  return hash.digest('hex');
}

export function mustBe(what: string, found: string, pinned: string): void {
  if (found !== pinned) throw new EngineError(`${what} is ${found}, pinned is ${pinned}`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

const readyMs = 240_000;

/** Starts a server and waits until it answers HTTP at all. Its output goes to `<work>/log`. */
export async function serve(
  program: string,
  args: readonly string[],
  place: { readonly port: number; readonly work: string; readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Running> {
  const log = openSync(join(place.work, 'log'), 'a');
  const child = spawn(program, [...args], {
    cwd: place.cwd,
    env: { ...process.env, ...place.env },
    stdio: ['ignore', log, log],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${place.port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    const hurry = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(hurry);
  };
  if (!(await answers(url, child))) {
    await stop();
    throw new EngineError(
      `${program} does not answer:\n${readFileSync(join(place.work, 'log'), 'utf8').slice(-2_000)}`,
    );
  }
  return { url, folder: place.work, stop };
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (const end = Date.now() + readyMs; Date.now() < end && child.exitCode === null; ) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answered) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
