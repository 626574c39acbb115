import { describe, expect, it } from 'vitest';
import { openApiDocument } from '#core/domain/report/openapi.ts';
import { receiptExample } from '#core/domain/report/openapi-operations.ts';
import { receiptBody } from '#core/domain/report/responses.ts';
import { routes } from '#functions/triggers.ts';

const document = JSON.parse(JSON.stringify(openApiDocument(routes)));

describe('openApiDocument', () => {
  it('documents every route and the token endpoint, each with a problem or a plain refusal', () => {
    for (const { method, path } of routes) expect(document.paths[path]).toHaveProperty(method.toLowerCase());
    expect(document.paths['/oauth2/token']).toHaveProperty('post');
    expect(document.paths['/v1/reports'].post.responses['422'].content).toHaveProperty('application/problem+json');
  });

  it('refers only to schemas that it holds', () => {
    const names = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    for (const name of names) expect(document.components.schemas).toHaveProperty(name ?? '');
  });

  it('gives each operation its own id and its scope', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path as object));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(document.paths['/v1/reports'].post.security).toEqual([{ departments: ['reports/submit'] }]);
  });

  it('shows a receipt that is one', () => {
    expect(receiptBody.safeParse(receiptExample).success).toBe(true);
  });
});
