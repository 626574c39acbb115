/**
 * Findings of cfn-lint and checkov that stand, each with the reason an auditor reads. Those of the rules AwsSolutions and NIST 800-53 R5 stand at the constructs they are about
 * (`reviewed` in `lib/constructs`). A reason without a finding fails the check as a finding without a reason does.
 */
import type { Reviewed } from './findings.ts';

const lint = (rule: string, at: RegExp, because: string): Reviewed => ({ tool: 'cfn-lint', rule, at, because });
const checkov = (rule: string, at: RegExp, because: string): Reviewed => ({ tool: 'checkov', rule, at, because });

const everyFunction = /^AWS::Lambda::Function\./;
const distribution = /^AWS::CloudFront::Distribution\.SiteDistribution/;
const stage = /^AWS::ApiGateway::Stage\.FrontDoorApiDeploymentStage/;

export const reviewedFindings: readonly Reviewed[] = [
  lint(
    'W3005',
    /^(receivereports|pullreports|sealexhibit|showportal|recordlake|recordregistry|receivefoia|runrelease|trackrequests|sendreminders)[0-9A-F]{8}$/,
    'The construct library writes that a function depends on its role, which the reference to the role says too. The order of creation is the same with and without it.',
  ),
  checkov(
    'CKV_AWS_18',
    /^AWS::S3::Bucket\.AccessLogs/,
    'This is the bucket the access logs of the others go to; a bucket that logs into itself never ends.',
  ),
  checkov(
    'CKV_AWS_27',
    /^AWS::SQS::Queue\.(FoiaCustodyArrivals|FoiaCustodyFailed|TimetableMissed)/,
    'Encrypted at rest with the keys of the queue service (SqsManagedSseEnabled), which this check does not know. A message holds the name of a dropped file or the time a run was due; the file itself lies under the key of the records.',
  ),
  checkov(
    'CKV_AWS_116',
    /^AWS::Lambda::Function\.(receivereports|pullreports|sealexhibit|showportal|recordlake|receivefoia|trackrequests)/,
    'Called while the caller waits, or by an event source that sets aside by itself what fails for good (the bucket of the change feed, the failed queue of the drop): no asynchronous event can be lost. The functions that a schedule calls have a dead-letter queue.',
  ),
  checkov(
    'CKV_AWS_117',
    everyFunction,
    'Reaches AWS interfaces only, over TLS, with requests signed by a role of its own that names every resource. No store of this house lives inside a network; a network would add routes, endpoints and rules to keep, and take nothing away that the role does not.',
  ),
  checkov(
    'CKV_AWS_173',
    everyFunction,
    'The variables hold names of tables, buckets, keys and addresses, and no secret: the one secret of the house is read from Secrets Manager. Lambda encrypts them at rest with its own key; a key of ours would add its call to every cold start.',
  ),
  checkov(
    'CKV_AWS_73',
    stage,
    'A trace keeps the full address of each request, with the ids of reports, beside the address of the client, in a service whose retention is not ours to set. Latency is measured by route, and each request writes one line of ids and counts into logs whose retention the stage sets.',
  ),
  checkov(
    'CKV_AWS_120',
    stage,
    'What is answered depends on the token, so nothing is kept at the gateway; released files are cached by the distribution in front of it.',
  ),
  checkov(
    'CKV_AWS_59',
    /^AWS::ApiGateway::Method\.FrontDoorApi(GET|assets|audit|files|healthz|openapi|protection|receipts|releases|requests|signin|signout)/,
    'Open to everybody by decision (released files, the pages around them, the way to sign in), or a page for a person whose session the function checks before it reads anything. `lambdas/functions/triggers.ts` lists them; a template test holds the open methods to that list.',
  ),
  checkov(
    'CKV_AWS_68',
    distribution,
    'What the distribution serves by itself is static and public. Every other request goes on to the interface, whose own firewall inspects it.',
  ),
  checkov(
    'CKV_AWS_86',
    distribution,
    'Requests to the interface and to the bucket of the shelf are logged there. A third log would only add the addresses of people who read public pages, which this city does not collect.',
  ),
  checkov(
    'CKV_AWS_174',
    distribution,
    'Until a stage names its own domain and certificate the name of the provider is used, whose certificate fixes the lowest TLS version that may be said; docs/DEPLOY.md, step 6, sets the domain and with it TLS 1.2.',
  ),
];
