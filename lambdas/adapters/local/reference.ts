/** More than a submission can have rows. */
const rowsMax = 1 << 14;

/** Where a version stands, as one number of at most six bytes: the feed number of its commit, from 1, and its place among the accepted rows of that commit, from 0. */
export const referenceOf = (commit: number, place: number): number => commit * rowsMax + place;
export const placeOf = (reference: number): { readonly commit: number; readonly place: number } => ({
  commit: Math.floor(reference / rowsMax),
  place: reference % rowsMax,
});
