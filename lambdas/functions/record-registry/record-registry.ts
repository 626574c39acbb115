/** The registry of departments into the lake: a snapshot whenever it is not the one that was taken last. */
import type { City } from '#core/domain/city.ts';
import { sha256 } from '#core/domain/ids.ts';
import { invariant } from '#core/domain/invariant.ts';
import { departmentRows } from '#core/lake/department-rows.ts';
import { partitionOf } from '#core/lake/partition.ts';
import type { Clock, Lake, Log } from '#core/ports.ts';

export type RecordRegistryPorts = {
  readonly lake: Lake;
  readonly city: City;
  readonly clock: Clock;
  readonly log: Log;
};
export type Recorded = {
  readonly departments: number;
  /** A snapshot was taken; otherwise the last one says the same. */
  readonly recorded: boolean;
};

/**
 * Compares the registry with its last snapshot and takes another when they differ: one that is changed and changed back stands in the lake three times, because coverage reads the latest snapshot by its
 * as-of. A snapshot counts from the moment it is taken and not from the time that was due, so that a run that comes late changes nothing that a release has read. Throws when the clock
 * runs behind the last snapshot.
 */
export const recordRegistry =
  ({ lake, city, clock, log }: RecordRegistryPorts) =>
  async (): Promise<Recorded> => {
    const at = clock.now();
    const rows = departmentRows(city, at);
    const content = sha256(JSON.stringify(rows.map(({ recorded_at: _, ...known }) => known)));
    // Named by its moment and what it says, so that the last name tells both.
    const moment = at.replace(/[^0-9]/g, '');
    const [lastMoment = '', lastContent] = (await lake.newest('departments'))?.split('-') ?? [];
    const recorded = content !== lastContent;
    if (recorded) {
      invariant(moment > lastMoment, 'the clock does not run behind the last snapshot');
      await lake.append('departments', { partition: partitionOf(at), name: `${moment}-${content}` }, rows);
    }
    log.info('registry:checked', { departments: rows.length, recorded });
    return { departments: rows.length, recorded };
  };
