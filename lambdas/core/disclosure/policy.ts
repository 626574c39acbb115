/**
 * The disclosure policy is data: read as text, parsed, hashed, and named in every release (docs/PRIVACY.md). The built-in floor below can only be tightened.
 */
import * as z from 'zod';
import { type Sha256, sha256 } from '../domain/ids.ts';
import { accept, type Outcome, refuse } from '../domain/problem.ts';

/**
 * `threshold`: smallest count that may be shown or derived, other than zero. `feasibleIntegers`: how many values every hidden small count keeps for every attacker.
 * `zeros`: shown only in lines with nothing hidden. `map.minimumSites`: fewest city properties in one region. `map.frozenWeeks`: how long a partition stays.
 */
const policySchema = z.strictObject({
  version: z.string().min(1),
  threshold: z.int().min(11).max(1000),
  feasibleIntegers: z.int().min(6).max(1000),
  lagDays: z.int().min(14).max(366),
  weeks: z.literal('frozen'),
  zeros: z.enum(['open lines only', 'never']),
  map: z
    .strictObject({
      coarsestResolution: z.int().min(0).max(8),
      finestResolution: z.int().min(0).max(8),
      minimumSites: z.int().min(2),
      frozenWeeks: z.int().min(13),
      residential: z.literal('district and coarser'),
    })
    .refine(({ coarsestResolution, finestResolution }) => coarsestResolution <= finestResolution),
});
export type Policy = Readonly<z.infer<typeof policySchema>> & { readonly sha256: Sha256 };

/** Opens the policy. Refuses with RELEASE_REFUSED when the text is missing, unreadable, or looser than the floor; names the settings, never their values. */
export function parsePolicy(text: string | undefined): Outcome<Policy> {
  if (text === undefined) return refuse('RELEASE_REFUSED', { detail: 'the disclosure policy is missing' });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refuse('RELEASE_REFUSED', { detail: 'the disclosure policy is not JSON' });
  }
  const parsed = policySchema.safeParse(data);
  if (!parsed.success) {
    const settings = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'policy'))];
    return refuse('RELEASE_REFUSED', { detail: `the disclosure policy breaks its floor: ${settings.join(', ')}` });
  }
  return accept({ ...parsed.data, sha256: sha256(text) });
}
