/**
 * Seals one released table as a court exhibit: the audit record stands before the bundle, the bundle before the answer.
 */
import type { Hono } from 'hono';
import { exhibitEntry } from '#core/disclosure/exhibit-entry.ts';
import { type Released, reopen } from '#core/disclosure/release.ts';
import type { City } from '#core/domain/city.ts';
import { type ExhibitRequest, exhibitRequest } from '#core/domain/exhibit.ts';
import { type ExhibitId, type Sha256, sha256 } from '#core/domain/ids.ts';
import type { Violation } from '#core/domain/problem.ts';
import { reasonViolations } from '#core/domain/stated-reason.ts';
import { bindQuestion } from '#core/lake/bind-question.ts';
import type { Question } from '#core/lake/question.ts';
import type {
  Assets,
  AuditTrail,
  Clock,
  Ids,
  QueryEngine,
  ReleaseLedger,
  SealedBundles,
  Shelf,
  Typesetter,
} from '#core/ports.ts';
import { answerCsv } from '#core/reports/answer-csv.ts';
import { exhibitFiles, exhibitIdOf } from '#core/reports/exhibit-files.ts';
import { agencyFilesCsv } from '#core/reports/foia-sources.ts';
import { authorized, type Edge, type HttpEnv, httpApp, problemResponse } from '#functions/http.ts';

export type SealExhibitPorts = Edge & {
  readonly city: City;
  readonly questions: readonly Question[];
  /** Links only: what is sealed beside them is not read here, and in the cloud cannot be. */
  readonly ledger: Pick<ReleaseLedger, 'records' | 'append'>;
  readonly shelf: Shelf;
  readonly sealed: SealedBundles;
  readonly engine: QueryEngine;
  readonly typesetter: Typesetter;
  readonly assets: Assets;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly versions: Readonly<Record<string, string>>;
  /** The hash of the program. */
  readonly code: Sha256;
};

/** The question whose rows are the records behind a count, for inspection under Rule 1006(b). */
const availabilityQuestion = 'underlying_reports_v1';

export const sealExhibit = (ports: SealExhibitPorts): Hono<HttpEnv> => {
  const app = httpApp(ports);
  app.post('/v1/exhibits', authorized(ports, 'exhibits/seal'), async (context) => {
    if (!context.req.header('content-type')?.startsWith('application/json'))
      return problemResponse(context, { code: 'MEDIA_TYPE_UNSUPPORTED' });
    const read = exhibitRequest.safeParse(await context.req.json().catch(() => undefined));
    if (!read.success) {
      const violations = read.error.issues.map(
        ({ path }): Violation => ({
          code: 'E201',
          severity: 'error',
          pointer: `/${path.join('/')}`,
          message: 'is not as documented',
        }),
      );
      return problemResponse(context, { code: 'PARAMETER_INVALID', violations });
    }
    const request = read.data;
    const violations = reasonViolations({ purpose: request.purpose, matter: request.matter });
    if (violations.length > 0) return problemResponse(context, { code: 'PARAMETER_INVALID', violations });
    const released = await findRelease(ports, request.release_id);
    const table = released?.tables.find(({ query }) => query === request.query);
    const question = ports.questions.find(({ name }) => name === request.query);
    if (!released || !table || !question) return problemResponse(context, { code: 'NOT_FOUND' });

    const { clientId } = context.get('principal');
    await ports.audit.append({
      id: ports.ids.random(),
      at: ports.clock.now(),
      client: clientId,
      action: 'exhibit:sealed',
      what: {
        exhibit: exhibitIdOf(released, request),
        release: released.id,
        query: table.query,
        availability_set: String(request.availability_set),
      },
      purpose: request.purpose,
      matter: request.matter,
      count: table.cells.length,
    });
    const { id, files } = await bundle(ports, request, released, table, question);
    await enterInLedger(ports, id, released, table.query);
    const { path } = await ports.sealed.place(id, files);
    ports.log.info('exhibit:sealed', { exhibit: id, release: released.id, files: files.size });
    const manifest = files.get('manifest.json') ?? new Uint8Array();
    return context.json(
      {
        id,
        path,
        release_id: released.id,
        query: table.query,
        manifest_sha256: sha256(manifest),
        files: [...files.keys()].sort(),
      },
      201,
      { 'cache-control': 'no-store' },
    );
  });
  return app;
};

async function findRelease({ ledger }: SealExhibitPorts, id: string): Promise<Released | undefined> {
  const records = await ledger.records();
  const record = records.find(({ content }) => content.id === id);
  return record && reopen(record, records.find(({ seq }) => seq === record.seq - 1)?.hash);
}

const triesOnTheHead = 5;

/** Puts the exhibit into the ledger, once, before anyone is given it. A release that was appended meanwhile moves it one further. */
async function enterInLedger(ports: SealExhibitPorts, exhibit: ExhibitId, released: Released, query: string) {
  for (let tries = 0; tries < triesOnTheHead; tries++) {
    const records = await ports.ledger.records();
    if (records.some(({ reproduces }) => reproduces?.exhibit === exhibit)) return;
    const { seq } = released.ledger;
    const approvedAt = ports.clock.now();
    if (await ports.ledger.append(exhibitEntry(records, { exhibit, seq, query, approvedAt, code: ports.code }))) return;
  }
  throw new Error('the ledger is appended to by others again and again');
}

async function bundle(
  ports: SealExhibitPorts,
  request: ExhibitRequest,
  released: Released,
  table: Released['tables'][number],
  question: Question,
) {
  const csv = await ports.shelf.read(`${released.id}/${table.query}.csv`);
  if (!csv) throw new Error('the released table is not on the shelf');
  const input = {
    released,
    table,
    question,
    city: ports.city,
    request,
    published: { csv, map: await ports.shelf.read(`${released.id}/map.svg`) },
    availabilitySet: request.availability_set ? await availabilitySet(ports, released, table) : undefined,
    versions: ports.versions,
  };
  return exhibitFiles(input, {
    template: await ports.assets.bytes('web/exhibit/exhibit.typ'),
    pdf: (document) => ports.typesetter.pdf(document),
  });
}

async function availabilitySet(
  ports: SealExhibitPorts,
  released: Released,
  table: Released['tables'][number],
): Promise<Uint8Array> {
  const shown = ports.questions.find(({ name }) => name === table.query);
  const files = shown?.metadata.release.universe === 'foia' ? agencyFilesCsv(table) : undefined;
  if (files) return files;
  const question = ports.questions.find(({ name }) => name === availabilityQuestion);
  if (!question) throw new Error('the question of the underlying reports is missing');
  const bound = bindQuestion(question, {
    as_of: released.asOf,
    from_week: table.window.from,
    to_week: table.window.to,
  });
  return answerCsv(
    await ports.engine.run({ ...bound, token: sha256(JSON.stringify([question.name, bound.parameters])) }),
  );
}
