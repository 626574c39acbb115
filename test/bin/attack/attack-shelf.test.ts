import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attackShelf } from '../../../bin/attack/attack-shelf.ts';
import { NotAShelf } from '../../../bin/attack/published-tables.ts';
import { solverOfThisMachine } from '../../../bin/attack/solver.ts';
import { printOf } from './print-of.ts';
import { type FolderTable, publishedFolder } from './published-folder.ts';

const highs = await solverOfThisMachine('highs');
const glpsolStands = spawnSync('glpsol', ['--version']).status === 0;
const attack = (folder: string, solver = highs) => attackShelf(folder, solver);

const window = { from: '2026-01-05', to: '2026-01-26' };
const agencies = (rows: FolderTable['rows']): FolderTable => ({
  name: 'incidents_by_agency_v1',
  columns: ['agency'],
  ...window,
  rows,
});
const weekly = (from: string, to: string, rows: FolderTable['rows']): FolderTable => ({
  name: 'incidents_by_week_v1',
  columns: ['observed_week'],
  from,
  to,
  rows,
});
const rangesOf = async (tables: readonly FolderTable[]) => {
  const { ranges } = await attack(publishedFolder([{ id: 'week-1', tables }]));
  return ranges.map(({ least, most, small }) => ({ least, most, small }));
};

describe('an outsider with published files only', () => {
  it('works out a single withheld number', async () => {
    expect(
      await rangesOf([
        agencies([
          ['ICE', 40],
          ['CBP', 'withheld'],
          ['*', 47],
        ]),
      ]),
    ).toEqual([{ least: 7, most: 7, small: true }]);
  });

  it('finds every value that two withheld numbers can have', async () => {
    expect(
      await rangesOf([
        agencies([
          ['ICE', 'withheld'],
          ['CBP', 'withheld'],
          ['*', 20],
        ]),
      ]),
    ).toEqual([
      { least: 0, most: 20, small: false },
      { least: 0, most: 20, small: false },
    ]);
  });

  it('puts two tables over the same weeks together', async () => {
    const months = weekly('2026-01-05', '2026-01-26', [
      ['2026-01-05', 30],
      ['2026-01-12', 30],
      ['2026-01-19', 30],
      ['2026-01-26', 30],
      ['*', 120],
    ]);
    const both = [
      agencies([
        ['ICE', 110],
        ['CBP', 'withheld'],
        ['*', 'withheld'],
      ]),
      months,
    ];
    expect(await rangesOf(both)).toEqual([{ least: 10, most: 10, small: true }]);
  });

  it('subtracts windows that slide from release to release', async () => {
    const weeks = (first: number, total: number | string) =>
      weekly(first ? '2026-01-12' : '2026-01-05', first ? '2026-01-19' : '2026-01-12', [
        [first ? '2026-01-12' : '2026-01-05', first ? 40 : 'withheld'],
        [first ? '2026-01-19' : '2026-01-12', first ? 50 : 40],
        ['*', total],
      ]);
    const folder = publishedFolder([
      { id: 'week-1', tables: [weeks(0, 43)] },
      { id: 'week-2', tables: [weeks(1, 90)] },
    ]);
    const { ranges } = await attack(folder);
    expect(ranges.map(({ least, most, unknown }) => [unknown.what, least, most])).toEqual([
      ['incident_count, in all, week of 2026-01-05', 3, 3],
    ]);
  });

  it('asks what was added where a table contradicts an earlier one', async () => {
    const folder = publishedFolder([
      {
        id: 'week-1',
        tables: [
          agencies([
            ['ICE', 40],
            ['*', 40],
          ]),
        ],
      },
      {
        id: 'week-2',
        tables: [
          agencies([
            ['ICE', 44],
            ['*', 44],
          ]),
        ],
      },
    ]);
    const { ranges, counted } = await attack(folder);
    expect(counted).toEqual(['week-2/incidents_by_agency']);
    expect(ranges.map(({ unknown, least, most, small }) => [unknown.difference, least, most, small])).toContainEqual([
      true,
      4,
      4,
      true,
    ]);
  });

  it('takes a table for counted later when nothing else fits', async () => {
    const tables = [
      weekly('2026-01-05', '2026-01-26', [
        ['2026-01-05', 30],
        ['2026-01-12', 'withheld'],
        ['2026-01-19', 'withheld'],
        ['2026-01-26', 30],
        ['*', 90],
      ]),
      agencies([
        ['ICE', 50],
        ['CBP', 45],
        ['*', 'withheld'],
      ]),
    ];
    const { counted, unfinished } = await attack(publishedFolder([{ id: 'week-1', tables }]));
    expect(counted).toEqual(['week-1/incidents_by_agency']);
    expect(unfinished).toBe(0);
  });

  it('notices a number on a page or in the picture that no data file holds', async () => {
    const tables = [
      agencies([
        ['ICE', 'withheld'],
        ['CBP', 'withheld'],
        ['*', 40],
      ]),
    ];
    const row = (...cells: string[]) => `<tr><th>x</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    const pages = {
      'briefing.html': `<table>${row('withheld', 'withheld', '40')}${row('7', 'withheld', '40')}</table>`,
      'map.svg': '<svg><text x="3">A 40</text><text>7</text></svg>',
    };
    const { stray } = await attack(publishedFolder([{ id: 'week-1', tables, pages }]));
    expect(stray).toEqual([
      { file: 'week-1/briefing.html', said: '|7|·|40|' },
      { file: 'week-1/map.svg', said: '7' },
    ]);
  });

  it('reads a print as a person does: labels that stand apart are two numbers, digits that touch are one', async () => {
    const tables = [
      agencies([
        ['ICE', 29],
        ['CBP', 68],
        ['*', 97],
      ]),
    ];
    // Neighbours on a map that stand nearly level, as the print of the sample city has them.
    const apart = printOf([
      ['29', 383.8, 494.6],
      ['68', 324.1, 492.1],
    ]);
    // Each digit is 0.6 of the height wide.
    const together = printOf([
      ['29', 100, 400],
      ['68', 100 + 2 * 0.6 * 8, 400],
    ]);
    const strayIn = async (print: string) =>
      (await attack(publishedFolder([{ id: 'week-1', tables, pages: { 'briefing.pdf': print } }]))).stray;
    expect(await strayIn(apart)).toEqual([]);
    expect(await strayIn(together)).toEqual([{ file: 'week-1/briefing.pdf', said: '2968 on sheet 1' }]);
  });

  it('says of a folder without releases that it is none', async () => {
    await expect(attack(mkdtempSync(join(tmpdir(), 'nothing-')))).rejects.toThrow(NotAShelf);
    await expect(attack('/no/such/folder')).rejects.toThrow(NotAShelf);
  });

  if (!glpsolStands) process.stdout.write('glpsol is not on this machine: its test is left out\n');
  it.skipIf(!glpsolStands)('gets the same answer from two solvers', async () => {
    const rows: FolderTable['rows'] = [
      ['ICE', 'withheld'],
      ['CBP', 'withheld'],
      ['other', 'withheld'],
      ['*', 23],
    ];
    const folder = publishedFolder([{ id: 'week-1', tables: [agencies(rows)] }]);
    const glpsol = await solverOfThisMachine('glpsol');
    const ends = ({ ranges }: Awaited<ReturnType<typeof attack>>) => ranges.map(({ least, most }) => [least, most]);
    expect(ends(await attack(folder, glpsol))).toEqual(ends(await attack(folder)));
    glpsol.close();
  });
});
