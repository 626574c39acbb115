/** The two checkers of templates, and how each says what it found. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Finding } from './findings.ts';
import { type PythonTool, runTool } from './python-tool.ts';

export type Checker = PythonTool & {
  find(folder: string, templates: string, regions: readonly string[]): Promise<Found>;
};
type Found = { readonly findings: readonly Finding[]; readonly looked: string };

const lintAnswer = z.array(
  z.object({
    Filename: z.string(),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullable() }),
    Message: z.string(),
    Rule: z.object({ Id: z.string() }),
  }),
);

const templatesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .sort();

/** Every rule of errors and warnings, for the regions of the stages. */
export const cfnLint: Checker = {
  name: 'cfn-lint',
  version: '1.58.0',
  requirements: new URL('cfn-lint.requirements.txt', import.meta.url),
  async find(folder, templates, regions) {
    const names = templatesIn(templates);
    const { code, out, err } = await runTool(
      folder,
      'cfn-lint',
      ['--format', 'json', '--regions', ...regions, '--template', ...names],
      { cwd: templates },
    );
    // Bits for errors (2), warnings (4) and informations (8); anything else is a fault of the checker.
    if ((code & ~14) !== 0 || out.trim() === '') throw new Error(`cfn-lint ended with ${code}: ${err.slice(-500)}`);
    const findings = lintAnswer.parse(JSON.parse(out)).map(({ Filename, Location, Message, Rule }) => ({
      tool: 'cfn-lint',
      rule: Rule.Id,
      at: String(Location.Path?.[1] ?? Filename),
      says: `${Filename}: ${Message}`,
    }));
    return { findings, looked: `${names.length} templates` };
  },
};

const checkovAnswer = z.object({
  results: z.object({
    failed_checks: z.array(
      z.object({ check_id: z.string(), check_name: z.string(), resource: z.string(), file_path: z.string() }),
    ),
  }),
  summary: z.object({
    passed: z.int(),
    failed: z.int(),
    skipped: z.int(),
    parsing_errors: z.int(),
    resource_count: z.int(),
  }),
});

/** Every check of CloudFormation templates that ships with it; it asks no service for more. */
export const checkov: Checker = {
  name: 'checkov',
  version: '3.3.30',
  requirements: new URL('checkov.requirements.txt', import.meta.url),
  async find(folder, templates) {
    const files = templatesIn(templates).flatMap((name) => ['--file', join(templates, name)]);
    const args = [
      ...files,
      '--framework',
      'cloudformation',
      '--quiet',
      '--compact',
      '--skip-download',
      '--output',
      'json',
    ];
    const { code, out, err } = await runTool(folder, 'checkov', args, { cwd: templates });
    if (code !== 0 && code !== 1) throw new Error(`checkov ended with ${code}: ${err.slice(-500)}`);
    const { results, summary } = checkovAnswer.parse(JSON.parse(out));
    if (summary.parsing_errors > 0 || summary.passed === 0 || summary.skipped > 0)
      throw new Error(`checkov did not look at every resource: ${JSON.stringify(summary)}`);
    const findings = results.failed_checks.map(({ check_id, check_name, resource, file_path }) => ({
      tool: 'checkov',
      rule: check_id,
      at: resource,
      says: `${file_path}: ${check_name}`,
    }));
    return { findings, looked: `${summary.passed + summary.failed} checks on ${summary.resource_count} resources` };
  },
};
