/** What a file is, from its bytes; its name is never believed. */
import type { RandomAccess } from '../domain/random-access.ts';
import { FileRefusal } from './file-refusal.ts';

export type FileFormat = 'zip' | 'text';

/** Throws FileRefusal for everything that is neither an archive nor text. */
export async function sniff(content: RandomAccess): Promise<FileFormat> {
  if (content.size === 0) throw new FileRefusal('EMPTY');
  const start = Buffer.from(await content.read(0, Math.min(4096, content.size)));
  if (start.readUInt32BE === undefined || start.length < 4) return 'text';
  const magic = start.readUInt32BE(0);
  if (magic === 0x504b0304 || magic === 0x504b0506) return 'zip';
  if (magic === 0xd0cf11e0)
    throw new FileRefusal((await isEncryptedPackage(content, start)) ? 'ENCRYPTED' : 'LEGACY_WORKBOOK');
  if (start.subarray(0, 1024).includes('%PDF-')) throw new FileRefusal('DOCUMENT');
  if (magic === 0x526172_21 || magic === 0x377abcaf || magic >>> 16 === 0x1f8b) throw new FileRefusal('ARCHIVE');
  const text = start.toString('latin1').replaceAll('\0', '').slice(0, 512);
  if (/^[^<]{0,4}\s*<(!doctype|html|\?xml|table)/i.test(text)) throw new FileRefusal('MARKUP');
  return 'text';
}

/** Whether a compound file (MS-CFB) holds an encrypted Office package: its directory names the stream. */
async function isEncryptedPackage(content: RandomAccess, start: Buffer): Promise<boolean> {
  if (start.length < 512) throw new FileRefusal('TRUNCATED');
  const sectorBytes = 1 << Math.min(start.readUInt16LE(30), 16);
  const directory = (start.readUInt32LE(48) + 1) * sectorBytes;
  if (directory >= content.size) throw new FileRefusal('TRUNCATED');
  const entries = Buffer.from(await content.read(directory, Math.min(4096, content.size - directory)));
  return entries.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}
