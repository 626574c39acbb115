import type { Violation } from '../problem.ts';

/** One report of a body, or why its row cannot be one. `line` is the line of the file; in a JSON array the place in the array, from 1. */
export type BodyRow = { readonly line: number } & (
  | { readonly value: unknown }
  | { readonly violations: readonly Violation[] }
);
