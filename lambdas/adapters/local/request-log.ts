import { canonicalJson } from '#core/domain/canonical-json.ts';
import type { RequestId } from '#core/domain/ids.ts';
import type { ReminderRecord } from '#core/domain/request/reminder.ts';
import type { LogEntry } from '#core/domain/request/request.ts';
import type { RequestLog } from '#core/ports.ts';
import type { LocalStore } from './store.ts';

/** The log of requests at home: [request, number] → entry, and [request, key] → reminder; nothing is written twice. */
export function requestLog(store: LocalStore): RequestLog {
  const entries = store.root.openDB<LogEntry, [RequestId, number]>('requests', { encoding: 'json' });
  const reminders = store.root.openDB<ReminderRecord, [RequestId, string]>('reminders', { encoding: 'json' });
  const of = (request: RequestId) => ({ start: [request], end: [request, '\uffff'] }) as never;
  return {
    async append(entry) {
      const key: [RequestId, number] = [entry.request, entry.seq];
      let taken = false;
      await store.root.transaction(() => {
        const standing = entries.get(key);
        const gap = entry.seq > 1 && entries.get([entry.request, entry.seq - 1]) === undefined;
        taken = gap || (standing !== undefined && canonicalJson(standing) !== canonicalJson(entry));
        if (!taken && standing === undefined) entries.put(key, entry);
      });
      return !taken;
    },
    log: async (request) => [...entries.getRange(of(request))].map(({ value }) => value),
    requests: async () => [...new Set([...entries.getKeys()].map(([request]) => request))],
    async writeReminder(record) {
      const key: [RequestId, string] = [record.request, record.key];
      await store.root.transaction(() => {
        if (reminders.get(key) === undefined) reminders.put(key, record);
      });
    },
    reminders: async (request) => [...reminders.getRange(of(request))].map(({ value }) => value),
  };
}
