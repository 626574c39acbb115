/** What the legal pulls need: reports, the keys that open sealed fields, and the trail that is written first. */
export const env = ['TOKEN_ISSUER', 'REPORT_TABLE', 'KEY_TABLE', 'SEAL_KEY', 'AUDIT_TABLE'] as const;
