import { Stack } from 'aws-cdk-lib';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** The identity that sends the briefing. Its three DNS records are outputs of the stack; until they stand, SES sends nothing. */
export class BriefingMail extends Construct {
  readonly identity: EmailIdentity;
  readonly configuration: ConfigurationSet;
  private readonly from: string;

  constructor(scope: Construct, id: string, { stage, from }: { readonly stage: string; readonly from: string }) {
    super(scope, id);
    this.from = from;
    this.configuration = new ConfigurationSet(this, 'Configuration', {
      configurationSetName: `ledger-${stage}`,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      sendingEnabled: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(from.slice(from.indexOf('@') + 1)),
      configurationSet: this.configuration,
    });
  }

  /** May send as the briefing's address, and as no other. */
  grantSend(fn: ServiceFunction): void {
    const { partition, region, account } = Stack.of(this);
    fn.supply('MAIL_CONFIGURATION', this.configuration.configurationSetName);
    fn.allow({
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      resources: [
        this.identity.emailIdentityArn,
        `arn:${partition}:ses:${region}:${account}:configuration-set/${this.configuration.configurationSetName}`,
      ],
      conditions: { StringEquals: { 'ses:FromAddress': this.from } },
    });
  }
}
