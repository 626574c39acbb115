/** A world in memory with a seeded scheduler: each port call waits its turn, and the faults of the outside are drawn there. */
import { jsonLog } from '#adapters/anywhere/log.ts';
import { indexCity } from '#core/domain/city-index.ts';
import type { ReportId, SubmissionId } from '#core/domain/ids.ts';
import type { Receipt, ReportHead, SubmissionRecord } from '#core/domain/submission.ts';
import type { ReportStore, StoredVersion } from '#core/ports.ts';
import { type ReceiveReportsPorts, receiveReports } from '#functions/receive-reports/receive-reports.ts';
import { fixtureCity } from '../fixtures/city.ts';
import { change, goodReport } from '../fixtures/reports.ts';
import { fixedClock, plainTokens } from '../functions/receive-reports/intake-desk.ts';

const rates = { throttle: 0.05, lost: 0.05, crash: 0.02, lostAnswer: 0.05 };
class OutsideError extends Error {}

export type World = {
  readonly receipts: Map<SubmissionId, Receipt>;
  readonly heads: Map<ReportId, ReportHead>;
  readonly versions: Map<ReportId, StoredVersion[]>;
  readonly events: SubmissionId[];
  readonly raw: Map<string, Uint8Array>;
  readonly keys: Map<string, string>;
  random(): number;
  call<Value>(effect: () => Value): Promise<Value>;
};
/** A wrong design: changes a port or the request as a wrong program would. */
export type Mutant = {
  readonly ports?: (ports: ReceiveReportsPorts, world: World) => ReceiveReportsPorts;
  readonly key?: (key: string, random: number) => string;
};
export type Run = { readonly broken: readonly string[]; readonly faults: number; readonly acknowledged: number };

