import { describe } from 'vitest';
import { requestLog } from '#adapters/local/request-log.ts';
import { requestLogInMemory } from '../fixtures/request-log.ts';
import { storeOfItsOwn } from './local-home.ts';
import { requestLogContract } from './request-log.contract.ts';

describe('the log of requests at home', () => {
  requestLogContract(async () => requestLog(storeOfItsOwn()));
});

describe('the log of requests of tests', () => {
  requestLogContract(async () => requestLogInMemory());
});
