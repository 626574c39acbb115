import { AthenaClient } from '@aws-sdk/client-athena';
import { quickClient } from './client-settings.ts';

export const athena = new AthenaClient(quickClient);
