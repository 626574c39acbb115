import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { sha256 } from '#core/domain/ids.ts';
import type { Message } from '#core/ports.ts';

/** A message as it travels (RFC 5322): the same message gives the same bytes. */
export function messageBytes(message: Message): Promise<Buffer> {
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
