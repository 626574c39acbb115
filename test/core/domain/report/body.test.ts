import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readBody as readRows } from '#core/domain/report/body.ts';
import type { BodyRow } from '#core/domain/report/body-row.ts';
import { decodeText } from '#core/domain/report/body-text.ts';
import { reportsToCsv, submissionCsv } from '#core/domain/report/csv-export.ts';
import { bodyExamples, reportExamples } from '#core/domain/report/examples.ts';

const { batch, ndjson, csv } = bodyExamples(reportExamples);
const readBody = (content: Uint8Array, type: string | undefined) => readRows(content, type, (row: BodyRow) => row);
const bytes = (text: string) => new TextEncoder().encode(text);
function rowsOf(content: string | Uint8Array, type: string) {
  const read = readBody(typeof content === 'string' ? bytes(content) : content, type);
  if (!read.ok) throw new Error(`${read.problem.code} ${read.problem.detail}`);
  return read.value;
}
function problemOf(content: string | Uint8Array, type: string | undefined) {
  const read = readBody(typeof content === 'string' ? bytes(content) : content, type);
  if (read.ok) throw new Error('was read');
  return read.problem;
}
const valuesOf = (content: string | Uint8Array, type: string) =>
  rowsOf(content, type).map((row) => ('value' in row ? row.value : row.violations));

