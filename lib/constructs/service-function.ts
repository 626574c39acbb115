import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../lambdas/functions/triggers.ts';
import type { Capacity } from '../config.ts';
import { reviewed, reviewedPattern } from './reviewed.ts';

export type ServiceFunctionProps = {
  /** Folder under `lambdas/functions/` that holds `handler.ts` and `env.ts`. */
  readonly name: FunctionName;
  /** The variables its `env.ts` declares; grants must supply exactly these. */
  readonly env: readonly string[];
  readonly stage: string;
  /** What is shipped: the function's bundle. */
  readonly folder: string;
  readonly capacity: Capacity;
  readonly logDays: number;
  readonly logKey: IKey;
  /**
   * Where an event goes that failed for good.
   * @default - none: the caller waits for the answer, or the event source has its own.
   */
  readonly deadLetters?: IQueue;
};

/** What a grant method asks for. `because` is for statements that name a pattern instead of a thing. */
export type Allowance = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly because?: string;
};

/** One function of the house. It may do what its grants say and is told by them where; synth fails by name when the grants and `env.ts` disagree. */
export class ServiceFunction extends LambdaFunction {
  readonly serviceName: FunctionName;
  readonly stage: string;
  private readonly supplied = new Set<string>();
  private readonly rights: ManagedPolicy;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    const { name, env, stage, folder, capacity, logDays, logKey, deadLetters } = props;
    const logGroup = new LogGroup(scope, `${id}Log`, {
      logGroupName: `/ledger/${stage}/${name}`,
      retention: logDays,
      encryptionKey: logKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const rights = new ManagedPolicy(scope, `${id}Rights`, { description: `What ${name} may do`, roles: [role] });
    super(scope, id, {
      functionName: `${stage}-${name}`,
      description: `${name} of the enforcement activity ledger`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'handler.handler',
      code: Code.fromAsset(folder),
      memorySize: capacity.memoryMb,
      timeout: Duration.seconds(capacity.timeoutSeconds),
      reservedConcurrentExecutions: capacity.concurrency,
      // Grants of the CDK would add rights by themselves; every right of this house is written in a grant method of `lib/constructs`.
      role: role.withoutPolicyUpdates(),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      ...(deadLetters ? { deadLetterQueue: deadLetters } : {}),
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: name,
        POWERTOOLS_METRICS_NAMESPACE: `ledger-${stage}`,
      },
    });
    this.serviceName = name;
    this.stage = stage;
    this.rights = rights;
    this.node.addDependency(rights);
    this.allow({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
      because: 'Lambda names the streams of its own log group; the group is named.',
    });
    if (deadLetters) this.allow({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] });
    else
      reviewed(this, {
        'NIST.800.53.R5-LambdaDLQ':
          'Called while the caller waits, or by an event source with its own on-failure destination: there is no asynchronous event that could be lost.',
      });
    reviewed(this, {
      'NIST.800.53.R5-LambdaInsideVPC':
        'Reaches only AWS interfaces, over TLS and signed requests, limited by its own role. A VPC would add a network path to protect and no data store that lives inside one.',
    });
    this.node.addValidation({
      validate: () => [
        ...env
          .filter((variable) => !this.supplied.has(variable))
          .map((variable) => `${name}: no grant supplied ${variable}`),
        ...[...this.supplied]
          .filter((variable) => !env.includes(variable))
          .map((variable) => `${name}: a grant supplied ${variable}, which env.ts does not declare`),
      ],
    });
  }

  /** Called by grant methods only: a right and the name it applies to arrive together. */
  supply(variable: string, value: string, onlyIfIn?: readonly string[]): void {
    if (onlyIfIn && !onlyIfIn.includes(variable)) return;
    this.supplied.add(variable);
    this.addEnvironment(variable, value);
  }

  /** Called by grant methods only. Names actions one by one; a resource pattern needs a reason. */
  allow({ actions, resources, conditions, because }: Allowance): void {
    this.rights.addStatements(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: [...actions],
        resources: [...resources],
        ...(conditions ? { conditions } : {}),
      }),
    );
    if (because) reviewedPattern(this.rights, resources, because);
  }
}
