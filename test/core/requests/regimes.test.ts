import { describe, expect, it } from 'vitest';
import { assets } from '#adapters/anywhere/assets.ts';
import { clocksOf } from '#core/requests/clocks.ts';
import { letterOf, letterText } from '#core/requests/letter.ts';
import { readRegimes, regimesFolder } from '#core/requests/read-regimes.ts';
import { viewOf } from '#core/requests/status.ts';
import { date, logOf } from '../../fixtures/matters.ts';
import { regimes } from '../../fixtures/regimes.ts';

const files = assets(process.cwd());

describe('the laws that ship with the program', () => {
  it('are the federal and the Californian, each deadline with its source', () => {
    expect(regimes.map(({ id }) => id)).toEqual(['ca-cpra', 'us-foia']);
    for (const { clocks } of regimes) for (const { id, source } of clocks) expect(source.length, id).toBeGreaterThan(0);
  });
});

describe('a third law', () => {
  const read = () => readRegimes(files, 'test/fixtures/regimes');

  it('is a folder of data: clocks, days off, numbers and letters follow', async () => {
    const [law] = await read();
    expect(law?.id).toBe('port-alder-records');
    if (!law) return;
    const log = logOf(
      [
        { kind: 'received', on: '2026-05-01' },
        { kind: 'number_added', on: '2026-05-01', number: 'hb/2026/07' },
      ],
      { regime: law.id, agency: 'harbor-board' },
    );
    // Harbor Day falls on a Sunday and is kept on Monday; the storm of the sixth is no holiday.
    const { clocks, exhaustion } = clocksOf(log, law, date('2026-05-13'));
    expect(clocks).toEqual([expect.objectContaining({ due: '2026-05-11', cautious: '2026-05-12', state: 'missed' })]);
    expect(exhaustion).toEqual([
      expect.objectContaining({ from: '2026-05-13', endsWithAnswer: true, source: ['Port Alder Code 7.9'] }),
    ]);
    const view = viewOf(log, [law], () => date('2026-05-13'));
    expect(view?.numbers).toEqual([{ normal: 'HB/2026/07', kind: 'request' }]);
    const [template] = law.letters;
    const requester = { name: 'City of Port Alder', office: 'o', address: ['a'], mail: 'm@port-alder.example' };
    const letter = template && view && letterOf(template, view, requester, date('2026-05-13'));
    expect(letter?.ok && letterText(letter.value)).toContain('4. Policies on masks');
  });
});

describe('a law that is not whole', () => {
  const broken = (file: string, change: (text: string) => string) =>
    readRegimes({
      list: async (folder) => {
        if (folder === regimesFolder) return ['us-foia'];
        return files.list(folder);
      },
      text: async (path) => (path.endsWith(file) ? change(await files.text(path)) : files.text(path)),
    });

  it.each([
    ['regime.json', (text: string) => text.replace('"duty": "agency",', ''), /us-foia\/regime\.json[\s\S]*duty/],
    ['regime.json', (text: string) => text.replace('"id": "us-foia"', '"id": "other"'), /the name of the folder/],
    ['regime.json', (text: string) => text.replace('"example": "14-03290"', '"example": "x"'), /does not match/],
    ['calendar.json', (text: string) => text.replace('"weekday": "monday",', ''), /us-foia\/calendar\.json/],
    ['days.csv', (text: string) => text.replace('2012-12-24,,closed', '2012-12-32,,closed'), /days\.csv, row 5/],
    ['appeal.md', (text: string) => text.replace('{{end}}', ''), /appeal\.md: something is not ended/],
    ['appeal.md', (text: string) => text.replace('{{today}}', '{{to day}}'), /appeal\.md: a place/],
  ])('stops the start, by file and place: %s', async (file, change, message) => {
    await expect(broken(file, change)).rejects.toThrow(message);
  });
});
