/** `cdk synth` as a person would run it, without a network, an account or a context, and what came of it. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { allStages } from '../../lib/config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const noNetwork = new URL('no-network.mjs', import.meta.url).href;
const nowhere = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};

const manifest = z.object({
  missing: z.array(z.unknown()).default([]),
  artifacts: z.record(z.string(), z.object({ type: z.string() })),
});
const report = z.object({ pluginReports: z.array(z.object({ pluginName: z.string(), conclusion: z.string() })) });

export type Synthesis = {
  readonly stacks: readonly string[];
  readonly seconds: number;
  readonly faults: readonly string[];
};

/** Makes the templates of every stage in `folder`. `faults` says what was not as promised: a stage without templates, something looked up, a connection tried, a security finding. */
export async function synthesize(folder: string): Promise<Synthesis> {
  const tried = join(folder, 'connections-tried');
  const env = { ...process.env, ...nowhere, NODE_OPTIONS: `--import ${noNetwork}`, CONNECTIONS_TRIED: tried };
  const since = performance.now();
  const said = await new Promise<string>((resolve) => {
    const args = ['--no-install', 'cdk', 'synth', '--quiet', '--output', folder];
    execFile('npx', args, { cwd: root, env, maxBuffer: 64 << 20 }, (error, out, err) =>
      resolve(error === null ? '' : `${out}${err}`),
    );
  });
  const seconds = (performance.now() - since) / 1000;
  if (said !== '') return { stacks: [], seconds, faults: [`cdk synth failed:\n${said}`] };

  const { missing, artifacts } = manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const stacks = Object.entries(artifacts).flatMap(([id, { type }]) =>
    type === 'aws:cloudformation:stack' ? [id] : [],
  );
  const wanted = allStages().flatMap(({ name }) => [`${name}-records`, `${name}-service`]);
  const { pluginReports } = report.parse(JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')));
  const faults = [
    ...(wanted.length > 0 ? [] : ['no stage is configured']),
    ...wanted.filter((name) => !stacks.includes(name)).map((name) => `${name} was not made`),
    ...missing.map((one) => `something was to be looked up: ${JSON.stringify(one)}`),
    ...(existsSync(join(root, 'cdk.context.json')) ? ['cdk.context.json was written'] : []),
    ...(existsSync(tried) ? [`connections were tried: ${readFileSync(tried, 'utf8')}`] : []),
    ...pluginReports
      .filter(({ conclusion }) => conclusion !== 'success')
      .map(({ pluginName }) => `${pluginName} found faults`),
  ];
  return { stacks, seconds, faults };
}
