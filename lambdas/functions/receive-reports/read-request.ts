/** The edge of `POST /v1/reports`: headers, parameters and the bytes of the body, opened or refused. */
import type { Context } from 'hono';
import { type DepartmentId, sha256, submissionIdOf } from '#core/domain/ids.ts';
import { accept, type Outcome, refuse } from '#core/domain/problem.ts';
import { bodyBytesMax } from '#core/domain/report/body.ts';
import { acceptsJson } from '../http.ts';
import type { Submission } from './commit-submission.ts';

const mediaTypes = ['application/json', 'application/x-ndjson', 'text/csv'];

/** Opens an Idempotency-Key: a quoted structured string (RFC 8941) or bare, 1 to 255 printable ASCII characters. Quoted and bare name the same key. */
function readIdempotencyKey(header: string | undefined): Outcome<string> {
  if (header === undefined || header.trim() === '') return refuse('IDEMPOTENCY_KEY_MISSING');
  const text = header.trim();
  const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(text)?.[1];
  const key = quoted === undefined ? text : quoted.replaceAll(/\\(["\\])/g, '$1');
  const bare = quoted !== undefined || /^[\x21\x23-\x7e]+$/.test(text);
  if (!bare || key.length < 1 || key.length > 255)
    return refuse('PARAMETER_INVALID', { detail: 'Idempotency-Key takes 1 to 255 printable ASCII characters' });
  return accept(key);
}

/** Reads the body and stops as soon as it is larger than the limit. */
async function readBytes(request: Request): Promise<Outcome<Uint8Array>> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > bodyBytesMax) return refuse('BODY_TOO_LARGE');
  // The server never hands on more than was declared; only a body without a length must be counted.
  if (declared !== null) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.length > bodyBytesMax ? refuse('BODY_TOO_LARGE') : accept(bytes);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body)
    for await (const chunk of request.body) {
      size += chunk.length;
      if (size > bodyBytesMax) return refuse('BODY_TOO_LARGE');
      chunks.push(chunk);
    }
  return accept(Buffer.concat(chunks));
}

function flag<Word extends string>(context: Context, name: string, words: readonly Word[]): Outcome<Word | undefined> {
  const given = context.req.queries(name) ?? [];
  if (given.length === 0) return accept(undefined);
  const word = words.find((known) => known === given[0]);
  if (given.length > 1 || word === undefined)
    return refuse('PARAMETER_INVALID', { detail: `${name} takes one of: ${words.join(', ')}` });
  return accept(word);
}

/** The version an If-Match header names: one strong tag that holds a number, as this address hands out. */
function ifMatch(header: string | undefined): Outcome<number | undefined> {
  if (header === undefined) return accept(undefined);
  const version = /^"([1-9]\d{0,6})"$/.exec(header.trim())?.[1];
  return version === undefined
    ? refuse('PARAMETER_INVALID', { detail: 'If-Match takes one tag, the version in quotes' })
    : accept(Number(version));
}

/** Opens a request into a submission; `dryRun` asks for the verdicts alone and needs no key. Unknown parameters are refused. */
export async function readRequest(
  context: Context,
  department: DepartmentId,
): Promise<Outcome<{ readonly submission: Submission; readonly dryRun: boolean }>> {
  const { req } = context;
  if (!acceptsJson(req.header('accept'))) return refuse('NOT_ACCEPTABLE');
  const contentType = req.header('content-type') ?? '';
  const media = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const encoding = req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (!mediaTypes.includes(media) || encoding !== 'identity') return refuse('MEDIA_TYPE_UNSUPPORTED');
  for (const name of Object.keys(req.query()))
    if (name !== 'mode' && name !== 'dry_run')
      return refuse('PARAMETER_INVALID', { detail: 'this address takes the parameters mode and dry_run' });
  const mode = flag(context, 'mode', ['strict', 'lenient']);
  if (!mode.ok) return mode;
  const dry = flag(context, 'dry_run', ['true', 'false']);
  if (!dry.ok) return dry;
  const dryRun = dry.value === 'true';
  const expected = ifMatch(req.header('if-match'));
  if (!expected.ok) return expected;
  const key = readIdempotencyKey(req.header('idempotency-key'));
  if (!key.ok && !(dryRun && key.problem.code === 'IDEMPOTENCY_KEY_MISSING')) return key;

  const body = await readBytes(req.raw);
  if (!body.ok) return body;
  if (body.value.length === 0) return refuse('BODY_MISSING');
  const asked = { department, bytes: body.value, contentType, mode: mode.value ?? 'strict' } as const;
  // How the type is written besides (a charset, say) does not change what the bytes mean.
  const head = JSON.stringify([media, asked.mode, expected.value ?? null]);
  const request = sha256(`${sha256(head)}${sha256(body.value)}`);
  const submissionId = submissionIdOf(department, key.ok ? key.value : '');
  const version = expected.value === undefined ? {} : { expectedVersion: expected.value };
  return accept({ submission: { ...asked, ...version, submissionId, request }, dryRun });
}
