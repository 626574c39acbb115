/** What the intake needs: it appends reports and seals their protected fields; it can open none. */
export const env = ['TOKEN_ISSUER', 'REPORT_TABLE', 'RAW_BUCKET', 'KEY_TABLE', 'SEAL_KEY'] as const;
