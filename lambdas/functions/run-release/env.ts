/** The only function that sees raw counts and the only one that writes the shelf. `TIE_BREAK_SECRET` names a secret, it does not hold it; `MAIL_TABLE` remembers which messages were sent. */
export const env = [
  'LEDGER_BUCKET',
  'SHELF_BUCKET',
  'LAKE_DATABASE',
  'QUERY_WORKGROUP',
  'MAIL_CONFIGURATION',
  'MAIL_TABLE',
  'TIE_BREAK_SECRET',
] as const;
