import { defineConfig } from 'vitest/config';

/** The engines suite: run by `run.ts`, which starts the engines and says where they stand. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/engines/*/*.test.ts'],
    // One after the other: the engines are shared, and what moto was told to answer goes to whoever asks next.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
