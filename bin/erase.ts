/** `npm run erase -- --report ID --purpose TEXT --matter TEXT`: the privacy officer erases the protected fields of one report. See `--help`. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { clock } from '#adapters/anywhere/clock.ts';
import { ids } from '#adapters/anywhere/ids.ts';
import { auditTrail } from '#adapters/local/audit-trail.ts';
import { lockData } from '#adapters/local/data-lock.ts';
import { openStore } from '#adapters/local/store.ts';
import { destroyKeys, standingKeys } from '#adapters/local/unsealer.ts';
import { readReportId } from '#core/domain/ids.ts';
import { eraseReport } from './erase/erase-report.ts';

const usage = `npm run erase -- --report ID --purpose TEXT --matter TEXT [options]
  --report ID    the report (rep_…), all its versions
  --purpose TEXT why; stands in the audit trail for ever, so it names no person
  --matter TEXT  the number of the order or request it follows
  --data DIR     the data folder (default .local); the city must be stopped
  --help         this text

Writes the audit record, then destroys the keys. There is no way back. Ends with 0 when the fields are erased now or were before, 1 when it refuses, 2 when the command is not understood.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      report: { type: 'string', default: '' },
      purpose: { type: 'string', default: '' },
      matter: { type: 'string', default: '' },
      data: { type: 'string', default: '.local' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const report = readReportId(values.report);
  const [purpose, matter] = [values.purpose.trim(), values.matter.trim()];
  if (!report || !purpose || !matter) {
    console.error(usage);
    return 2;
  }
  const data = resolve(values.data);
  if (!existsSync(join(data, 'master.key'))) throw new Error(`there is no city in ${values.data}`);
  const lock = lockData(data);
  if (!lock.held) throw new Error(`a city (process ${lock.pid}) is running on ${values.data}; stop it first`);
  const store = openStore(data);
  try {
    return await eraseReport(
      {
        standingKeys: (id) => standingKeys(store, id),
        destroyKeys: (id) => destroyKeys(store, id),
        audit: auditTrail(store),
        clock,
        ids,
      },
      { report, purpose, matter },
      (line) => console.log(line),
    );
  } finally {
    await store.close();
    lock.release();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    console.error(`\n  ${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = 2;
  },
);
