import type { ValueColumn } from '../domain/value-column.ts';
import type { LakeRow, LakeTableName } from './tables.ts';

/** Rows of a lake table given column by column, all of the same length. */
export type LakeColumns<Table extends LakeTableName> = {
  readonly length: number;
  readonly columns: { readonly [Name in keyof LakeRow<Table>]: ValueColumn };
};
