import { KMSClient } from '@aws-sdk/client-kms';
import { quickClient } from './client-settings.ts';

export const kms = new KMSClient(quickClient);
