/** `npm run year`: a year of weekly releases of the sample city, for the outsider's attack and for whoever wants to see a ledger with a history. See `--help`. */
import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { instantOf } from '#core/domain/instant.ts';
import { weekIn, weekPlus } from '#core/domain/week.ts';
import { defaultCity } from './default-city.ts';
import { cityFolder } from './local/city-folder.ts';
import { yearOfReleases } from './sample/year-of-releases.ts';
import { usefulnessLine } from './usefulness-line.ts';

const usage = `npm run year -- --data DIR [options]
  --data DIR       a folder that does not exist yet; it gets lake, ledger, shelf and outbox
  --releases N     how many weekly releases (default 52)
  --incidents N    about how many incidents a week (default 460)
  --city NAME      the folder in cities/ (default ${defaultCity})
  --seed TEXT      another sample (default year-1)
  --help           this text`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      releases: { type: 'string', default: '52' },
      incidents: { type: 'string', default: '460' },
      city: { type: 'string', default: defaultCity },
      seed: { type: 'string', default: 'year-1' },
      help: { type: 'boolean' },
    },
  });
  const [releases, incidents] = [Number(values.releases), Number(values.incidents)];
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const whole = (number: number) => Number.isInteger(number) && number > 0;
  const now = instantOf(Date.now());
  if (!values.data || !whole(releases) || !whole(incidents) || !now) {
    console.error(usage);
    return 2;
  }
  const dataDir = resolve(values.data);
  if (existsSync(dataDir)) {
    console.error(`\n  ${values.data} exists already; a year begins in a new folder\n`);
    return 2;
  }
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const city = cityFolder(root, values.city);
  const lastWeek = weekPlus(weekIn(now, city.timeZone), -4);
  console.log(`\n  ${releases} weekly releases of ${city.name} (generated sample)\n`);
  const { seed } = values;
  const year = { root, dataDir, city, seed, lastWeek, releases, incidentsPerWeek: incidents, tieBreakKey: seed };
  let start = Date.now();
  for await (const { id, tables } of yearOfReleases(year)) {
    const shown = tables.reduce((sum, { cells }) => sum + cells.shown, 0);
    const withheld = tables.reduce((sum, { cells }) => sum + cells.withheld, 0);
    console.log(`  ${id}  ${shown} shown, ${withheld} withheld  ${((Date.now() - start) / 1000).toFixed(1)} s`);
    for (const table of tables)
      if (table.inTrueCounts) console.log(`    ${table.query.padEnd(48)}${usefulnessLine(table)}`);
    start = Date.now();
  }
  const folder = relative(process.cwd(), dataDir) || '.';
  console.log(
    `\n  attack them    npm run attack -- ${folder}/shelf\n  look into it   npm run ledger -- show --data ${folder}\n`,
  );
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    console.error(`\n  ${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = 1;
  },
);
