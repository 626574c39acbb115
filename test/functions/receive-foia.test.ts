import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dropEvent } from '#adapters/local/foia-files.ts';
import { standingReading } from '#core/domain/foia-custody.ts';
import { instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import { layouts } from '#core/foia/layouts.ts';
import { confirmedLayout } from '#core/foia/propose-layout.ts';
import type { LakeRow } from '#core/lake/tables.ts';
import type { FoiaFiles, Lake } from '#core/ports.ts';
import { receiveFoia } from '#functions/receive-foia/receive-foia.ts';
import { sampleWorkbook } from '../../bin/sample/foia-workbook.ts';
import { zipOfParts } from '../../bin/sample/workbook-parts.ts';
import { lakeRowsOf } from '../fixtures/lake-rows.ts';
import { foiaDesk } from './foia-desk.ts';

describe('a dropped file', () => {
  it('is kept, read into the lake and concluded with sums that add up', async () => {
    const { data, drop, receive, lakeFiles, events } = await foiaDesk();
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
      ...[0, 1].map((table) => `foia_records/recorded_month=2026-03/${short}-1-${table}-part0.parquet`),
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
    const { drop, receive, lakeFiles } = await foiaDesk();
    const workbook = await sampleWorkbook('2026-02-23');
    const [before] = await receive(await drop('a.xlsx', workbook));
    const standing = await lakeFiles();
    const [after] = await receive(await drop('b.xlsx', workbook));
    expect(after).toMatchObject({ release: before?.release, rows: before?.rows, names: ['a.xlsx', 'b.xlsx'] });
    expect(after?.arrivals.map(({ name }) => name)).toEqual(['a.xlsx', 'b.xlsx']);
    expect(await lakeFiles()).toEqual(standing);
  });

  it('that cannot be read is refused with a reason, kept, and gives the lake nothing', async () => {
    const { data, drop, receive, lakeFiles, events } = await foiaDesk();
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
    const { ports, drop } = await foiaDesk();
    const rows: LakeRow<'foia_records'>[] = [];
    const lake: Pick<Lake, 'append'> = {
      append: async (_, at, batch) => {
        if ('columns' in batch) rows.push(...(lakeRowsOf(batch) as LakeRow<'foia_records'>[]));
        return { key: at.name, sha256: '' as never, bytes: 0 };
      },
    };
    await receiveFoia({ ...ports, lake })(await drop('a.xlsx', await sampleWorkbook('2026-02-23')));
    const values = new Set(rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === 'string'));
    expect(rows.length).toBeGreaterThan(100);
    for (const attribute of ['Male', 'Female', 'MEXICO', 'MED', 'BRO']) expect(values.has(attribute)).toBe(false);
  });

  it('that is an archive is kept, and each file in it is a file of its own with its lineage', async () => {
    const { data, drop, receive, lakeFiles } = await foiaDesk();
    const workbook = await sampleWorkbook('2026-02-23');
    const zip = await zipOfParts([
      { path: 'tables/arrests.xlsx', content: Buffer.from(workbook) },
      { path: 'notes.csv', content: 'a,b\n1,2\n' },
      { path: '__MACOSX/._notes.csv', content: 'x' },
    ]);
    const [archive, ...members] = await receive(await drop('response.zip', zip));
    expect(archive).toMatchObject({ format: 'archive', status: 'taken', leftovers: ['__MACOSX/._notes.csv'] });
    expect(archive?.members?.map(({ path }) => path)).toEqual(['tables/arrests.xlsx', 'notes.csv']);
    expect(members.map((one) => [one.names, one.archive, one.release])).toEqual([
      [['tables/arrests.xlsx'], archive?.sha256, archive?.release],
      [['notes.csv'], archive?.sha256, archive?.release],
    ]);
    const [first] = members;
    invariant(first, 'a member');
    expect((await readFile(join(data, 'foia', first.sha256, 'original'))).equals(workbook)).toBe(true);
    expect((await lakeFiles()).filter((name) => name.includes(first.sha256.slice(0, 16))).length).toBe(3);
  });

  it('with a damaged file in its archive is refused as a whole', async () => {
    const { drop, receive, lakeFiles } = await foiaDesk();
    const text = 'a,b\n1,2\n'.repeat(400);
    const zip = Buffer.from(
      await zipOfParts([
        { path: 'good.csv', content: text },
        { path: 'bad.csv', content: text },
      ]),
    );
    const place = zip.indexOf('bad.csv') + 'bad.csv'.length + 6;
    zip[place] = (zip[place] ?? 0) ^ 0xff;
    const taken = await receive(await drop('response.zip', zip));
    expect(taken.map(({ status, reason }) => [status, reason?.split(':')[0]])).toEqual([
      ['refused', expect.stringMatching(/^(TRUNCATED|SIZE_LIES)$/)],
    ]);
    expect(await lakeFiles()).toEqual([]);
  });

  it('with an unknown header waits for a person; once the mapping is confirmed it is read again and its rows land once', async () => {
    const { ports, drop, receive, lakeFiles } = await foiaDesk();
    const text = 'When It Happened,Where,Anonymized Identifier\n1/2/2025,x,p1\n1/3/2025,y,p1\n';
    const event = await drop('new.csv', text);
    const [waiting] = await receive(event);
    invariant(waiting, 'a custody record');
    expect(waiting).toMatchObject({ rows: { read: 3, accepted: 0, quarantined: 3 }, reading: 1 });
    const [table] = waiting.sheets;
    invariant(table, 'a table');
    expect(table.headers).toEqual(['When It Happened', 'Where', 'Anonymized Identifier']);
    const fields = { eventDate: 'When It Happened', person: 'Anonymized Identifier' };
    const by = { id: 'order-1', on: '2026-03-09', client: 'legal' };
    const chosen = { agency: 'ICE', recordKind: 'arrest', area: 'none', fields } as const;
    const at = instantOf('2026-03-09T17:00:00Z');
    invariant(at, 'an instant');
    const layout = confirmedLayout(table.headers, chosen, by, layouts);
    await ports.foia.order({ id: 'order-1', by: 'legal', at, file: waiting.sha256, order: 'map', layout });
    const order = dropEvent('orders/order-1.json', 1);
    const [again] = await receive(order);
    expect(again).toMatchObject({ reading: 2, readAt: at, rows: { read: 2, accepted: 2 }, release: waiting.release });
    expect(again?.sheets[0]).toMatchObject({ layout: 'confirmed-order-1', likelyDuplicates: 0 });
    const standing = await lakeFiles();
    expect((await receive(order))[0]).toEqual(again);
    expect((await receive(event))[0]).toMatchObject({ reading: 2, rows: again?.rows });
    expect(await lakeFiles()).toEqual(standing);
    expect((await ports.foia.statements(waiting.sha256)).map(({ reading, statement }) => [reading, statement])).toEqual(
      [
        [1, 'read'],
        [2, 'read'],
      ],
    );
    // The next file with this header needs nobody.
    const [next] = await receive(await drop('next.csv', `${text}1/4/2025,z,p2\n`));
    expect(next).toMatchObject({ reading: 1, rows: { read: 3, accepted: 3 } });
  });

  it('that was withdrawn or superseded counts no more, and again when it is reinstated', async () => {
    const { ports, drop, receive } = await foiaDesk();
    const [custody] = await receive(await drop('a.xlsx', await sampleWorkbook('2026-02-23')));
    invariant(custody, 'a custody record');
    const counted = async () => standingReading(await ports.foia.statements(custody.sha256));
    const said = async (day: number, order: 'withdraw' | 'reinstate') => {
      const at = instantOf(`2026-03-${day}T17:00:00Z`);
      invariant(at, 'an instant');
      await ports.foia.order({ id: `o${day}`, by: 'legal', at, file: custody.sha256, order, why: 'a letter' });
      for (let time = 0; time < 2; time++) await receive(dropEvent(`orders/o${day}.json`, 1));
    };
    expect(await counted()).toBe(1);
    await said(10, 'withdraw');
    expect(await counted()).toBeUndefined();
    await said(11, 'reinstate');
    expect(await counted()).toBe(1);
    expect((await ports.foia.statements(custody.sha256)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('leaves no trace of its reading before it is kept, and none when it cannot be kept', async () => {
    const { data, ports, drop, lakeFiles, events } = await foiaDesk();
    const text =
      'Fiscal Year,Month Grouping,Month (abbv),State,Demographic,Citizenship,Title of Authority,Encounter Count\n';
    const event = await drop('a.csv', text + '2024,FYTD,OCT,CA,x,y,Title 8,7\n'.repeat(50_000));
    let settle: (fault?: Error) => void = () => undefined;
    const disk = new Promise<void>((resolve, reject) => {
      settle = (fault) => (fault ? reject(fault) : resolve());
    });
    disk.catch(() => undefined);
    let reading: Promise<unknown> = Promise.resolve();
    const read = new Promise<void>((resolve) => {
      const foia: FoiaFiles = {
        ...ports.foia,
        async keep(file) {
          const { original, kept, ...arrived } = await ports.foia.keep(file);
          const watched = async (offset: number, length: number) => {
            if (offset + length >= original.content.size) resolve();
            return original.content.read(offset, length);
          };
          const content = { ...original.content, read: watched };
          return { ...arrived, original: { ...original, content }, kept: kept.then(() => disk) };
        },
      };
      reading = receiveFoia({ ...ports, foia })(event);
    });
    const refused = expect(reading).rejects.toThrow('no space left');
    await read;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await ports.foia.list()).toEqual([]);
    expect(events).toEqual([]);
    settle(new Error('no space left'));
    await refused;
    expect([await ports.foia.list(), await lakeFiles(), events]).toEqual([[], [], []]);
    expect((await readdir(join(data, 'foia'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const [custody] = await receiveFoia(ports)(event);
    expect(custody?.rows.read).toBe(50_000);
  });

  it('tells how far its reading is', async () => {
    const { ports, drop } = await foiaDesk();
    const told: (readonly [number, number])[] = [];
    const foia: FoiaFiles = {
      ...ports.foia,
      conclude: async (custody) => {
        if (custody.done !== undefined) told.push([custody.rows.read, custody.done]);
        await ports.foia.conclude(custody);
      },
    };
    const header =
      'Fiscal Year,Month Grouping,Month (abbv),Land Border Region,State,Demographic,Citizenship,Title of Authority,Encounter Count\n';
    const [custody] = await receiveFoia({ ...ports, foia })(
      await drop('a.csv', header + '2024,FYTD,OCT,Other,CA,x,y,Title 8,7\n'.repeat(80_000)),
    );
    expect(custody?.rows).toEqual({ read: 80_000, accepted: 80_000, refused: 0, quarantined: 0 });
    expect(told.length).toBeGreaterThan(1);
    expect(told.every(([rows, done], at) => rows > (told[at - 1]?.[0] ?? 0) && done > 0 && done <= 1)).toBe(true);
  });
});
