import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolDomain,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { departmentScopes, offices, scopes } from '../../lambdas/core/domain/principal.ts';
import { reviewed } from './reviewed.ts';
import type { ServiceFunction } from './service-function.ts';

/** Scopes of one resource server that Cognito takes at most. */
const scopesPerServer = 100;
const tokenLife = Duration.hours(8);

/** The resource server whose scopes say for which department a client speaks: `department/<id>`; a large city needs `department-2` and so on. */
const departmentServer = (index: number): string => {
  const page = Math.floor(index / scopesPerServer) + 1;
  return page === 1 ? 'department' : `department-${page}`;
};

/**
 * Who may ask: one OAuth2 client per department and office, client credentials only; there are no people in this pool. A token says its department by a scope
 * `department/<id>` that only that department's client holds, so that no table of clients has to be asked.
 */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** Names of clients, for the sender's key of the usage plan. */
  readonly clients: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    { stage, departments }: { readonly stage: string; readonly departments: readonly string[] },
  ) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: `ledger-${stage}`,
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      accountRecovery: AccountRecovery.NONE,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true },
      passwordPolicy: {
        minLength: 16,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    reviewed(this.pool, {
      'AwsSolutions-COG8':
        'The plan adds protection of people’s passwords. This pool has no people: its clients hold generated secrets and can use nothing but client credentials.',
    });
    const domain: UserPoolDomain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `ledger-${stage}-${account}` },
    });
    this.issuer = `https://cognito-idp.${region}.amazonaws.com/${this.pool.userPoolId}`;
    this.tokenEndpoint = `${domain.baseUrl()}/oauth2/token`;

    const servers = this.resourceServers(departments);
    const addClient = (name: string, granted: readonly string[]): string => {
      const client = this.pool.addClient(name, {
        userPoolClientName: name,
        generateSecret: true,
        authFlows: {},
        oAuth: { flows: { clientCredentials: true }, scopes: granted.map((scopeName) => OAuthScope.custom(scopeName)) },
        accessTokenValidity: tokenLife,
        enableTokenRevocation: true,
        preventUserExistenceErrors: true,
      });
      client.node.addDependency(...servers);
      return name;
    };
    this.clients = [
      ...departments.map((department, index) =>
        addClient(`department-${department}`, [...departmentScopes, `${departmentServer(index)}/${department}`]),
      ),
      ...offices.map((office) => addClient(office.id, office.scopes)),
    ];
  }

  private resourceServers(departments: readonly string[]): UserPoolResourceServer[] {
    const names = new Map<string, string[]>();
    const add = (identifier: string, name: string): void => {
      names.set(identifier, [...(names.get(identifier) ?? []), name]);
    };
    for (const scope of scopes) {
      const [identifier = '', name = ''] = scope.split('/');
      add(identifier, name);
    }
    for (const [index, department] of departments.entries()) add(departmentServer(index), department);
    return [...names].map(([identifier, scopeNames]) =>
      this.pool.addResourceServer(`Server-${identifier}`, {
        identifier,
        scopes: scopeNames.map(
          (scopeName) => new ResourceServerScope({ scopeName, scopeDescription: `${identifier}: ${scopeName}` }),
        ),
      }),
    );
  }

  /** May check tokens: their keys are public, so the issuer's name is all that is given. */
  grantVerify(fn: ServiceFunction): void {
    fn.supply('TOKEN_ISSUER', this.issuer);
  }

  /** May exchange what a person types at sign-in for a token, as any client would: the address is all that is given. */
  grantSignIn(fn: ServiceFunction): void {
    fn.supply('TOKEN_ENDPOINT', this.tokenEndpoint);
  }
}
