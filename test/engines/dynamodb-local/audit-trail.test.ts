import { describe } from 'vitest';
import { auditTrail } from '#adapters/aws/audit-trail.ts';
import { auditTrailContract } from '../../adapters/audit-trail.contract.ts';
import { dynamodb } from '../stand-in.ts';
import { client, freshTable } from './report-table.ts';

describe.skipIf(!dynamodb)('the audit trail in DynamoDB', () => {
  auditTrailContract(async () => auditTrail(client, await freshTable()));
});
