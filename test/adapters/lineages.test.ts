import fc from 'fast-check';
import { type Database, open } from 'lmdb';
import { expect, it, onTestFinished } from 'vitest';
import { blockOf, Lineages } from '#adapters/local/lineages.ts';
import { placeOf, referenceOf } from '#adapters/local/reference.ts';
import { type DepartmentId, type ReportId, reportIdOf, sha256 } from '#core/domain/ids.ts';
import type { ReportVersion } from '#core/domain/submission.ts';
import type { Week } from '#core/domain/week.ts';
import { emptyHome } from './local-home.ts';

const department = 'LIB' as DepartmentId;
const report = (name: number): ReportId => reportIdOf(department, `r-${name}`);
const versionOf = (name: number, version: number): ReportVersion => ({
  reportId: report(name),
  localReportId: `r-${name}`,
  version,
  operation: version === 1 ? 'create' : 'correct',
  sha256: sha256(`${name} ${version}`),
  facts: { department, week: '2026-03-02' as Week },
  open: {},
  sealed: [],
});

/** Blocks as several threads share them, each with hints of its own. */
function blocksOfTheirOwn() {
  const root = open<unknown, string>({ path: emptyHome(), maxDbs: 2 });
  onTestFinished(() => root.close());
  const blocks: Database<Buffer, number> = root.openDB('blocks', { encoding: 'binary', keyEncoding: 'uint32' });
  return { root, blocks };
}

const failed = new Error('the disk is full');

it('shows each report as the commits that stand have left it, in whatever thread they were made and whatever failed between', () => {
  const step = fc.record({
    thread: fc.integer({ min: 0, max: 2 }),
    // Which reports get their next version; one may get two in the same commit.
    names: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }),
    fails: fc.boolean(),
    reads: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { root, blocks } = blocksOfTheirOwn();
      const threads = [new Lineages(blocks), new Lineages(blocks), new Lineages(blocks)];
      const model = new Map<number, number[]>();
      let last = 0;
      for (const { thread, names, fails, reads } of steps) {
        const lineages = threads[thread] ?? new Lineages(blocks);
        root.resetReadTxn();
        if (reads) lineages.upTo(last);
        const next = new Map<number, number>();
        const accepted = names.map((name) => {
          const version = (next.get(name) ?? model.get(name)?.length ?? 0) + 1;
          next.set(name, version);
          return versionOf(name, version);
        });
        const commit = last + 1;
        try {
          root.transactionSync(() => {
            const block = blockOf(lineages.within(last), accepted, commit);
            if (!block) throw new Error('a version that comes next was refused');
            lineages.put(commit, block);
            // A later step of the same transaction sees it already.
            for (const [name, version] of next)
              expect(lineages.within(commit).head(report(name))).toMatchObject({ version });
            if (fails) throw failed;
          });
          last = commit;
          for (const [place, name] of names.entries())
            model.set(name, [...(model.get(name) ?? []), referenceOf(commit, place)]);
        } catch (cause) {
          if (cause !== failed) throw cause;
        }
        root.resetReadTxn();
        for (const one of threads) {
          const view = one.upTo(last);
          for (let name = 0; name <= 12; name++) {
            const references = model.get(name) ?? [];
            expect(view.references(report(name))).toEqual(references);
            const version = references.length;
            if (version === 0) expect(view.head(report(name))).toBeUndefined();
            else
              expect(view.head(report(name))).toMatchObject({
                reportId: report(name),
                version,
                operation: version === 1 ? 'create' : 'correct',
                sha256: sha256(`${name} ${version}`),
                reference: references.at(-1),
              });
          }
        }
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('refuses a version that is not the next one, and a second first version', () => {
  const { root, blocks } = blocksOfTheirOwn();
  const lineages = new Lineages(blocks);
  root.transactionSync(() => {
    const block = blockOf(lineages.within(0), [versionOf(1, 1), versionOf(2, 1), versionOf(1, 2)], 1);
    lineages.put(1, block ?? Buffer.alloc(0));
  });
  const other = new Lineages(blocks);
  root.transactionSync(() => {
    const view = other.within(1);
    expect(blockOf(view, [versionOf(1, 3)], 2)).toBeDefined();
    for (const wrong of [1, 2, 4]) expect(blockOf(view, [versionOf(1, wrong)], 2)).toBeUndefined();
    expect(blockOf(view, [versionOf(3, 1), versionOf(3, 1)], 2)).toBeUndefined();
    expect(blockOf(view, [versionOf(3, 1), versionOf(2, 1)], 2)).toBeUndefined();
  });
});

it('names the place of a version by one number that both sides read alike', () => {
  for (const [commit, place] of [
    [1, 0],
    [1, 9_999],
    [4_000_000_000, 16_383],
  ] as const)
    expect(placeOf(referenceOf(commit, place))).toEqual({ commit, place });
});
