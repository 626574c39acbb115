import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openApiDocument } from '#core/domain/report/openapi.ts';
import { routes } from '#functions/triggers.ts';

it('is committed as docs/openapi.json; `npm run openapi` writes it anew', () => {
  const committed = readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8');
  const made = `${JSON.stringify(openApiDocument(routes), null, 2)}\n`;
  expect(committed === made, 'docs/openapi.json is not what the routes and schemas make: npm run openapi').toBe(true);
});
