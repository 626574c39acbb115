import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exhibitRequest } from '#core/domain/exhibit.ts';
import { problems } from '#core/domain/problem.ts';
import { openApiDocument } from '#core/domain/report/openapi.ts';
import { routes } from '#functions/triggers.ts';

type Node = Readonly<Record<string, unknown>>;
type Media = {
  readonly schema?: Node;
  readonly example?: unknown;
  readonly examples?: Record<string, { value: unknown }>;
};
type Content = Readonly<Record<string, Media>>;
type Operation = {
  readonly operationId: string;
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Node }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
};

const document = JSON.parse(JSON.stringify(openApiDocument(routes)));
const schemas: Readonly<Record<string, Node>> = document.components.schemas;
const operations: readonly (readonly [string, Operation])[] = Object.entries<Record<string, Operation>>(
  document.paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
);

/** Codes that no function answers. */
const gatewayOnly = ['SENDER_KEY_INVALID', 'REQUEST_FILTERED', 'RATE_LIMITED'];

/** What zod cannot read of the document is left out here: `discriminator` is OpenAPI's own, and it reads patterns without the `u` flag that JSON Schema asks for. */
const readable = JSON.parse(JSON.stringify(document).replaceAll('#/components/schemas/', '#/$defs/'), (name, value) =>
  name === 'discriminator' || (name === 'pattern' && String(value).includes('\\p{')) ? undefined : value,
);
type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
const readerOf = (schema: Node): z.ZodType =>
  z.fromJSONSchema({
    ...JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')),
    $defs: readable.components.schemas,
  } as JsonSchema);

const bodies = operations.flatMap(([name, { requestBody, responses }]) =>
  [
    ['request', requestBody?.content ?? {}] as const,
    ...Object.entries(responses).map(([status, { content = {} }]) => [status, content] as const),
  ].flatMap(([place, content]) =>
    Object.entries(content).map(([type, media]) => [`${name} ${place} ${type}`, type, media] as const),
  ),
);
const examplesOf = ({ example, examples }: Media): readonly (readonly [string, unknown])[] => [
  ...(example === undefined ? [] : [['', example] as const]),
  ...Object.entries(examples ?? {}).map(([name, { value }]) => [name, value] as const),
];

describe('openApiDocument', () => {
  it('documents every route and the token endpoint, each with a problem or a plain refusal', () => {
    for (const { method, path } of routes) expect(document.paths[path]).toHaveProperty(method.toLowerCase());
    expect(document.paths['/oauth2/token']).toHaveProperty('post');
    expect(document.paths['/v1/reports'].post.responses['422'].content).toHaveProperty('application/problem+json');
  });

  it('refers only to schemas that it holds, and holds none that nothing refers to', () => {
    const text = JSON.stringify(document);
    const named = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name));
    expect([...named].sort()).toEqual(Object.keys(schemas).sort());
  });

  it('gives each operation its own id and its scope', () => {
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    const token = { departments: ['reports/submit'] };
    // In the cloud the intake asks for the sender's key beside the token.
    expect(document.paths['/v1/reports'].post.security).toEqual([token, { ...token, sender: [] }]);
    const { securitySchemes } = document.components;
    const scopes = Object.keys(securitySchemes.departments.flows.clientCredentials.scopes);
    for (const [, { security }] of operations)
      for (const [scheme, asked] of security.flatMap((one) => Object.entries(one))) {
        expect(securitySchemes).toHaveProperty(scheme);
        for (const scope of asked) expect(scopes).toContain(scope);
      }
  });

  it('has the structure of OpenAPI 3.1', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    for (const name of Object.keys(schemas)) expect(name).toMatch(/^[A-Za-z0-9._-]+$/);
    for (const [name, { parameters = [], responses }] of operations) {
      const path = name.slice(name.indexOf(' ') + 1);
      const inPath = parameters.filter((one) => one.in === 'path');
      expect(inPath.map((one) => one.name).sort(), name).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, placeholder]) => placeholder).sort(),
      );
      expect(new Set(parameters.map((one) => `${one.in} ${one.name}`)).size, name).toBe(parameters.length);
      for (const one of parameters) expect(one, name).toHaveProperty('schema');
      for (const one of inPath) expect(one.required).toBe(true);
      expect(Object.keys(responses).length, name).toBeGreaterThan(0);
      for (const [status, { description }] of Object.entries(responses)) {
        expect(status, name).toMatch(/^[2-5]\d\d$/);
        expect(description, name).not.toBe('');
      }
    }
  });

  it('gives every body an example that its own schema accepts', () => {
    for (const [name, type, media] of bodies) {
      if (/^(application\/pdf|font\/)/.test(type)) continue; // binary: there is nothing to show
      expect(examplesOf(media).length, name).toBeGreaterThan(0);
      const reader = readerOf(media.schema ?? {});
      for (const [at, example] of examplesOf(media))
        expect(reader.safeParse(example).error?.issues, `${name} ${at}`).toBeUndefined();
    }
  });

  it('shows an exhibit request that the service takes', () => {
    const { example } = document.paths['/v1/exhibits'].post.requestBody.content['application/json'];
    expect(exhibitRequest.safeParse(example).success).toBe(true);
  });

  it('is read by these tests as strictly as by a client: an example with an unknown field is refused', () => {
    const refusing = new Set(['Receipt', 'DryRun', 'StoredReport', 'PullPage', 'AuditPage', 'Exhibit', 'Submission']);
    for (const [name, , media] of bodies) {
      const schema = String(media.schema?.['$ref']).split('/').at(-1) ?? '';
      const [first] = examplesOf(media);
      if (!refusing.delete(schema) || !first) continue;
      const [, example] = first as readonly [string, Node];
      const reader = readerOf(media.schema ?? {});
      expect(reader.safeParse({ ...example, surprise: 1 }).success, name).toBe(false);
    }
    expect([...refusing]).toEqual([]);
  });

  it('names every problem that an operation may answer by a code of the closed list', () => {
    for (const [name, type, media] of bodies)
      if (type === 'application/problem+json')
        for (const [code, example] of examplesOf(media)) {
          const { status } = problems[code as keyof typeof problems] ?? {};
          if (gatewayOnly.includes(code)) expect(status, name).toBeUndefined();
          else expect(problems, name).toHaveProperty(code);
          // What the gateway says in place of a function has the status under which it stands.
          expect(example).toMatchObject({
            code,
            status: name.includes(' 504 ') ? 504 : (status ?? expect.any(Number)),
          });
        }
  });
});
