/** A table with sums as the cell suppression literature has it: values, equations and primary cells with the protection each must keep. */
import { existsSync, readFileSync } from 'node:fs';

/** An equation says that the sum of coefficient × cell is zero. `protection` is how far above and below its value a primary cell must stay possible. */
export type SdcTable = {
  readonly name: string;
  readonly values: readonly number[];
  readonly equations: readonly (readonly (readonly [cell: number, coefficient: number])[])[];
  readonly primary: ReadonlySet<number>;
  readonly protection: ReadonlyMap<number, number>;
  /** Cells that everybody knows to be empty: withholding them would protect nothing. */
  readonly empty?: ReadonlySet<number>;
};

const folder = new URL('../../../shared/data/sdc/', import.meta.url);

/** The benchmark tables beside the repository (CSPLIB, rebuilt additive); none where they are not at hand. */
export const sdcTableNames: readonly string[] = existsSync(folder)
  ? ['TARGUS', 'TABLE8', 'TABLE7', 'TABLE1', 'HIE1372D', 'HIER13', 'CBS']
  : [];

/** The least that must be withheld beside the primary cells, where it was proved; no published optimum of the others was found. */
export const bestKnown: ReadonlyMap<string, { readonly cells: number; readonly value: number }> = new Map([
  ['TARGUS', { cells: 5, value: 325_542 }],
  ['TABLE8', { cells: 3, value: 103 }],
]);

export function sdcTable(name: string): SdcTable {
  const { a, upl, eq, fixedZero } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as {
    readonly a: number[];
    readonly upl: Record<string, number>;
    readonly eq: number[][];
    readonly fixedZero: number[];
  };
  const protection = new Map(Object.entries(upl).map(([cell, level]) => [Number(cell), level]));
  return {
    name,
    values: a,
    equations: eq.map((flat) => flat.flatMap((cell, at) => (at % 2 === 0 ? [[cell, flat[at + 1] ?? 0] as const] : []))),
    primary: new Set(protection.keys()),
    protection,
    empty: new Set(fixedZero),
  };
}
