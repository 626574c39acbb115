import type { Violation } from '../problem.ts';
import { type CsvColumn, csvColumns } from './csv-columns.ts';
import { syntaxViolation } from './schema-violations.ts';

type Fields = { [name: string]: unknown };

/** A spreadsheet runs a cell that begins so; an export puts `'` before it and an import takes that `'` away. */
const formula = /^'*[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20]/;
const guarded = /^'+[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20]/;
export const guardCell = (text: string): string => (formula.test(text) ? `'${text}` : text);
const unguardCell = (text: string): string => (guarded.test(text) ? text.slice(1) : text);

/** A whole or decimal number as people write it in a file; no hexadecimal, no exponent, no thousands separator. */
const decimal = /^-?\d{1,15}(\.\d{1,15})?$/;

function readCell(cell: string, kind: CsvColumn['kind']): unknown {
  if (kind === 'text') return cell;
  if (kind === 'number') return decimal.test(cell.trim()) ? Number(cell) : undefined;
  if (kind === 'boolean') return { true: true, false: false }[cell.trim().toLowerCase()];
  if (kind === 'list') return cell.split('|').map((item) => item.trim());
  if (kind === 'json') {
    try {
      return JSON.parse(cell) as unknown;
    } catch {
      return undefined;
    }
  }
  const items: Fields[] = [];
  for (const part of cell.split('|')) {
    const facts = part.split(':').map((fact) => fact.trim());
    const names = kind.items;
    if (facts.length > names.length) {
      // The last fact is an identifier and may hold colons of its own.
      facts.push(facts.splice(names.length - 1).join(':'));
    }
    const item: Fields = {};
    for (const [at, fact] of facts.entries()) {
      const name = names[at];
      if (name !== undefined && fact !== '') item[name] = fact;
    }
    items.push(item);
  }
  return items;
}

/** Makes the report of one row; E109 for each cell that its column cannot read. The result is not yet checked against the schema. */
export function reportOfCells(
  columns: readonly CsvColumn[],
  cells: readonly string[],
): { readonly value: Fields } | { readonly violations: readonly Violation[] } {
  const report: Fields = {};
  const violations: Violation[] = [];
  for (const [at, { name, path, kind }] of columns.entries()) {
    const cell = unguardCell(cells[at] ?? '');
    if (cell.trim() === '') continue;
    const value = readCell(cell, kind);
    if (value === undefined) {
      violations.push(syntaxViolation('E109', { column: name, pointer: `/${path.join('/')}` }));
      continue;
    }
    const [field, inner] = path;
    if (field === undefined) continue;
    if (inner === undefined) report[field] = value;
    else {
      const held = report[field];
      const object: Fields = typeof held === 'object' && held !== null ? { ...held } : {};
      object[inner] = value;
      report[field] = object;
    }
  }
  return violations.length ? { violations } : { value: report };
}

function textOf(value: unknown, kind: CsvColumn['kind']): string {
  if (value === undefined || value === null) return '';
  if (kind === 'json') return JSON.stringify(value);
  if (Array.isArray(value)) {
    if (typeof kind === 'object')
      return value
        .map((item: Fields) =>
          kind.items
            .map((name) => String(item[name] ?? ''))
            .join(':')
            .replace(/:+$/, ''),
        )
        .join('|');
    return value.map(String).join('|');
  }
  return String(value);
}

/** The cells of a report in the order of `csvColumns`, not yet guarded or quoted. Fields that CSV has no column for are left out. */
export function cellsOfReport(report: Readonly<Record<string, unknown>>): string[] {
  return csvColumns.map(({ path: [field = '', inner], kind }) => {
    const value = report[field];
    if (inner === undefined) return textOf(value, kind);
    return typeof value === 'object' && value !== null ? textOf((value as Fields)[inner], kind) : '';
  });
}
