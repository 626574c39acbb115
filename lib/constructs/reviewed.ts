import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Puts on record, at the construct it is about, why a finding of the security rules stands. An auditor reads these reasons; the test holds the list of them. */
export function reviewed(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason });
}

/** How the security rules write an ARN that is not known before deployment. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('${', '<').replaceAll('}', '>');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [[intrinsic, operand] = []] = Object.entries(value);
  if (intrinsic === 'Fn::Join') {
    const [delimiter, parts] = operand as [string, unknown[]];
    return parts.map(flatten).join(delimiter);
  }
  if (intrinsic === 'Fn::GetAtt') return `<${(operand as unknown[]).map(flatten).join('.')}>`;
  if (intrinsic === 'Ref') return `<${flatten(operand)}>`;
  if (intrinsic === 'Fn::ImportValue') return flatten(operand);
  return JSON.stringify(value);
}

/**
 * Puts on record why a statement names its resources by a pattern. The pattern is written as it will stand in the template, which is known only once references between stacks are
 * resolved: at validation.
 */
export function reviewedPattern(construct: IConstruct, resources: readonly string[], reason: string): void {
  construct.node.addValidation({
    validate: () => {
      for (const resource of resources) {
        const written = flatten(Stack.of(construct).resolve(resource));
        if (written.includes('*')) reviewed(construct, { [`AwsSolutions-IAM5[Resource::${written}]`]: reason });
      }
      return [];
    },
  });
}
