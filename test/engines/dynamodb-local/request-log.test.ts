import { describe, expect, it } from 'vitest';
import { requestLog } from '#adapters/aws/request-log.ts';
import { requestIdOf } from '#core/domain/ids.ts';
import type { CalendarDate, Instant } from '#core/domain/instant.ts';
import { requestLogContract } from '../../adapters/request-log.contract.ts';
import { dynamodb } from '../stand-in.ts';
import { losingAnswers } from './lost-answers.ts';
import { client, freshTable } from './report-table.ts';

describe.skipIf(!dynamodb)('the log of requests in DynamoDB', () => {
  requestLogContract(async () => requestLog(client, await freshTable()));

  it('takes an entry whose answer was lost for written, once', async () => {
    const table = await freshTable();
    const lossy = losingAnswers({ loses: 'PutItemCommand' });
    const request = requestIdOf('lost');
    const opened = {
      request,
      seq: 1,
      key: 'k',
      recordedAt: '2026-03-02T10:00:00.000Z' as Instant,
      by: 'legal',
      event: {
        kind: 'opened' as const,
        on: '2026-03-02' as CalendarDate,
        facts: { regime: 'us-foia', agency: 'ice', title: 't', items: ['a'] },
      },
    };
    expect(await requestLog(lossy.client, table).append(opened)).toBe(true);
    expect(lossy.lost()).toBe(1);
    expect(await requestLog(client, table).log(request)).toEqual([opened]);
  });
});
