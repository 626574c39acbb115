/** Has a bundle load Node's own modules with `require`. */
import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * A module of Node that is imported is asked for each of its properties at once, and some of them load what no function of ours uses: those of `node:http` the whole of `fetch`, those of `node:process` the standard
 * streams. One that is required gives a property when it is used; it is what Lambda's runtime client does too.
 */
export const requiredBuiltins: Plugin = {
  name: 'required builtins',
  setup(build) {
    const filter = /^[a-z]/;
    build.onResolve({ filter }, ({ path, kind }) => {
      if (!isBuiltin(path)) return undefined;
      // What is imported while the function runs is imported as it is: a module that was required has no names to give.
      return kind === 'dynamic-import' ? { path, external: true } : { path, namespace: 'builtin' };
    });
    build.onLoad({ filter, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
