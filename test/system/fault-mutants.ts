/** Designs that look right and are not. Each must be caught; one that survives means the faults or the promises are too weak. */
import type { ReportStore } from '#core/ports.ts';
import type { ReceiveReportsPorts } from '#functions/receive-reports/receive-reports.ts';
import { commitInto, type Mutant, type World } from './fault-world.ts';

const withCommit =
  (commit: (right: ReportStore['commit'], world: World) => ReportStore['commit']): NonNullable<Mutant['ports']> =>
  (ports, world) => ({ ...ports, store: { ...ports.store, commit: commit(ports.store.commit, world) } });
const withRaw =
  (
    raw: (ports: ReceiveReportsPorts, world: World) => Partial<ReceiveReportsPorts['raw']>,
  ): NonNullable<Mutant['ports']> =>
  (ports, world) => ({ ...ports, raw: { ...ports.raw, ...raw(ports, world) } });

export const mutants: Readonly<Record<string, Mutant>> = {
  'the submission has a random name, so a retry is a new one': { key: (key, random) => `${key}-${random}` },
  'the receipt has no condition: the last one wins': {
    ports: withCommit((right, world) => (commitment) => {
      world.receipts.delete(commitment.receipt.submissionId);
      return right(commitment);
    }),
  },
  'a standing receipt counts as the own one, whatever it was given for': {
    ports: withCommit((right) => async (commitment) => {
      const committed = await right(commitment);
      if (committed.outcome !== 'exists') return committed;
      return { outcome: 'committed', receipt: committed.receipt };
    }),
  },
  'the head has no condition: rivals for a version both win': {
    ports: withCommit((right, world) => (commitment) => {
      for (const row of commitment.record.rows)
        if (row.status === 'accepted') {
          const { reportId, version, operation, sha256: hash } = row.report;
          world.heads.set(reportId, { reportId, version: version - 1, operation, sha256: hash });
        }
      return right(commitment);
    }),
  },
  'a conflict is answered as if it were committed': {
    ports: withCommit((right) => async (commitment) => {
      const committed = await right(commitment);
      if (committed.outcome !== 'conflict') return committed;
      return { outcome: 'committed', receipt: { ...commitment.receipt, receivedAt: commitment.at } };
    }),
  },
  'receipt and reports are two writes': {
    ports: withCommit((right, world) => async (commitment) => {
      const bare = { ...commitment, record: { ...commitment.record, rows: [] } };
      const committed = await right(bare);
      if (committed.outcome !== 'committed') return committed;
      const id = commitment.receipt.submissionId;
      await world.call(() => {
        world.receipts.delete(id);
        world.events.splice(world.events.indexOf(id), 1);
      });
      return commitInto(world)(commitment);
    }),
  },
  'the accept event is a write of its own': {
    ports: withCommit((right, world) => async (commitment) => {
      const committed = await right(commitment);
      if (committed.outcome !== 'committed') return committed;
      world.events.splice(world.events.indexOf(commitment.receipt.submissionId), 1);
      await world.call(() => world.events.push(commitment.receipt.submissionId));
      return committed;
    }),
  },
  'the raw object is named by the submission alone': {
    ports: (ports) => {
      const short = (key: string) => key.replace(/-.*$/, '');
      return {
        ...ports,
        raw: {
          putIfAbsent: (key, bytes) => ports.raw.putIfAbsent(short(key), bytes),
          get: (key) => ports.raw.get(short(key)),
        },
        store: {
          ...ports.store,
          commit: (commitment) =>
            ports.store.commit({
              ...commitment,
              receipt: { ...commitment.receipt, raw: short(commitment.receipt.raw) },
            }),
        },
      };
    },
  },
  'the raw object is written over by a retry': {
    ports: withRaw((_, world) => ({
      putIfAbsent: (key, bytes) =>
        world.call(() => {
          world.raw.set(key, bytes);
          return undefined;
        }),
    })),
  },
  'the own bytes are taken for the record though others stand': {
    ports: withRaw((ports) => ({
      putIfAbsent: async (key, bytes) => {
        await ports.raw.putIfAbsent(key, bytes);
        return undefined;
      },
    })),
  },
  'the raw object is written after the answer': {
    ports: withRaw((ports) => ({
      putIfAbsent: async (key, bytes) => {
        void ports.raw.putIfAbsent(key, bytes).catch(() => undefined);
        return undefined;
      },
    })),
  },
  'a data key is named by report and version, so a rival overwrites it': {
    ports: (ports, world) => ({
      ...ports,
      sealer: {
        seal: (items) =>
          world.call(() =>
            items.map(({ report, version, guarded }) => {
              const key = `${report}.${version}`;
              const text = String(world.random());
              world.keys.set(key, text);
              return [{ fields: guarded.names, key, text }];
            }),
          ),
      },
    }),
  },
};
