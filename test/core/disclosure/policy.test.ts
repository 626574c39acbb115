import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { floor, parsePolicy, settingsOf } from '#core/disclosure/policy.ts';
import { sha256 } from '#core/domain/ids.ts';
import { policyText } from './fixture.ts';

type Text = Record<string, unknown> & { places: Record<string, unknown> };
const changed = (change: (policy: Text) => void): string => {
  const policy = JSON.parse(policyText);
  change(policy);
  return JSON.stringify(policy);
};
const withPlaces = (places: Record<string, unknown>): string =>
  changed((policy) => Object.assign(policy.places, places));
const detailOf = (text: string | undefined, cityText?: string): string | undefined => {
  const opened = parsePolicy(text, cityText);
  return opened.ok ? undefined : opened.problem.detail;
};

describe('the disclosure policy', () => {
  it('opens as shipped and carries the hash of its text', () => {
    const opened = parsePolicy(policyText);
    expect(opened.ok && opened.value.threshold).toBe(11);
    expect(opened.ok && opened.value.sha256).toBe(sha256(policyText));
  });

  it('may be tightened in every setting that has room', () => {
    const tighter = changed((policy) => {
      Object.assign(policy, {
        threshold: 20,
        feasibleIntegers: 8,
        lagDays: 28,
        lateBatch: 30,
        zeros: 'never',
        withheld: 'one sign',
        runningTotals: 'never',
        groupShare: 80,
        sensitiveAttributes: [...floor.sensitiveAttributes, 'agency_group'],
      });
      Object.assign(policy.places, {
        districtResidents: 50_000,
        regionResidents: 10_000,
        regionProperties: 3,
        regionIncidents: 60,
        coarsestResolution: 4,
        finestResolution: 6,
        frozenWeeks: 26,
      });
    });
    expect(parsePolicy(tighter)).toMatchObject({ ok: true });
  });

  it.each([...settingsOf(floor)].filter(([, value]) => typeof value === 'number'))(
    'refuses the release when %s is looser than %s',
    (path, value) => {
      const looser = Number(value) + (path.endsWith('Resolution') || path === 'groupShare' ? 1 : -1);
      const [name = '', inside] = path.split('.');
      const text = inside
        ? withPlaces({ [inside]: looser })
        : changed((policy) => Object.assign(policy, { [name]: looser }));
      expect(detailOf(text)).toBe(`the disclosure policy is looser than its floor: ${path}`);
    },
  );

  it.each([
    ['missing', undefined],
    ['not JSON', '{'],
    ['empty', '{}'],
    ['with a word nobody knows', changed((policy) => Object.assign(policy, { zeros: 'always' }))],
    ['with weeks that are counted again', changed((policy) => Object.assign(policy, { weeks: 'revised' }))],
    ['with residential sites in regions', withPlaces({ residential: 'region' })],
    ['with half a count', changed((policy) => Object.assign(policy, { threshold: 11.5 }))],
    ['with maps coarser than their coarsest', withPlaces({ coarsestResolution: 7, finestResolution: 6 })],
    ['with a setting nobody knows', changed((policy) => Object.assign(policy, { off: true }))],
    [
      'without an attribute that is sensitive',
      changed((policy) => Object.assign(policy, { sensitiveAttributes: ['access_group'] })),
    ],
    ['with days', changed((policy) => Object.assign(policy, { finestTime: 'day' }))],
    ['without a setting', changed((policy) => Reflect.deleteProperty(policy, 'lateBatch'))],
  ])('refuses the release when it is %s', (_, text) => {
    expect(parsePolicy(text)).toMatchObject({ ok: false, problem: { code: 'RELEASE_REFUSED' } });
  });

  it('names the settings that are wrong and never their values', () => {
    const text = changed((policy) => Object.assign(policy, { threshold: 4.25, secret: 'word' }));
    expect(detailOf(text)).toBe('the disclosure policy cannot be read: threshold, secret');
  });
});

describe("a city's own settings", () => {
  it('tighten what they name and leave the rest', () => {
    const opened = parsePolicy(policyText, '{ "lagDays": 28, "places": { "finestResolution": 6 } }');
    const policy = opened.ok ? opened.value : undefined;
    expect(policy).toMatchObject({ lagDays: 28, threshold: 11, places: { finestResolution: 6, frozenWeeks: 13 } });
    expect(policy?.sha256).not.toBe(sha256(policyText));
  });

  it('change nothing, not even the hash, when they are empty', () => {
    expect(parsePolicy(policyText, '{}')).toEqual(parsePolicy(policyText));
  });

  it.each([
    ['a shorter lag', '{ "lagDays": 13 }'],
    ['a lag that the floor allows but the policy does not', '{ "lagDays": 20 }'],
    ['finer maps', '{ "places": { "finestResolution": 8 } }'],
    ['a setting nobody knows', '{ "lag": 30 }'],
    ['a version of their own', '{ "version": "3" }'],
    ['no text', ''],
  ])('refuse the release with %s', (_, cityText) => {
    const policy = changed((base) => Object.assign(base, { lagDays: 21 }));
    expect(parsePolicy(policy, cityText)).toMatchObject({ ok: false, problem: { code: 'RELEASE_REFUSED' } });
  });
});

describe('docs/PRIVACY.md', () => {
  const privacy = readFileSync(new URL('../../../docs/PRIVACY.md', import.meta.url), 'utf8');
  const rows = new Map(
    [...privacy.matchAll(/^\| `([\w.]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
      ([, path = '', value = '', meaning = '', least = '']) => [
        path,
        { value: value.trim(), meaning: meaning.trim(), floor: least.trim() },
      ],
    ),
  );
  const opened = parsePolicy(policyText);
  const documented = (value: number | string): string =>
    typeof value === 'number' ? value.toLocaleString('en-US') : value;

  it.each([...(opened.ok ? settingsOf(opened.value) : [])])('documents %s as %s, with its floor', (path, value) => {
    const row = rows.get(path);
    expect(row?.value).toBe(documented(value));
    expect(row?.floor).toBe(documented(settingsOf(floor).get(path) ?? ''));
    expect(row?.meaning.length).toBeGreaterThan(20);
  });

  it('documents no setting that is not there', () => {
    const known = opened.ok ? [...settingsOf(opened.value).keys()] : [];
    expect([...rows.keys()].filter((path) => !known.includes(path))).toEqual([]);
  });
});
