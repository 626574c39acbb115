// The loop of Lambda's runtime: loads `handler.mjs` of its folder, then answers one event after the other. Plain JavaScript, because the Node that runs it reads nothing else.
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const { handler } = await import(pathToFileURL(join(process.cwd(), 'handler.mjs')).href);

process.on('message', async ({ id, event }) => {
  const context = { functionName: 'engines', awsRequestId: `request-${id}`, getRemainingTimeInMillis: () => 28_000 };
  try {
    process.send({ id, answer: (await handler(event, context)) ?? null });
  } catch (cause) {
    process.send({ id, fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  }
});
process.send({ ready: process.version });
