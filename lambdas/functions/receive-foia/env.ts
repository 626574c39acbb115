/** From the drop into custody, and what was read of it into the lake. */
export const env = ['FOIA_DROP_BUCKET', 'CUSTODY_BUCKET', 'LAKE_BUCKET'] as const;
