/** Fetches the checkers into the user's cache, one after the other, so that the steps which need them find them there. */
import { schemathesis } from '../interface/schemathesis.ts';
import { cfnLint, checkov } from './checkers.ts';
import { toolFolder } from './python-tool.ts';

for (const tool of [cfnLint, checkov, schemathesis]) {
  const since = performance.now();
  await toolFolder(tool);
  console.log(
    `  ${tool.name} ${tool.version}: fetched or found in ${((performance.now() - since) / 1000).toFixed(1)} s`,
  );
}
