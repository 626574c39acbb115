/** What the OpenAPI document says of each route, by `METHOD path`. */

import type { Property } from '../city.ts';
import { exhibitRequestExample } from '../exhibit.ts';
import { type ProblemCode, problems } from '../problem.ts';
import { answerExamples, exportExamples } from './answer-examples.ts';
import { bodyExamples, examplesAt, reportExamples } from './examples.ts';
import { pageDocs } from './openapi-pages.ts';
import {
  idParameter,
  type Json,
  jsonAnswer,
  named,
  type OperationDoc,
  parameter,
  query,
  reference,
} from './openapi-parts.ts';
import { requestDocs } from './openapi-requests.ts';

const authorization: readonly ProblemCode[] = ['AUTH_MISSING', 'AUTH_INVALID', 'SCOPE_MISSING'];
const outage: readonly ProblemCode[] = ['FAULT', 'UNAVAILABLE'];

const date: Json = { type: 'string', format: 'date' };
const pullParameters: readonly Json[] = [
  query('from', 'First day of observation, in the zone of the city.', date),
  query('to', 'Last day of observation.', date),
  query('department', 'Only reports of this department.'),
  query('property', 'Only reports of this property.'),
  query('as_of', 'Answers what was on record at this moment or at the end of this day.', {
    anyOf: [{ type: 'string', format: 'date-time' }, date],
  }),
  query('kind', 'Which reports.', { enum: ['all', 'incident', 'zero'], default: 'all' }),
  query('protected', 'Opens protected fields; needs reports/pull-protected, a purpose and a matter.', {
    type: 'boolean',
    default: false,
  }),
  parameter('header', 'Ledger-Purpose', 'Why protected fields are read.', { type: 'string', maxLength: 200 }),
  parameter('header', 'Ledger-Matter', 'Matter number.', { type: 'string', maxLength: 200 }),
];
const pageParameters: readonly Json[] = [
  query('limit', 'Rows of a page.', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
  query('cursor', 'From the page before.'),
];
/** The body of a submission, its examples of the invented city or at a property of a real one. */
export function submissionBody(property?: Property): Json {
  const reports = property ? examplesAt(property) : reportExamples;
  const { batch, ndjson, csv } = bodyExamples(reports);
  return {
    required: true,
    description: 'One report, or a batch of up to 10,000 rows and 6 MB.',
    content: {
      'application/json': {
        schema: reference('Submission'),
        examples: named({ ...reports, batch, wrapped: { reports: batch } }),
      },
      'application/x-ndjson': { schema: { type: 'string' }, example: ndjson },
      'text/csv': { schema: { type: 'string' }, example: csv },
    },
  };
}

export const operationDocs: Readonly<Record<string, OperationDoc>> = {
  'POST /v1/reports': {
    summary: 'Submit one report or a batch',
    parameters: [
      parameter(
        'header',
        'Idempotency-Key',
        'Names the request for ever: the same key and body are answered with the same receipt. Not needed for a dry run.',
        { type: 'string', minLength: 1, maxLength: 255 },
        true,
      ),
      parameter('header', 'If-Match', 'The version a single change was made against, in quotes.', { type: 'string' }),
      query('mode', 'strict: all rows or none. lenient: every good row.', {
        enum: ['strict', 'lenient'],
        default: 'strict',
      }),
      query('dry_run', 'Answers the verdicts and stores nothing.', { type: 'boolean', default: false }),
    ],
    requestBody: submissionBody(),
    answers: {
      '200': jsonAnswer('The verdicts of a dry run.', 'DryRun'),
      '201': {
        description: 'The receipt, after the durable commit.',
        headers: {
          Location: { description: 'Where the receipt can be read again.', schema: { type: 'string' } },
          'Idempotency-Replayed': {
            description: 'true when this request was committed before.',
            schema: { type: 'string' },
          },
        },
        content: { 'application/json': { schema: reference('Receipt'), example: answerExamples.Receipt } },
      },
    },
    problems: [
      ...authorization,
      'BODY_MISSING',
      'BODY_TOO_LARGE',
      'BODY_UNREADABLE',
      'MEDIA_TYPE_UNSUPPORTED',
      'NOT_ACCEPTABLE',
      'PARAMETER_INVALID',
      'IDEMPOTENCY_KEY_MISSING',
      'IDEMPOTENCY_KEY_REUSED',
      'REPORT_REFUSED',
      'REPORT_CONFLICT',
      'REPORT_VERSION_STALE',
      'REPORT_VERSION_MISSING',
      ...outage,
    ],
  },
  'GET /v1/submissions/{id}': {
    summary: 'Read a receipt of the own department again',
    parameters: [idParameter('^sub_[0-9a-z]{26}$')],
    answers: { '200': jsonAnswer('The receipt.', 'Receipt') },
    problems: [...authorization, 'NOT_FOUND', 'NOT_ACCEPTABLE', ...outage],
  },
  'GET /v1/reports/{id}': {
    summary: 'Read a report of the own department',
    parameters: [idParameter('^rep_[0-9a-z]{26}$')],
    answers: {
      '200': jsonAnswer('The current version.', 'StoredReport', {
        headers: { ETag: { description: 'The version, in quotes.', schema: { type: 'string' } } },
      }),
    },
    problems: [...authorization, 'NOT_FOUND', 'NOT_ACCEPTABLE', ...outage],
  },
  'GET /v1/reports': {
    summary: 'Pull reports, page by page',
    parameters: [...pullParameters, ...pageParameters],
    answers: { '200': jsonAnswer('One page.', 'PullPage') },
    problems: [...authorization, 'PARAMETER_INVALID', 'PURPOSE_MISSING', 'NOT_ACCEPTABLE', ...outage],
  },
  'GET /v1/exports/reports': {
    summary: 'Export reports as one file',
    parameters: pullParameters,
    answers: {
      '200': {
        description: 'CSV (RFC 4180) or NDJSON, as the Accept header asks.',
        content: {
          'text/csv': { schema: { type: 'string' }, example: exportExamples.csv },
          'application/x-ndjson': { schema: { type: 'string' }, example: exportExamples.ndjson },
        },
      },
    },
    problems: [...authorization, 'PARAMETER_INVALID', 'PURPOSE_MISSING', 'NOT_ACCEPTABLE', ...outage],
  },
  'GET /v1/audit': {
    summary: 'Read the audit trail, newest first',
    parameters: pageParameters,
    answers: { '200': jsonAnswer('One page.', 'AuditPage') },
    problems: [...authorization, 'PARAMETER_INVALID', ...outage],
  },
  'POST /v1/exhibits': {
    summary: 'Seal one released table as a court exhibit',
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference('ExhibitRequest'), example: exhibitRequestExample } },
    },
    answers: { '201': jsonAnswer('The sealed bundle.', 'Exhibit') },
    problems: [...authorization, 'PARAMETER_INVALID', 'MEDIA_TYPE_UNSUPPORTED', 'NOT_FOUND', ...outage],
  },
  'GET /healthz': {
    summary: 'Whether the service can take reports',
    answers: {
      '200': jsonAnswer('Ready.', 'Health'),
      '503': jsonAnswer('Not ready.', 'Health', {
        example: { status: 'unavailable', checks: { store: 'ok', ledger: 'failed' } },
      }),
    },
    problems: [],
  },
  'GET /openapi.json': {
    summary: 'This document',
    answers: {
      '200': {
        description: 'OpenAPI 3.1.',
        content: {
          'application/json': {
            schema: { type: 'object' },
            example: { openapi: '3.1.0', info: { title: 'Enforcement activity ledger', version: '1.0.0' }, paths: {} },
          },
        },
      },
    },
    problems: ['FAULT'],
  },
  ...requestDocs,
  ...pageDocs,
};

/** Problem answers grouped by status, each code with its example. */
export function problemAnswers(codes: readonly ProblemCode[]): Readonly<Record<string, Json>> {
  const byStatus = new Map<string, ProblemCode[]>();
  for (const code of codes) {
    const status = String(problems[code].status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, held]) => [
      status,
      {
        description: held.map((code) => `${problems[code].title} (${code}).`).join(' '),
        content: {
          'application/problem+json': {
            schema: reference('Problem'),
            examples: Object.fromEntries(
              held.map((code) => [code, { value: { type: `urn:ledger:problem:${code}`, ...problems[code], code } }]),
            ),
          },
        },
      },
    ]),
  );
}
