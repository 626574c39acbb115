/** Linear programs as values: what core asks of a solver that is given to it. A solver is believed in nothing; whoever uses an answer checks it in whole numbers. */

/** low ≤ column ≤ high; rowLow ≤ Σ value × column ≤ rowHigh over entries start[row] … start[row + 1]. Bounds may be infinite. */
export type LinearProgram = {
  readonly columns: number;
  readonly rows: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly rowLow: Float64Array;
  readonly rowHigh: Float64Array;
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
  /** A point that fits, to start from; empty where none is known. */
  readonly point: Float64Array;
};

/** An optimum: the point, and the multiplier of each row that proves it. */
type Optimum = { readonly point: Float64Array; readonly multipliers: Float64Array };

/** The program kept open, so that each question starts from the answer before. */
type OpenProgram = {
  /** The point with the greatest (+1) or least (−1) value of a column; undefined when the solver did not come to an end. */
  readonly extreme: (column: number, way: 1 | -1) => Optimum | undefined;
  /** Some point of whole numbers with the column in this range; undefined when there is none, or none was found with moderate effort. */
  readonly whole: (column: number, least: number, most: number) => Float64Array | undefined;
  readonly close: () => void;
};

export type Solver = { readonly open: (program: LinearProgram) => OpenProgram };
