/** Mounts the functions' apps on the routes of the trigger list, as API Gateway does, and serves them on the loopback address only. */
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { problemResponse } from '#functions/http.ts';
import { type FunctionName, routes } from '#functions/triggers.ts';

type Fetchable = { fetch(request: Request): Response | Promise<Response> };
export type Apps = Readonly<Partial<Record<FunctionName, Fetchable>>>;

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** One app in front of all: known route → its function; known path with another method → 405; anything else → 404. `home` holds what exists only at home. */
export function frontDoor(apps: Apps, home: Hono): Hono {
  const door = new Hono();
  door.route('/', home);
  const methods = new Map<string, Set<string>>();
  for (const route of routes) {
    const app = apps[route.function];
    if (!app) continue;
    door.on(route.method, honoPath(route.path), (context) => app.fetch(context.req.raw));
    const known = methods.get(route.path) ?? new Set();
    methods.set(route.path, known.add(route.method));
  }
  for (const [path, known] of methods) {
    door.all(honoPath(path), (context) => {
      context.header('allow', [...known].sort().join(', '));
      return problemResponse(context, { code: 'METHOD_UNSUPPORTED' });
    });
  }
  door.onError((_, context) => problemResponse(context, { code: 'FAULT' }));
  door.notFound((context) => problemResponse(context, { code: 'NOT_FOUND' }));
  return door;
}

type Received = { readonly incoming: { readonly complete: boolean } };

/**
 * Answers a request whose body was not read to its end (too large, no token) with `connection: close`: what is still coming would be in the way of the next
 * request on the same connection, and a client that uses it again would lose that one.
 */
async function answerOnce(door: Hono, request: Request, { incoming }: Received): Promise<Response> {
  const response = await door.fetch(request);
  if (incoming.complete) return response;
  const headers = new Headers(response.headers);
  headers.set('connection', 'close');
  return new Response(response.body, { status: response.status, headers });
}

export type Listening = { readonly url: string; close(): Promise<void> };

/** Thrown when the port belongs to another program. */
export class PortTakenError extends Error {
  override name = 'PortTakenError';
}

export function listen(door: Hono, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const fetch = (request: Request, received: Received) => answerOnce(door, request, received);
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, (address) => {
      resolve({
        url: `http://localhost:${address.port}`,
        close: () =>
          new Promise((done) => {
            (server as Server).close(() => done());
            (server as Server).closeAllConnections();
          }),
      });
    });
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EADDRINUSE' ? new PortTakenError(String(port)) : cause),
    );
  });
}
