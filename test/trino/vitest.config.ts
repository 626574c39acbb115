import { defineConfig } from 'vitest/config';

/** The questions on Trino: run by `run.ts`, which starts the engines and says where they stand. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/trino/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
