import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { beforeEach, describe, expect, it } from 'vitest';
import { onceClient } from '#adapters/aws/client-settings.ts';
import { mail } from '#adapters/aws/mail.ts';
import { exampleMessage, mailContract } from '../../adapters/mail.contract.ts';
import { freshTable, client as tables } from '../dynamodb-local/report-table.ts';
import { dynamodb, moto, reach } from '../stand-in.ts';

const ses = new SESv2Client({ ...onceClient, ...reach(moto) });

/** What moto keeps of the messages that it took. */
async function sent(): Promise<readonly string[]> {
  const answer = await fetch(`${moto?.endpoint}/moto-api/data.json`);
  const data = (await answer.json()) as { ses?: { RawMessage?: readonly { raw_data: string }[] } };
  return (data.ses?.RawMessage ?? []).map(({ raw_data }) => raw_data);
}

describe.skipIf(!moto || !dynamodb)('mail by SES', () => {
  beforeEach(async () => {
    await fetch(`${moto?.endpoint}/moto-api/reset`, { method: 'POST' });
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: exampleMessage.from }));
  });

  mailContract(async () => ({ mail: mail(ses, tables, { table: await freshTable(), configuration: 'ledger' }), sent }));

  it('may send again what the service refused', async () => {
    const box = mail(ses, tables, { table: await freshTable(), configuration: 'ledger' });
    const stranger = { ...exampleMessage, from: 'nobody@elsewhere.example' };
    await expect(box.send(stranger)).rejects.toThrow();
    await box.send(exampleMessage);
    expect(await sent()).toHaveLength(1);
  });
});
