import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { City } from '#core/domain/city.ts';
import { departmentScopes, offices, scopes } from '#core/domain/principal.ts';

const credentialSchema = z.strictObject({
  client_id: z.string().min(1),
  client_secret: z.string().min(32),
  scopes: z.array(z.enum(scopes)),
  department: z.string().optional(),
});
/** The OAuth2 clients of a city at home, as `<data>/credentials.json` holds them. */
export type Credential = z.infer<typeof credentialSchema>;
export type Credentials = readonly Credential[];

function makeCredentials(city: City): Credentials {
  const secret = () => randomBytes(32).toString('base64url');
  return [
    ...city.departments.map(({ id }) => ({
      client_id: `department-${id}`,
      client_secret: secret(),
      scopes: [...departmentScopes],
      department: id,
    })),
    ...offices.map((office) => ({ client_id: office.id, client_secret: secret(), scopes: [...office.scopes] })),
  ];
}

/** Reads `<data>/credentials.json`, or makes it at the first start (mode 0600, whole or not at all). Throws when the file is there and is not a list of clients. */
export function ensureCredentials(dataDir: string, city: City): Credentials {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'credentials.json');
  const draft = `${path}.${process.pid}`;
  try {
    return readCredentials(path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
  }
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(makeCredentials(city), null, 2)}\n`);
    fsyncSync(file);
    linkSync(draft, path);
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
  return readCredentials(path);
}

/** Reads the clients of a city at home. Throws when the file is missing or is not a list of clients. */
export function readCredentials(path: string): Credentials {
  const text = readFileSync(path, 'utf8');
  try {
    return z.array(credentialSchema).parse(JSON.parse(text));
  } catch {
    // The cause would quote the file, and the file holds secrets.
    throw new Error(`${path} is not a list of OAuth2 clients; remove it to have a new one made`);
  }
}
