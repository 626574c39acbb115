import { describe, expect, it } from 'vitest';
import { type FoiaCustody, standingReading } from '#core/domain/foia-custody.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { FoiaFiles, Lake } from '#core/ports.ts';
import { receiveFoia } from '#functions/receive-foia/receive-foia.ts';
import { sampleWorkbook } from '../../bin/sample/foia-workbook.ts';
import { foiaDesk } from './foia-desk.ts';

describe('a file', () => {
  it('whose reading is cut off is read again into the same objects', async () => {
    const { ports, drop, lakeFiles } = await foiaDesk();
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

  it('whose reading was cut off under another program is read under the next number, again and again the same', async () => {
    const { ports, drop, receive, lakeFiles } = await foiaDesk();
    const event = await drop('a.xlsx', await sampleWorkbook('2026-02-23'));
    // What the other program wrote: other rows under the same name, and its statement, but no conclusion.
    const halves: Pick<Lake, 'append'> = {
      append: (table, at, rows) => {
        const cut = 'columns' in rows ? { ...rows, length: Math.ceil(rows.length / 2) } : rows;
        return ports.lake.append(table, at, cut);
      },
    };
    const concluding = (status: FoiaCustody['status']): FoiaFiles => ({
      ...ports.foia,
      conclude: (custody) =>
        custody.status === status ? Promise.reject(new Error('power cut')) : ports.foia.conclude(custody),
    });
    await expect(receiveFoia({ ...ports, lake: halves, foia: concluding('taken') })(event)).rejects.toThrow(
      'power cut',
    );
    await expect(receiveFoia({ ...ports, foia: concluding('taken') })(event)).rejects.toThrow('power cut');
    const standing = await lakeFiles();
    const [custody] = await receive(event);
    invariant(custody, 'a custody record');
    expect(custody).toMatchObject({ status: 'taken', reading: 2 });
    expect(await lakeFiles()).toEqual(standing);
    const statements = await ports.foia.statements(custody.sha256);
    expect(statements.map(({ reading }) => reading)).toEqual([1, 2]);
    expect(standingReading(statements)).toBe(2);
  });
});
