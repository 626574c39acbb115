import { Duration, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { RestApiOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { FrontDoor } from './front-door.ts';
import { reviewed } from './reviewed.ts';
import type { Shelf } from './shelf.ts';

/** What a released file may do in a browser: show itself. The same words as `shelfKinds` of the portal. */
const filePolicy =
  "script-src 'none'; object-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/** On the shelf a release's files have no folder above them; on the site they have. */
const toShelf =
  "function handler(event){var request=event.request;request.uri=request.uri.replace(/^\\/releases/,'');return request}";

export type SiteProps = {
  readonly stage: StageConfig;
  readonly door: FrontDoor;
  readonly shelf: Shelf;
  readonly shelfKey: IKey;
};

/** The public address: released files straight from the shelf, also when no function answers; everything else from the front door. */
export class Site extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { stage, door, shelf, shelfKey }: SiteProps) {
    super(scope, id);
    // Seen as a foreign bucket: its policy is written where the bucket is, so that the two stacks do not depend on each other.
    const bucket = Bucket.fromBucketAttributes(this, 'Shelf', {
      bucketArn: shelf.bucket.bucketArn,
      bucketRegionalDomainName: shelf.bucket.bucketRegionalDomainName,
      encryptionKey: shelfKey,
    });
    const headers = new ResponseHeadersPolicy(this, 'FileHeaders', {
      responseHeadersPolicyName: `ledger-${stage.name}-files`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: filePolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.SAMEORIGIN, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
    });
    const rewrite = new EdgeFunction(this, 'ToShelf', {
      functionName: `ledger-${stage.name}-to-shelf`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(toShelf),
    });
    const { domain } = stage;
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Enforcement activity ledger, ${stage.name}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(domain
        ? {
            domainNames: [domain.name],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
          }
        : {}),
      defaultBehavior: {
        origin: new RestApiOrigin(door.api),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        compress: true,
      },
      additionalBehaviors: {
        '/releases/*': {
          origin: S3BucketOrigin.withOriginAccessControl(bucket),
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: headers,
          functionAssociations: [{ function: rewrite, eventType: FunctionEventType.VIEWER_REQUEST }],
          compress: true,
        },
      },
    });
    Validations.of(this).acknowledge(
      ...['updateImportedBucketPolicyOac', 'updateImportedKeyPolicyOac'].map((name) => ({
        id: `Annotation::@aws-cdk/aws-cloudfront-origins:${name}`,
        reason:
          'The policies of the shelf and of its key name the distributions of this account (lib/constructs/shelf.ts, keys.ts).',
      })),
    );
    reviewed(this.distribution, {
      'AwsSolutions-CFR1': 'What is published is published to everybody, wherever they are; a court may sit abroad.',
      'AwsSolutions-CFR2':
        'The interface behind it has its own firewall, which sees every request that is not for a released file; released files are static and public.',
      'AwsSolutions-CFR3':
        'Requests to the interface and to the shelf’s bucket are logged there. A third log would only add the addresses of people who read public pages, which this house does not collect.',
      ...(domain
        ? {}
        : {
            'AwsSolutions-CFR4':
              'Until the stage has its own domain, the provider’s certificate is used, which fixes the lowest TLS version; docs/DEPLOY.md, step 6, sets the domain and with it TLS 1.2.',
          }),
    });
  }
}
