import { invariant } from '#core/domain/invariant.ts';
import type { LinearProgram, Solver } from '#core/domain/linear-program.ts';
import type { Assets } from '#core/ports.ts';
import { coverOf } from './cover.ts';
import { type Loader, mayFail, type Runtime } from './highs.ts';

/** Iterations after which a question is given up: no clock, so that the same question ends the same way everywhere. */
const mostIterations = 20_000;
/** Checkpoints of the solver after which a search for whole numbers is given up, likewise: where it finds any it needs about five. */
const mostCheckpoints = 20;
/** A table within a fifth of the nearest is near enough. */
const nearEnough = 0.2;
const wholeEnough = 1e-6;
const optimal = 7;
const primalSimplex = 4;
/** Bounds and costs change from question to question: the dual method takes both as they come. */
const dualSimplex = 1;

/** What of WebAssembly is used; the types of Node do not tell of it. */
const wasm = Reflect.get(globalThis, 'WebAssembly') as {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Instance: new (module: object, imports: object) => object;
};

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
    cover: (costs) => coverOf(runtime, costs),
  };
}

/** A program that the solver could not take. */
const silent: ReturnType<Solver['open']> = {
  extreme: () => undefined,
  greatest: () => undefined,
  near: () => undefined,
  within: () => {},
  close: () => {},
};

type Model = ReturnType<Runtime['createModel']>;

function opened(runtime: Runtime, program: LinearProgram): ReturnType<Solver['open']> {
  const linear = once(() => extremesOf(runtime, program));
  const nearest = once(() => nearestOf(runtime, program, false));
  const branching = once(() => nearestOf(runtime, program, true));
  const columns = { kind: 'range', from: 0, to: program.columns - 1 } as const;
  let failed = false;
  /** The optimum by the costs that `price` sets and takes back. */
  const optimum = (strategy: number, price: (model: Model, times: 1 | 0) => void) => {
    if (failed) return undefined;
    const answer = mayFail(() => {
      const model = linear.get();
      model.options.set({ simplex_strategy: strategy });
      price(model, 1);
      model.run();
      const found = model.getModelStatus() === optimal ? model.getSolution() : undefined;
      price(model, 0);
      return { found };
    });
    failed = answer === undefined;
    return answer?.found;
  };
  return {
    extreme(column, way) {
      const found = optimum(primalSimplex, (model, times) => model.changeColCost(column, times === 1 ? -way : 0));
      return found && { point: found.colValue, multipliers: found.rowDual };
    },
    greatest(weights) {
      return optimum(dualSimplex, (model, times) =>
        model.changeColsCost(
          columns,
          weights.map((weight) => (times === 1 ? -weight : 0)),
        ),
      )?.colValue;
    },
    near(column, least, most, branches) {
      const point = mayFail(() => nearestPoint(nearest.get(), runtime, program, [column, least, most]));
      if (!point || !branches || point.every((count) => Math.abs(count - Math.round(count)) < wholeEnough))
        return point;
      return mayFail(() => nearestPoint(branching.get(), runtime, program, [column, least, most]));
    },
    within(lower, upper, afresh) {
      if (failed) return;
      failed = mayFail(() => linear.get().changeColsBounds(columns, lower, upper)) === undefined;
      if (afresh) mayFail(() => linear.get().setBasis());
    },
    close() {
      for (const { made } of [linear, nearest, branching]) mayFail(() => made()?.dispose());
    },
  };
}

/** A model that is made when it is first asked for. */
function once(make: () => Model) {
  let model: Model | undefined;
  return {
    get: () => {
      model ??= make();
      return model;
    },
    made: () => model,
  };
}

function extremesOf(
  runtime: Runtime,
  { columns, rows, low, high, rowLow, rowHigh, start, index, value, point }: LinearProgram,
): Model {
  const model = runtime.createModel({
    numCols: columns,
    numRows: rows,
    colCost: new Float64Array(columns),
    colLower: low,
    colUpper: high,
    rowLower: rowLow,
    rowUpper: rowHigh,
    matrix: { format: 'csr', numRows: rows, numCols: columns, starts: start, indices: index, values: value },
  });
  model.options.set({
    output_flag: false,
    presolve: 'off',
    solver: 'simplex',
    simplex_strategy: primalSimplex,
    simplex_iteration_limit: mostIterations,
  });
  if (columns > 2000 && point.length > 0) mayFail(() => model.crossover({ colValue: point }));
  return model;
}

/**
 * How far each column rises (2 × column) and falls (2 × column + 1) from the point, in all as little as may be: a table near the true one is most often one of whole numbers, and still
 * fits when more is published.
 */
function nearestOf(
  runtime: Runtime,
  { columns, rows, low, high, rowLow, rowHigh, start, index, value, point }: LinearProgram,
  branching: boolean,
): Model {
  const room = new Float64Array(2 * columns);
  for (let at = 0; at < columns; at++) {
    room[2 * at] = (high[at] as number) - (point[at] as number);
    room[2 * at + 1] = (point[at] as number) - (low[at] as number);
  }
  const stands = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let entry = start[row] as number; entry < (start[row + 1] as number); entry++)
      stands[row] = (stands[row] as number) + (value[entry] as number) * (point[index[entry] as number] as number);
  const twice = { length: 2 * index.length };
  const model = runtime.createModel({
    numCols: 2 * columns,
    numRows: rows,
    colCost: new Float64Array(2 * columns).fill(1),
    colLower: new Float64Array(2 * columns),
    colUpper: room,
    rowLower: rowLow.map((bound, row) => bound - (stands[row] as number)),
    rowUpper: rowHigh.map((bound, row) => bound - (stands[row] as number)),
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: 2 * columns,
      starts: start.map((at) => 2 * at),
      indices: Int32Array.from(twice, (_, at) => 2 * (index[at >> 1] as number) + (at & 1)),
      values: Float64Array.from(twice, (_, at) => (at & 1 ? -1 : 1) * (value[at >> 1] as number)),
    },
    ...(branching ? { integrality: new Int32Array(2 * columns).fill(1) } : {}),
  });
  model.options.set(
    branching
      ? { output_flag: false, mip_rel_gap: nearEnough }
      : { output_flag: false, presolve: 'off', solver: 'simplex', simplex_iteration_limit: mostIterations },
  );
  return model;
}

/** The nearest point with the column in this range. */
function nearestPoint(
  model: Model,
  { constants }: Runtime,
  { low, high, point }: LinearProgram,
  [column, least, most]: readonly [column: number, least: number, most: number],
): Float64Array | undefined {
  const from = point[column] as number;
  const setRoom = (top: number, bottom: number): void => {
    model.changeColBounds(2 * column, Math.max(0, bottom - from), Math.max(0, top - from));
    model.changeColBounds(2 * column + 1, Math.max(0, from - top), Math.max(0, from - bottom));
  };
  setRoom(most, least);
  let checkpoints = 0;
  model.run({
    [constants.callbackType.mipInterrupt]: (event: { interrupt(): void }) => {
      if (++checkpoints > mostCheckpoints) event.interrupt();
    },
  });
  const found = model.getModelStatus() === optimal ? model.getSolution().colValue : undefined;
  model.changeColBounds(2 * column, 0, (high[column] as number) - from);
  model.changeColBounds(2 * column + 1, 0, from - (low[column] as number));
  return found && point.map((count, at) => count + (found[2 * at] as number) - (found[2 * at + 1] as number));
}
