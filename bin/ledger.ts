/** `npm run ledger -- verify|show|attack`: the release ledger for the privacy officer. See `--help`. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fileReleaseLedger } from '#adapters/local/release-ledger.ts';
import { localShelf } from '#adapters/local/shelf.ts';
import { defaultCity } from './default-city.ts';
import { attackHistory } from './ledger/attack-history.ts';
import { showEntries } from './ledger/show-entries.ts';
import { verifyLedger } from './ledger/verify-ledger.ts';
import { cityFolder } from './local/city-folder.ts';

const usage = `npm run ledger -- COMMAND [options]
  verify         the chain, what is sealed, each exhibit, each certificate (by the independent checker), and that the shelf holds what the ledger says
  show           every entry in words; --entry N shows one, with what each attack came to
  attack         put everything that was ever shown together and attack it again; says how close each attack came
  --data DIR     the data folder (default .local)
  --city NAME    the folder in cities/ (default ${defaultCity}), for attack
  --help         this text

Ends with 0 when all is well, 1 when something was found, 2 when the ledger cannot be read or the command is not known.
What is printed of true counts: nothing.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: '.local' },
      city: { type: 'string', default: defaultCity },
      entry: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [command, ...more] = positionals;
  const entry = values.entry === undefined ? undefined : Number(values.entry);
  const known = command === 'verify' || command === 'show' || command === 'attack';
  if (!known || more.length || (entry !== undefined && !(Number.isInteger(entry) && entry > 0))) {
    console.error(usage);
    return 2;
  }
  const data = resolve(values.data);
  if (!existsSync(join(data, 'ledger'))) {
    console.error(
      `\n  there is no release ledger in ${values.data}; start the city first, or name its folder with --data\n`,
    );
    return 2;
  }
  const ledger = await fileReleaseLedger(join(data, 'ledger'));
  const say = (line: string): void => console.log(line);
  if (command === 'show') return showEntries(await ledger.records(), entry, say);
  if (command === 'verify') return verifyLedger(ledger, localShelf(data), say);
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  return attackHistory(await ledger.entries(), cityFolder(root, values.city), root, say);
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
