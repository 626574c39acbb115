/** Every place the ledger is deployed to: `cities/<city>/stages.json` and nothing that is looked up. The same files give the same templates on any machine, offline. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
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
export type StageConfig = z.infer<typeof stageSchema> & { readonly city: string; readonly facts: CityFacts };

/** What the infrastructure needs to know of a city: its zone, its mail, its departments. The rest is checked by the domain when the city starts. */
export type CityFacts = {
  readonly timeZone: string;
  readonly mailFrom: string;
  readonly departments: readonly string[];
};

/** Shares of a city of up to a few hundred senders. The API gives up after 29 seconds, so what it calls ends before. */
export const capacityOf = (
  stage: Pick<StageConfig, 'intakeConcurrency'>,
): Readonly<Record<FunctionName, Capacity>> => ({
  'receive-reports': { memoryMb: 1024, timeoutSeconds: 28, concurrency: stage.intakeConcurrency },
  'pull-reports': { memoryMb: 1024, timeoutSeconds: 28, concurrency: 10 },
  'seal-exhibit': { memoryMb: 2048, timeoutSeconds: 28, concurrency: 2 },
  'show-portal': { memoryMb: 512, timeoutSeconds: 10, concurrency: 20 },
  'record-lake': { memoryMb: 1024, timeoutSeconds: 120, concurrency: 10 },
  'receive-foia': { memoryMb: 1024, timeoutSeconds: 900, concurrency: 2 },
  'run-release': { memoryMb: 2048, timeoutSeconds: 900, concurrency: 1 },
});

const cityFile = z.object({ timeZone: z.string(), mail: z.object({ from: z.email() }) });

const readText = (folder: URL, file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** Reads what the infrastructure needs from a city's folder. The first column of `departments.csv` is the id. */
export function readCityFacts(folder: URL): CityFacts {
  const { timeZone, mail } = cityFile.parse(JSON.parse(readText(folder, 'city.json')));
  const rows = readText(folder, 'departments.csv').trim().split(/\r?\n/).slice(1);
  return { timeZone, mailFrom: mail.from, departments: rows.map((row) => row.slice(0, row.indexOf(','))) };
}

/** Reads the stages of one city. A key that is not known is an error, as is a stage without one that is. */
function readStages(city: string, folder: URL): readonly StageConfig[] {
  const facts = readCityFacts(folder);
  return z
    .array(stageSchema)
    .parse(JSON.parse(readText(folder, 'stages.json')))
    .map((stage) => ({ ...stage, city, facts }));
}

/** The stages of every city that has a `stages.json`. */
export function allStages(cities = new URL('../cities/', import.meta.url)): readonly StageConfig[] {
  return readdirSync(cities)
    .filter((city) => existsSync(new URL(`${city}/stages.json`, cities)))
    .flatMap((city) => readStages(city, new URL(`${city}/`, cities)));
}
