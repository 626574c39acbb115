import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { sha256 } from '#core/domain/ids.ts';
import type { Mail, Message } from '#core/ports.ts';

/** Thrown when a message has a name that no file can bear. */
class MailError extends Error {
  override name = 'MailError';
}

function composed(message: Message): Promise<Buffer> {
  const domain =
    message.from
      .split('@')
      .at(-1)
      ?.replace(/[^A-Za-z0-9.-]/g, '') || 'localhost';
  const node = new MailComposer({
    messageId: `<${message.id}@${domain}>`,
    date: new Date(message.date),
    from: message.from,
    to: [...message.to],
    subject: message.subject,
    text: message.text,
    html: message.html,
    attachments: message.attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(content),
    })),
    baseBoundary: sha256(message.id).slice(0, 24),
  }).compile();
  return node.build();
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
        await file.writeFile(await composed(message));
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
