import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { allowKey } from './kept-table.ts';
import { reviewed } from './reviewed.ts';
import type { ServiceFunction } from './service-function.ts';

export type KeptSecretProps = {
  readonly key: IKey;
  readonly stage: string;
  /** What it is called in the store of secrets, under the stage. */
  readonly name: string;
  readonly does: string;
  /** Why another value would do harm: one sentence, as an auditor reads it. */
  readonly neverRotated: string;
  /** The variable in which its reader finds its address. */
  readonly variable: string;
};

/** A generated secret that opens nothing and is never rotated, because what was made with it must be made the same again; it outlives its stack. */
export class KeptSecret extends Construct {
  private readonly secret: Secret;
  private readonly props: KeptSecretProps;

  constructor(scope: Construct, id: string, props: KeptSecretProps) {
    super(scope, id);
    this.props = props;
    const { key, stage, name, does, neverRotated } = props;
    this.secret = new Secret(this, 'Secret', {
      secretName: `ledger/${stage}/${name}`,
      description: `${does}; never rotated`,
      encryptionKey: key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const reason = `${neverRotated} It opens nothing and is read by one function.`;
    reviewed(this.secret, { 'AwsSolutions-SMG4': reason, 'NIST.800.53.R5-SecretsManagerRotationEnabled': reason });
  }

  /** May read the secret. One function only is given this. */
  grantRead(fn: ServiceFunction): void {
    fn.supply(this.props.variable, this.secret.secretArn);
    fn.allow({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] });
    allowKey(fn, this.props.key, 'secretsmanager', ['kms:Decrypt']);
  }
}
