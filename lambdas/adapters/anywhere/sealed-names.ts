/** How sealed texts and their keys are named in both homes, and what ties a text to its report. */

/** The nonce of a key that seals one text and no other. */
export const onlyNonce = new Uint8Array(12);

/** What a text is tied to: moved to another report or version it does not open. */
export const fieldsBond = (report: string, version: number): string => `${report}|${version}`;

/** Where a wrapped key lies. What a supplement took over keeps the key and the version it was sealed under. */
export type KeyPlace = { readonly entry: string; readonly place: number; readonly version: number };
export const keyName = ({ entry, place, version }: KeyPlace): string => `${entry}.${place}.${version}`;
export function readKeyName(name: string): KeyPlace {
  const [entry = '', place, version] = name.split('.');
  return { entry, place: Number(place), version: Number(version) };
}
