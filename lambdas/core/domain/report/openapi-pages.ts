/** What the OpenAPI document says of the pages and files for people, by `METHOD path`. */
import * as z from 'zod';
import { idParameter, type Json, type OperationDoc, parameter, query } from './openapi-parts.ts';

const html = (title: string): Json => ({
  'text/html': {
    schema: { type: 'string' },
    example: `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  },
});
const page = (title: string, status = '200', description = 'The page.'): Readonly<Record<string, Json>> => ({
  [status]: { description, content: html(title) },
});

/** A page that a signed-in person may see; without a session it answers the sign-in form. */
const privatePage = (title: string, parameters: readonly Json[] = []): OperationDoc => ({
  summary: `${title}, for a person who is signed in`,
  ...(parameters.length ? { parameters } : {}),
  answers: {
    ...page(title),
    ...page('Sign in', '401', 'The sign-in form.'),
    ...page('Not for this client', '403', 'The client may not see this page.'),
  },
  problems: [],
});

const notHere = page('Nothing here', '404', 'There is no such page or file for this client.');
const fromElsewhere = page('Not from here', '403', 'The form was not sent by a page of this site.');
const ledTo: Json = {
  description: 'Done; the page to go to.',
  headers: {
    Location: { description: 'A page of this site.', schema: { type: 'string' } },
    'Set-Cookie': { description: 'The session, for this site and this browser only.', schema: { type: 'string' } },
  },
};

/** The form of the sign-in page. */
const signInForm = z
  .strictObject({
    client_id: z.string().min(1).max(200),
    client_secret: z.string().min(1).max(500),
    next: z.string().optional().describe('The private page to go to.'),
  })
  .describe('As the sign-in page sends it.');
const { $schema: _, ...signInSchema } = z.toJSONSchema(signInForm, { io: 'input', target: 'draft-2020-12' });

const fileHash = parameter('path', 'file', 'SHA-256 of the file as received.', {
  type: 'string',
  pattern: '^[0-9a-f]{64}$',
});
const requestId = parameter('path', 'id', 'As the list says it.', { type: 'string', pattern: '^req_[0-9a-z]{26}$' });
const requestForm = (summary: string): OperationDoc => ({
  summary,
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: { type: 'object', additionalProperties: { type: 'string' } },
        example: { key: 'as the page gives it', kind: 'sent', on: '2024-05-31', channel: 'email' },
      },
    },
  },
  answers: {
    '303': { description: 'Written; the page of the request.', headers: { Location: { schema: { type: 'string' } } } },
    ...page('Sign in', '401', 'The sign-in form.'),
    ...page('Not from here', '403', 'Not sent by a page of this site, or the client may not write.'),
    ...page('Requests for records', '422', 'The page once more, with what is wrong.'),
    ...notHere,
  },
  problems: ['MEDIA_TYPE_UNSUPPORTED', 'BODY_TOO_LARGE'],
});
const requestPages: Readonly<Record<string, OperationDoc>> = {
  'GET /requests': privatePage('Requests for records', [
    query('q', 'A number in any spelling, or words.', { type: 'string', maxLength: 100 }),
  ]),
  'POST /requests': requestForm('Open a request for records, from the form of the list'),
  'GET /requests/{id}': { ...privatePage('Request for records', [requestId]) },
  'POST /requests/{id}': { ...requestForm('Add to the log, from a form of the page'), parameters: [requestId] },
  'GET /requests/{id}/letters/{letter}': {
    summary: 'A letter filled from a request, for a person who is signed in',
    parameters: [
      requestId,
      parameter('path', 'letter', 'The name of the letter.', { type: 'string', pattern: '^[a-z][a-z0-9-]*$' }),
      query('form', 'As a page, as text, or to print.', {
        type: 'string',
        enum: ['html', 'txt', 'pdf'],
        default: 'html',
      }),
    ],
    answers: {
      '200': {
        description: 'The letter.',
        content: {
          ...html('Letter'),
          'text/plain': { schema: { type: 'string' }, example: 'Letter' },
          'application/pdf': {},
        },
      },
      ...page('Sign in', '401', 'The sign-in form.'),
      ...page('Not for this client', '403', 'The client may not see this page.'),
      ...page('Facts are missing', '422', 'What the matter lacks for this letter.'),
      ...notHere,
    },
    problems: [],
  },
};

export const pageDocs: Readonly<Record<string, OperationDoc>> = {
  'GET /': {
    summary: 'The releases and the latest briefing',
    parameters: [query('lang', 'Language of the briefing.', { type: 'string', enum: ['en', 'es'], default: 'en' })],
    answers: page('Releases'),
    problems: [],
  },
  'GET /releases/{id}/{file}': {
    summary: 'A file of the published shelf',
    parameters: [
      parameter('path', 'id', 'The release.', { type: 'string' }),
      parameter('path', 'file', 'Its file.', { type: 'string' }),
    ],
    answers: {
      '200': {
        description: 'The file, byte for byte as it was published.',
        content: {
          ...html('Briefing'),
          'text/csv': { schema: { type: 'string' }, example: 'observed_month,incident_count\r\n*,withheld\r\n' },
          'application/json': {
            schema: { type: 'object' },
            example: { profile: 'tabular-data-package', resources: [] },
          },
          'image/svg+xml': {
            schema: { type: 'string' },
            example: '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 10 10"></svg>',
          },
          'application/pdf': {},
        },
      },
      ...notHere,
    },
    problems: [],
  },
  'GET /receipts': privatePage('Receipts', [query('cursor', 'From the page before.')]),
  'GET /receipts/{id}': privatePage('Receipt', [
    idParameter('^sub_[0-9a-z]{26}$'),
    query('page', 'Page of the verdicts, from 1.', { type: 'integer', minimum: 1, default: 1 }),
  ]),
  'GET /files': privatePage('FOIA files'),
  'GET /files/{file}': privatePage('One FOIA file', [fileHash]),
  'POST /files/{file}': {
    ...requestForm('Orders a mapping or a statement about a FOIA file'),
    parameters: [fileHash],
  },
  ...requestPages,
  'GET /protection': privatePage('Protection of the releases'),
  'GET /protection/{entry}': privatePage('Protection of one release', [
    parameter('path', 'entry', 'Number of the entry in the release ledger.', { type: 'integer', minimum: 1 }),
  ]),
  'GET /audit': privatePage('Audit trail', [query('cursor', 'From the page before.')]),
  'GET /sign-in': {
    summary: 'The sign-in form',
    parameters: [query('next', 'The private page to go to.')],
    answers: page('Sign in'),
    problems: [],
  },
  'POST /sign-in': {
    summary: 'Begin a session of the pages',
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: signInSchema,
          example: { client_id: 'dept-lib', client_secret: 'the secret of the client', next: '/receipts' },
        },
      },
    },
    answers: {
      '303': ledTo,
      ...page('Sign in', '401', 'Client id or secret is wrong: the form once more.'),
      ...fromElsewhere,
    },
    problems: ['MEDIA_TYPE_UNSUPPORTED', 'BODY_TOO_LARGE'],
  },
  'POST /sign-out': {
    summary: 'End the session of the pages',
    answers: { '303': ledTo, ...fromElsewhere },
    problems: [],
  },
  'GET /assets/{file}': {
    summary: 'A style, font or mark of the pages',
    parameters: [parameter('path', 'file', 'Its name.', { type: 'string' })],
    answers: {
      '200': {
        description: 'The file.',
        content: {
          'text/css': { schema: { type: 'string' }, example: 'h1 { font-weight: 700 }' },
          'image/svg+xml': {
            schema: { type: 'string' },
            example: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"></svg>',
          },
          'font/woff2': {},
        },
      },
      ...notHere,
    },
    problems: [],
  },
};
