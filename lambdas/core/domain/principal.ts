import type { DepartmentId } from './ids.ts';

/** What a client may do. A scope is `<resource>/<verb>`, as Cognito resource servers spell them. */
export const scopes = [
  'reports/submit',
  'reports/read-own',
  'reports/pull',
  'reports/pull-protected',
  'exhibits/seal',
  'releases/read',
  'releases/run',
  'foia/read',
  'audit/read',
] as const;
export type Scope = (typeof scopes)[number];

/** Who is asking: taken from a verified token and from nowhere else. */
export type Principal = {
  readonly clientId: string;
  readonly department?: DepartmentId;
  readonly scopes: readonly Scope[];
};
