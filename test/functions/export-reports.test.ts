import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { canary, pullWorld, stored } from './pull-reports-ports.ts';

const four = () => [
  stored('a'),
  stored('b', { department: 'PARKS', date: '2026-03-06' }),
  stored('c', { operation: 'zero', date: '2026-03-02', open: {} }),
  stored('d', { operation: 'withdraw', version: 2, open: { change_reason: 'duplicate_of' } }),
];
const many = (count: number) => Array.from({ length: count }, (_, n) => stored(`r${n}`));

describe('an export', () => {
  const accepting = (accept: string) => ({ accept });
  it('answers CSV or NDJSON as asked, names the file, and refuses other forms with 406', async () => {
    const { get, records } = pullWorld(four());
    const csv = await get('/v1/exports/reports', 'legal', accepting('text/csv'));
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="reports-20260320T120000Z.csv"');
    const lines = await get('/v1/exports/reports', 'legal', accepting('application/json;q=0.9, application/x-ndjson'));
    const rows = (await lines.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(4);
    expect((await get('/v1/exports/reports', 'legal', accepting('*/*'))).headers.get('content-type')).toMatch(
      'text/csv',
    );
    expect((await get('/v1/exports/reports', 'legal', accepting('application/pdf'))).status).toBe(406);
    expect(records).toHaveLength(3);
  });
  it('is what a client that takes no JSON is sent to, before anything is read', async () => {
    const { get, records } = pullWorld(four());
    const refused = await get('/v1/reports', 'legal', accepting('text/csv'));
    expect(refused.status).toBe(406);
    expect(await refused.json()).toMatchObject({
      code: 'NOT_ACCEPTABLE',
      detail: expect.stringMatching('/v1/exports/reports'),
    });
    expect(records).toHaveLength(0);
    expect((await get('/v1/reports', 'legal', accepting('text/csv, application/json;q=0.5'))).status).toBe(200);
  });
  it('holds exactly the rows its audit record counts, over many pages, while reports come in', async () => {
    const versions = many(1203);
    const { get, records, ports } = pullWorld(versions);
    const append = ports.audit.append;
    ports.audit.append = async (record) => {
      await append(record);
      versions.push(stored('between', { receivedAt: '2026-03-20T11:59:59.999Z' }));
    };
    const text = await (await get('/v1/exports/reports?department=LIB', 'legal')).text();
    expect(Papa.parse(text, { header: true, skipEmptyLines: true }).data).toHaveLength(1203);
    expect(records[0]).toMatchObject({
      action: 'reports:exported',
      count: 1203,
      what: { department: 'LIB', form: 'csv' },
    });
  });
  it('breaks off when a counted row cannot be answered', async () => {
    const versions = many(3);
    const { get, ports } = pullWorld(versions);
    ports.audit.append = async () => void versions.pop();
    const response = await get('/v1/exports/reports', 'legal');
    await expect(response.text()).rejects.toThrow();
  });
  it('gives a spreadsheet no formula to run, whatever a department wrote', async () => {
    const starts = ['=', '+', '-', '@', '\t', '\r', '＝', '\0'];
    const hostile = fc.tuple(fc.constantFrom(...starts), fc.string()).map((pair) => pair.join(''));
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, fc.string()), async (local) => {
        const { get } = pullWorld([stored(local)]);
        const text = await (await get('/v1/exports/reports', 'legal')).text();
        const [header, row, ...rest] = Papa.parse<string[]>(text, { newline: '\r\n', delimiter: ',' }).data;
        expect(rest).toEqual([['']]);
        expect(row).toHaveLength(header?.length ?? 0);
        for (const cell of row ?? []) expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\0]/);
        const cell = row?.[header?.indexOf('local_report_id') ?? 0];
        expect([local, `'${local}`]).toContain(cell);
      }),
      { examples: [[';";']] },
    );
  });
  it('marks withdrawals and zero reports by their operation, with the place the ledger knows', async () => {
    const { get } = pullWorld(four());
    const text = await (await get('/v1/exports/reports', 'legal')).text();
    const rows = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
    const known = Object.fromEntries(
      rows.map((row) => [row['local_report_id'], [row['operation'], row['property_id']]]),
    );
    expect(known).toMatchObject({ c: ['zero', ''], d: ['withdraw', 'city-hall'] });
    expect(rows.every((row) => row['narrative'] === '')).toBe(true);
  });
  it('holds the protected columns when they were asked for with a purpose and a matter', async () => {
    const { get, order } = pullWorld([stored('a')]);
    const text = await (await get('/v1/exports/reports?protected=true&purpose=Motion&matter=25-1', 'counsel')).text();
    expect(Papa.parse<Record<string, string>>(text, { header: true }).data[0]?.['narrative']).toBe(canary);
    expect(order).toEqual(['pull', 'audit', 'pull', 'unseal']);
  });
  it('takes no page parameters', async () => {
    const { get } = pullWorld(four());
    expect((await get('/v1/exports/reports?limit=5', 'legal')).status).toBe(400);
  });
});
