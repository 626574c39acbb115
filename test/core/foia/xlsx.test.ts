import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { CellError, SerialDate } from '#core/foia/cell.ts';
import { escaped, zipOfParts } from '../../../bin/sample/workbook-parts.ts';
import { cellsOf, contentOf, readWhole, rowsOf, sheetOf, workbookOf } from './agency-file.ts';

const row = (cells: string, number = 1) => `<row r="${number}">${cells}</row>`;
const one = (cells: string) => workbookOf([{ name: 'S', xml: sheetOf(row(cells)) }], ['shared é', 'second']);
const refusal = async (bytes: Uint8Array | string) => {
  const { reading, records, aside } = await readWhole(bytes);
  expect([records.length, aside.length]).toEqual([0, 0]);
  return reading.status === 'refused' ? reading.code : reading.status;
};
const filler = row('<c r="A1"><v>1</v></c>');

describe('a workbook', () => {
  it('gives every kind of cell as the value it holds', async () => {
    const cells = await cellsOf(
      await one(
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t xml:space="preserve"> in </t></is></c><c r="C1"><v>1.5</v></c><c r="D1" t="b"><v>1</v></c>' +
          '<c r="E1" t="e"><v>#N/A</v></c><c r="F1" t="str"><f>A1&amp;"x"</f><v>a &lt;&#233;&gt;</v></c><c r="G1" s="1"><v>45000.25</v></c><c r="H1"><f>SUM(C1)</f><v>-2E-3</v></c><c r="I1" t="d"><v>2025-03-04</v></c><c r="J1" s="1"/>',
      ),
    );
    expect(cells).toEqual([
      [
        'shared é',
        ' in ',
        1.5,
        true,
        new CellError('#N/A'),
        'a <é>',
        new SerialDate(45000.25, false),
        -0.002,
        '2025-03-04',
      ],
    ]);
  });

  it('counts days from 1904 where the workbook says so', async () => {
    const workbook = await workbookOf([{ name: 'S', xml: sheetOf(row('<c r="A1" s="2"><v>1</v></c>')) }], [], {
      'xl/workbook.xml':
        '<workbook xmlns:r="http://r"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    });
    expect(await cellsOf(workbook)).toEqual([[new SerialDate(1, true)]]);
  });

  it('is read under any namespace prefix and without cell references', async () => {
    const workbook = await workbookOf([{ name: 'S', xml: '' }], [], {
      'xl/worksheets/sheet1.xml':
        '<?xml version="1.0"?><!-- a comment with <row> --><x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c/><x:c t="inlineStr"><x:is><x:r><x:t>ri</x:t></x:r><x:r><x:t>ch</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c></x:row><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    });
    const rows = (await rowsOf(workbook))['S'] ?? [];
    expect(rows.map(({ number, cells }) => [number, ...cells])).toEqual([
      [1, 1, undefined, 'rich'],
      [2, 2],
    ]);
  });

  it('joins rich text, leaves phonetic text out and undoes escapes', async () => {
    const workbook = await workbookOf(
      [{ name: 'S', xml: sheetOf(row('<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c>')) }],
      [],
      {
        'xl/sharedStrings.xml':
          '<sst><si><r><t>a&amp;</t></r><r><t>b</t></r><rPh><t>c</t></rPh></si><si><t><![CDATA[<x>]]></t></si><si><t>line_x000D_end</t></si></sst>',
      },
    );
    expect(await cellsOf(workbook)).toEqual([['a&b', '<x>', 'line\rend']]);
  });

  it('reads a used range blown out to the last column without its empty cells', async () => {
    const cells = await cellsOf(await one('<c r="B1"><v>1</v></c><c r="XFC1" s="1"/><c r="XFD1"><v>9</v></c>'));
    expect([cells[0]?.[1], cells[0]?.[16_383]]).toEqual([1, 9]);
  });

  it('keeps every character of any text, wherever the bytes are cut, as a second parser reads it', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'ñ', '–', '😀', '&', '<', ' ', '"', '國'),
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 70_000 }),
        async (texts, pad) => {
          const shared = [`p${'é'.repeat(pad)}`, ...texts];
          const xml = sheetOf(
            shared
              .map((_, at) =>
                row(
                  `<c t="s"><v>${at}</v></c><c t="inlineStr"><is><t>${escaped(shared[at] ?? '')}</t></is></c>`,
                  at + 1,
                ),
              )
              .join(''),
          );
          const read = await cellsOf(await workbookOf([{ name: 'S', xml }], shared));
          const second = parseDocument(xml, { xmlMode: true, decodeEntities: true });
          const texts2: string[] = [];
          const walk = (node: unknown): void => {
            const { type, data, children } = node as { type: string; data?: string; children?: unknown[] };
            if (type === 'text' && data !== undefined && !/^\d+$/.test(data)) texts2.push(data);
            children?.forEach(walk);
          };
          walk(second);
          const nonBlank = shared.filter((value) => value.trim() !== '');
          expect(read.map((cells) => cells[0])).toEqual(nonBlank);
          expect(read.map((cells) => cells[1])).toEqual(nonBlank);
          expect(texts2.filter((value) => value.trim() !== '')).toEqual(nonBlank);
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  });

  it('reads a decimal number as the language does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 }),
        async (values) => {
          const cells = values.map((value) => `<c><v>${value}</v></c>`).join('');
          expect((await cellsOf(await one(cells)))[0]?.map((cell) => Number(cell) + 0)).toEqual(
            values.map((value) => Number(String(value)) + 0),
          );
        },
      ),
      { numRuns: 30, seed: 7 },
    );
  });
});

