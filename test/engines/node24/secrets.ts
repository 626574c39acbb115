import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { freshName, moto, reach } from '../stand-in.ts';

/** The address of a secret in moto's Secrets Manager. */
export async function freshSecret(kind: string): Promise<string> {
  const secrets = new SecretsManagerClient({ ...quickClient, ...reach(moto) });
  const SecretString = 'a'.repeat(64);
  return (await secrets.send(new CreateSecretCommand({ Name: freshName(kind), SecretString }))).ARN ?? '';
}
