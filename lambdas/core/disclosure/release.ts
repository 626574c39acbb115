/**
 * The only maker of a Released value (docs/METHODS.md §3). Shelf, reports and mail take nothing else, so a raw count cannot be rendered, by type and by path.
 */
import type { ReleaseContent } from './released-table.ts';

declare const released: unique symbol;

/** A release that passed disclosure control and stands in the ledger as entry `seq` with this hash. */
export type Released = ReleaseContent & {
  readonly [released]: true;
  readonly ledger: { readonly seq: number; readonly previous: string; readonly hash: string };
};
