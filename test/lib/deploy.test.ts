import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { capacityOf } from '../../lib/config.ts';
import { cloud, ofType, stage } from './cloud.ts';

beforeAll(() => {
  cloud();
});

const deploy = readFileSync(new URL('../../docs/DEPLOY.md', import.meta.url), 'utf8');
const amount = (text: string): number => Number(text.replace(/[$,*]/g, ''));
/** The lines of the cost table that multiply: `| what | $price / unit | quantity → $cost | … |`. */
const lines = deploy.split('\n').flatMap((line) => {
  const [, what = '', price = '', ...cells] = line.split('|').map((cell) => cell.trim());
  const each = /^\$([\d.]+) \//.exec(price)?.[1];
  if (each === undefined) return [];
  const months = cells.filter((cell) => cell !== '').map((cell) => cell.split(' → ').map(amount));
  return [{ what, each: Number(each), months }];
});
const quantityOf = (what: string): number | undefined => lines.find((line) => line.what === what)?.months[0]?.[0];

describe('the costs in DEPLOY', () => {
  it('are list price times quantity, line by line', () => {
    expect(lines.length).toBeGreaterThan(20);
    for (const { what, each, months } of lines) {
      expect(months, what).toHaveLength(3);
      for (const [quantity = Number.NaN, cost = Number.NaN] of months)
        expect(Math.abs(each * quantity - cost), `${what}: ${quantity}`).toBeLessThanOrEqual(0.0051);
    }
  });

  it('add up', () => {
    const total = deploy.split('\n').find((line) => line.startsWith('| **together'));
    const sums = total?.split('|').flatMap((cell) => (cell.includes('$') ? [amount(cell)] : []));
    const added = lines.filter(({ what }) => !what.startsWith('Cognito'));
    expect(sums).toEqual(
      [0, 1, 2].map((at) => Number(added.reduce((sum, { months }) => sum + (months[at]?.[1] ?? 0), 0).toFixed(2))),
    );
  });

  it('count what the templates hold', () => {
    const rules = ofType('AWS::WAFv2::WebACL').flatMap(({ Properties }) => Properties['Rules']);
    expect(quantityOf('CloudWatch, alarms')).toBe(ofType('AWS::CloudWatch::Alarm').length);
    expect(quantityOf('CloudWatch, metrics of log lines')).toBe(ofType('AWS::Logs::MetricFilter').length);
    expect(quantityOf('KMS, keys')).toBe(ofType('AWS::KMS::Key').length);
    expect(quantityOf('Secrets Manager, secrets')).toBe(ofType('AWS::SecretsManager::Secret').length);
    expect(lines.find(({ what }) => what === 'WAF, list and rules')?.each).toBe(5 + rules.length);
  });
});

describe('the limits in DEPLOY', () => {
  it('name the shares and the size of the stack as they are', () => {
    const shares = Object.values(capacityOf({ intakeConcurrency: 100 })).map(({ concurrency }) => concurrency);
    expect(deploy).toContain(`${shares.reduce((sum, share) => sum + share, 0)} with \`intakeConcurrency\` 100`);
    const resources = Object.keys(cloud().templates.service.toJSON()['Resources']).length;
    const without = resources - 2 * stage.city.departments.length;
    expect(deploy).toContain(`the service stack has ${without} and two for each department`);
    expect(deploy).toContain(`room for ${Math.floor((500 - without) / 2)} departments`);
  });
});
