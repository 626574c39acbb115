import { Agent, request } from 'node:http';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../../bin/local/http-host.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function served() {
  const door = new Hono();
  door.get('/', (context) => context.text('here'));
  door.post('/read', async (context) => context.text(String((await context.req.arrayBuffer()).byteLength)));
  door.post('/refused', (context) => context.text('too large', 413));
  const host = await listen(door, 0);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closing.push(
    () => agent.destroy(),
    () => host.close(),
  );
  const { port } = new URL(host.url);
  return (method: string, path: string, bytes = 0) =>
    new Promise<{ status: number | undefined; kept: boolean }>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, agent }, (answer) => {
        answer.resume();
        answer.once('end', () =>
          resolve({ status: answer.statusCode, kept: answer.headers.connection === 'keep-alive' }),
        );
      });
      sent.once('error', reject);
      sent.end(bytes ? Buffer.alloc(bytes, 97) : undefined);
    });
}

describe('the door at home', () => {
  it('keeps a connection whose requests were read', async () => {
    const ask = await served();
    expect(await ask('GET', '/')).toEqual({ status: 200, kept: true });
    expect(await ask('POST', '/read', 3_000_000)).toEqual({ status: 200, kept: true });
    expect(await ask('GET', '/')).toEqual({ status: 200, kept: true });
  });

  it('says that a connection ends when a body was refused unread, so that the next request is not lost', async () => {
    const ask = await served();
    for (const bytes of [300_000, 7_000_000]) {
      expect(await ask('POST', '/refused', bytes)).toEqual({ status: 413, kept: false });
      expect(await ask('GET', '/')).toEqual({ status: 200, kept: true });
    }
  });
});
