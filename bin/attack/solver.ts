/**
 * Hands a system of equations to a solver that others wrote: `glpsol` of GLPK where the machine has it (Debian: glpk-utils), else HiGHS as it comes from npm.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The unknowns are named x0, x1, …; all are whole numbers, those in `free` may be negative. */
export type Program = {
  readonly unknowns: readonly string[];
  readonly free: ReadonlySet<string>;
  /** Each is a sum of coefficient × unknown that equals `right`. */
  readonly equations: readonly {
    readonly terms: readonly (readonly [factor: number, unknown: string])[];
    readonly right: number;
  }[];
  readonly objective: { readonly sense: 'min' | 'max'; readonly terms: readonly (readonly [number, string])[] };
  /** No unknown is taken to be further from zero than this. */
  readonly greatest: number;
};

/** A best table, or why there is none. `unknown`: the solver gave up, and nothing follows from it. */
export type Solution =
  | { readonly status: 'optimal'; readonly values: ReadonlyMap<string, number> }
  | { readonly status: 'infeasible' | 'unknown' };

export type Solver = { readonly name: string; solve(program: Program): Solution; close(): void };

// The package's types describe its CommonJS build.
const loadHighs = createRequire(import.meta.url)('highs') as typeof import('highs').default;
type Highs = Awaited<ReturnType<typeof loadHighs>>;

/** Lines of the CPLEX LP format stay below 255 characters, which some readers ask for. */
const sum = (terms: readonly (readonly [number, string])[]): string =>
  terms
    .map(([factor, name], at) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}${at % 8 === 7 ? '\n ' : ''}`)
    .join(' ');

function lpText({ unknowns, free, equations, objective, greatest }: Program): string {
  const lines = [objective.sense === 'min' ? 'Minimize' : 'Maximize', ` goal: ${sum(objective.terms)}`, 'Subject To'];
  equations.forEach(({ terms, right }, at) => {
    lines.push(` e${at}: ${sum(terms)} = ${right}`);
  });
  lines.push('Bounds');
  for (const name of unknowns) lines.push(` ${free.has(name) ? -greatest : 0} <= ${name} <= ${greatest}`);
  lines.push('General', ...unknowns.map((name) => ` ${name}`), 'End', '');
  return lines.join('\n');
}

/** The best solver of this machine; `only` asks for one by name. */
export async function solverOfThisMachine(only?: 'glpsol' | 'highs'): Promise<Solver> {
  const asked = only === 'highs' ? undefined : spawnSync('glpsol', ['--version'], { encoding: 'utf8' });
  if (asked?.status === 0) return glpsol(/v?\d+\.\d+/.exec(asked.stdout.replace(/^[\s\S]*?GLPSOL/i, ''))?.[0] ?? '');
  if (only === 'glpsol') throw new Error('this machine has no glpsol (Debian: apt-get install glpk-utils)');
  return highs(await loadHighs());
}

const secondsPerProgram = 60;

function glpsol(version: string): Solver {
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  const [program, answer] = [join(folder, 'program.lp'), join(folder, 'answer.txt')];
  return {
    name: `glpsol ${version} (GLPK)`,
    close: () => rmSync(folder, { recursive: true, force: true }),
    solve(asked) {
      writeFileSync(program, lpText(asked));
      const run = spawnSync(
        'glpsol',
        ['--lp', program, '--write', answer, '--cuts', '--tmlim', String(secondsPerProgram)],
        {
          encoding: 'utf8',
        },
      );
      if (run.status !== 0) return { status: 'unknown' };
      const lines = readFileSync(answer, 'utf8').split('\n');
      // "s mip ROWS COLUMNS STATUS VALUE", then one "j COLUMN VALUE" for each unknown, in the order of the file.
      const status = lines.find((line) => line.startsWith('s mip'))?.split(' ')[4];
      if (status === 'n' || /NO (PRIMAL|INTEGER) FEASIBLE|INFEASIBLE/.test(run.stdout)) return { status: 'infeasible' };
      if (status !== 'o') return { status: 'unknown' };
      const names = namesInOrder(asked);
      const values = new Map<string, number>();
      for (const line of lines) {
        const [kind, column, value] = line.split(' ');
        const name = kind === 'j' ? names[Number(column) - 1] : undefined;
        if (name !== undefined) values.set(name, Math.round(Number(value)));
      }
      return { status: 'optimal', values };
    },
  };
}

/** GLPK numbers its columns as they appear in the text: in the goal, the equations, the bounds. */
function namesInOrder({ objective, equations, unknowns }: Program): string[] {
  const names = new Set<string>();
  for (const [, name] of objective.terms) names.add(name);
  for (const { terms } of equations) for (const [, name] of terms) names.add(name);
  for (const name of unknowns) names.add(name);
  return [...names];
}

function highs(engine: Highs): Solver {
  return {
    name: 'HiGHS (npm)',
    close: () => undefined,
    solve(asked) {
      const { Status, Columns } = engine.solve(lpText(asked), { time_limit: secondsPerProgram });
      if (Status === 'Infeasible') return { status: 'infeasible' };
      if (Status !== 'Optimal') return { status: 'unknown' };
      const values = new Map<string, number>();
      for (const [name, column] of Object.entries(Columns))
        if ('Primal' in column) values.set(name, Math.round(Number(column.Primal)));
      return { status: 'optimal', values };
    },
  };
}
