/** A program from the Python index: fetched once into the user's cache, every part of it pinned by version and hash. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, missingProgram, run, sha256Of } from '../engines/engine.ts';

export type PythonTool = {
  readonly name: string;
  readonly version: string;
  /** The list of all its parts with their hashes, beside this file. */
  readonly requirements: URL;
};
export type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Fetches the tool unless it is there, and answers the folder of its programs. Throws when Python is missing or a part has another hash. */
export async function toolFolder({ name, version, requirements }: PythonTool): Promise<string> {
  const needs = [{ program: 'python3', arguments: ['-m', 'venv', '--help'] }];
  const missing = await missingProgram({ needs });
  if (missing !== undefined) throw new Error(`${name} needs ${missing}, which is not on this machine`);
  const list = fileURLToPath(requirements);
  const folder = await install({
    name,
    // The list is part of the name: a changed list is another installation.
    version: `${version}-${sha256Of(list).slice(0, 8)}`,
    async fetch(staging) {
      await run('python3', ['-m', 'venv', 'venv'], staging);
      const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '-q', '--require-hashes', '-r', list];
      await run(join(staging, 'venv/bin/python'), pip, staging);
    },
  });
  return join(folder, 'venv/bin');
}

/** Runs a program of the tool to its end. A virtual environment that was moved has wrong first lines in its programs, so they are run through its own Python, by path. */
export function runTool(
  folder: string,
  program: string,
  args: readonly string[],
  place: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const command = [join(folder, program), ...args];
    const env = { ...process.env, ...place.env };
    execFile(join(folder, 'python'), command, { cwd: place.cwd, env, maxBuffer: 256 << 20 }, (error, out, err) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ code, out, err });
      else reject(error);
    });
  });
}
