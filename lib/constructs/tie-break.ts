import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { reviewed } from './reviewed.ts';
import type { ServiceFunction } from './service-function.ts';

/** The secret that decides between equally good complements, so that knowing the program does not tell which cell was small. */
export class TieBreak extends Construct {
  private readonly secret: Secret;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key, stage }: { readonly key: IKey; readonly stage: string }) {
    super(scope, id);
    this.key = key;
    this.secret = new Secret(this, 'Secret', {
      secretName: `ledger/${stage}/tie-break`,
      description: 'Decides between equally good complements of a withheld cell; never rotated',
      encryptionKey: key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const reason =
      'A new value would choose other complements for the same table, and the difference between two releases could then tell which cell was small. It opens nothing and is read by one function.';
    reviewed(this.secret, {
      'AwsSolutions-SMG4': reason,
      'NIST.800.53.R5-SecretsManagerRotationEnabled': reason,
    });
  }

  /** May read the secret. */
  grantRead(fn: ServiceFunction): void {
    fn.supply('TIE_BREAK_SECRET', this.secret.secretArn);
    fn.allow({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] });
    fn.allow({ actions: ['kms:Decrypt'], resources: [this.key.keyArn] });
  }
}
