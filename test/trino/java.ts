/** Finds a Java new enough for Trino; the one that the machine calls `java` is often older. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where the packagers of Linux, macOS and SDKMAN put their Javas, one folder each. */
const shelves = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', join(homedir(), '.sdkman/candidates/java')];

const javasOn = (shelf: string): string[] =>
  existsSync(shelf)
    ? readdirSync(shelf).flatMap((name) => [join(shelf, name), join(shelf, name, 'Contents/Home')])
    : [];

async function versionOf(program: string): Promise<number> {
  const said = await promisify(execFile)(program, ['-version']).catch(() => undefined);
  return Number(/version "(\d+)/.exec(said?.stderr ?? '')?.[1] ?? 0);
}

/** The program of the first Java of at least this version: `JAVA_HOME_TRINO` and nothing else where that is set, then `JAVA_HOME`, the usual folders, the path. */
export async function javaSince(least: number): Promise<string | undefined> {
  const named = process.env['JAVA_HOME_TRINO'];
  const homes = named ? [named] : [process.env['JAVA_HOME'] ?? '', ...shelves.flatMap(javasOn)].filter(Boolean);
  const programs = [...homes.map((home) => join(home, 'bin/java')).filter(existsSync), ...(named ? [] : ['java'])];
  for (const program of programs) if ((await versionOf(program)) >= least) return program;
  return undefined;
}
