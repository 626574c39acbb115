import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**', 'test/engines/**', 'test/trino/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // dt-sql-parser ships directory imports that Node's own ESM loader refuses; vite resolves them.
    server: { deps: { inline: ['dt-sql-parser', 'antlr4-c3', 'antlr4ng'] } },
  },
});
