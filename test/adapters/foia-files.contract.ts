/** What every custody of agency files does, at home and in the cloud. */
import { describe, expect, it } from 'vitest';
import { sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import type { FoiaCustody, FoiaFiles } from '#core/ports.ts';

export type FoiaFilesUnderTest = {
  readonly files: FoiaFiles;
  /** The same custody, opened anew. */
  again(): FoiaFiles;
  drop(name: string, bytes: Uint8Array): Promise<string>;
  original(hash: string): Promise<Uint8Array>;
  quarantined(hash: string, part: number): Promise<string>;
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
    const custody = (names: readonly string[]): FoiaCustody => ({
      sha256: hash,
      bytes: bytes.length,
      names,
      receivedAt: first,
      status: 'taken',
      rows: { read: 0, accepted: 0, refused: 0, quarantined: 0 },
      sheets: [],
    });

    it('opens a dropped file at any place and answers less only at its end', async () => {
      const { files, drop } = await make();
      const opened = await files.open(await drop('arrests é.csv', bytes));
      expect([opened.name, opened.content.size]).toEqual(['arrests é.csv', bytes.length]);
      expect(Buffer.from(await opened.content.read(11, 6)).toString()).toBe('n Date');
      expect((await opened.content.read(bytes.length - 3, 100)).length).toBe(3);
      expect((await opened.content.read(bytes.length + 3, 100)).length).toBe(0);
      await opened.close();
    });

    it('keeps the original first and remembers when it first came, also before it was read', async () => {
      const { files, again, drop, original } = await make();
      const key = await drop('a.csv', bytes);
      expect(await files.keep({ sha256: hash, name: 'a.csv', key, receivedAt: first })).toEqual({ receivedAt: first });
      expect(await again().keep({ sha256: hash, name: 'a.csv', key, receivedAt: later })).toEqual({
        receivedAt: first,
      });
      expect(Buffer.from(await original(hash)).equals(bytes)).toBe(true);
      expect(await files.list()).toEqual([]);
    });

    it('recognizes the same bytes under another name', async () => {
      const { files, again, drop } = await make();
      await files.keep({ sha256: hash, name: 'a.csv', key: await drop('a.csv', bytes), receivedAt: first });
      await files.conclude(custody(['a.csv']));
      const kept = await again().keep({
        sha256: hash,
        name: 'b.csv',
        key: await drop('b.csv', bytes),
        receivedAt: later,
      });
      expect(kept).toEqual({ receivedAt: first, custody: custody(['a.csv', 'b.csv']) });
      expect(await again().list()).toEqual([custody(['a.csv', 'b.csv'])]);
    });

    it('keeps rows set aside beside the original; writing them again replaces them', async () => {
      const { files, drop, quarantined } = await make();
      await files.keep({ sha256: hash, name: 'a.csv', key: await drop('a.csv', bytes), receivedAt: first });
      await files.quarantine(hash, 0, '{"row":2}\n');
      await files.quarantine(hash, 0, '{"row":3}\n');
      expect(await quarantined(hash, 0)).toBe('{"row":3}\n');
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
