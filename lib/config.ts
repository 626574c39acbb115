/** Every place the ledger is deployed to: `cities/<city>/stages.json` and nothing that is looked up. The same files give the same templates on any machine, offline. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { City } from '../lambdas/core/domain/city.ts';
import { cityFileErrorLine, cityFileNames, readCity } from '../lambdas/core/domain/city-files.ts';
import type { FunctionName } from '../lambdas/functions/triggers.ts';

/** How much one function may use: MB of memory, seconds of time, and how many run at once (kept free for it, and the most that may, so that none can starve another). */
export type Capacity = { readonly memoryMb: number; readonly timeoutSeconds: number; readonly concurrency: number };

const name = z.string().regex(/^[a-z][a-z0-9-]{1,19}$/);
const stageSchema = z.strictObject({
  /** Prefix of stacks and names. */
  name,
  region: z.string(),
  /** Object Lock of evidence: GOVERNANCE lets a named role shorten it, COMPLIANCE lets nobody. */
  evidence: z.strictObject({ mode: z.enum(['GOVERNANCE', 'COMPLIANCE']), years: z.int().min(1) }),
  /** How long the logs of functions, API and firewall are kept. */
  logDays: z.literal([30, 90, 365, 400]),
  /** Where alarms are mailed to; the address confirms the subscription once. */
  alarmMail: z.email(),
  /** Bytes that one query may scan before it is stopped; Athena takes no less than 10 MB. */
  scanBytesMax: z.int().min(10_000_000),
  /** What one sender may ask of the API. */
  senderLimit: z.strictObject({ requestsPerSecond: z.int(), burst: z.int(), requestsPerWeek: z.int() }),
  /** How many intakes may run at once; the other functions have fixed shares. */
  intakeConcurrency: z.int().min(1),
  runbookUrl: z.url(),
  /** The public address and its certificate (in us-east-1, where the distribution looks for it). Without it the provider's own name is used. */
  domain: z.strictObject({ name: z.hostname(), certificateArn: z.string().startsWith('arn:') }).optional(),
});
export type StageConfig = z.infer<typeof stageSchema> & { readonly city: City };

/** Shares of a city of up to a few hundred senders. The API gives up after 29 seconds, so what it calls ends before. */
export const capacityOf = (
  stage: Pick<StageConfig, 'intakeConcurrency'>,
): Readonly<Record<FunctionName, Capacity>> => ({
  'receive-reports': { memoryMb: 1024, timeoutSeconds: 28, concurrency: stage.intakeConcurrency },
  'pull-reports': { memoryMb: 1024, timeoutSeconds: 28, concurrency: 10 },
  'seal-exhibit': { memoryMb: 2048, timeoutSeconds: 28, concurrency: 2 },
  'track-requests': { memoryMb: 512, timeoutSeconds: 10, concurrency: 5 },
  'send-reminders': { memoryMb: 512, timeoutSeconds: 300, concurrency: 1 },
  'show-portal': { memoryMb: 1024, timeoutSeconds: 20, concurrency: 20 },
  'record-lake': { memoryMb: 1024, timeoutSeconds: 120, concurrency: 10 },
  'record-registry': { memoryMb: 512, timeoutSeconds: 60, concurrency: 1 },
  'receive-foia': { memoryMb: 1024, timeoutSeconds: 900, concurrency: 2 },
  'run-release': { memoryMb: 2048, timeoutSeconds: 900, concurrency: 1 },
});

const readText = (folder: URL, file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** Reads a city's folder; throws with file, row and column of what is wrong, so that a wrong city stops at the desk and not in the cloud. */
function cityIn(folder: URL): City {
  const read = readCity(new Map(cityFileNames.map((file) => [file, readText(folder, file)])));
  if (!read.ok) throw new Error(`${folder.pathname}${cityFileErrorLine(read.error)}`);
  return read.value;
}

/** Reads the stages of one city. A key that is not known is an error, as is a stage without one that is. */
function readStages(folder: URL): readonly StageConfig[] {
  const city = cityIn(folder);
  return z
    .array(stageSchema)
    .parse(JSON.parse(readText(folder, 'stages.json')))
    .map((stage) => ({ ...stage, city }));
}

/** The stages of every city that has a `stages.json`. */
export function allStages(cities = new URL('../cities/', import.meta.url)): readonly StageConfig[] {
  return readdirSync(cities)
    .filter((city) => existsSync(new URL(`${city}/stages.json`, cities)))
    .flatMap((city) => readStages(new URL(`${city}/`, cities)));
}
