import { DescribeTimeToLiveCommand, GetItemCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
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

  it('is noted with the second at which the note may go, a year later, where the table looks for it', async () => {
    const table = await freshTable();
    const TimeToLiveSpecification = { AttributeName: 'expires_at', Enabled: true };
    await tables.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification }));
    const { TimeToLiveDescription } = await tables.send(new DescribeTimeToLiveCommand({ TableName: table }));
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expires_at', TimeToLiveStatus: 'ENABLED' });
    await mail(ses, tables, { table, configuration: 'ledger' }).send(exampleMessage);
    const Key = { pk: { S: `message#${exampleMessage.id}` }, sk: { S: 'sent' } };
    const { Item } = await tables.send(new GetItemCommand({ TableName: table, Key }));
    expect(Item?.['expires_at']).toEqual({ N: String(Math.floor(Date.parse('2027-11-24T14:00:07.000Z') / 1000)) });
  });

  it('may send again what the service refused', async () => {
    const box = mail(ses, tables, { table: await freshTable(), configuration: 'ledger' });
    const stranger = { ...exampleMessage, from: 'nobody@elsewhere.example' };
    await expect(box.send(stranger)).rejects.toThrow();
    await box.send(exampleMessage);
    expect(await sent()).toHaveLength(1);
  });
});