describe('a workbook that must not be read', () => {
  it('is refused for a document type, whatever it declares', async () => {
    const xml = `<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet>${sheetOf(filler)}</worksheet>`;
    expect(await refusal(await workbookOf([{ name: 'S', xml: '' }], [], { 'xl/worksheets/sheet1.xml': xml }))).toBe(
      'DOCTYPE',
    );
  });

  it('is refused for macros, markup, emptiness and bytes that are no text', async () => {
    expect(
      await refusal(await workbookOf([{ name: 'S', xml: sheetOf(filler) }], [], { 'xl/vbaProject.bin': 'x' })),
    ).toBe('MACROS');
    expect(await refusal('<html><table><tr><td>Apprehension Date</td></tr></table>')).toBe('MARKUP');
    expect(await refusal('')).toBe('EMPTY');
    expect(await refusal(Buffer.from([1, 2, 0, 0, 7, 0, 9, 9]))).toBe('ENCODING');
  });

  it('is refused when it is cut off anywhere, and hands nothing over', async () => {
    const whole = await workbookOf(
      [
        {
          name: 'S',
          xml: sheetOf(Array.from({ length: 500 }, (_, at) => row('<c t="s"><v>0</v></c>', at + 1)).join('')),
        },
      ],
      ['x'],
    );
    for (let part = 1; part < 10; part++)
      expect(await refusal(whole.slice(0, (whole.length * part) / 10))).toBe('TRUNCATED');
  });

  it('never crashes on damage: it is taken or refused', async () => {
    const whole = await workbookOf([{ name: 'S', xml: sheetOf(filler) }], ['x']);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (damage) => {
          const bytes = Uint8Array.from(whole);
          for (const [at, byte] of damage) bytes[at] = byte;
          expect(['taken', 'refused']).toContain((await readWhole(bytes)).reading.status);
        },
      ),
      { numRuns: 150, seed: 7 },
    );
  });

  it('is refused before it unpacks when it declares a bomb, and while it unpacks when it lies', async () => {
    const bomb = await workbookOf([{ name: 'S', xml: ' '.repeat(30_000_000) }]);
    expect(await refusal(bomb)).toBe('RATIO');
    const lie = Buffer.from(bomb);
    const sizeAt = lie.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 22;
    lie.writeUInt32LE(1000, sizeAt);
    expect(['SIZE_LIES', 'RATIO']).toContain(await refusal(lie));
    const many = await zipOfParts(Array.from({ length: 201 }, (_, at) => ({ path: `p${at}`, content: '' })));
    expect(await refusal(many)).toBe('TOO_MANY_ENTRIES');
  });

  it('is refused when a part is not well-formed or points nowhere', async () => {
    const broken = (xml: string) => workbookOf([{ name: 'S', xml: '' }], ['x'], { 'xl/worksheets/sheet1.xml': xml });
    for (const xml of [
      '<worksheet><sheetData>',
      '<worksheet></worksheet></x>',
      `<worksheet>${sheetOf(row('<c t="s"><v>7</v></c>'))}</worksheet>`,
      `<worksheet>${sheetOf(row('<c t="str"><v>&nope;</v></c>'))}</worksheet>`,
      `<worksheet>${sheetOf(row('<c><v>1x</v></c>'))}</worksheet>`,
    ])
      expect(await refusal(await broken(xml))).toBe('MALFORMED');
  });

  it('throws when the place it is read from fails, so that it is tried again', async () => {
    const bytes = await workbookOf([{ name: 'S', xml: sheetOf(filler) }]);
    const content = contentOf(bytes);
    let reads = 0;
    const failing = {
      size: content.size,
      read: async (offset: number, length: number) => {
        reads += 1;
        if (reads > 3) throw new Error('the network is gone');
        return content.read(offset, length);
      },
    };
    await expect(readWhole(failing)).rejects.toThrow();
  });
});
