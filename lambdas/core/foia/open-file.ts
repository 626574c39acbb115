/** A dropped file as what it holds, or the reason why it is not read. */
import type { RandomAccess } from '../domain/random-access.ts';
import type { Sheet } from './cell.ts';
import { openCsv } from './csv.ts';
import { FileRefusal } from './file-refusal.ts';
import { type FileFormat, nameAgrees, sniff } from './sniff.ts';
import { openXls } from './xls.ts';
import { isOfficePackage, openXlsx } from './xlsx.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

/** A file in an archive: its path there, its size, its bytes. */
export type ArchiveMember = { readonly path: string; readonly bytes: number; read(): AsyncIterable<Buffer> };

export type OpenedFile =
  | { readonly format: 'xlsx' | 'xls' | 'text'; readonly sheets: readonly Sheet[] }
  | { readonly format: 'pdf' }
  | {
      readonly format: 'archive';
      readonly members: readonly ArchiveMember[];
      /** What an operating system left there: lock files, resource forks. */
      readonly leftovers: readonly string[];
    };

/** Opens a file by its content and holds its name against it. Throws FileRefusal, here or while rows are read. */
export async function openFile(content: RandomAccess, name = ''): Promise<OpenedFile> {
  const container = await sniff(content);
  const zip = container === 'zip' ? await openZip(content) : undefined;
  if (zip?.names.has('mimetype')) throw new FileRefusal('OTHER_DOCUMENT');
  const format: FileFormat =
    container === 'zip'
      ? zip && isOfficePackage(zip)
        ? 'xlsx'
        : 'archive'
      : container === 'compound'
        ? 'xls'
        : container;
  nameAgrees(name, format);
  if (format === 'pdf') return { format };
  if (format === 'xls') return { format, sheets: await openXls(content) };
  if (format === 'text' || !zip) return { format: 'text', sheets: await openCsv(content) };
  return format === 'xlsx' ? { format, sheets: await openXlsx(zip) } : archiveOf(zip);
}

const leftover = /(^|\/)(~\$|\._|\.ds_store$|thumbs\.db$|desktop\.ini$)|^__macosx\//i;

function archiveOf(zip: ZipArchive): OpenedFile {
  const paths = [...zip.names].filter((path) => !path.endsWith('/'));
  const members = paths.filter((path) => !leftover.test(path));
  if (members.length === 0) throw new FileRefusal('EMPTY');
  return {
    format: 'archive',
    leftovers: paths.filter((path) => leftover.test(path)),
    members: members.map((path) => ({ path, bytes: zip.bytesOf(path), read: () => zip.read(path) })),
  };
}
