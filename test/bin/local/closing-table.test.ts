import { describe, expect, it } from 'vitest';
import { closingTable, type Facts } from '../../../bin/local/closing-table.ts';

const facts: Facts = {
  run: {
    steps: [{ name: 'reports', ms: 1234 }],
    reports: { received: 12, accepted: 7, refused: 2, duplicates: 3 },
    foia: [
      { file: 'agency.xlsx', sha256: 'a', rows: { read: 10, accepted: 6, refused: 1, quarantined: 3 } },
      { file: 'bomb.xlsx', sha256: 'b', rows: { read: 0, accepted: 0, refused: 0, quarantined: 0 } },
    ],
    releases: [{ id: 'week-2026-10-26', tables: [{ query: 'q_v1', cells: { shown: 5, withheld: 4 } }] }],
    requests: { kept: 3, sent: 2 },
    exhibits: [{ id: 'exh_1', path: '/data/sealed/exh_1' }],
  },
  refusals: new Map([
    ['E310', 1],
    ['E201', 4],
  ]),
  foiaReasons: new Map([['layout_unknown', 3]]),
  foiaRefusals: new Map([['b', 'RATIO: an entry unpacks to more than 200 times its packed size']]),
  url: 'http://localhost:8080',
  data: '.local',
  sample: true,
};

describe('the closing table', () => {
  const text = closingTable(facts);

  it.each([
    '12 report rows (generated sample): 7 accepted, 3 known already, 2 refused',
    'E201 ×4, E310 ×1',
    'agency.xlsx: 10 rows = 6 accepted + 1 refused + 3 quarantined',
    'bomb.xlsx: not read (RATIO: an entry unpacks to more than 200 times its packed size)',
    'layout_unknown ×3',
    'week-2026-10-26',
    '5 shown      4 withheld',
    'exh_1 → /data/sealed/exh_1',
    'reports 1.2 s',
    'http://localhost:8080/',
  ])('says %s', (part) => {
    expect(text).toContain(part);
  });
});
