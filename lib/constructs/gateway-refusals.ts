import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/** What the gateway answers before a function is asked, in the form of every other refusal; each code has its heading in docs/RUNBOOK.md. */
const refusals: readonly {
  readonly type: ResponseType;
  readonly code: string;
  readonly status: number;
  readonly title: string;
}[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    code: 'AUTH_INVALID',
    status: 401,
    title: 'The token is missing, expired or not for this service',
  },
  {
    type: ResponseType.ACCESS_DENIED,
    code: 'SCOPE_MISSING',
    status: 403,
    title: 'The token does not carry the scope this needs',
  },
  {
    type: ResponseType.INVALID_API_KEY,
    code: 'SENDER_KEY_INVALID',
    status: 403,
    title: 'The x-api-key header of the sender is missing or wrong',
  },
  {
    type: ResponseType.WAF_FILTERED,
    code: 'REQUEST_FILTERED',
    status: 403,
    title: 'The firewall did not let the request through',
  },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    code: 'NOT_FOUND',
    status: 404,
    title: 'There is nothing here for this client',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    code: 'BODY_TOO_LARGE',
    status: 413,
    title: 'The body is larger than the gateway takes',
  },
  {
    type: ResponseType.THROTTLED,
    code: 'RATE_LIMITED',
    status: 429,
    title: 'More requests than this sender may make; try again later',
  },
  {
    type: ResponseType.QUOTA_EXCEEDED,
    code: 'RATE_LIMITED',
    status: 429,
    title: 'More requests than this sender may make in a week',
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    code: 'UNAVAILABLE',
    status: 504,
    title: 'The service did not answer in time; try again with the same key',
  },
  {
    type: ResponseType.INTEGRATION_FAILURE,
    code: 'UNAVAILABLE',
    status: 504,
    title: 'The service did not answer; try again with the same key',
  },
  { type: ResponseType.DEFAULT_4XX, code: 'PARAMETER_INVALID', status: 400, title: 'The request cannot be read' },
  {
    type: ResponseType.DEFAULT_5XX,
    code: 'FAULT',
    status: 500,
    title: 'Something failed on our side; nothing was acknowledged',
  },
];

/** Codes that only the gateway uses. */
export const gatewayCodes = ['SENDER_KEY_INVALID', 'REQUEST_FILTERED', 'RATE_LIMITED'] as const;

export function addRefusals(api: RestApi): void {
  for (const { type, code, status, title } of refusals) {
    const body = JSON.stringify({ type: `urn:ledger:problem:${code}`, title, status, code });
    api.addGatewayResponse(`Refusal-${type.responseType}`, {
      type,
      ...(type === ResponseType.DEFAULT_4XX || type === ResponseType.DEFAULT_5XX ? {} : { statusCode: String(status) }),
      responseHeaders: { 'Cache-Control': "'no-store'", 'Content-Type': "'application/problem+json'" },
      // For every media type: the gateway picks by what the client accepts, and its own words otherwise.
      templates: { 'application/json': body, 'application/problem+json': body, 'text/html': body },
    });
  }
}
