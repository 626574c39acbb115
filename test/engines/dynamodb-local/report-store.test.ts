import { describe } from 'vitest';
import { reportStore } from '#adapters/aws/report-store.ts';
import { reportStoreContract } from '../../adapters/report-store.contract.ts';
import { dynamodb } from '../stand-in.ts';
import { client, freshReportTable } from './report-table.ts';

describe.skipIf(!dynamodb)('the report store in DynamoDB', () => {
  reportStoreContract(async () => reportStore(client, await freshReportTable()));
});
