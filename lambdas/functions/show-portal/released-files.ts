import * as z from 'zod';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import type { Shelf } from '#core/ports.ts';

const packageShape = z.object({ title: z.string().optional(), created: z.string().optional() });

/** A release as the shelf shows it. `title` and `created` come from its own data package and are absent when that does not say. */
export type ShownRelease = {
  readonly id: string;
  readonly files: readonly string[];
  readonly title?: string;
  readonly created?: Instant;
};

/** Every release on the shelf, newest first. What a release says of itself never changes, so it is read once. */
export function releasesOf(shelf: Pick<Shelf, 'read' | 'releases'>): () => Promise<readonly ShownRelease[]> {
  const known = new Map<string, ShownRelease>();
  const show = async (id: string, files: readonly string[]): Promise<ShownRelease> => {
    const said = files.includes('datapackage.json') ? await shelf.read(`${id}/datapackage.json`) : undefined;
    if (!said) return { id, files };
    const { title, created } = packageShape.parse(JSON.parse(new TextDecoder().decode(said)));
    const at = created === undefined ? undefined : instantOf(created);
    const release = { id, files, ...(title && { title }), ...(at && { created: at }) };
    known.set(id, release);
    return release;
  };
  return async () => {
    const releases = await Promise.all(
      (await shelf.releases()).map(({ id, files }) => known.get(id) ?? show(id, files)),
    );
    const order = (release: ShownRelease) => `${release.created ?? ''} ${release.id}`;
    return releases.sort((a, b) => (order(a) < order(b) ? 1 : -1));
  };
}
