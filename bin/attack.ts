/** `npm run attack -- DIR`: what an outsider who holds nothing but published files can work out. See `--help`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { attackShelf, type Findings } from './attack/attack-shelf.ts';
import { NotAShelf } from './attack/published-tables.ts';
import { solverOfThisMachine } from './attack/solver.ts';

const usage = `npm run attack -- DIR [options]
  DIR               a folder of releases as they were published (at home: <data>/shelf)
  --solver NAME     glpsol (Debian's glpk-utils) or highs (from npm); default: glpsol where the machine has it
  --brief           print the ten narrowest only, not every withheld number
  --help            this text

Reads published files only, writes down every sum between them, and asks a solver for the least and the greatest value of each withheld number.
Ends with 0 when every withheld number that can be small keeps at least six values and no page says more than the data files; with 1 when not;
with 2 when the folder cannot be read.`;

const sixValues = 6;

function lines({ ranges }: Findings, brief: boolean): string[] {
  const sorted = [...ranges].sort(
    (a, b) => a.most - a.least - (b.most - b.least) || (a.unknown.what < b.unknown.what ? -1 : 1),
  );
  return sorted.slice(0, brief ? 10 : undefined).map(({ unknown, least, most, limit, exact }) => {
    const values = limit ? `${most - least + 1} or more` : String(most - least + 1);
    return `  ${values.padStart(12)} values  ${`${least} to ${limit ? 'no limit found' : most}`.padEnd(18)}  ${unknown.what}${exact ? '' : ' (not finished: at least these)'}`;
  });
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' }, brief: { type: 'boolean' }, solver: { type: 'string' } },
  });
  const [folder] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { solver: asked } = values;
  if (!folder || positionals.length > 1 || (asked !== undefined && asked !== 'glpsol' && asked !== 'highs')) {
    console.error(usage);
    return 2;
  }
  const solver = await solverOfThisMachine(asked);
  const start = Date.now();
  try {
    const found = await attackShelf(resolve(folder), solver);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(`\n  releases     ${found.releases.length} (${found.releases[0]} to ${found.releases.at(-1)})`);
    console.log(`  written down ${found.unknowns} things that are counted, ${found.sums} sums between them`);
    console.log(`  solver       ${solver.name}: ${found.programs} programs, ${seconds} s`);
    if (found.counted.length)
      console.log(
        `  not at once  ${found.counted.length} tables contradict earlier ones: they were counted later, and what was added is asked for as well`,
      );
    console.log(`  withheld     ${found.ranges.length} numbers, each with what it can be:\n`);
    for (const line of lines(found, values.brief ?? false)) console.log(line);
    const narrow = found.ranges.filter(({ small }) => small);
    const open = found.ranges.filter(({ canBeSmall }) => canBeSmall);
    const fewest = Math.min(...open.map(({ least, most }) => most - least + 1));
    const settled = found.ranges.length - open.length;
    if (settled)
      console.log(`\n  ${settled} withheld numbers can only be zero, or 11 and more: none of them is small.`);
    for (const { file, said } of found.stray) console.log(`  a number that no data file holds: ${file}: ${said}`);
    if (narrow.length || found.stray.length || found.unfinished) {
      console.log(
        `\n  LEAK         ${narrow.length} withheld numbers that can be small keep fewer than ${sixValues} values; ${found.stray.length} numbers stand in no data file; ${found.unfinished} parts fit no table\n`,
      );
      return 1;
    }
    console.log(
      `\n  held         every withheld number that can be small keeps at least ${sixValues} values${open.length ? ` (the fewest: ${fewest})` : ''}\n`,
    );
    return 0;
  } finally {
    solver.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    console.error(`\n  ${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = cause instanceof NotAShelf ? 2 : 3;
  },
);
