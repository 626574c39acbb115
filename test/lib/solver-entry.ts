/** Bundled as a function is and run from the bundle's folder: asks the shipped solver for the greatest x with x + y = 7, 0 ≤ y, and prints it. */
import { assets } from '#adapters/anywhere/assets.ts';
import { solver } from '#adapters/anywhere/solver.ts';

const highs = await solver(assets(process.cwd()))();
const program = highs.open({
  columns: 2,
  rows: 1,
  low: new Float64Array(2),
  high: new Float64Array(2).fill(Number.POSITIVE_INFINITY),
  rowLow: new Float64Array([7]),
  rowHigh: new Float64Array([7]),
  start: new Int32Array([0, 2]),
  index: new Int32Array([0, 1]),
  value: new Float64Array([1, 1]),
  point: new Float64Array([3, 4]),
});
process.stdout.write(`${program.extreme(0, 1)?.point[0]}\n`);
program.close();
