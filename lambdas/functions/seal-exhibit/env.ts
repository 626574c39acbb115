/** What a court bundle is made of, where it is sealed, and the trail that is written first. `QUERY_WORKGROUP` is the one of legal. */
export const env = [
  'TOKEN_ISSUER',
  'LEDGER_BUCKET',
  'SHELF_BUCKET',
  'SEALED_BUCKET',
  'LAKE_DATABASE',
  'QUERY_WORKGROUP',
  'AUDIT_TABLE',
] as const;
