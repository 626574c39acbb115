/** Rows of generated sheets as XML, with the strings that they share. */

export type SheetValue = string | { readonly serial: number } | number | undefined;

const letter = (column: number) => String.fromCharCode(65 + column);

/** The serial number of a day in the date system of 1900. */
export const serialOf = (date: string): number => Date.parse(date) / 86_400_000 + 25_569;

export function sheetRows(): {
  readonly row: (row: number, values: readonly SheetValue[], from?: number) => string;
  readonly strings: () => string[];
} {
  const strings = new Map<string, number>();
  const cell = (value: SheetValue, column: number, row: number): string => {
    const at = `r="${letter(column)}${row}"`;
    if (value === undefined) return `<c ${at} s="0"/>`;
    if (typeof value === 'number') return `<c ${at}><v>${value}</v></c>`;
    if (typeof value === 'object') return `<c ${at} s="1"><v>${value.serial}</v></c>`;
    const index = strings.get(value) ?? strings.size;
    strings.set(value, index);
    return `<c ${at} t="s"><v>${index}</v></c>`;
  };
  return {
    row: (row, values, from = 0) =>
      `<row r="${row}">${values.map((value, at) => cell(value, at + from, row)).join('')}</row>`,
    strings: () => [...strings.keys()],
  };
}
