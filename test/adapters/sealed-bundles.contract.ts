import { expect, it } from 'vitest';
import type { ExhibitId } from '#core/domain/ids.ts';
import type { SealedBundles } from '#core/ports.ts';

const files = new Map([
  ['exhibit.pdf', new Uint8Array([1, 2, 3])],
  ['manifest.json', new TextEncoder().encode('{}')],
]);

/** What every home of sealed bundles must do. */
export function sealedBundlesContract(make: () => Promise<SealedBundles>): void {
  it('lists a bundle once it is placed', async () => {
    const bundles = await make();
    await bundles.place('exh_a' as ExhibitId, files);
    expect(await bundles.list()).toEqual(['exh_a']);
  });

  it('takes the same bytes again and keeps one bundle', async () => {
    const bundles = await make();
    const first = await bundles.place('exh_a' as ExhibitId, files);
    expect(await bundles.place('exh_a' as ExhibitId, files)).toEqual(first);
    expect(await bundles.list()).toEqual(['exh_a']);
  });

  it('refuses other bytes under a sealed name and keeps the first', async () => {
    const bundles = await make();
    await bundles.place('exh_a' as ExhibitId, files);
    await expect(
      bundles.place('exh_a' as ExhibitId, new Map([...files, ['extra.txt', new Uint8Array()]])),
    ).rejects.toThrow();
    await expect(
      bundles.place('exh_a' as ExhibitId, new Map([...files, ['exhibit.pdf', new Uint8Array([9])]])),
    ).rejects.toThrow();
    await bundles.place('exh_a' as ExhibitId, files);
  });

  it('takes the same bundle from two at once', async () => {
    const bundles = await make();
    const placed = await Promise.all([1, 2, 3].map(() => bundles.place('exh_a' as ExhibitId, files)));
    expect(new Set(placed.map(({ path }) => path)).size).toBe(1);
    expect(await bundles.list()).toEqual(['exh_a']);
  });

  it('lists nothing before the first', async () => {
    expect(await (await make()).list()).toEqual([]);
  });
}
