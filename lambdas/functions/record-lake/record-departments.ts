import type { City } from '#core/domain/city.ts';
import { sha256 } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { departmentRows } from '#core/lake/department-rows.ts';
import { partitionOf } from '#core/lake/partition.ts';
import type { Lake, Log } from '#core/ports.ts';

export type RecordDepartmentsPorts = { readonly lake: Lake; readonly city: City; readonly log: Log };

/**
 * Takes a snapshot of the registry of departments into the lake, as known from `at` on; coverage reads the latest snapshot by its as-of. To be called when the registry
 * may have changed (at start, at deployment). The object is named by the moment and the content, so the same call writes the same object.
 */
export const recordDepartments =
  ({ lake, city, log }: RecordDepartmentsPorts) =>
  async (at: Instant): Promise<void> => {
    const rows = departmentRows(city, at);
    const name = `${at.replace(/[^0-9]/g, '')}-${sha256(JSON.stringify(rows)).slice(0, 16)}`;
    await lake.append('departments', { partition: partitionOf(at), name }, rows);
    log.info('registry:recorded', { departments: rows.length });
  };
