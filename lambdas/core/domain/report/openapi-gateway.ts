/** What the OpenAPI document says of the gateway that stands before the functions in the cloud: it answers by itself, in the form of every other problem. At home there is none. */
import { type Json, reference } from './openapi-parts.ts';

/** What the gateway may answer before a function is asked, by status. `lib/constructs/gateway-refusals.ts` makes it so. */
const refusals = {
  403: [
    { code: 'SENDER_KEY_INVALID', title: 'The x-api-key header of the sender is missing or wrong' },
    { code: 'REQUEST_FILTERED', title: 'The firewall did not let the request through' },
  ],
  429: [{ code: 'RATE_LIMITED', title: 'More requests than this sender may make; try again later' }],
  504: [{ code: 'UNAVAILABLE', title: 'The service did not answer in time; try again with the same key' }],
} as const;

/** The key says who is metered, the token who is asking; the intake alone asks for it, and at home nobody does. */
export const senderKey: Json = {
  type: 'apiKey',
  in: 'header',
  name: 'x-api-key',
  description: 'The key of the sender, in the cloud only: the plan that limits how often it may post hangs on it.',
};

type Answer = { readonly description: string; readonly content?: Json };

/** Adds to an operation's answers what the gateway may answer in its place. */
export function withGateway(answers: Readonly<Record<string, Json>>, metered: boolean): Readonly<Record<string, Json>> {
  const all: Record<string, Json> = { ...answers };
  for (const [status, held] of Object.entries(refusals)) {
    const known = held.filter(({ code }) => metered || code !== 'SENDER_KEY_INVALID');
    const before = all[status] as Answer | undefined;
    const examples = known.map(({ code, title }) => [
      code,
      { value: { type: `urn:ledger:problem:${code}`, title, status: Number(status), code } },
    ]);
    const media = before?.content?.['application/problem+json'] as { readonly examples?: Json } | undefined;
    all[status] = {
      ...before,
      description: [before?.description, ...known.map(({ code, title }) => `In the cloud: ${title} (${code}).`)]
        .filter(Boolean)
        .join(' '),
      content: {
        ...before?.content,
        'application/problem+json': {
          schema: reference('Problem'),
          examples: { ...media?.examples, ...Object.fromEntries(examples) },
        },
      },
    };
  }
  return all;
}
