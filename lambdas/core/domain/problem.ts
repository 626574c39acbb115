/**
 * Every "no" the system says, as one closed list (RFC 9457). The status, the title and the runbook heading hang on the code;
 * a problem never carries a submitted value.
 */
export const problems = {
  AUTH_MISSING: { status: 401, title: 'A bearer token is required' },
  AUTH_INVALID: { status: 401, title: 'The token is expired, forged or not for this service' },
  SCOPE_MISSING: { status: 403, title: 'The token does not carry the scope this needs' },
  CLIENT_INVALID: { status: 401, title: 'The client id or secret is wrong' },
  GRANT_UNSUPPORTED: { status: 400, title: 'Only the client_credentials grant is supported' },
  NOT_FOUND: { status: 404, title: 'There is nothing here for this client' },
  METHOD_UNSUPPORTED: { status: 405, title: 'This address does not take this method' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The content type is not one this address takes' },
  NOT_ACCEPTABLE: { status: 406, title: 'None of the accepted content types can be produced' },
  BODY_MISSING: { status: 400, title: 'The request has no body' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is larger than 6 MB or has more than 10,000 rows' },
  BODY_UNREADABLE: { status: 400, title: 'The body cannot be read as its content type' },
  PARAMETER_INVALID: { status: 400, title: 'A query parameter or header is not valid' },
  IDEMPOTENCY_KEY_MISSING: { status: 400, title: 'An Idempotency-Key header is required' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This Idempotency-Key was used with another body' },
  REPORT_REFUSED: { status: 422, title: 'No report was accepted' },
  REPORT_CONFLICT: { status: 409, title: 'The local report id is taken by another report' },
  REPORT_VERSION_STALE: { status: 412, title: 'The report has changed since the expected version' },
  REPORT_VERSION_MISSING: { status: 428, title: 'A change to a report must name the version it expects' },
  PURPOSE_MISSING: { status: 400, title: 'Protected fields need a stated purpose and a matter number' },
  REQUEST_REFUSED: { status: 422, title: 'The request for records, or the entry of its log, cannot be taken as it is' },
  LETTER_INCOMPLETE: { status: 422, title: 'The matter lacks facts that the letter needs' },
  RELEASE_REFUSED: { status: 409, title: 'The release was refused by disclosure control' },
  UNAVAILABLE: { status: 503, title: 'The service is not ready; try again' },
  FAULT: { status: 500, title: 'Something failed on our side; nothing was acknowledged' },
} as const;

export type ProblemCode = keyof typeof problems;

export type Severity = 'error' | 'warning' | 'info';

/** One rule that one place of the input broke. `pointer` is an RFC 6901 pointer into the report; `line` is the line of the file it came from (1-based). */
export type Violation = {
  readonly code: string;
  readonly severity: Severity;
  readonly pointer?: string;
  readonly line?: number;
  readonly column?: string;
  readonly message: string;
};

export type Problem = {
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly violations?: readonly Violation[];
};

export type Refused = { readonly ok: false; readonly problem: Problem };
export type Outcome<Value> = { readonly ok: true; readonly value: Value } | Refused;

export const accept = <Value>(value: Value): Outcome<Value> => ({ ok: true, value });
export const refuse = (code: ProblemCode, more: Omit<Problem, 'code'> = {}): Refused => ({
  ok: false,
  problem: { code, ...more },
});
