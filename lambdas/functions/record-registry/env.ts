/** From the city's files, as they were shipped, into the lake. */
export const env = ['LAKE_BUCKET'] as const;
