/** What a bundle has in place of `node:process` (`lib/bundle-function.ts`): the SDK reads two facts of it, and importing the module itself opens standard input and output at every start. */
export const { env, versions } = process;
