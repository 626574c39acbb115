import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail } from '#core/ports.ts';
import { messageBytes } from '../anywhere/message-bytes.ts';

/** Thrown when a message has a name that no file can bear. */
class MailError extends Error {
  override name = 'MailError';
}

/** Mail at home: `<data>/outbox/<id>.eml`, at most once per id, whole or not at all; the same message gives the same bytes. */
export function outbox(dataDir: string): Mail {
  const folder = join(dataDir, 'outbox');
  return {
    async send(message) {
      if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(message.id)) throw new MailError('a message id that is no file name');
      await mkdir(folder, { recursive: true });
      const staged = join(folder, `.${message.id}.part`);
      await rm(staged, { force: true });
      const file = await open(staged, 'wx');
      try {
        await file.writeFile(await messageBytes(message));
        await file.sync();
      } finally {
        await file.close();
      }
      try {
        // A link fails when the message stands already: it was sent.
        await link(staged, join(folder, `${message.id}.eml`));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      } finally {
        await rm(staged, { force: true });
      }
    },
  };
}
