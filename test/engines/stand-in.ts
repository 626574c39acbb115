/** Where the engines of this run stand, as `run.ts` told; undefined for one that could not be had. */
export const credentials = { accessKeyId: 'ledger', secretAccessKey: 'ledger-secret' } as const;
export const region = 'us-west-2';

export type StandIn = { readonly endpoint: string; readonly folder: string };

function standIn(name: string): StandIn | undefined {
  const endpoint = process.env[`ENGINE_${name}`];
  const folder = process.env[`ENGINE_${name}_FOLDER`];
  return endpoint && folder ? { endpoint, folder } : undefined;
}

export const dynamodb = standIn('DYNAMODB_LOCAL');
export const s3 = standIn('VERSITYGW');
export const moto = standIn('MOTO');
/** Its endpoint is the program itself. */
export const node24 = standIn('NODE24');
export const trino = standIn('TRINO');

/** How a client reaches an engine; the tests that use it are skipped when it is not there. */
export function reach(engine: StandIn | undefined) {
  return { endpoint: engine?.endpoint ?? 'http://127.0.0.1:9', region, credentials };
}

let made = 0;
/** A name that no other test of this run has. */
export const freshName = (kind: string): string => `${kind}-${process.pid}-${++made}`;
