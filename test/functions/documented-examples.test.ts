import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dryRunBody, receiptBody } from '#core/domain/report/responses.ts';
import { intakeDesk } from './receive-reports/intake-desk.ts';

type Named = Readonly<Record<string, { readonly value: unknown }>>;
const { paths } = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
const { content } = paths['/v1/reports'].post.requestBody;
const examples: Named = content['application/json'].examples;
const single = ['create', 'correct', 'supplement', 'withdraw', 'zero', 'minimal'];
/** A clock that stands after every moment the examples speak of. */
const later = { now: () => '2026-06-12T12:00:00.000Z' as never };
const desk = () => intakeDesk((ports) => ({ ...ports, clock: later }));

/** Every example body of the committed document, posted to the intake of the city that the examples are about. */
describe('the documented examples', () => {
  it('are the life of one report, in their order: each is answered with a receipt, and again with the same', async () => {
    const { send, read } = await desk();
    for (const name of single) {
      const body = examples[name]?.value;
      const tried = await send(body, { query: '?dry_run=true', key: `try-${name}` });
      expect(dryRunBody.parse(tried.body).counts.accepted, name).toBe(1);
      const taken = await send(body, { key: name });
      expect(taken.status, `${name}: ${taken.text}`).toBe(201);
      const receipt = receiptBody.parse(taken.body);
      expect(receipt.counts, name).toEqual({ received: 1, accepted: 1, duplicates: 0, refused: 0 });
      expect((await send(body, { key: name })).text).toBe(taken.text);
      expect((await read(`/v1/submissions/${receipt.id}`)).text).toBe(taken.text);
    }
  });

  it.each([
    ['application/json', examples['batch']?.value],
    ['application/json', examples['wrapped']?.value],
    ['application/x-ndjson', content['application/x-ndjson'].example],
    ['text/csv', content['text/csv'].example],
  ])('say the same three reports in each form: %s', async (type, body) => {
    const { send } = await desk();
    const taken = await send(body, { headers: { 'content-type': type } });
    expect(taken.status, taken.text).toBe(201);
    const receipt = receiptBody.parse(taken.body);
    expect(receipt.counts).toEqual({ received: 3, accepted: 3, duplicates: 0, refused: 0 });
    const hashes = receipt.reports.map(({ sha256 }) => sha256);
    const parts = await Promise.all(
      ['create', 'minimal', 'zero'].map(async (name) => (await (await desk()).send(examples[name]?.value)).body.sha256),
    );
    expect(hashes).toEqual(parts);
  });

  it('name every example there is: none is left out of this test', () => {
    expect(Object.keys(examples).sort()).toEqual([...single, 'batch', 'wrapped'].sort());
    expect(Object.keys(content).sort()).toEqual(['application/json', 'application/x-ndjson', 'text/csv']);
  });
});
