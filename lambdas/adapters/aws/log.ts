import { clock } from '../anywhere/clock.ts';
import { jsonLog } from '../anywhere/log.ts';

/** One JSON line for each event to the function's log. */
export const log = jsonLog((line) => process.stdout.write(`${line}\n`), clock);
