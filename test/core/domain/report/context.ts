import { indexCity } from '#core/domain/city-index.ts';
import type { DepartmentId } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { type AcceptedReport, type ReadReport, readReport } from '#core/domain/report/read-report.ts';
import { fixtureCity } from '../../../fixtures/city.ts';

const city = indexCity(fixtureCity());
const now = '2026-06-12T12:00:00.000Z' as Instant;
export const context = { city, department: 'LIB' as DepartmentId, now };

export const read = (value: unknown): ReadReport => readReport(value, context);

export function accepted(value: unknown): AcceptedReport {
  const result = read(value);
  if (!result.ok) throw new Error(result.violations.map(({ code, pointer }) => `${code} ${pointer}`).join(', '));
  return result;
}

export const codesOf = (value: unknown): string[] => read(value).violations.map(({ code }) => code);
