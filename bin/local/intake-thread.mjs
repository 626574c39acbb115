/** Where a thread begins: it does not inherit the loader that reads TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('./intake-worker.ts');
