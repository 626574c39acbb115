import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, mustBe, run } from './engine.ts';

const version = '24.21.0';
const machine = `${process.platform}-${process.arch}`;
/** The package of Node's makers on npm for each kind of machine, by the SHA-512 of what comes. */
const pinned: Readonly<Record<string, string>> = {
  'linux-x64': '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64': 'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

/** Node of the line that Lambda runs: the bundles are loaded and invoked by it. It is a program, not a server; `url` is where it lies. */
export const node24: Engine = {
  name: 'node24',
  version,
  needs: [
    { program: 'npm', arguments: ['--version'] },
    { program: 'tar', arguments: ['--version'] },
  ],
  async fetch(folder) {
    const digest = pinned[machine];
    if (digest === undefined) throw new Error(`no Node ${version} is pinned for ${machine}`);
    await run('npm', ['pack', '--silent', `node-${machine}@${version}`], folder);
    const packed = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
    mustBe('Node', createHash('sha512').update(readFileSync(packed)).digest('base64'), digest);
    await run('tar', ['xzf', packed], folder);
  },
  async start(installed, work) {
    return { url: join(installed, 'package', 'bin', 'node'), folder: work, stop: async () => undefined };
  },
};
