/** Where the thread of person keys begins: it does not inherit the loader that reads TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('./key-worker.ts');
