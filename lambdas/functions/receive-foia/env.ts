/** From the drop into custody, and what was read of it into the lake. Drops come through a queue: wire with `eachDrop` of `../batch.ts`. `PERSON_KEY_SECRET` names the secret that makes keys of persons, it does not hold it. */
export const env = ['FOIA_DROP_BUCKET', 'CUSTODY_BUCKET', 'LAKE_BUCKET', 'PERSON_KEY_SECRET'] as const;
