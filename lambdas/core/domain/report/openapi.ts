/** The OpenAPI 3.1 document, made from the routes and from the same schemas that read the requests. Names no city. */
import * as z from 'zod';
import type { Property } from '../city.ts';
import { exhibitRequest } from '../exhibit.ts';
import { invariant } from '../invariant.ts';
import type { scopes } from '../principal.ts';
import { requestList, trackedRequest, writtenEntry } from '../request/answers.ts';
import { requestEvent, requestFacts } from '../request/request.ts';
import { senderKey, withGateway } from './openapi-gateway.ts';
import { operationDocs, problemAnswers, submissionBody } from './openapi-operations.ts';
import { type Json, jsonAnswer, reference } from './openapi-parts.ts';
import * as responses from './responses.ts';
import { correctReport, createReport, supplementReport, withdrawReport, zeroReport } from './schema.ts';

/** What the document needs to know of a route. */
export type DocumentedRoute = {
  readonly method: string;
  readonly path: string;
  readonly function: string;
  /** The scope of the token; 'open' needs none, 'session' belongs to a page. */
  readonly scope: string;
};

const scopeMeaning: Readonly<Record<(typeof scopes)[number], string>> = {
  'reports/submit': 'Submit reports of the own department',
  'reports/read-own': 'Read receipts and reports of the own department',
  'reports/pull': 'Pull reports of all departments, without protected fields',
  'reports/pull-protected': 'Open protected fields for a stated purpose and matter',
  'exhibits/seal': 'Seal court exhibits',
  'releases/read': 'Read releases',
  'releases/run': 'Run the weekly release',
  'releases/review': 'Read what each release withheld and how it was attacked',
  'foia/read': 'Read FOIA files and their rows',
  'foia/review': 'Read the content of FOIA files, confirm mappings and state what counts',
  'requests/read': 'Read requests for records, their clocks and letters',
  'requests/write': 'Open requests for records and add to their logs',
  'audit/read': 'Read the audit trail',
};

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return json;
}

const reportNames = ['CreateReport', 'CorrectReport', 'SupplementReport', 'WithdrawReport', 'ZeroReport'];
const reportWords = ['create', 'correct', 'supplement', 'withdraw', 'zero'];

function componentSchemas(): Json {
  return {
    CreateReport: schemaOf(createReport, 'input'),
    CorrectReport: schemaOf(correctReport, 'input'),
    SupplementReport: schemaOf(supplementReport, 'input'),
    WithdrawReport: schemaOf(withdrawReport, 'input'),
    ZeroReport: schemaOf(zeroReport, 'input'),
    Report: {
      oneOf: reportNames.map(reference),
      discriminator: {
        propertyName: 'operation',
        mapping: Object.fromEntries(reportWords.map((word, at) => [word, reference(reportNames[at] ?? '')['$ref']])),
      },
    },
    Batch: { type: 'array', items: reference('Report'), minItems: 1, maxItems: 10_000 },
    Submission: {
      oneOf: [
        reference('Report'),
        reference('Batch'),
        {
          type: 'object',
          properties: { reports: reference('Batch') },
          required: ['reports'],
          additionalProperties: false,
        },
      ],
    },
    Receipt: schemaOf(responses.receiptBody, 'output'),
    DryRun: schemaOf(responses.dryRunBody, 'output'),
    StoredReport: schemaOf(responses.storedReportBody, 'output'),
    PullPage: schemaOf(responses.pullPageBody, 'output'),
    AuditPage: schemaOf(responses.auditPageBody, 'output'),
    ExhibitRequest: schemaOf(exhibitRequest, 'input'),
    Exhibit: schemaOf(responses.exhibitBody, 'output'),
    RequestFacts: schemaOf(requestFacts, 'input'),
    RequestEvent: schemaOf(requestEvent, 'input'),
    RequestList: schemaOf(requestList, 'output'),
    TrackedRequest: schemaOf(trackedRequest, 'output'),
    WrittenEntry: schemaOf(writtenEntry, 'output'),
    TokenRequest: schemaOf(responses.tokenRequest, 'input'),
    Token: schemaOf(responses.tokenBody, 'output'),
    TokenProblem: schemaOf(responses.tokenProblem, 'output'),
    Health: schemaOf(responses.healthBody, 'output'),
    Problem: schemaOf(responses.problemBody, 'output'),
  };
}

function operation(route: DocumentedRoute, property: Property | undefined): Json {
  const { method, path, scope } = route;
  const doc = operationDocs[`${method} ${path}`];
  invariant(doc, 'every route is documented');
  const { parameters = [] } = doc;
  const metered = `${method} ${path}` === 'POST /v1/reports';
  const token = { departments: [scope] };
  const security = scope === 'open' || scope === 'session' ? [] : metered ? [token, { ...token, sender: [] }] : [token];
  const requestBody = metered ? submissionBody(property) : doc.requestBody;
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')}`,
    summary: doc.summary,
    tags: [route.function],
    security,
    ...(parameters.length ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: withGateway({ ...doc.answers, ...problemAnswers(doc.problems) }, metered),
  };
}

const tokenPath: Json = {
  post: {
    operationId: 'postOauth2Token',
    summary: 'Get an access token (client credentials)',
    tags: ['token'],
    security: [{ client: [] }, {}],
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: reference('TokenRequest'),
          example: { grant_type: 'client_credentials', scope: 'reports/submit reports/read-own' },
        },
      },
    },
    responses: {
      '200': jsonAnswer('The token.', 'Token'),
      '400': jsonAnswer('The request is not one for a token.', 'TokenProblem', {
        example: { error: 'invalid_request' },
      }),
      '401': jsonAnswer('The client is unknown or its secret wrong.', 'TokenProblem'),
    },
  },
};

/**
 * The document for the given routes, in their order, with the token endpoint. The same routes and property give the same document.
 * With a property of the city that serves it, its reports may be sent as they are by that property's department; without, they are of an invented city.
 */
export function openApiDocument(routes: readonly DocumentedRoute[], property?: Property): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.method.toLowerCase()] = operation(route, property);
    paths[route.path] = methods;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Enforcement activity ledger',
      version: '1.0.0',
      description:
        'Departments report federal enforcement activity on city property; the legal team pulls and seals. Problems never repeat submitted values.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: { ...paths, '/oauth2/token': tokenPath },
    components: {
      securitySchemes: {
        departments: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: '/oauth2/token', scopes: scopeMeaning } },
        },
        client: { type: 'http', scheme: 'basic' },
        sender: senderKey,
      },
      schemas: componentSchemas(),
    },
  };
}
