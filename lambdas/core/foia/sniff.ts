/** What a file is, from its bytes. Its name is never believed, and a name that says something else is refused: somebody down the line would believe it. */
import type { RandomAccess } from '../domain/random-access.ts';
import { FileRefusal } from './file-refusal.ts';

export type Container = 'zip' | 'compound' | 'pdf' | 'text';
export type FileFormat = 'xlsx' | 'xls' | 'text' | 'pdf' | 'archive';

/** Throws FileRefusal for everything that is none of the four. */
export async function sniff(content: RandomAccess): Promise<Container> {
  if (content.size === 0) throw new FileRefusal('EMPTY');
  const start = Buffer.from(await content.read(0, Math.min(4096, content.size)));
  if (start.length < 4) return 'text';
  const magic = start.readUInt32BE(0);
  if (magic === 0x504b0304 || magic === 0x504b0506) return 'zip';
  if (magic === 0xd0cf11e0) return 'compound';
  if (start.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  if (magic === 0x526172_21 || magic === 0x377abcaf || magic >>> 16 === 0x1f8b) throw new FileRefusal('ARCHIVE');
  const text = start.toString('latin1').replaceAll('\0', '').slice(0, 512);
  if (/^[^<]{0,4}\s*<(!doctype|html|\?xml|table)/i.test(text)) throw new FileRefusal('MARKUP');
  if (/^\{\\rtf/.test(text)) throw new FileRefusal('OTHER_DOCUMENT');
  return 'text';
}

const endings: Readonly<Record<string, readonly FileFormat[]>> = {
  xlsx: ['xlsx'],
  xlsm: ['xlsx'],
  xltx: ['xlsx'],
  xls: ['xls'],
  csv: ['text'],
  tsv: ['text'],
  tab: ['text'],
  psv: ['text'],
  txt: ['text'],
  pdf: ['pdf'],
  zip: ['archive'],
};
const foreign = /^(docx?|pptx?|html?|xml|json|exe|png|jpe?g|gif|tiff?|xlsb|ods|gz|7z|rar)$/;

/** Throws FileRefusal when the ending of a name is known and says another format. A name without an ending, or with one that says nothing, is taken. */
export function nameAgrees(name: string, format: FileFormat): void {
  const ending = /\.([a-z0-9]{2,4})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? '';
  const said = endings[ending];
  if (said ? !said.includes(format) : foreign.test(ending)) throw new FileRefusal('NAME');
}
