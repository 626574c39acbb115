import { expect, it } from 'vitest';
import { carriedWalks } from '#core/disclosure/audit/carry.ts';
import { checkCertificate } from '#core/disclosure/audit/check-certificate.ts';
import { release } from '#core/disclosure/release.ts';
import { emptySystem } from '#core/disclosure/system/system.ts';
import { incidentsOf, inventedCity, weeklyRequest } from './fixture.ts';

const city = inventedCity();
const incidents = incidentsOf(city, 40, 120, 3, 0.06);
const made = (request: Parameters<typeof release>[0]) => {
  const outcome = release(request);
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.value;
};

it('goes through the proofs of the release before and proves every verdict of the next', () => {
  const first = made(weeklyRequest(city, incidents, 27, []));
  const next = made({ ...weeklyRequest(city, incidents, 28, [first.entry]), lastCertificate: first.certificate });
  const judged = checkCertificate(JSON.parse(next.certificate));
  expect(judged.faults).toEqual([]);
  expect(judged.safe).toBeGreaterThan(20);
}, 60_000);

it('is refused where what was sealed is not what was sealed then', () => {
  const first = made(weeklyRequest(city, incidents, 27, []));
  const request = weeklyRequest(city, incidents, 28, [first.entry]);
  expect(release({ ...request, lastCertificate: `${first.certificate} ` })).toMatchObject({
    ok: false,
    problem: { code: 'RELEASE_REFUSED' },
  });
}, 60_000);

it('leaves out of a step what the system of today does not know', () => {
  const { certificate } = made(weeklyRequest(city, incidents, 27, []));
  const walks = carriedWalks(emptySystem(), JSON.parse(certificate));
  expect([...walks.values()].some((steps) => steps.length > 0)).toBe(true);
  for (const steps of walks.values()) for (const { along } of steps) expect(along).toHaveLength(0);
}, 60_000);
