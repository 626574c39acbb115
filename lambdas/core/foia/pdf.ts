/** PDF documents: their text, page by page. A page without text is a picture of one, and a person must read it. */
import { extractText, getDocumentProxy } from 'unpdf';
import type { RandomAccess } from '../domain/random-access.ts';
import { isBlankText } from './cell.ts';
import { FileRefusal } from './file-refusal.ts';

/** `text` keeps the lines of the page; it is empty on a page that is a picture. Pages count from 1. */
export type DocumentPage = { readonly page: number; readonly text: string };

const byteLimit = 128 * 1024 * 1024;
const pageLimit = 5000;

/** The pages of a document of up to 128 MB and 5,000 pages. Scripts in it are never run. Throws FileRefusal. */
export async function readPdf(content: RandomAccess): Promise<readonly DocumentPage[]> {
  if (content.size > byteLimit) throw new FileRefusal('TOO_LARGE');
  const bytes = Uint8Array.from(await content.read(0, content.size));
  const document = await getDocumentProxy(bytes, { verbosity: 0, stopAtErrors: true, isEvalSupported: false }).catch(
    (cause: unknown) => {
      throw new FileRefusal(
        cause instanceof Error && cause.name === 'PasswordException' ? 'ENCRYPTED' : 'TRUNCATED',
        cause,
      );
    },
  );
  try {
    if (document.numPages > pageLimit) throw new FileRefusal('TOO_LARGE');
    const { text } = await extractText(document, { mergePages: false }).catch((cause: unknown) => {
      throw new FileRefusal('TRUNCATED', cause);
    });
    return text.map((page, at) => ({ page: at + 1, text: isBlankText(page) ? '' : page }));
  } finally {
    await document.loadingTask.destroy();
  }
}
