/**
 * `npm run check:cloud`: makes the templates of every stage of every city as a deployment would, offline, with the real bundles and under the security rules, then has cfn-lint
 * and checkov read them. Ends with 1 when anything is found that nobody gave a reason for.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allStages } from '../../lib/config.ts';
import { type Checker, cfnLint, checkov } from './checkers.ts';
import { judge } from './findings.ts';
import { toolFolder } from './python-tool.ts';
import { reviewedFindings } from './reviewed-findings.ts';
import { synthesize } from './synth.ts';

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Answers how many findings and reasons are in the way, and says which. */
async function check(checker: Checker, templates: string): Promise<number> {
  const folder = await toolFolder(checker);
  const since = performance.now();
  const regions = [...new Set(allStages().map(({ region }) => region))];
  const { findings, looked } = await checker.find(folder, templates, regions);
  const { open, stale, reviewed } = judge(
    findings,
    reviewedFindings.filter(({ tool }) => tool === checker.name),
  );
  for (const { rule, at, says } of open) console.log(`  ${checker.name} ${rule} ${at}\n    ${says}`);
  for (const { rule, at } of stale)
    console.log(`  ${checker.name} ${rule}: nothing is found at ${at} any more; take its reason out`);
  console.log(
    `  ${checker.name} ${checker.version}: ${looked}, ${reviewed} findings with a reason, ${open.length} without, in ${seconds(since)}`,
  );
  return open.length + stale.length;
}

async function main(): Promise<number> {
  const templates = mkdtempSync(join(tmpdir(), 'templates-'));
  try {
    const made = await synthesize(templates);
    console.log(
      `  cdk synth: ${made.stacks.length} stacks in ${made.seconds.toFixed(1)} s (promised: 60 s), without a connection`,
    );
    if (made.faults.length > 0) {
      for (const fault of made.faults) console.error(`  ${fault}`);
      return 1;
    }
    const inTheWay = await Promise.all([check(cfnLint, templates), check(checkov, templates)]);
    return inTheWay.some((count) => count > 0) ? 1 : 0;
  } finally {
    rmSync(templates, { recursive: true, force: true });
  }
}

main().then(
  (code) => process.exit(code),
  (cause: unknown) => {
    console.error(cause);
    process.exit(1);
  },
);
