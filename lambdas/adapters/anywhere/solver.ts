import { invariant } from '#core/domain/invariant.ts';
import type { LinearProgram, Solver } from '#core/domain/linear-program.ts';
import type { Assets } from '#core/ports.ts';

/** Iterations after which a question is given up: no clock, so that the same question ends the same way everywhere. */
const mostIterations = 20_000;
/** Checkpoints of the solver after which a search for whole numbers is given up, likewise: where it finds any it needs about five. */
const mostCheckpoints = 20;
const optimal = 7;
const primalSimplex = 4;

/** What of WebAssembly is used; the types of Node do not tell of it. */
const wasm = Reflect.get(globalThis, 'WebAssembly') as {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Instance: new (module: object, imports: object) => object;
};

type Loader = typeof import('highs')['default'];

/** The package says in its types that it is CommonJS, and is an ES module for those who import it. */
const isLoader = (value: unknown): value is Loader => typeof value === 'function';

/**
 * HiGHS (Huangfu, Hall 2018), compiled to WebAssembly: revised primal simplex without presolve, so that a change of the objective starts from the last basis.
 * Started when it is first asked for; from then on about 60 MB are kept for the life of the process. Answers are floating-point numbers and prove nothing by themselves.
 */
export function solver(assets: Pick<Assets, 'bytes'>): () => Promise<Solver> {
  let starting: Promise<Solver> | undefined;
  return () => {
    starting ??= start(assets).catch((cause: unknown) => {
      starting = undefined;
      throw cause;
    });
    return starting;
  };
}

async function start(assets: Pick<Assets, 'bytes'>): Promise<Solver> {
  const { default: loader }: { readonly default: unknown } = await import('highs');
  invariant(isLoader(loader), 'the solver exports its loader');
  const module = await wasm.compile(await assets.bytes('node_modules/highs/build/highs.wasm'));
  // Emscripten's own hook: `wasmBinary`, which the package documents, is not read by its build (1.15.3), which looks for the file beside the script instead.
  const hook = {
    instantiateWasm: (imports: object, receive: (instance: object) => void) =>
      receive(new wasm.Instance(module, imports)),
  };
  const runtime = await loader(hook as object);
  return {
    open: (program) => mayFail(() => opened(runtime, program)) ?? silent,
  };
}

/** A program that the solver could not take. */
const silent: ReturnType<Solver['open']> = { extreme: () => undefined, whole: () => undefined, close: () => {} };

/** An exception inside WebAssembly ends the question and not the program: no answer is what a solver may always give. */
function mayFail<Answer>(ask: () => Answer): Answer | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

type Runtime = Awaited<ReturnType<Loader>>;

function opened(
  runtime: Runtime,
  { columns, rows, low, high, rowLow, rowHigh, start, index, value, point }: LinearProgram,
): ReturnType<Solver['open']> {
  const data = {
    numCols: columns,
    numRows: rows,
    colCost: new Float64Array(columns),
    colLower: low,
    colUpper: high,
    rowLower: rowLow,
    rowUpper: rowHigh,
    matrix: { format: 'csr', numRows: rows, numCols: columns, starts: start, indices: index, values: value },
  } as const;
  const model = runtime.createModel(data);
  model.options.set({
    output_flag: false,
    presolve: 'off',
    solver: 'simplex',
    simplex_strategy: primalSimplex,
    simplex_iteration_limit: mostIterations,
  });
  if (columns > 2000 && point.length > 0) mayFail(() => model.crossover({ colValue: point }));
  let failed = false;
  return {
    extreme(column, way) {
      if (failed) return undefined;
      const answer = mayFail(() => {
        model.changeColCost(column, -way);
        model.run();
        const found = model.getModelStatus() === optimal ? model.getSolution() : undefined;
        model.changeColCost(column, 0);
        return { found };
      });
      failed = answer === undefined;
      return answer?.found && { point: answer.found.colValue, multipliers: answer.found.rowDual };
    },
    whole: (column, least, most) =>
      mayFail(() => {
        // A model of its own: branching wants presolve, and would lose the basis that `extreme` starts from.
        const branching = runtime.createModel({ ...data, integrality: new Int32Array(columns).fill(1) });
        branching.options.set({ output_flag: false });
        branching.changeColBounds(column, least, most);
        let checkpoints = 0;
        branching.run({
          [runtime.constants.callbackType.mipInterrupt]: (event: { interrupt(): void }) => {
            if (++checkpoints > mostCheckpoints) event.interrupt();
          },
        });
        const found = branching.getModelStatus() === optimal ? branching.getSolution().colValue : undefined;
        branching.dispose();
        return found;
      }),
    close: () => mayFail(() => model.dispose()),
  };
}
