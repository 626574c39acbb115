import { randomBytes } from 'node:crypto';
import type { Ids } from '#core/ports.ts';

/** 160 random bits, base64url. */
export const ids: Ids = { random: () => randomBytes(20).toString('base64url') };
