import { createCipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { masterKey } from '#adapters/local/master-key.ts';
import { sealer } from '#adapters/local/sealer.ts';
import { openStore } from '#adapters/local/store.ts';
import { destroyKeys, standingKeys, unsealer } from '#adapters/local/unsealer.ts';
import { type DepartmentId, reportIdOf, sha256, submissionIdOf } from '#core/domain/ids.ts';
import type { Instant } from '#core/domain/instant.ts';
import { guardedFields } from '#core/domain/report/protected.ts';
import type { Week } from '#core/domain/week.ts';
import { emptyHome, recordKeepingStore, storeOfItsOwn } from './local-home.ts';
import { sealerContract } from './sealer.contract.ts';

const department = 'fire' as DepartmentId;
const report = reportIdOf(department, 'a');

describe('the vault at home', () => {
  sealerContract(async () => {
    const dataDir = emptyHome();
    const store = storeOfItsOwn(dataDir);
    const key = await masterKey(dataDir, store);
    return { sealer: sealer(store, key), unsealer: unsealer(store, key) };
  });

  it('keeps its master key in a file that only the owner may read', async () => {
    const dataDir = emptyHome();
    await masterKey(dataDir, storeOfItsOwn(dataDir));
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  });

  it('opens what an earlier process sealed', async () => {
    const dataDir = emptyHome();
    const before = openStore(dataDir);
    const [sealed = []] = await sealer(before, await masterKey(dataDir, before)).seal([
      { report, version: 1, guarded: guardedFields({ narrative: 'kept' }) },
    ]);
    await before.close();
    const store = storeOfItsOwn(dataDir);
    const opened = await unsealer(store, await masterKey(dataDir, store)).unseal(report, 1, sealed);
    expect(opened).toEqual({ narrative: 'kept' });
  });

  it('opens what was sealed with AES-256-GCM, as earlier versions did', async () => {
    const dataDir = emptyHome();
    const store = storeOfItsOwn(dataDir);
    const master = await masterKey(dataDir, store);
    const seal = (key: Uint8Array | KeyObject, iv: Uint8Array, bond: string, clear: Uint8Array): Buffer => {
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(bond));
      return Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
    };
    const [iv, entryKey, dataKey] = [randomBytes(12), randomBytes(32), randomBytes(32)];
    const hidden = createCipheriv('aes-256-ctr', entryKey, Buffer.alloc(16)).update(dataKey);
    await store.keys.put('entry', { wrapped: Buffer.concat([iv, seal(master, iv, 'entry', entryKey)]), hidden });
    const clear = Buffer.from(JSON.stringify({ narrative: 'as it was' }));
    const text = seal(dataKey, new Uint8Array(12), `${report}|1`, clear).toString('base64');
    const sealed = [{ fields: ['narrative'], key: 'entry.0.1', text }];
    expect(await unsealer(store, master).unseal(report, 1, sealed)).toEqual({ narrative: 'as it was' });
  });

  it('refuses to start with a master key that is not its own', async () => {
    const dataDir = emptyHome();
    const store = storeOfItsOwn(dataDir);
    await masterKey(dataDir, store);
    writeFileSync(join(dataDir, 'master.key'), Buffer.alloc(32, 7));
    await expect(masterKey(dataDir, store)).rejects.toThrow('does not belong');
  });

  it('erases a report by destroying its keys, and no other', async () => {
    const dataDir = emptyHome();
    const store = storeOfItsOwn(dataDir);
    const key = await masterKey(dataDir, store);
    const other = reportIdOf(department, 'b');
    const [mine = [], theirs = []] = await sealer(store, key).seal([
      { report, version: 1, guarded: guardedFields({ narrative: 'mine' }) },
      { report: other, version: 1, guarded: guardedFields({ narrative: 'theirs' }) },
    ]);
    const submissionId = submissionIdOf(department, 'k');
    const facts = { department, week: '2026-03-02' as Week };
    const version = {
      localReportId: 'a',
      version: 1,
      operation: 'create',
      sha256: sha256('a'),
      facts,
      open: {},
    } as const;
    await recordKeepingStore(store).commit({
      receipt: {
        submissionId,
        department,
        request: sha256('k'),
        raw: 'raw/k',
        counts: { received: 1, accepted: 1, duplicates: 0, refused: 0 },
      },
      record: {
        schema: 1,
        submissionId,
        department,
        rows: [{ line: 1, status: 'accepted', report: { ...version, reportId: report, sealed: mine }, violations: [] }],
      },
      at: '2026-03-02T10:00:00.000Z' as Instant,
    });
    expect(standingKeys(store, report)).toEqual(mine.map(({ key }) => key));
    expect(standingKeys(store, other)).toBeUndefined();
    await destroyKeys(store, report);
    expect(standingKeys(store, report)).toEqual([]);
    expect(await unsealer(store, key).unseal(report, 1, mine)).toEqual({ narrative: undefined });
    expect(await unsealer(store, key).unseal(other, 1, theirs)).toEqual({ narrative: 'theirs' });
  });
});
