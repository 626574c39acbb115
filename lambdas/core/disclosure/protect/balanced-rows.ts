/** Rows of a linear program whose columns are changes of counts: what an equation held together still holds, so each row sums to zero. */
import type { LinearProgram } from '../../domain/linear-program.ts';
import type { Equation } from '../system/system.ts';

export class BalancedRows {
  readonly #start = [0];
  readonly #index: number[] = [];
  readonly #value: number[] = [];

  /** A coefficient of the row that is being written. */
  add(column: number, coefficient: number): void {
    this.#index.push(column);
    this.#value.push(coefficient);
  }

  /** Ends the row, unless nothing stands in it. */
  end(): void {
    if (this.#index.length > (this.#start.at(-1) ?? 0)) this.#start.push(this.#index.length);
  }

  /** A row for each equation in which something that has a place may change. */
  hold(
    equations: readonly Equation[],
    place: ReadonlyMap<number, number>,
    add: (at: number, coefficient: number) => void,
  ): void {
    for (const { variables, coefficients } of equations) {
      for (const [nth, variable] of variables.entries()) {
        const at = place.get(variable);
        if (at !== undefined) add(at, coefficients[nth] ?? 0);
      }
      this.end();
    }
  }

  /** The program whose columns move within these bounds. */
  program(low: Float64Array, high: Float64Array): LinearProgram {
    const rows = this.#start.length - 1;
    return {
      columns: low.length,
      rows,
      low,
      high,
      rowLow: new Float64Array(rows),
      rowHigh: new Float64Array(rows),
      start: Int32Array.from(this.#start),
      index: Int32Array.from(this.#index),
      value: Float64Array.from(this.#value),
      point: new Float64Array(0),
    };
  }
}
