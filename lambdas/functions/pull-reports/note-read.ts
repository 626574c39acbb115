import type { AuditRecord, AuditTrail, Clock, Ids, Log } from '#core/ports.ts';

/** Writes the record of one read: who, what in closed words, why, and how many rows the answer holds. It is durable when this returns; when it throws, nothing may be answered. */
export type NoteRead = (
  read: Pick<AuditRecord, 'action' | 'client' | 'what' | 'count'>,
  reason?: { readonly purpose?: string; readonly matter?: string },
) => Promise<void>;

export function noteReads(ports: {
  readonly audit: Pick<AuditTrail, 'append'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}): NoteRead {
  return async (read, { purpose, matter } = {}) => {
    const why = { ...(purpose && { purpose }), ...(matter && { matter }) };
    await ports.audit.append({ id: ports.ids.random(), at: ports.clock.now(), ...read, ...why });
    ports.log.info(read.action, { count: read.count });
  };
}
