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

const disclosure = 'lambdas/core/disclosure';

/** The hash of the code that decides what may be shown: of the bundle in the cloud, of the sources of disclosure control at home. */
export async function codeOf(assets: Pick<Assets, 'text' | 'list'>): Promise<Sha256> {
  const bundle = await assets.text('handler.mjs').catch(() => undefined);
  if (bundle !== undefined) return sha256(bundle);
  const sources = (await assets.list(disclosure)).filter((name) => name.endsWith('.ts'));
  const hashes = await Promise.all(
    sources.map(async (name) => `${sha256(await assets.text(`${disclosure}/${name}`))}  ${name}`),
  );
  return sha256(hashes.join('\n'));
}
