import { expect, it } from 'vitest';
import type { Instant } from '#core/domain/instant.ts';
import type { Mail, Message } from '#core/ports.ts';

export const exampleMessage: Message = {
  id: 'briefing-week-2026-11-02',
  from: 'ledger@port-alder.example',
  to: ['mayor@port-alder.example'],
  subject: 'Informe semanal: año nuevo',
  text: 'Reservado no es cero.\n',
  html: '<p>Reservado no es cero.</p>',
  attachments: [{ name: 'briefing.pdf', type: 'application/pdf', content: new Uint8Array([37, 80, 68, 70]) }],
  date: '2026-11-23T14:00:07.000Z' as Instant,
};

/** What every mail must do; `sent` answers the messages that left, in full. */
export function mailContract(
  make: () => Promise<{ readonly mail: Mail; readonly sent: () => Promise<readonly string[]> }>,
): void {
  it('sends text, page and attachment', async () => {
    const { mail, sent } = await make();
    await mail.send(exampleMessage);
    const [message = ''] = await sent();
    expect(message).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(message).toContain('To: mayor@port-alder.example');
    expect(message).toContain('Content-Type: application/pdf');
    expect(message).toContain(Buffer.from('%PDF').toString('base64'));
  });

  it('sends at most once per id', async () => {
    const { mail, sent } = await make();
    await mail.send(exampleMessage);
    await mail.send({ ...exampleMessage, subject: 'again' });
    const all = await sent();
    expect(all).toHaveLength(1);
    expect(all[0]).not.toContain('again');
  });
}
