/**
 * The disclosure policy is data: read as text, parsed, hashed, and named in every release (docs/PRIVACY.md §6). Its settings can only be tightened: the policy never
 * below the floor built in here, a city's own settings never below the policy.
 */
import * as z from 'zod';
import { type Sha256, sha256 } from '../domain/ids.ts';
import { accept, type Outcome, refuse } from '../domain/problem.ts';

const most = 1_000_000;
const whole = z.int().min(0).max(most);

/** What each setting may be at all; how far it may go is the floor's to say. */
const places = z.strictObject({
  districtResidents: whole,
  regionResidents: whole,
  regionProperties: whole,
  regionIncidents: whole,
  coarsestResolution: z.int().min(0).max(15),
  finestResolution: z.int().min(0).max(15),
  frozenWeeks: whole,
  residential: z.enum(['district and coarser']),
});
const settings = z.strictObject({
  threshold: whole,
  feasibleIntegers: whole,
  safeEnd: z.enum(['zero or threshold']),
  zeros: z.enum(['open lines only', 'never']),
  withheld: z.enum(['one sign, with interval', 'one sign']),
  lagDays: whole,
  weeks: z.enum(['frozen']),
  lateBatch: whole,
  runningTotals: z.enum(['joint audit', 'never']),
  finestTime: z.enum(['week']),
  groupShare: z.int().min(1).max(99),
  sensitiveAttributes: z.array(z.string().regex(/^[a-z_]{1,40}$/)).max(40),
  places,
});
const policySchema = settings.extend({ version: z.string().min(1).max(20) });
/** A city's own settings: those it names are tighter than the policy's, the others are the policy's. */
const citySchema = settings.extend({ places: places.partial() }).partial();

type Settings = z.infer<typeof settings>;
export type Policy = Readonly<z.infer<typeof policySchema>> & { readonly sha256: Sha256 };

/** The loosest policy that this program takes. */
export const floor: Settings = {
  threshold: 11,
  feasibleIntegers: 6,
  safeEnd: 'zero or threshold',
  zeros: 'open lines only',
  withheld: 'one sign, with interval',
  lagDays: 14,
  weeks: 'frozen',
  lateBatch: 11,
  runningTotals: 'joint audit',
  finestTime: 'week',
  groupShare: 90,
  sensitiveAttributes: ['access_group', 'activity_group', 'authority_shown'],
  places: {
    districtResidents: 20_000,
    regionResidents: 5000,
    regionProperties: 2,
    regionIncidents: 11,
    coarsestResolution: 8,
    finestResolution: 8,
    frozenWeeks: 13,
    residential: 'district and coarser',
  },
};

/** Settings of which less is tighter; of every other number, more is. A word is tighter than the words before it, and a list that names more. */
const lessIsTighter = new Set(['groupShare', 'places.coarsestResolution', 'places.finestResolution']);
const words: Readonly<Record<string, readonly string[]>> = {
  zeros: settings.shape.zeros.options,
  withheld: settings.shape.withheld.options,
  runningTotals: settings.shape.runningTotals.options,
};

/** Every setting by its path, such as `places.regionResidents`. */
export function settingsOf(from: Settings): ReadonlyMap<string, number | string> {
  const { places, ...rest } = from;
  const own = Object.keys(settings.shape).flatMap((name) => {
    const value = name === 'places' ? undefined : rest[name as keyof typeof rest];
    return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const];
  });
  return new Map([...own, ...Object.entries(places).map(([name, value]) => [`places.${name}`, value] as const)]);
}

/** The settings in which `some` is looser than `than`, by path. */
function looserThan(some: Settings, than: Settings): string[] {
  const bound = settingsOf(than);
  const missing = than.sensitiveAttributes.some((name) => !some.sensitiveAttributes.includes(name));
  const inLists = missing ? ['sensitiveAttributes'] : [];
  const inOthers = [...settingsOf(some)].flatMap(([path, value]) => {
    const limit = bound.get(path);
    const rank = (of: number | string | undefined): number =>
      typeof of === 'number' ? (lessIsTighter.has(path) ? -of : of) : (words[path] ?? []).indexOf(of ?? '');
    return rank(value) < rank(limit) ? [path] : [];
  });
  return [...inOthers, ...inLists];
}

const refused = (what: string, paths: readonly string[] = []) =>
  refuse('RELEASE_REFUSED', { detail: paths.length ? `${what}: ${[...new Set(paths)].join(', ')}` : what });

function jsonOf(text: string): { readonly data?: unknown } {
  try {
    return { data: JSON.parse(text) };
  } catch {
    return {};
  }
}
const pathsOf = (error: z.ZodError): string[] =>
  error.issues.map((issue) => [...issue.path, ...('keys' in issue ? issue.keys : [])].join('.') || 'all of it');

/**
 * Opens the policy, tightened by a city's own settings. Refuses with RELEASE_REFUSED when a text is missing, unreadable, looser than the floor or, for the city's, looser than
 * the policy; names the settings, never their values. `sha256` is of the policy's text, followed by the city's where there is one.
 */
export function parsePolicy(text: string | undefined, cityText: string | undefined = '{}'): Outcome<Policy> {
  if (text === undefined) return refused('the disclosure policy is missing');
  const policy = policySchema.safeParse(jsonOf(text).data);
  if (!policy.success) return refused('the disclosure policy cannot be read', pathsOf(policy.error));
  const city = citySchema.safeParse(jsonOf(cityText).data);
  if (!city.success) return refused("the city's disclosure settings cannot be read", pathsOf(city.error));
  const tightened = mergedWith(policy.data, city.data);
  const below = looserThan(policy.data, floor);
  if (below.length) return refused('the disclosure policy is looser than its floor', below);
  const looser = looserThan(tightened, policy.data);
  if (looser.length) return refused("the city's disclosure settings are looser than the policy", looser);
  if (tightened.places.coarsestResolution > tightened.places.finestResolution)
    return refused('the disclosure policy contradicts itself', ['places.coarsestResolution']);
  const own = Object.keys(city.data).length > 0;
  return accept({ ...tightened, version: policy.data.version, sha256: sha256(own ? `${text}\n${cityText}` : text) });
}

function mergedWith(policy: Settings, city: z.infer<typeof citySchema>): Settings {
  const named = <Value extends object>(value: Value): Partial<Value> =>
    Object.fromEntries(Object.entries(value).filter(([, setting]) => setting !== undefined)) as Partial<Value>;
  return { ...policy, ...named(city), places: { ...policy.places, ...named(city.places ?? {}) } } as Settings;
}
