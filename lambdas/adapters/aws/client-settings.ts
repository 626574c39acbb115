/**
 * How long the adapters wait and how often they try, for all clients alike. A function that a person waits for has 28 seconds: four tries of a few seconds and their pauses fit in.
 * Endpoints are taken from the surroundings (`AWS_ENDPOINT_URL_…`), so that the same bundle speaks to AWS and to engines that stand in for it.
 */
const quick = { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const;
const patient = { connectionTimeout: 1_000, requestTimeout: 60_000, throwOnRequestTimeout: true } as const;

/** For tables, keys, secrets and queries: small requests. Safe to repeat, because every write is conditional or read back. */
export const quickClient = { maxAttempts: 4, retryMode: 'standard', requestHandler: quick } as const;

/** For objects of up to some hundred megabytes. */
export const objectClient = { maxAttempts: 4, retryMode: 'standard', requestHandler: patient } as const;

/** For what must not happen twice and cannot be asked about afterwards: one try. */
export const onceClient = { maxAttempts: 1, requestHandler: patient } as const;

/** A pause before the next try: doubled each time up to the most, with full jitter so that rivals do not meet again. */
export function pause(attempt: number, firstMs: number, mostMs: number): Promise<void> {
  const ms = Math.random() * Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  return new Promise((resolve) => setTimeout(resolve, ms));
}
