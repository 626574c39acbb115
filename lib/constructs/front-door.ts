import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  CfnClientCertificate,
  type CfnStage,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  type Method,
  MethodLoggingLevel,
  Period,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type FunctionName, type Route, routes } from '../../lambdas/functions/triggers.ts';
import type { StageConfig } from '../config.ts';
import { addRefusals } from './gateway-refusals.ts';
import type { Identity } from './identity.ts';
import { reviewed } from './reviewed.ts';
import type { ServiceFunction } from './service-function.ts';

/** The route whose senders are metered one by one, and whose body may be large. */
export const intakeRoute = { method: 'POST', path: '/v1/reports' } as const;
const isIntake = (route: Route): boolean => route.method === intakeRoute.method && route.path === intakeRoute.path;

export type FrontDoorProps = {
  readonly stage: StageConfig;
  readonly identity: Identity;
  readonly functions: Readonly<Record<FunctionName, ServiceFunction>>;
  readonly logKey: IKey;
};

const accessLine = AccessLogFormat.custom(
  JSON.stringify({
    request: AccessLogField.contextRequestId(),
    at: AccessLogField.contextRequestTimeEpoch(),
    method: AccessLogField.contextHttpMethod(),
    // The pattern of the address, not the address: ids of reports stay out of this log.
    route: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    error: AccessLogField.contextErrorResponseType(),
    milliseconds: AccessLogField.contextResponseLatency(),
    bytes: AccessLogField.contextResponseLength(),
    client: AccessLogField.contextAuthorizerClaims('client_id'),
    address: AccessLogField.contextIdentitySourceIp(),
  }),
);

/** The REST interface: every route of `triggers.ts`, each behind the scope it names. */
export class FrontDoor extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, { stage, identity, functions, logKey }: FrontDoorProps) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/ledger/${stage.name}/front-door`,
      retention: stage.logDays,
      encryptionKey: logKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const certificate = new CfnClientCertificate(this, 'Certificate', { description: `Front door of ${stage.name}` });
    this.api = new RestApi(this, 'Api', {
      restApiName: `ledger-${stage.name}`,
      description: 'Enforcement activity ledger',
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      // Answers are bytes as the functions made them: fonts, PDF and compressed text too.
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: stage.name,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: accessLine,
        loggingLevel: MethodLoggingLevel.ERROR,
        // Bodies and headers are written down nowhere.
        dataTraceEnabled: false,
        metricsEnabled: true,
        throttlingRateLimit: 200,
        throttlingBurstLimit: 400,
        clientCertificateId: certificate.ref,
      },
    });
    addRefusals(this.api);
    this.review();
    const authorizer = new CognitoUserPoolsAuthorizer(this, 'Tokens', { cognitoUserPools: [identity.pool] });
    for (const route of routes) this.addRoute(route, functions[route.function], authorizer);
    this.addSenders(stage, identity.clients);
  }

  private addRoute(route: Route, fn: ServiceFunction, authorizer: CognitoUserPoolsAuthorizer): Method {
    const resource = this.api.root.resourceForPath(route.path);
    const integration = new LambdaIntegration(fn, { allowTestInvoke: false });
    if (route.scope !== 'open' && route.scope !== 'session')
      return resource.addMethod(route.method, integration, {
        authorizer,
        authorizationType: AuthorizationType.COGNITO,
        authorizationScopes: [route.scope],
        apiKeyRequired: isIntake(route),
      });
    const method = resource.addMethod(route.method, integration, { authorizationType: AuthorizationType.NONE });
    const reason =
      route.scope === 'open'
        ? 'Open to everybody by decision: it answers only what was released, or the way to sign in (lambdas/functions/triggers.ts).'
        : 'A page for a person in a browser: the function itself checks the token in the session’s cookie before it reads anything.';
    reviewed(method, { 'AwsSolutions-APIG4': reason, 'AwsSolutions-COG4': reason });
    return method;
  }

  /** Every sender has a key of its own, so that one that runs wild is slowed down and the others are not. The key says who is metered; the token says who is asking. */
  private addSenders({ name, senderLimit }: StageConfig, clients: readonly string[]): void {
    const plan = this.api.addUsagePlan('Senders', {
      name: `ledger-${name}-senders`,
      description: 'What one sender may ask of the intake',
      throttle: { rateLimit: senderLimit.requestsPerSecond, burstLimit: senderLimit.burst },
      quota: { limit: senderLimit.requestsPerWeek, period: Period.WEEK },
      apiStages: [{ stage: this.api.deploymentStage }],
    });
    for (const client of clients.filter((one) => one.startsWith('department-')))
      plan.addApiKey(this.api.addApiKey(`Key-${client}`, { apiKeyName: `${name}-${client}` }));
  }

  private review(): void {
    reviewed(this.api, {
      'AwsSolutions-APIG2':
        'The functions check every body against the schemas that the interface description is made of, and answer each row; a second copy of the rules at the gateway would drift.',
      'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted':
        'Nothing is cached at the gateway: what is answered depends on the token, and released files are cached by the distribution in front.',
    });
    const role = this.api.node.tryFindChild('CloudWatchRole');
    if (role)
      reviewed(role, {
        'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
          'The account-wide role by which the gateway writes its logs; AWS keeps its policy, and no narrower one is accepted.',
      });
  }

  /** ARN of the stage, as the firewall asks for it. */
  get stageArn(): string {
    const { partition, region } = Stack.of(this);
    const { restApiId, stageName } = this.api.deploymentStage.node.defaultChild as CfnStage;
    return `arn:${partition}:apigateway:${region}::/restapis/${restApiId}/stages/${stageName}`;
  }
}
