import * as z from 'zod';
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
