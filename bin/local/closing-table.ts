/** The few lines a person reads at the end, and the same for machines. */
import type { Usefulness } from '#core/disclosure/usefulness.ts';
import { tableLine } from '../usefulness-line.ts';
import type { Step } from './progress.ts';

export type LastRun = {
  readonly steps: readonly Step[];
  readonly reports: {
    readonly received: number;
    readonly accepted: number;
    readonly refused: number;
    readonly duplicates: number;
  };
  readonly foia: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly rows: {
      readonly read: number;
      readonly accepted: number;
      readonly refused: number;
      readonly quarantined: number;
    };
  }[];
  readonly releases: readonly {
    readonly id: string;
    readonly tables: readonly Usefulness[];
  }[];
  readonly exhibits: readonly { readonly id: string; readonly path: string }[];
  /** Requests for records that are kept, and reminders of their deadlines that went out in this run. */
  readonly requests: { readonly kept: number; readonly sent: number };
};

export type Facts = {
  readonly run: LastRun;
  readonly refusals: ReadonlyMap<string, number>;
  readonly foiaReasons: ReadonlyMap<string, number>;
  /** Why a file was not read at all, by its hash. */
  readonly foiaRefusals: ReadonlyMap<string, string>;
  readonly url: string;
  readonly data: string;
  readonly sample: boolean;
};

const number = new Intl.NumberFormat('en-US');
const n = (value: number): string => number.format(value);
const most = (reasons: ReadonlyMap<string, number>): string =>
  [...reasons]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([code, count]) => `${code} ×${n(count)}`)
    .join(', ');

export function closingTable({ run, refusals, foiaReasons, foiaRefusals, url, data, sample }: Facts): string {
  const row = (label: string, text: string): string => `  ${label.padEnd(12)} ${text}`;
  const { reports } = run;
  const lines = [
    '',
    row(
      'came in',
      `${n(reports.received)} report rows${sample ? ' (generated sample)' : ''}: ${n(reports.accepted)} accepted, ${n(reports.duplicates)} known already, ${n(reports.refused)} refused`,
    ),
  ];
  if (refusals.size > 0) lines.push(row('  refused', most(refusals)));
  for (const { file, sha256, rows } of run.foia) {
    const refusal = foiaRefusals.get(sha256);
    const sum = `${n(rows.read)} rows = ${n(rows.accepted)} accepted + ${n(rows.refused)} refused + ${n(rows.quarantined)} quarantined`;
    lines.push(row('', `${file}: ${refusal === undefined ? sum : `not read (${refusal})`}`));
  }
  if (foiaReasons.size > 0) lines.push(row('  because', most(foiaReasons)));
  for (const { id, tables } of run.releases) {
    lines.push(row('published', id));
    for (const table of tables) lines.push(row('', tableLine(table)));
  }
  for (const { id, path } of run.exhibits) lines.push(row('sealed', `${id} → ${path}`));
  lines.push(
    row(
      'asked',
      `${n(run.requests.kept)} requests for records (generated sample), ${n(run.requests.sent)} reminders mailed now`,
    ),
  );
  lines.push(row('took', run.steps.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)} s`).join(', ')));
  lines.push(row('look at', `${url}/   (kept under ${data})`), '');
  return lines.join('\n');
}
