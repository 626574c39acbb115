/** One measured figure beside what it is measured against in the same run; `ratio` is value / reference. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number;
  readonly ratio: number;
};

/** Rounds to four significant digits, which is more than these machines can repeat. */
const round = (value: number): number => Number(value.toPrecision(4));

export const figure = (name: string, value: number, unit: string, reference: number): Figure => ({
  name,
  value: round(value),
  unit,
  reference: round(reference),
  ratio: round(value / reference),
});
