/** `npm run deploy -- --stage NAME [what cdk deploy takes]`: both stacks of one stage, records first. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const typesetter = 'node_modules/@myriaddreamin/typst-ts-node-compiler-linux-arm64-gnu';

const { values, positionals } = parseArgs({ options: { stage: { type: 'string' } }, allowPositionals: true });
if (!values.stage) {
  console.error('usage: npm run deploy -- --stage NAME');
  process.exit(2);
}
if (!existsSync(`${root}${typesetter}`)) {
  console.error(
    'The typesetter for Lambda is not installed here, and without it no briefing can be made: docs/DEPLOY.md, step 2.',
  );
  process.exit(2);
}
const stacks = [`${values.stage}-records`, `${values.stage}-service`];
const { status } = spawnSync('npx', ['cdk', 'deploy', ...stacks, '--require-approval', 'broadening', ...positionals], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
