/** A value of a table: text, number or truth; null for unknown. */
export type Value = string | number | boolean | null;

/**
 * A column of a table, in which what repeats stands once: millions of rows cost neither an object nor a text each. `all` rows hold the same value; row i holds `values[at[i]]`; row i
 * holds `numbers[i]`; or row i holds the `width` bytes from `i * width` of `digests`,
 * as hexadecimal digits, where nothing but zeros is no value.
 */
export type ValueColumn =
  | { readonly all: Value }
  | { readonly values: readonly Value[]; readonly at: Uint32Array }
  | { readonly numbers: Uint32Array }
  | { readonly digests: Uint8Array; readonly width: number };