/** Mulberry32: small, seeded, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function commitInto(world: World): ReportStore['commit'] {
  return ({ receipt: asked, record, at }) =>
    world.call(() => {
      const standing = world.receipts.get(asked.submissionId);
      if (standing) return { outcome: 'exists' as const, receipt: standing };
      const accepted = record.rows.flatMap((row) => (row.status === 'accepted' ? [row.report] : []));
      const next = new Map<ReportId, number>();
      for (const { reportId, version } of accepted) {
        if (version !== (next.get(reportId) ?? world.heads.get(reportId)?.version ?? 0) + 1)
          return { outcome: 'conflict' as const };
        next.set(reportId, version);
      }
      const receipt: Receipt = { ...asked, receivedAt: at };
      world.receipts.set(receipt.submissionId, receipt);
      world.events.push(receipt.submissionId);
      for (const version of accepted) {
        const { reportId, operation, sha256 } = version;
        world.heads.set(reportId, { reportId, version: version.version, operation, sha256 });
        const stored = { version, submissionId: receipt.submissionId, receivedAt: at };
        world.versions.set(reportId, [...(world.versions.get(reportId) ?? []), stored]);
      }
      return { outcome: 'committed' as const, receipt };
    });
}

function portsOf(world: World): ReceiveReportsPorts {
  const store: ReportStore = {
    receipt: (id) => world.call(() => world.receipts.get(id)),
    heads: (ids) => world.call(() => new Map([...world.heads].filter(([id]) => ids.includes(id)))),
    versions: (id) => world.call(() => world.versions.get(id) ?? []),
    commit: commitInto(world),
    receiptsOf: async () => ({ items: [] }),
    pull: async () => ({ items: [] }),
  };
  return {
    tokens: plainTokens,
    log: jsonLog(() => undefined, fixedClock),
    clock: fixedClock,
    city: indexCity(fixtureCity()),
    store,
    raw: {
      putIfAbsent: (key, bytes) =>
        world.call(() => {
          const standing = world.raw.get(key);
          if (!standing) world.raw.set(key, bytes);
          return standing;
        }),
      get: (key) => world.call(() => world.raw.get(key)),
    },
    sealer: {
      seal: (items) =>
        world.call(() =>
          items.map(({ report, version, guarded: { names } }) => {
            const key = `key-${world.random()}`;
            const text = `${report}|${version}|${world.random()}`;
            world.keys.set(key, text);
            return names.length === 0 ? [] : [{ fields: names, key, text }];
          }),
        ),
    },
  };
}

type Sent = { readonly department: string; readonly key: string; readonly body: string; readonly answers: string[] };

/** Six clients of three departments send three submissions each: some twice at once, some against a rival with the same key or for the same report. */
export async function runSeed(seed: number, mutant: Mutant = {}): Promise<Run> {
  const random = generator(seed);
  const turns: (() => void)[] = [];
  let living = 0;
  let faults = 0;
  const turn = () => new Promise<void>((resolve) => turns.push(resolve));
  const drawn = (rate: number): boolean => {
    const hit = random() < rate;
    if (hit) faults++;
    return hit;
  };
  const world: World = {
    receipts: new Map(),
    heads: new Map(),
    versions: new Map(),
    events: [],
    raw: new Map(),
    keys: new Map(),
    random,
    async call(effect) {
      for (let attempt = 1; ; attempt++) {
        await turn();
        if (drawn(rates.crash)) throw new OutsideError('crash before');
        if (drawn(rates.throttle)) {
          if (attempt < 3) continue;
          throw new OutsideError('throttled');
        }
        const value = effect();
        await turn();
        if (drawn(rates.crash)) throw new OutsideError('crash after');
        // The client library of the cloud sends again by itself, and then meets its own first write.
        if (!drawn(rates.lost)) return value;
        if (attempt === 3) throw new OutsideError('answer lost');
      }
    },
  };
  const ports = portsOf(world);
  const app = receiveReports(mutant.ports?.(ports, world) ?? ports);
  const sent: Sent[] = [];

  const begin = (work: () => Promise<void>) => {
    living++;
    void work().finally(() => living--);
  };
  const send = async (department: string, key: string, body: string) => {
    const mine: Sent = { department, key, body, answers: [] };
    sent.push(mine);
    for (let attempt = 1; attempt <= 5; attempt++) {
      const response = await app.request('/v1/reports', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${department}`,
          'content-type': 'application/json',
          'idempotency-key': mutant.key?.(key, random()) ?? key,
        },
        body,
      });
      const text = await response.text();
      if (response.status >= 500 || random() < rates.lostAnswer) continue;
      mine.answers.push(`${response.status} ${text}`);
      if (random() < 0.8) return;
    }
  };
  for (let client = 0; client < 6; client++)
    begin(async () => {
      const department = ['LIB', 'PARKS', 'PORT'][client % 3] ?? 'LIB';
      for (let round = 0; round < 3; round++) {
        const key = `c${client}r${round}`;
        const rows = (mark: string) =>
          Array.from({ length: 1 + Math.floor(random() * 3) }, (_, row) =>
            goodReport(`${mark}i${row}`, {
              department_id: department,
              observed_from: `2026-03-0${row + 1}T0${round}:15:00-05:00`,
              recorded_at: `2026-03-0${row + 1}T0${round}:30:00-05:00`,
            }),
          );
        const body = JSON.stringify(rows(key));
        if (random() < 0.3) begin(() => send(department, key, body));
        if (random() < 0.3) begin(() => send(department, key, JSON.stringify(rows(`${key}rival`))));
        await send(department, key, body);
        // Both correct the same version of the same report: one must win, whole.
        for (const word of ['search', 'arrest'])
          begin(() => {
            const corrected = goodReport(`${key}i0`, {
              department_id: department,
              ...change(1),
              activities: ['staging', word],
            });
            return send(department, `${key}-${word}`, JSON.stringify([corrected]));
          });
      }
    });

  for (let idle = 0; living > 0 && idle < 1000; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const [next] = turns.splice(Math.floor(random() * turns.length), 1);
    if (!next) idle++;
    else idle = 0;
    next?.();
  }
  const acknowledged = sent.reduce(
    (count, { answers }) => count + answers.filter((answer) => answer.startsWith('201')).length,
    0,
  );
  return { broken: living > 0 ? ['STUCK'] : brokenPromises(world, sent), faults, acknowledged };
}

type Receipted = {
  id: string;
  reports: { report_id: string; local_report_id?: string; version: number; status: string }[];
};

function brokenPromises(world: World, sent: readonly Sent[]): string[] {
  const broken = new Set<string>();
  // I6: one key and one body have one answer for ever; of two bodies under one key at most one has a receipt.
  const answers = new Map<string, Set<string>>();
  const receiptsOfKey = new Map<string, Set<string>>();
  for (const { department, key, body, answers: given } of sent) {
    for (const answer of given.filter((text) => text.startsWith('201'))) {
      const one = `${department} ${key} ${body}`;
      answers.set(one, (answers.get(one) ?? new Set()).add(answer));
      const owner = `${department} ${key}`;
      receiptsOfKey.set(owner, (receiptsOfKey.get(owner) ?? new Set()).add(body));
      const receipt = JSON.parse(answer.slice(4)) as Receipted;
      const asked = (JSON.parse(body) as { local_report_id: string }[]).map(({ local_report_id }) => local_report_id);
      const told = receipt.reports.map(({ local_report_id }, row) => local_report_id ?? asked[row]);
      if (JSON.stringify(told) !== JSON.stringify(asked)) broken.add('I1 the receipt is of another body');
      // I1: what was acknowledged is there, in exactly one stored version.
      for (const { report_id, version, status } of receipt.reports) {
        const stored =
          world.versions.get(report_id as ReportId)?.filter((each) => each.version.version === version) ?? [];
        if (stored.length !== 1) broken.add('I1 an acknowledged report is not there once');
        const [only] = stored;
        if (status === 'accepted' && only && only.submissionId !== receipt.id)
          broken.add('I1 acknowledged by another submission');
        // I7: and belongs to the one who sent it.
        if (only && only.version.facts.department !== department) broken.add('I7 seen by another department');
      }
      if (!world.receipts.has(receipt.id as SubmissionId)) broken.add('I1 a receipt was given and not kept');
    }
  }
  for (const set of answers.values()) if (set.size > 1) broken.add('I6 one request, several answers');
  for (const set of receiptsOfKey.values()) if (set.size > 1) broken.add('I6 one key, two bodies acknowledged');

  // I2: a submission is stored whole, with its raw object and its keys, or not at all.
  const claimed = new Map<string, number>();
  for (const [id, receipt] of world.receipts) {
    const bytes = world.raw.get(receipt.raw);
    if (!bytes) {
      broken.add('I2 a receipt without its raw object');
      continue;
    }
    const record = JSON.parse(Buffer.from(bytes).toString()) as SubmissionRecord;
    for (const row of record.rows) {
      if (row.status !== 'accepted') continue;
      const { reportId, version, sealed, sha256 } = row.report;
      claimed.set(`${reportId}.${version}`, (claimed.get(`${reportId}.${version}`) ?? 0) + 1);
      const stored = world.versions.get(reportId)?.[version - 1];
      if (stored?.submissionId !== id || stored.version.sha256 !== sha256)
        broken.add('I2 part of a submission is missing');
      if (JSON.stringify(stored?.version.sealed) !== JSON.stringify(sealed))
        broken.add('I2 raw object and store disagree');
      for (const { key, text } of sealed)
        if (world.keys.get(key) !== text) broken.add('I2 a protected field without its key');
    }
  }
  let stored = 0;
  for (const [, versions] of world.versions) {
    stored += versions.length;
    if (versions.some(({ version }, at) => version.version !== at + 1))
      broken.add('I2 versions do not follow one another');
  }
  if (stored !== claimed.size || [...claimed.values()].some((count) => count > 1))
    broken.add('I2 a version no receipt accounts for, or two do');
  // I5: one accept event for each receipt.
  if (world.events.length !== world.receipts.size || new Set(world.events).size !== world.events.length)
    broken.add('I5 receipts and events differ');
  return [...broken];
}