describe('readBody', () => {
  it('reads one object, an array, a wrapped array and NDJSON alike', () => {
    expect(valuesOf(JSON.stringify(reportExamples.create), 'application/json')).toEqual([reportExamples.create]);
    expect(valuesOf(JSON.stringify(batch), 'application/json; charset=utf-8')).toEqual(batch);
    expect(valuesOf(JSON.stringify({ reports: batch }), 'application/json')).toEqual(batch);
    expect(valuesOf(ndjson, 'application/x-ndjson')).toEqual(batch);
  });

  it('reads an array a stretch at a time as if it were read at once, and refuses what is not one', () => {
    const item = fc.tuple(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(0, 20_000, 40_000));
    const written = fc.array(item, { maxLength: 8 }).map((items) =>
      // Long strings, so that the array falls into several stretches.
      JSON.stringify(items.map(([value, pad]) => ({ pad: `],["${'x'.repeat(pad)}`, value }))),
    );
    const change = fc.record({ at: fc.nat(), letter: fc.constantFrom(...'[]{},:"\\ \n1', '') });
    fc.assert(
      fc.property(written, fc.array(change, { maxLength: 2 }), (text, changes) => {
        let changed = text;
        // Only where something begins or ends.
        const places = [...text.matchAll(/[[\]{},:]|^|$/g)].map(({ index }) => index);
        for (const { at, letter } of changes) {
          const place = places[at % places.length] ?? 0;
          changed = `${changed.slice(0, place)}${letter}${changed.slice(place + (at % 2))}`;
        }
        let value: unknown;
        try {
          value = JSON.parse(changed);
        } catch {
          expect(['BODY_UNREADABLE', 'BODY_MISSING']).toContain(problemOf(changed, 'application/json').code);
          return;
        }
        if (!Array.isArray(value) || value.length === 0) return;
        const read = readBody(bytes(changed), 'application/json');
        if (read.ok || changed === text) expect(valuesOf(changed, 'application/json')).toEqual(value);
        else expect(read.problem.violations?.[0]?.code).toBe('E106');
      }),
      { numRuns: 400 },
    );
  });

  it('refuses an array whose fault stands between its stretches or in one of them', () => {
    const long = JSON.stringify({ pad: 'x'.repeat(40_000) });
    for (const text of [`[${long},]`, `[,${long}]`, `[${long},,${long}]`, `[${long},${long}],[1]`, `[${long},${long}}`])
      expect(problemOf(text, 'application/json').code).toBe('BODY_UNREADABLE');
    const twice = problemOf(`[{"a":1,"a":2},${long},${long}]`, 'application/json');
    expect(twice.violations).toEqual([expect.objectContaining({ code: 'E106' })]);
    expect(problemOf(`[${'0,'.repeat(10_000)}0]`, 'application/json').code).toBe('BODY_TOO_LARGE');
    expect(rowsOf(`[${'0,'.repeat(9_999)}0]`, 'application/json')).toHaveLength(10_000);
  });

  it('keeps the good lines of NDJSON beside the bad one', () => {
    expect(rowsOf('{"a":1}\n\n{bad}\n{"a":1,"a":2}\n', 'application/x-ndjson')).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 3, violations: [expect.objectContaining({ code: 'E107', line: 3 })] },
      { line: 4, violations: [expect.objectContaining({ code: 'E106', line: 4 })] },
    ]);
  });

  it('refuses a field named twice, deep nesting and what is not a report', () => {
    expect(problemOf('{"a":1,"\\u0061":2}', 'application/json')).toMatchObject({
      code: 'BODY_UNREADABLE',
      violations: [{ code: 'E106' }],
    });
    expect(problemOf('['.repeat(200_000), 'application/json').code).toBe('BODY_UNREADABLE');
    for (const text of ['NaN', '"text"', '{"reports":[],"more":1}', '{'])
      expect(problemOf(text, 'application/json').code).toBe('BODY_UNREADABLE');
  });

  it('says when there is no body, no row, too much, or another type', () => {
    for (const type of ['application/json', 'text/csv', 'application/x-ndjson']) {
      expect(problemOf('', type).code).toBe('BODY_MISSING');
      expect(problemOf(' \n ', type).code).toBe('BODY_MISSING');
    }
    expect(problemOf('[]', 'application/json').code).toBe('BODY_MISSING');
    expect(problemOf('operation\n', 'text/csv').code).toBe('BODY_MISSING');
    expect(problemOf(new Uint8Array(6 * 1024 * 1024 + 1), 'text/csv').code).toBe('BODY_TOO_LARGE');
    expect(problemOf(JSON.stringify(Array(10_001).fill(1)), 'application/json').code).toBe('BODY_TOO_LARGE');
    expect(problemOf(`operation\n${'zero\n'.repeat(10_001)}`, 'text/csv').code).toBe('BODY_TOO_LARGE');
    expect(problemOf('{}', 'text/plain').code).toBe('MEDIA_TYPE_UNSUPPORTED');
    expect(problemOf('{}', undefined).code).toBe('MEDIA_TYPE_UNSUPPORTED');
  });

  it('reads back the CSV it writes', () => {
    const flat = [reportExamples.create, reportExamples.correct, reportExamples.supplement, reportExamples.zero];
    expect(valuesOf(submissionCsv(flat), 'text/csv')).toEqual(flat);
  });

  it('reads BOM, CRLF, CR, semicolons, tabs and UTF-16 as the same reports', () => {
    const lf = 'operation,week,local_report_id\nzero,2026-06-01,LIB-1\nzero,2026-06-08,LIB-2\n';
    const expected = rowsOf(lf, 'text/csv');
    expect(expected.map(({ line }) => line)).toEqual([2, 3]);
    for (const content of [
      `\ufeff${lf}`,
      lf.replaceAll('\n', '\r\n'),
      lf.replaceAll('\n', '\r'),
      lf.replaceAll(',', ';'),
      lf.replaceAll(',', '\t'),
      new Uint8Array(iconv.encode(lf, 'utf-16le', { addBOM: true })),
      new Uint8Array(iconv.encode(lf, 'utf-16be', { addBOM: true })),
    ])
      expect(rowsOf(content, 'text/csv')).toEqual(expected);
  });

  it('counts lines of the file over quoted line breaks and empty lines', () => {
    const rows = rowsOf('operation,narrative\r\ncreate,"one\r\ntwo"\r\n\r\ncreate,three\r\ncreate\r\n', 'text/csv');
    expect(rows).toEqual([
      { line: 2, value: { operation: 'create', narrative: 'one\ntwo' } },
      { line: 5, value: { operation: 'create', narrative: 'three' } },
      { line: 6, violations: [expect.objectContaining({ code: 'E108', line: 6 })] },
    ]);
  });

  it('passes no row over in silence, however many empty lines stand before it', () => {
    const text = `operation\nzero\n${'\n'.repeat(20_100)}zero\n`;
    expect(problemOf(text, 'text/csv').code).toBe('BODY_TOO_LARGE');
    expect(rowsOf(text.replace(/\n{10000}/, ''), 'text/csv').map(({ line }) => line)).toEqual([2, 10_103]);
  });

  it('refuses Latin-1, NUL, UTF-16 without a mark, and unknown or doubled columns', () => {
    expect(problemOf(new Uint8Array(iconv.encode('narrative\nSeñal', 'latin1')), 'text/csv').detail).toContain(
      'Latin-1',
    );
    expect(problemOf('narrative\na\0b', 'text/csv').detail).toContain('NUL');
    expect(problemOf('operation,surprise\nzero,1', 'text/csv').violations).toMatchObject([
      { code: 'E103', column: '2' },
    ]);
    expect(problemOf('week,week\n1,2', 'text/csv').violations).toMatchObject([{ code: 'E106', column: '2' }]);
    expect(problemOf('{}', 'application/json; charset=iso-8859-1').code).toBe('BODY_UNREADABLE');
  });

  it('refuses a cell its column cannot read', () => {
    expect(rowsOf('operation,closure_minutes,persons_detained.known\ncreate,soon,maybe', 'text/csv')).toMatchObject([
      { line: 2, violations: [{ code: 'E109', column: 'closure_minutes' }, { code: 'E109' }] },
    ]);
  });

  it('decodes UTF-8 as the decoder of the platform does, wherever a letter or a fault stands', () => {
    const letters = fc.constantFrom('a', '\ufeff', 'ñ', '—', '\u{1f600}');
    const filler = fc.integer({ min: 500, max: 516 }).map((length) => 'x'.repeat(length));
    const text = fc.array(fc.oneof(letters, filler), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''));
    const fault = fc.option(fc.tuple(fc.nat(3000), fc.constantFrom(0x80, 0xc3, 0xe2, 0xf0, 0xff)));
    fc.assert(
      fc.property(text, fault, (said, wrong) => {
        const body = bytes(said);
        if (wrong) body[wrong[0] % body.length] = wrong[1];
        let expected: string | undefined;
        try {
          expected = new TextDecoder('utf-8', { fatal: true }).decode(body);
        } catch {
          expected = undefined;
        }
        const read = decodeText(body, 'text/csv');
        expect(read.ok ? read.value : undefined).toBe(body[0] === 0xff ? undefined : expected);
      }),
    );
  });

  it('never throws on any bytes and never echoes', () => {
    const types = fc.constantFrom('application/json', 'application/x-ndjson', 'text/csv', 'text/csv; charset=x', '');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), types, (content, type) => void readBody(content, type)));
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), types, (text, type) => {
        const read = readBody(bytes(`zq7canary,${text}`), type);
        if (!read.ok) expect(JSON.stringify(read.problem)).not.toContain('zq7canary');
      }),
    );
    expect(csv.split('\r\n')).toHaveLength(5);
  });
});

describe('reportsToCsv', () => {
  const exported = (narrative: string) =>
    reportsToCsv([
      {
        reportId: 'rep_1',
        version: 1,
        submissionId: 'sub_1',
        receivedAt: '2026-06-09T15:21:04.118Z',
        sha256: '00',
        fields: { ...reportExamples.create, narrative },
      },
    ]);

  it('begins no cell as a formula does', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝'), fc.string(), (start, rest) => {
        const last = /,("?)([^,]*)$/s.exec(exported(start + rest.replaceAll(/[",\r\n]/g, '')).trimEnd());
        expect(last?.[2]?.startsWith("'")).toBe(true);
      }),
    );
  });

  it('gives text back as it was, guarded or not', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        fc.pre(text.trim() !== '' && !/[\0\r]/.test(text) && text.isWellFormed());
        for (const narrative of [text, `=${text}`, `'=${text}`, `''-${text}`])
          expect(valuesOf(submissionCsv([{ operation: 'create', narrative }]), 'text/csv')).toEqual([
            { operation: 'create', narrative },
          ]);
      }),
    );
  });
});
