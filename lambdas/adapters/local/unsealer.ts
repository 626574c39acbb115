import type { KeyObject } from 'node:crypto';
import type { ReportId } from '#core/domain/ids.ts';
import type { Unsealer } from '#core/ports.ts';
import { fieldsBond, onlyNonce, readKeyName } from '../anywhere/sealed-names.ts';
import { decrypt, keyBytes, turnKeys } from './sealed-text.ts';
import { type LocalStore, lastNumber } from './store.ts';
import { storedVersion } from './stored-version.ts';

/** Opens sealed fields at home. A field whose key was destroyed is undefined; a text that was tampered with or moved is a fault. */
export function unsealer(store: LocalStore, master: KeyObject): Unsealer {
  return {
    async unseal(report, version, sealed) {
      const opened: Record<string, string | undefined> = {};
      for (const { fields, key, text } of sealed) {
        const at = readKeyName(key);
        if (!store.keys.doesExist(at.entry)) await store.root.committed; // sealed a moment ago and still queued
        const keys = store.keys.get(at.entry);
        const hidden = keys?.hidden.subarray(keyBytes * at.place, keyBytes * (at.place + 1));
        if (!keys || !hidden?.some((byte) => byte !== 0)) {
          for (const field of fields) opened[field] = undefined;
          continue;
        }
        if (!(at.version <= version)) throw new Error('a sealed field of a later version');
        const { wrapped, cipher = 'aes-256-gcm' } = keys;
        const entryKey = decrypt('aes-256-gcm', master, wrapped.subarray(0, 12), at.entry, wrapped.subarray(12));
        const dataKey = turnKeys(entryKey, at.place, hidden);
        const clear = decrypt(cipher, dataKey, onlyNonce, fieldsBond(report, at.version), Buffer.from(text, 'base64'));
        const held = JSON.parse(clear.toString('utf8')) as Readonly<Record<string, string>>;
        for (const field of fields) {
          if (held[field] === undefined) throw new Error('a field that was not sealed here');
          opened[field] = held[field];
        }
      }
      return opened;
    },
  };
}

/** The keys of a report that can still open something, over all its versions; undefined when there is no such report. */
export function standingKeys(store: LocalStore, report: ReportId): readonly string[] | undefined {
  const references = store.lineages.within(lastNumber(store.feed)).references(report);
  if (references.length === 0) return undefined;
  const sealed = references.flatMap((reference) => storedVersion(store, reference).version.sealed);
  return [...new Set(sealed.map(({ key }) => key))].filter((key) => {
    const { entry, place } = readKeyName(key);
    const hidden = store.keys.get(entry)?.hidden.subarray(keyBytes * place, keyBytes * (place + 1));
    return hidden?.some((byte) => byte !== 0) ?? false;
  });
}

/** Destroys the keys of every version of a report: its protected fields can never be opened again. Durable when it resolves. */
export async function destroyKeys(store: LocalStore, report: ReportId): Promise<void> {
  await store.root.transaction(() => {
    for (const key of standingKeys(store, report) ?? []) {
      const { entry, place } = readKeyName(key);
      const keys = store.keys.get(entry);
      if (!keys) continue;
      const hidden = Buffer.from(keys.hidden).fill(0, keyBytes * place, keyBytes * (place + 1));
      store.keys.put(entry, { ...keys, hidden });
    }
  });
}
