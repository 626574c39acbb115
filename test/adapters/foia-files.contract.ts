/** What every custody of agency files does, at home and in the cloud. */
import { describe, expect, it } from 'vitest';
import type { FoiaArrival, FoiaCustody, FoiaStatement } from '#core/domain/foia-custody.ts';
import { sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { FoiaFiles } from '#core/ports.ts';

export type FoiaFilesUnderTest = {
  readonly files: FoiaFiles;
  /** The same custody, opened anew. */
  again(): FoiaFiles;
  drop(name: string, bytes: Uint8Array): Promise<string>;
  original(hash: string): Promise<Uint8Array>;
  quarantined(hash: string, reading: number, part: number): Promise<string>;
};

const at = (text: string): Instant => {
  const instant = instantOf(text);
  invariant(instant, 'an instant');
  return instant;
};
const [first, later] = [at('2026-03-02T17:00:00Z'), at('2026-04-09T17:00:00Z')];

export function foiaFilesContract(home: string, make: () => Promise<FoiaFilesUnderTest>): void {
  describe(`custody of agency files (${home})`, () => {
    const bytes = Buffer.from('Apprehension Date,Apprehension Method\n');
    const hash = sha256(bytes);
    const none = { read: 0, accepted: 0, refused: 0, quarantined: 0 };
    const arrival = (name: string, when: Instant): FoiaArrival => ({ name, sender: 'counsel', at: when });
    const custody = (...arrivals: readonly FoiaArrival[]): FoiaCustody => ({
      sha256: hash,
      bytes: bytes.length,
      names: arrivals.map(({ name }) => name),
      arrivals,
      receivedAt: first,
      release: 'foia-20260302-0',
      reading: 1,
      readAt: first,
      format: 'text',
      status: 'taken',
      rows: none,
      sheets: [],
    });
    /** What a custody answers once original and arrival are durable. */
    const settled = async (files: FoiaFiles, file: Parameters<FoiaFiles['keep']>[0]) => {
      const { original, kept, ...answered } = await files.keep(file);
      await kept.finally(original.close);
      return answered;
    };
    const keep = async ({ drop }: FoiaFilesUnderTest, files: FoiaFiles, name = 'a.csv', when = first) =>
      settled(files, { arrival: arrival(name, when), original: { key: await drop(name, bytes) } });

    it('opens a dropped file at any place and answers less only at its end', async () => {
      const { files, drop } = await make();
      const opened = await files.open(await drop('arrests é.csv', bytes));
      expect(opened.content.size).toBe(bytes.length);
      expect(Buffer.from(await opened.content.read(11, 6)).toString()).toBe('n Date');
      expect((await opened.content.read(bytes.length - 3, 100)).length).toBe(3);
      expect((await opened.content.read(bytes.length + 3, 100)).length).toBe(0);
      await opened.close();
    });

    it('keeps the original first and remembers when it first came, also before it was read', async () => {
      const home = await make();
      expect(await keep(home, home.files)).toEqual({ sha256: hash, receivedAt: first });
      expect(await keep(home, home.again(), 'a.csv', later)).toEqual({ sha256: hash, receivedAt: first });
      expect(Buffer.from(await home.original(hash)).equals(bytes)).toBe(true);
      const kept = await home.again().openKept(hash);
      expect(Buffer.from(await kept.content.read(0, bytes.length)).equals(bytes)).toBe(true);
      await kept.close();
      expect(await home.files.list()).toEqual([]);
      expect(await home.files.find(hash)).toBeUndefined();
    });

    it('keeps a file of an archive from its bytes, and nothing when they are others than were hashed', async () => {
      const { files, original } = await make();
      const read = async function* () {
        yield bytes.subarray(0, 7);
        yield bytes.subarray(7);
      };
      const member = { arrival: arrival('in/a.csv', first), original: { bytes: bytes.length, read } };
      await expect(settled(files, { ...member, sha256: sha256('other') })).rejects.toThrow();
      expect(await settled(files, { ...member, sha256: hash })).toEqual({ sha256: hash, receivedAt: first });
      expect(Buffer.from(await original(hash)).equals(bytes)).toBe(true);
    });

    it('gives the bytes to read while they settle, and later from their place', async () => {
      const { files, drop } = await make();
      const file = { arrival: arrival('a.csv', first), original: { key: await drop('a.csv', bytes) } };
      const { original, kept } = await files.keep(file);
      const { content } = original;
      expect(content.size).toBe(bytes.length);
      expect(Buffer.from(await content.read(11, 6)).toString()).toBe('n Date');
      await kept;
      expect(Buffer.from(await content.read(0, bytes.length + 9)).equals(bytes)).toBe(true);
      await original.close();
    });

    it('recognizes the same bytes under another name, and who sent them when', async () => {
      const home = await make();
      await keep(home, home.files);
      await home.files.conclude(custody());
      const both = custody(arrival('a.csv', first), arrival('b.csv', later));
      expect(await keep(home, home.again(), 'b.csv', later)).toEqual({
        sha256: hash,
        receivedAt: first,
        custody: both,
      });
      // The same arrival told once more is the same arrival.
      await keep(home, home.again(), 'b.csv', later);
      expect(await home.again().list()).toEqual([both]);
      expect(await home.again().find(hash)).toEqual(both);
    });

    it('keeps rows set aside and what a person is shown of each reading; writing them again replaces them', async () => {
      const home = await make();
      const { files, again, quarantined } = home;
      await keep(home, files);
      await files.quarantine(hash, 1, 0, '{"row":2}\n');
      await files.quarantine(hash, 1, 0, '{"row":3}\n');
      await files.quarantine(hash, 2, 0, '{"row":4}\n');
      expect(await quarantined(hash, 1, 0)).toBe('{"row":3}\n');
      const preview = { sheets: [{ name: 'é', rows: [{ row: 1, cells: ['a', ''] }], aside: [] }] };
      await files.keepPreview(hash, 2, preview);
      expect(await again().preview(hash, 2)).toEqual(preview);
      expect(await again().preview(hash, 1)).toBeUndefined();
    });

    it('writes a statement down once under its number and a confirmed mapping once', async () => {
      const { files, again } = await make();
      const statement = (sequence: number, by: string): FoiaStatement => ({
        file: hash,
        release: 'foia-20260302-0',
        sequence,
        statement: 'read',
        reading: 1,
        by,
        why: '',
        at: first,
      });
      expect(await files.state(statement(1, 'reading'))).toBe(true);
      expect(await again().state(statement(1, 'another'))).toBe(false);
      for (let sequence = 2; sequence <= 11; sequence++) expect(await files.state(statement(sequence, 'x'))).toBe(true);
      expect((await again().statements(hash)).map((known) => [known.sequence, known.by])).toEqual(
        Array.from({ length: 11 }, (_, at) => [at + 1, at === 0 ? 'reading' : 'x']),
      );
      const mapping = (id: string, by: string, when: Instant) => ({ id, by, at: when, file: hash, layout: { id } });
      await files.confirm(mapping('b', 'one', later));
      await files.confirm(mapping('a', 'one', first));
      await files.confirm(mapping('a', 'two', first));
      expect((await again().mappings()).map(({ id, by }) => [id, by])).toEqual([
        ['a', 'one'],
        ['b', 'one'],
      ]);
    });

    it('puts an order where it is found like any dropped file', async () => {
      const { files, again } = await make();
      const order = { id: 'order-1', by: 'legal', at: first, file: hash, order: 'withdraw', why: 'letter' } as const;
      await files.order(order);
      const { content, close } = await again().open('orders/order-1.json');
      expect(JSON.parse(Buffer.from(await content.read(0, content.size)).toString())).toEqual(order);
      await close();
    });

    it.each(['../a.csv', 'foia/../a.csv', 'foia/a/b.csv', 'other/a.csv', 'foia/'])(
      'opens nothing outside the drop: %s',
      async (key) => {
        const { files } = await make();
        await expect(files.open(key)).rejects.toThrow();
      },
    );
  });
}
