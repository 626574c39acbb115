import { expect, it } from 'vitest';
import type { Shelf } from '#core/ports.ts';
import { fixtureReleased } from '../fixtures/released.ts';

const encoder = new TextEncoder();
const content = (...files: [string, string][]) => new Map(files.map(([name, text]) => [name, encoder.encode(text)]));

/** What every shelf must do. */
export function shelfContract(make: () => Promise<Shelf>): void {
  const { released } = fixtureReleased({ weeks: 4 });
  const files = content(['briefing.html', 'page'], ['map.svg', 'map']);

  it('holds nothing at first', async () => {
    const shelf = await make();
    expect(await shelf.releases()).toEqual([]);
    expect(await shelf.read(`${released.id}/map.svg`)).toBeUndefined();
  });

  it('gives back what was placed', async () => {
    const shelf = await make();
    await shelf.place(released, files);
    expect(await shelf.read(`${released.id}/map.svg`)).toEqual(encoder.encode('map'));
    expect(await shelf.releases()).toEqual([{ id: released.id, files: ['briefing.html', 'map.svg'] }]);
  });

  it('takes the same content again and no other', async () => {
    const shelf = await make();
    await shelf.place(released, files);
    await shelf.place(released, files);
    await expect(shelf.place(released, content(['briefing.html', 'other'], ['map.svg', 'map']))).rejects.toThrow();
    await expect(shelf.place(released, content(['briefing.html', 'page']))).rejects.toThrow();
    expect(await shelf.read(`${released.id}/briefing.html`)).toEqual(encoder.encode('page'));
  });

  it.each(['../secret', 'a/../../b', '/etc/passwd', 'one', 'a/b/c', '.staging/x', ''])(
    'reads nothing at %j',
    async (key) => {
      expect(await (await make()).read(key)).toBeUndefined();
    },
  );
}
