import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { type FrontDoor, intakeRoute } from './front-door.ts';

type Rule = CfnWebACL.RuleProperty;

/** Rules of the common set that look into bodies. A narrative may quote an address or a line of markup, so they only put a label here; the rule after them blocks everywhere but at the intake. */
const bodyRules = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
] as const;
const labelOf = (rule: (typeof bodyRules)[number]): string =>
  `awswaf:managed:aws:core-rule-set:${rule.replace('_BODY', '_Body')}`;

/** Requests in five minutes before one address, and one token, is held back for a while. */
const perAddress = 20_000;
const perToken = 5_000;

const plain = [{ priority: 0, type: 'NONE' }];
const seen = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName });
const managed = (name: string, priority: number, onlyLabel: readonly string[] = []): Rule => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: onlyLabel.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seen(name),
});
const matches = (
  field: 'method' | 'uriPath',
  text: string,
  how: 'EXACTLY' | 'ENDS_WITH',
): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: field === 'method' ? { method: {} } : { uriPath: {} },
    positionalConstraint: how,
    searchString: text,
    textTransformations: plain,
  },
});

/** Holds back floods and known attacks. Large bodies pass for the intake alone. */
export class Firewall extends Construct {
  readonly name: string;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly door: FrontDoor; readonly stage: string; readonly logDays: number; readonly logKey: IKey },
  ) {
    super(scope, id);
    const { door, stage, logDays, logKey } = props;
    this.name = `ledger-${stage}`;
    const intake: CfnWebACL.StatementProperty = {
      andStatement: {
        statements: [
          matches('method', intakeRoute.method, 'EXACTLY'),
          matches('uriPath', `/${stage}${intakeRoute.path}`, 'ENDS_WITH'),
        ],
      },
    };
    const suspicious: CfnWebACL.StatementProperty = {
      orStatement: {
        statements: bodyRules.map((rule) => ({ labelMatchStatement: { scope: 'LABEL', key: labelOf(rule) } })),
      },
    };
    const rules: Rule[] = [
      {
        name: 'flood-from-one-address',
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: perAddress, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
        visibilityConfig: seen('flood-from-one-address'),
      },
      {
        name: 'flood-with-one-token',
        priority: 1,
        action: { block: {} },
        statement: {
          rateBasedStatement: {
            limit: perToken,
            evaluationWindowSec: 300,
            aggregateKeyType: 'CUSTOM_KEYS',
            customKeys: [{ header: { name: 'authorization', textTransformations: plain } }],
          },
        },
        visibilityConfig: seen('flood-with-one-token'),
      },
      managed('AWSManagedRulesAmazonIpReputationList', 2),
      managed('AWSManagedRulesKnownBadInputsRuleSet', 3),
      managed('AWSManagedRulesCommonRuleSet', 4, bodyRules),
      {
        name: 'suspicious-body-elsewhere',
        priority: 5,
        action: { block: {} },
        statement: { andStatement: { statements: [suspicious, { notStatement: { statement: intake } }] } },
        visibilityConfig: seen('suspicious-body-elsewhere'),
      },
    ];
    const acl = new CfnWebACL(this, 'Acl', {
      name: this.name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules,
      visibilityConfig: seen(this.name),
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: door.stageArn,
      webAclArn: acl.attrArn,
    }).node.addDependency(door.api.deploymentStage);
    const log = new LogGroup(this, 'Log', {
      logGroupName: `aws-waf-logs-ledger-${stage}`,
      retention: logDays,
      encryptionKey: logKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { partition, region, account } = Stack.of(this);
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [`arn:${partition}:logs:${region}:${account}:log-group:aws-waf-logs-ledger-${stage}`],
      redactedFields: ['authorization', 'cookie', 'x-api-key'].map((name) => ({ singleHeader: { Name: name } })),
    }).node.addDependency(log);
  }
}
