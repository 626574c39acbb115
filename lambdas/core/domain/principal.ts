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
  'releases/review',
  'foia/read',
  'foia/review',
  'requests/read',
  'requests/write',
  'audit/read',
] as const;
export type Scope = (typeof scopes)[number];

/** What every department's own client may do. */
export const departmentScopes = ['reports/submit', 'reports/read-own'] as const satisfies readonly Scope[];

/** The offices of a city and what their clients may do; the issuer at home and the user pool in the cloud give the same. */
export const offices: readonly { readonly id: string; readonly scopes: readonly Scope[] }[] = [
  {
    id: 'legal',
    scopes: [
      'reports/pull',
      'reports/pull-protected',
      'exhibits/seal',
      'audit/read',
      'foia/read',
      'foia/review',
      'requests/read',
      'requests/write',
      'releases/read',
    ],
  },
  { id: 'mayors-office', scopes: ['releases/read', 'requests/read'] },
  { id: 'privacy-officer', scopes: ['releases/review', 'audit/read', 'releases/read', 'releases/run', 'foia/read'] },
];

/** Who is asking: taken from a verified token and from nowhere else. */
export type Principal = {
  readonly clientId: string;
  readonly department?: DepartmentId;
  readonly scopes: readonly Scope[];
};
