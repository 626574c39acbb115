/** What the pages show. `TOKEN_ENDPOINT` is where a person's sign-in is exchanged for a token. */
export const env = [
  'TOKEN_ISSUER',
  'TOKEN_ENDPOINT',
  'REPORT_TABLE',
  'RAW_BUCKET',
  'CUSTODY_BUCKET',
  'FOIA_DROP_BUCKET',
  'SHELF_BUCKET',
  'LEDGER_BUCKET',
  'REQUEST_TABLE',
  'AUDIT_TABLE',
] as const;
