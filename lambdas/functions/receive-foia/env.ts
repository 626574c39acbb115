/** From the drop into custody, and what was read of it into the lake. Drops come through a queue: wire with `eachDrop` of `../batch.ts`. */
export const env = ['FOIA_DROP_BUCKET', 'CUSTODY_BUCKET', 'LAKE_BUCKET'] as const;
