/** The rules of the house that no linter knows (after TigerBeetle's tidy). Each names the file to mend. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problems } from '#core/domain/problem.ts';
import { deployments, routes, schedules } from '#functions/triggers.ts';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const sources = tracked.filter((path) => path.endsWith('.ts'));
const product = sources.filter((path) => !path.startsWith('test/'));
const textOf = (path: string): string => readFileSync(path, 'utf8');
const breaking = (paths: readonly string[], rule: (text: string, path: string) => boolean): string[] =>
  paths.filter((path) => rule(textOf(path), path));
const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

describe('the house', () => {
  it('keeps its top level as the owner fixed it', () => {
    const top = [...new Set(tracked.map((path) => path.split('/')[0]))].filter((name) => !name?.startsWith('.')).sort();
    expect(top).toEqual(
      [
        'LICENSE',
        'README.md',
        'biome.json',
        'bin',
        'cdk.json',
        'cities',
        'docs',
        'lambdas',
        'lib',
        'package-lock.json',
        'package.json',
        'queries',
        'test',
        'tsconfig.json',
        'vitest.config.ts',
        'web',
      ].sort(),
    );
  });

  it('has no file of many concerns', () => {
    expect(breaking(sources, (text) => text.split('\n').length > 301)).toEqual([]);
  });

  it('has no drawer without a noun', () => {
    expect(tracked.filter((path) => /(^|\/)(utils?|helpers?|common|misc|types|shared)(\/|\.ts$)/.test(path))).toEqual(
      [],
    );
  });

  it('has no barrel', () => {
    expect(sources.filter((path) => path.endsWith('/index.ts'))).toEqual([]);
    expect(breaking(product, (text) => /^export \* from/m.test(text))).toEqual([]);
  });

  it('leaves nothing unfinished, skipped for ever or focused', () => {
    const unfinished = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'not ' + 'implemented'].join('|'));
    expect(breaking(sources, (text) => unfinished.test(text))).toEqual([]);
    expect(breaking(sources, (text) => /\b(it|test|describe)\.(only|skip|todo)\(/.test(text))).toEqual([]);
  });

  it('casts through unknown only where a brand is made', () => {
    const makers = ['lambdas/core/disclosure/release.ts', 'lambdas/core/domain/ids.ts', 'test/tidy.test.ts'];
    expect(breaking(product, (text, path) => text.includes('as unknown ' + 'as') && !makers.includes(path))).toEqual(
      [],
    );
  });

  it('keeps SQL in queries', () => {
    const sql = /`[^`]*\bSELECT\b[^`]*\bFROM\b/;
    expect(breaking(product, (text, path) => sql.test(text) && !path.startsWith('lambdas/adapters/'))).toEqual([]);
  });

  it('names no city outside cities/', () => {
    const name = new RegExp(['Los' + ' Angeles', 'los' + '-angeles', 'LA' + 'PD'].join('|'));
    // Federal areas of responsibility bear the names of cities.
    const allowed =
      /^(cities|docs)\/|^README\.md$|^test\/|^bin\/default-city\.ts$|^lambdas\/core\/foia\/mappings\/areas\.json$/;
    expect(
      breaking(
        sources.concat(tracked.filter((path) => /\.(css|typ|sql|json)$/.test(path) && !path.startsWith('package'))),
        (text, path) => name.test(text) && !allowed.test(path),
      ),
    ).toEqual([]);
  });

  it('reads the clock and draws randomness only in adapters and at home', () => {
    const impure = /new Date\(\)|Date\.now\(\)|Math\.random\(\)|randomUUID|randomBytes|process\.env/;
    expect(
      breaking(
        product,
        (text, path) => impure.test(text) && /^lambdas\/(core|functions)\//.test(path) && !path.endsWith('/handler.ts'),
      ),
    ).toEqual([]);
  });

  it('names no registry host and no path of a machine', () => {
    const leak = new RegExp(
      ['registry\\.npmjs', 'pypi\\.org', '/wo' + 'rk/', '/home/(?!release/)[a-z]+/', '/ro' + 'ot/'].join('|'),
    );
    const texts = tracked.filter(
      (path) => /\.(ts|mjs|json|md|sql|css|typ|csv)$/.test(path) && path !== 'package-lock.json',
    );
    expect(breaking(texts, (text) => leak.test(text))).toEqual([]);
  });

  it('opens every published function by its own folder', () => {
    const named = new Set([
      ...routes.map((route) => route.function),
      ...schedules.map((schedule) => schedule.function),
      ...deployments.map((deployment) => deployment.function),
    ]);
    const built = folders('lambdas/functions');
    for (const name of named) expect(built).toContain(name);
    for (const name of built) expect(existsSync(`lambdas/functions/${name}/${name}.ts`)).toBe(true);
  });

  it('explains every problem code in the runbook', () => {
    const runbook = textOf('docs/RUNBOOK.md');
    expect(Object.keys(problems).filter((code) => !runbook.includes(`### ${code}`))).toEqual([]);
  });

  it('gives every question its metadata, checks, two cases and a place in the methods', () => {
    const methods = textOf('docs/METHODS.md');
    for (const name of folders('queries')) {
      expect(name).toMatch(/^[a-z0-9_]+_v\d+$/);
      for (const file of ['query.sql', 'query.json', 'checks.sql'])
        expect(existsSync(`queries/${name}/${file}`), `${name}/${file}`).toBe(true);
      expect(folders(`test/queries/${name}`).length, name).toBeGreaterThanOrEqual(2);
      expect(methods, name).toContain(name);
    }
  });
});
