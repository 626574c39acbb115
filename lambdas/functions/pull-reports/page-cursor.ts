import * as z from 'zod';
import { canonicalJson } from '#core/domain/canonical-json.ts';
import { sha256 } from '#core/domain/ids.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';

const shape = z.strictObject({ at: z.string().max(40), next: z.string().max(1000), check: z.string().length(16) });

/** Where the next page begins, and the snapshot that all pages of one pull are read from. */
export type PagePlace = { readonly asOf: Instant; readonly next: string };

/** Ties a cursor to the question it was made for: another filter with the same cursor would answer neither question. */
const checkOf = (place: PagePlace, question: unknown): string =>
  sha256(canonicalJson({ ...place, question })).slice(0, 16);

/** Opaque text for the `cursor` parameter. It is no key: it opens nothing that the token does not open. */
export function writeCursor(place: PagePlace, question: unknown): string {
  const inside = { at: place.asOf, next: place.next, check: checkOf(place, question) };
  return Buffer.from(JSON.stringify(inside)).toString('base64url');
}

/** Opens a cursor made by `writeCursor` for the same question; undefined for any other text. */
export function readCursor(text: string, question: unknown): PagePlace | undefined {
  if (text.length > 2000 || !/^[\w-]+$/.test(text)) return undefined;
  let inside: unknown;
  try {
    inside = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  const read = shape.safeParse(inside);
  if (!read.success) return undefined;
  const asOf = instantOf(read.data.at);
  if (!asOf) return undefined;
  const place = { asOf, next: read.data.next };
  return checkOf(place, question) === read.data.check ? place : undefined;
}
