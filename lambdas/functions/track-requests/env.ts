/** The logs of requests for records, and the trail that every look at them leaves. */
export const env = ['TOKEN_ISSUER', 'REQUEST_TABLE', 'AUDIT_TABLE'] as const;
