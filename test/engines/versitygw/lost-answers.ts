import { S3Client } from '@aws-sdk/client-s3';
import { objectClient } from '#adapters/aws/client-settings.ts';
import { reach, s3 } from '../stand-in.ts';

/** A client that loses the first answer to a command after the service has done it; the SDK then tries again by itself. */
export function losingAnswers(command: string): { readonly client: S3Client; lost(): number } {
  const client = new S3Client({ ...objectClient, ...reach(s3) });
  let lost = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context['commandName'] !== command || lost > 0) return answer;
      lost += 1;
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET', $metadata: {} });
    },
    { step: 'deserialize', priority: 'low' },
  );
  return { client, lost: () => lost };
}
