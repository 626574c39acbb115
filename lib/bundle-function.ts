/** A function as Lambda gets it: an ES module, the parts that it loads later, their source maps and the files it reads, in a folder. */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import type { City } from '../lambdas/core/domain/city.ts';
import type { FunctionName } from '../lambdas/functions/triggers.ts';
import { leanSchemas } from './lean-schemas.ts';
import { requiredBuiltins } from './required-builtins.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const questions = ['queries'];
/** Laws under which records are asked for: clocks, calendars, letters. */
const regimes = ['lambdas/core/requests/regimes'];
const prose = ['package.json', 'lambdas/core/disclosure/policy.json'];
/** The solver's machine code, the same for every machine. */
const solver = 'node_modules/highs/build/highs.wasm';
/** Files and folders, by path from the root, that a function reads at run time beside `city.json`. */
const assetsOf: Readonly<Record<FunctionName, readonly string[]>> = {
  'receive-reports': [],
  'pull-reports': [],
  'seal-exhibit': [...questions, ...prose, 'web/exhibit', 'web/fonts'],
  'track-requests': regimes,
  'send-reminders': regimes,
  'show-portal': ['web/portal', 'web/briefing', 'web/letters', 'web/fonts', ...regimes],
  'record-lake': [],
  'record-registry': [],
  'receive-foia': [],
  'run-release': [...questions, ...prose, 'web/briefing', 'web/fonts', solver],
};

const typesetter = '@myriaddreamin/typst-ts-node-compiler';
/** The typesetter's machine code for Lambda; a machine of another kind does not install it by itself (docs/DEPLOY.md). */
const typesetterForLambda = `${typesetter}-linux-arm64-gnu`;
const setsType: readonly FunctionName[] = ['seal-exhibit', 'run-release', 'show-portal'];

/** Whether the function would find everything it needs on Lambda's machine. */
export const isComplete = (name: FunctionName): boolean =>
  !setsType.includes(name) || existsSync(join(root, 'node_modules', typesetterForLambda));

/**
 * Writes `handler.mjs`, a `part-….mjs` for each module that is imported while the function runs, their source maps, `city.json` and the function's assets into a folder and answers what esbuild says of them. Uses nothing but this
 * machine's disk. The SDK clients are bundled, so that the version that was tested is the one that runs (decisions/0011). Throws when the handler does not compile.
 */
export async function bundleFunction(name: FunctionName, city: City, folder: string): Promise<Metafile> {
  const metafile = await bundleModule(`lambdas/functions/${name}/handler.ts`, folder);
  writeFileSync(join(folder, 'city.json'), JSON.stringify(city));
  for (const path of assetsOf[name]) cpSync(join(root, path), join(folder, path), { recursive: true });
  if (setsType.includes(name))
    for (const path of [typesetter, typesetterForLambda].map((part) => join('node_modules', part)))
      if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true });
  return metafile;
}

/** Bundles one module and all it imports as every function's is bundled: into `handler.mjs` and its parts. */
export async function bundleModule(entryPoint: string, folder: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outdir: folder,
    entryNames: 'handler',
    chunkNames: 'part-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: 'external',
    sourcesContent: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // `module` first: the SDK's ES modules can be cut down to what is used, its CommonJS cannot.
    conditions: ['module', 'import', 'node'],
    // Lambda gives a function its credentials in its surroundings: the chain that asks files, browsers and other machines for some is left at home.
    alias: {
      '@aws-sdk/credential-provider-node': './lambdas/adapters/aws/lambda-credentials.ts',
      '@smithy/core/event-streams': './lambdas/adapters/aws/no-event-streams.ts',
    },
    plugins: [leanSchemas, requiredBuiltins],
    external: [typesetter],
    // Some packages are CommonJS inside and ask for `require` at run time.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    metafile: true,
    logLevel: 'error',
  });
  return metafile;
}

/** The folders of bundles, by city and function. */
export type Bundles = { folderOf(name: FunctionName, city: City): string };

/** Bundles every function for every city, in a folder of the machine's temporary ones. */
export async function bundleAll(names: readonly FunctionName[], cities: readonly City[]): Promise<Bundles> {
  const under = mkdtempSync(join(tmpdir(), 'bundles-'));
  const folderOf = (name: FunctionName, city: City) => join(under, city.id, name);
  for (const city of cities) await Promise.all(names.map((name) => bundleFunction(name, city, folderOf(name, city))));
  process.once('exit', () => rmSync(under, { recursive: true, force: true }));
  return { folderOf };
}

/** The folder of a function's sources. */
export const sourcesOf = (name: FunctionName): string => dirname(join(root, `lambdas/functions/${name}/${name}.ts`));
