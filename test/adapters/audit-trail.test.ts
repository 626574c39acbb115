import { describe } from 'vitest';
import { auditTrail } from '#adapters/local/audit-trail.ts';
import { auditTrailContract } from './audit-trail.contract.ts';
import { storeOfItsOwn } from './local-home.ts';

describe('the audit trail at home', () => {
  auditTrailContract(async () => auditTrail(storeOfItsOwn()));
});
