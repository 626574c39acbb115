import type { Solver } from '#core/domain/linear-program.ts';
import { mayFail, type Runtime } from './highs.ts';

/** An answer is good enough within a hundredth of the best. */
const nearEnough = 0.01;
/** Checkpoints of the solver after which it has to be content with the best that it found: no clock, so that the same question ends the same way everywhere. */
const mostCheckpoints = 40;
const optimal = 7;
const feasible = 2;

/** Covering problems for HiGHS: the linear program is kept open and goes on from its last basis, whole columns are asked for anew each time. */
export function coverOf(runtime: Runtime, costs: Float64Array): ReturnType<Solver['cover']> {
  const columns = costs.length;
  const ones = new Float64Array(columns).fill(1);
  const start = [0];
  const index: number[] = [];
  const value: number[] = [];
  const modelOf = (integrality: object) =>
    runtime.createModel({
      numCols: columns,
      numRows: start.length - 1,
      colCost: costs,
      colLower: new Float64Array(columns),
      colUpper: ones,
      rowLower: new Float64Array(start.length - 1).fill(1),
      rowUpper: new Float64Array(start.length - 1).fill(Number.POSITIVE_INFINITY),
      matrix: {
        format: 'csr',
        numRows: start.length - 1,
        numCols: columns,
        starts: Int32Array.from(start),
        indices: Int32Array.from(index),
        values: Float64Array.from(value),
      },
      ...integrality,
    });
  let linear: ReturnType<typeof modelOf> | undefined;
  let known = 0;
  return {
    demand(shares) {
      for (const [column, share] of shares) {
        index.push(column);
        value.push(share);
      }
      start.push(index.length);
    },
    inParts: () =>
      mayFail(() => {
        if (!linear) {
          linear = modelOf({});
          linear.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });
          known = start.length - 1;
        }
        for (; known < start.length - 1; known++) {
          const [from, to] = [start[known], start[known + 1]];
          linear.addRow(1, Number.POSITIVE_INFINITY, {
            indices: Int32Array.from(index.slice(from, to)),
            values: Float64Array.from(value.slice(from, to)),
          });
        }
        linear.run();
        return linear.getModelStatus() === optimal ? linear.getSolution().colValue : undefined;
      }),
    take(column) {
      mayFail(() => linear?.changeColBounds(column, 1, 1));
    },
    whole: () =>
      mayFail(() => {
        const model = modelOf({ integrality: new Int32Array(columns).fill(1) });
        try {
          model.options.set({ output_flag: false, mip_rel_gap: nearEnough });
          let checkpoints = 0;
          model.run({
            [runtime.constants.callbackType.mipInterrupt]: (event: { interrupt(): void }) => {
              if (++checkpoints > mostCheckpoints) event.interrupt();
            },
          });
          if (model.info.get('primal_solution_status') !== feasible) return undefined;
          const taken = model.getSolution().colValue.map(Math.round);
          return { taken, proven: model.getModelStatus() === optimal };
        } finally {
          model.dispose();
        }
      }),
    close() {
      mayFail(() => linear?.dispose());
    },
  };
}
