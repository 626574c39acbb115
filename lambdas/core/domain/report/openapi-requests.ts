/** What the OpenAPI document says of requests for records, by `METHOD path`. */
import type { ProblemCode } from '../problem.ts';
import type { TrackedRequest } from '../request/answers.ts';
import { type Json, type OperationDoc, parameter, query, reference } from './openapi-parts.ts';

const authorization: readonly ProblemCode[] = ['AUTH_MISSING', 'AUTH_INVALID', 'SCOPE_MISSING'];
const writing: readonly ProblemCode[] = [
  ...authorization,
  'BODY_TOO_LARGE',
  'BODY_UNREADABLE',
  'MEDIA_TYPE_UNSUPPORTED',
  'PARAMETER_INVALID',
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_REUSED',
  'REQUEST_REFUSED',
  'FAULT',
  'UNAVAILABLE',
];

const id = 'req_0123456789abcdefghjkmnpqrs';
const facts = {
  regime: 'us-foia',
  agency: 'ice',
  title: 'Enforcement activity in the city',
  items: ['Dates and locations of all enforcement activity', 'Policies on badges and identification'],
};
const summary = {
  id,
  title: facts.title,
  regime: 'us-foia',
  agency: 'ice',
  status: 'acknowledged',
  since: '2024-06-05',
  move: 'agency' as const,
  numbers: [{ number: '2024-ICFO-39357', kind: 'request' }],
  next: { clock: 'determination-2', title: 'Determination', due: '2024-07-01' },
  sample: false,
};
const sent = { kind: 'sent', on: '2024-05-31', channel: 'email' } as const;
const tracked: TrackedRequest = {
  ...summary,
  facts,
  items: facts.items.map((text, at) => ({ number: at + 1, text, state: 'open', answers: [] })),
  clocks: [
    {
      key: 'determination-2',
      id: 'determination',
      title: 'Determination',
      duty: 'agency',
      rank: 'law',
      source: ['5 U.S.C. 552(a)(6)(A)(i)'],
      began_on: '2024-05-31',
      because: 'the request was delivered on the day it was sent',
      length: '20 working days',
      state: 'running',
      due: '2024-07-01',
      findings: [],
      days: [
        { date: '2024-05-31', why: 'start' },
        { date: '2024-06-01', why: 'weekend' },
        { date: '2024-06-03', why: 'counts', number: 1 },
      ],
    },
  ],
  exhaustion: [],
  log: [{ seq: 2, recorded_at: '2024-05-31T20:00:00.000Z', by: 'legal', event: sent }],
};

const key = parameter(
  'header',
  'Idempotency-Key',
  'Names the writing for ever: the same key and body are answered with what was written.',
  { type: 'string', minLength: 1, maxLength: 255 },
  true,
);
const requestId = parameter('path', 'id', 'As the list says it.', { type: 'string', pattern: '^req_[0-9a-z]{26}$' });
const body = (name: string, example: unknown): Json => ({
  required: true,
  content: { 'application/json': { schema: reference(name), example } },
});
const answer = (description: string, schema: string, example: unknown): Json => ({
  description,
  content: { 'application/json': { schema: reference(schema), example } },
});
const written: Json = {
  ...answer('Written down, durably.', 'WrittenEntry', { id, seq: 2, recorded_at: '2024-05-31T20:00:00.000Z' }),
  headers: { Location: { description: 'Where the request can be read.', schema: { type: 'string' } } },
};

export const requestDocs: Readonly<Record<string, OperationDoc>> = {
  'GET /v1/requests': {
    summary: 'List requests for records by their next deadline',
    parameters: [
      query('q', 'A number in any spelling, or words of the title, the agency or an item.', {
        type: 'string',
        maxLength: 100,
      }),
    ],
    answers: { '200': answer('The requests.', 'RequestList', { requests: [summary] }) },
    problems: [...authorization, 'PARAMETER_INVALID', 'FAULT', 'UNAVAILABLE'],
  },
  'POST /v1/requests': {
    summary: 'Open a request for records',
    parameters: [key],
    requestBody: body('RequestFacts', facts),
    answers: { '201': written },
    problems: writing,
  },
  'GET /v1/requests/{id}': {
    summary: 'Read a request: items, clocks with their arithmetic, log',
    parameters: [requestId],
    answers: { '200': answer('The request.', 'TrackedRequest', tracked) },
    problems: [...authorization, 'NOT_FOUND', 'FAULT', 'UNAVAILABLE'],
  },
  'POST /v1/requests/{id}/entries': {
    summary: 'Add an entry to the log of a request',
    parameters: [requestId, key],
    requestBody: body('RequestEvent', sent),
    answers: { '201': written },
    problems: [...writing, 'NOT_FOUND'],
  },
};
