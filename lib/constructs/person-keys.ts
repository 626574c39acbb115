import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { allowKey } from './kept-table.ts';
import { reviewed } from './reviewed.ts';
import type { ServiceFunction } from './service-function.ts';

/** The secret under which identifiers of persons in agency files become keys: without it nobody can try identifiers until one fits. */
export class PersonKeys extends Construct {
  private readonly secret: Secret;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key, stage }: { readonly key: IKey; readonly stage: string }) {
    super(scope, id);
    this.key = key;
    this.secret = new Secret(this, 'Secret', {
      secretName: `ledger/${stage}/person-keys`,
      description: 'Makes keys of the identifiers of persons in agency files; never rotated',
      encryptionKey: key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const reason =
      'Under a new value the same person would have another key, and rows of two releases could no longer be told to be about one. It opens nothing and is read by one function.';
    reviewed(this.secret, {
      'AwsSolutions-SMG4': reason,
      'NIST.800.53.R5-SecretsManagerRotationEnabled': reason,
    });
  }

  /** May read the secret. */
  grantRead(fn: ServiceFunction): void {
    fn.supply('PERSON_KEY_SECRET', this.secret.secretArn);
    fn.allow({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] });
    allowKey(fn, this.key, 'secretsmanager', ['kms:Decrypt']);
  }
}
