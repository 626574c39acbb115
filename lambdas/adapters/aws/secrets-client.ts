import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { quickClient } from './client-settings.ts';

export const secrets = new SecretsManagerClient(quickClient);
