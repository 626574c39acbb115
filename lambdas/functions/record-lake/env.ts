/** From the raw objects of new receipts into the lake. */
export const env = ['RAW_BUCKET', 'LAKE_BUCKET'] as const;
