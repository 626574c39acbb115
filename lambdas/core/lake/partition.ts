import type { Instant } from '../domain/instant.ts';

/** The month of recording that a row is filed under: `YYYY-MM` in UTC, because `recorded_at` is. */
export const partitionOf = (recordedAt: Instant): string => recordedAt.slice(0, 7);
