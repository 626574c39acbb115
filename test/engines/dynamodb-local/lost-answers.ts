import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { dynamodb, reach } from '../stand-in.ts';

export type Fault = { readonly loses?: string; readonly diesAt?: string };

/** A client that loses the first answer to a command after the service has done it, or never gets a command through. The SDK tries again by itself as it always does. */
export function losingAnswers({ loses, diesAt }: Fault): { readonly client: DynamoDBClient; lost(): number } {
  const client = new DynamoDBClient({ ...quickClient, ...reach(dynamodb) });
  let lost = 0;
  const cut = () =>
    Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET', $metadata: {} });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context['commandName'] === diesAt) throw cut();
      const answer = await next(args);
      if (context['commandName'] !== loses || lost > 0) return answer;
      lost += 1;
      throw cut();
    },
    { step: 'deserialize', priority: 'low' },
  );
  return { client, lost: () => lost };
}
