import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dropEvent, foiaFiles } from '#adapters/local/foia-files.ts';
import { localLake } from '#adapters/local/lake.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import { personKeys } from '#core/foia/person-keys.ts';
import type { LakeRow } from '#core/lake/tables.ts';
import type { FoiaFiles, Lake } from '#core/ports.ts';
import { receiveFoia } from '#functions/receive-foia/receive-foia.ts';
import { sampleWorkbook } from '../../bin/sample/foia-workbook.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function city() {
  const data = await mkdtemp(join(tmpdir(), 'receive-foia-'));
  folders.push(data);
  await mkdir(join(data, 'drop', 'foia'), { recursive: true });
  const events: string[] = [];
  const note = (event: string) => void events.push(event);
  const log = { info: note, warn: note, error: note };
  let day = 1;
  const clock = {
    now: (): Instant => {
      const at = instantOf(`2026-03-${String(day++).padStart(2, '0')}T17:00:00Z`);
      invariant(at, 'an instant');
      return at;
    },
  };
  const ports = {
    foia: foiaFiles(data),
    lake: localLake(join(data, 'lake')),
    personKeys: personKeys(Buffer.alloc(32, 7)),
    clock,
    log,
  };
  const drop = async (name: string, bytes: Uint8Array | string) => {
    await writeFile(join(data, 'drop', 'foia', name), bytes);
    return dropEvent(`foia/${name}`, bytes.length);
  };
  const lakeFiles = async () =>
    (await readdir(join(data, 'lake'), { recursive: true }).catch(() => []))
      .filter((name) => name.endsWith('.parquet'))
      .sort();
  return { data, ports, drop, events, lakeFiles, receive: receiveFoia(ports) };
}

describe('a dropped file', () => {
  it('is kept, read into the lake and concluded with sums that add up', async () => {
    const { data, drop, receive, lakeFiles, events } = await city();
    const workbook = await sampleWorkbook('2026-02-23');
    const [custody] = await receive(await drop('response 1.xlsx', workbook));
    expect(custody).toMatchObject({
      names: ['response 1.xlsx'],
      status: 'taken',
      receivedAt: '2026-03-01T17:00:00.000Z',
    });
    invariant(custody, 'a custody record');
    for (const { rows } of [custody, ...custody.sheets])
      expect(rows.read).toBe(rows.accepted + rows.refused + rows.quarantined);
    expect(custody.rows.read).toBe(custody.sheets.reduce((sum, { rows }) => sum + rows.read, 0));
    const short = custody.sha256.slice(0, 16);
    expect(await lakeFiles()).toEqual([
      ...[0, 1].map((table) => `foia_records/recorded_month=2026-03/${short}-1-${table}-0.parquet`),
      `foia_statements/recorded_month=2026-03/${short}-1.parquet`,
    ]);
    expect((await readFile(join(data, 'foia', custody.sha256, 'original'))).equals(workbook)).toBe(true);
    const aside = (await readFile(join(data, 'foia', custody.sha256, 'reading-1', 'quarantine-0.ndjson'), 'utf8'))
      .trimEnd()
      .split('\n');
    expect(aside.length).toBe(custody.rows.refused + custody.rows.quarantined);
    expect(Object.keys(JSON.parse(aside[0] ?? '{}'))).toEqual(['sheet', 'table', 'row', 'column', 'status', 'reason']);
    expect(events).toEqual(['foia:received', 'foia:taken']);
  });

  it('under another name adds the name and nothing else', async () => {
    const { drop, receive, lakeFiles } = await city();
    const workbook = await sampleWorkbook('2026-02-23');
    const [before] = await receive(await drop('a.xlsx', workbook));
    const standing = await lakeFiles();
    const [after] = await receive(await drop('b.xlsx', workbook));
    expect(after).toMatchObject({ release: before?.release, rows: before?.rows, names: ['a.xlsx', 'b.xlsx'] });
    expect(after?.arrivals.map(({ name }) => name)).toEqual(['a.xlsx', 'b.xlsx']);
    expect(await lakeFiles()).toEqual(standing);
  });

  it('whose reading is cut off is read again into the same objects', async () => {
    const { ports, drop, lakeFiles } = await city();
    const event = await drop('a.xlsx', await sampleWorkbook('2026-02-23'));
    const failing: FoiaFiles = {
      ...ports.foia,
      conclude: (custody) =>
        custody.status === 'reading' ? ports.foia.conclude(custody) : Promise.reject(new Error('power cut')),
    };
    await expect(receiveFoia({ ...ports, foia: failing })(event)).rejects.toThrow('power cut');
    const standing = await lakeFiles();
    const [custody] = await receiveFoia(ports)(event);
    expect(custody).toMatchObject({ status: 'taken', receivedAt: '2026-03-01T17:00:00.000Z' });
    expect(await lakeFiles()).toEqual(standing);
  });

  it('that cannot be read is refused with a reason, kept, and gives the lake nothing', async () => {
    const { data, drop, receive, lakeFiles, events } = await city();
    const workbook = await sampleWorkbook('2026-02-23');
    const [custody] = await receive(await drop('cut.xlsx', workbook.subarray(0, workbook.length - 500)));
    expect(custody).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/^TRUNCATED: /),
      rows: { read: 0 },
      sheets: [],
    });
    invariant(custody, 'a custody record');
    expect((await readFile(join(data, 'foia', custody.sha256, 'original'))).length).toBe(workbook.length - 500);
    expect(await lakeFiles()).toEqual([]);
    expect(events).toEqual(['foia:received', 'foia:refused']);
  });

  it('gives the lake no attribute of a person', async () => {
    const { ports, drop } = await city();
    const rows: LakeRow<'foia_records'>[] = [];
    const lake: Lake = {
      append: async (_, at, batch) => {
        rows.push(...(batch as readonly LakeRow<'foia_records'>[]));
        return { key: at.name, sha256: '' as never, bytes: 0 };
      },
    };
    await receiveFoia({ ...ports, lake })(await drop('a.xlsx', await sampleWorkbook('2026-02-23')));
    const values = new Set(rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === 'string'));
    for (const attribute of ['Male', 'Female', 'MEXICO', 'MED', 'BRO']) expect(values.has(attribute)).toBe(false);
  });
});
