/** Lets the bundler leave out the operations of an SDK client that are not used. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const schemas = /[\\/]@aws-sdk[\\/]client-[a-z0-9-]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/;

/** The names of a client's schemas are constants (`{ [_hH]: … }`). A key that is computed could have an effect, so esbuild keeps what has one; written out, it has none. Throws at a key that is no constant. */
export function writtenOut(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return source.replace(/\[(_\w+)\]:/g, (_, name: string) => {
    const text = constants.get(name);
    if (text === undefined) throw new Error(`the schemas of a client name ${name}, which is no constant of theirs`);
    return `${text}:`;
  });
}

export const leanSchemas: Plugin = {
  name: 'lean schemas',
  setup(build) {
    build.onLoad({ filter: schemas }, ({ path }) => ({
      contents: writtenOut(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};
