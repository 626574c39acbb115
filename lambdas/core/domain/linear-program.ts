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
  /** A point with the greatest sum of weight × column; undefined likewise. */
  readonly greatest: (weights: Float64Array) => Float64Array | undefined;
  /**
   * A point near to the one to start from with the column in this range; of whole numbers where `branching`, and otherwise often, which is quicker. Undefined when there is none, or none was
   * found with moderate effort.
   */
  readonly near: (column: number, least: number, most: number, branching: boolean) => Float64Array | undefined;
  /** Other bounds of all columns, from now on; for `extreme` and `greatest` only. Begun afresh, an optimum takes longer and has fewer multipliers than from the answer before. */
  readonly within: (low: Float64Array, high: Float64Array, afresh: boolean) => void;
  readonly close: () => void;
};

/** Of columns that are taken or left: taking one costs something, and each row wants shares of at least one in all from those that are taken. */
type OpenCover = {
  readonly demand: (shares: readonly (readonly [column: number, share: number])[]) => void;
  /** What contents all rows for the least cost, if a column could be taken in part; undefined when the solver did not come to an end. */
  readonly inParts: () => Float64Array | undefined;
  /** From now on `inParts` takes this column whole. */
  readonly take: (column: number) => void;
  /** The same with whole columns, 0 or 1, or something a little dearer; `proven` where nothing is cheaper. */
  readonly whole: () => { readonly taken: Float64Array; readonly proven: boolean } | undefined;
  readonly close: () => void;
};

export type Solver = {
  readonly open: (program: LinearProgram) => OpenProgram;
  readonly cover: (costs: Float64Array) => OpenCover;
};
