import { describe, expect, it } from 'vitest';
import { areas, layouts } from '#core/foia/layouts.ts';
import { likelyColumns } from '#core/foia/likely-columns.ts';
import { proposeMapping } from '#core/foia/propose-layout.ts';

const headers = ['When Taken', 'Where Held', 'Method Used', 'Subject Key', 'Remarks'];
const person = (at: number) => at.toString(16).padStart(40, '0');
const rows = (cells: readonly (readonly string[])[]) => cells.map((one, at) => ({ row: at + 1, cells: one }));
const table = (...below: readonly (readonly string[])[]) => rows([['A title'], headers, ...below]);
const line = (at: number, where: string) => [`${at}/1/2025`, where, 'Located', person(at), 'text'];

describe('a mapping proposed for headers that nobody has seen', () => {
  it('is read from what stands in the columns', () => {
    const shown = table(
      line(1, 'Los Angeles Area of Responsibility'),
      line(2, '(b)(7)(E)'),
      line(3, 'San Diego Area of Responsibility'),
      ['???', 'Los Angeles', 'Located', '(b)(6)', ''],
      line(4, 'Atlantis'),
    );
    const columns = likelyColumns(headers, shown, areas);
    expect(columns).toEqual({ eventDate: 'When Taken', area: 'Where Held', level: 'aor', person: 'Subject Key' });
    expect(proposeMapping(headers, layouts, columns)).toMatchObject({
      area: 'aor',
      fields: { eventDate: 'When Taken', area: 'Where Held', category: 'Method Used', person: 'Subject Key' },
    });
  });

  it('says nothing of columns with too little in them, mixed ones, or a header that is not among the rows', () => {
    const few = table(line(1, 'CA'), line(2, 'CA'));
    expect(likelyColumns(headers, few, areas)).toEqual({});
    const mixed = table(line(1, 'here'), line(2, 'there'), ['x', 'CA', 'y', 'z', ''], ['x', 'y', '', 'z', '']);
    expect(likelyColumns(headers, mixed, areas)).toEqual({});
    expect(likelyColumns(headers, rows([['other'], line(1, 'CA'), line(2, 'CA'), line(3, 'CA')]), areas)).toEqual({});
  });

  it('leaves a column to the words of its header where they name it', () => {
    const named = ['Apprehension Date', 'Day Noted'];
    const shown = rows([named, ...[1, 2, 3].map((day) => [`10/${day}/2025`, `11/${day}/2025`])]);
    const columns = likelyColumns(named, shown, areas);
    expect(proposeMapping(named, layouts, { ...columns, eventDate: 'Day Noted' }).fields.eventDate).toBe(
      'Apprehension Date',
    );
  });
});
