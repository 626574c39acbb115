import * as z from 'zod';
import { type Sha256, sha256 } from '#core/domain/ids.ts';
import type { Assets } from '#core/ports.ts';

const packageFile = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

/** Name and version of the program, and of the parts that an exhibit names. */
export async function softwareOf(
  assets: Pick<Assets, 'text'>,
): Promise<{ readonly program: string; readonly parts: Readonly<Record<string, string>> }> {
  const { name, version, dependencies } = packageFile.parse(JSON.parse(await assets.text('package.json')));
  const part = (title: string, from: string): string => `${title} ${dependencies[from] ?? 'of unknown version'}`;
  return {
    program: `${name} ${version}`,
    parts: {
      typesetter: part('typst.ts', '@myriaddreamin/typst-ts-node-compiler'),
      lake: part('hyparquet-writer', 'hyparquet-writer'),
    },
  };
}

/** The names of all files under a folder whose name ends so, in order, folders within it included. */
async function filesUnder(assets: Pick<Assets, 'list'>, folder: string, ending: string): Promise<readonly string[]> {
  const names = await assets.list(folder);
  const found = await Promise.all(
    names.map(async (name) => {
      if (name.endsWith(ending)) return [`${folder}/${name}`];
      return name.includes('.') ? [] : filesUnder(assets, `${folder}/${name}`, ending);
    }),
  );
  return found.flat().sort();
}

/** The hash of the code that decides what may be shown: of the bundle's modules in the cloud, of the sources of disclosure control at home. */
export async function codeOf(assets: Pick<Assets, 'text' | 'list'>): Promise<Sha256> {
  const shipped = (await assets.list('.')).filter((name) => name.endsWith('.mjs'));
  const code = shipped.includes('handler.mjs') ? shipped : await filesUnder(assets, 'lambdas/core/disclosure', '.ts');
  const hashes = await Promise.all(code.map(async (path) => `${sha256(await assets.text(path))}  ${path}`));
  return sha256(hashes.join('\n'));
}
