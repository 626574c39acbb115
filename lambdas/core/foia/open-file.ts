/** A dropped file as its sheets, or the reason why it is not read. */
import type { RandomAccess } from '../domain/random-access.ts';
import type { Sheet } from './cell.ts';
import { openCsv } from './csv.ts';
import { sniff } from './sniff.ts';
import { openXlsx } from './xlsx.ts';

/** Opens xlsx and text tables by their content. Throws FileRefusal, here or while rows are read. */
export const openFile = async (content: RandomAccess): Promise<readonly Sheet[]> =>
  (await sniff(content)) === 'zip' ? openXlsx(content) : openCsv(content);
