import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { quickClient } from '#adapters/aws/client-settings.ts';
import { sealer } from '#adapters/aws/sealer.ts';
import { unsealer } from '#adapters/aws/unsealer.ts';
import { type DepartmentId, reportIdOf } from '#core/domain/ids.ts';
import { guardedFields } from '#core/domain/report/protected.ts';
import { sealerContract } from '../../adapters/sealer.contract.ts';
import { freshTable, client as tables } from '../dynamodb-local/report-table.ts';
import { dynamodb, moto, reach } from '../stand-in.ts';

const kms = new KMSClient({ ...quickClient, ...reach(moto) });

async function vault() {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return { table: await freshTable(), sealKey: KeyMetadata?.Arn ?? '' };
}

describe.skipIf(!moto || !dynamodb)('the vault under KMS', () => {
  sealerContract(async () => {
    const place = await vault();
    return { sealer: sealer(tables, kms, place), unsealer: unsealer(tables, kms, place) };
  });

  it('opens nothing whose key was destroyed, and everything else of the submission', async () => {
    const place = await vault();
    const [a, b] = ['a', 'b'].map((id) => reportIdOf('fire' as DepartmentId, id));
    if (!a || !b) throw new Error('two reports');
    const items = [a, b].map((report) => ({ report, version: 1, guarded: guardedFields({ narrative: 'text' }) }));
    const [mine = [], theirs = []] = await sealer(tables, kms, place).seal(items);
    const [entry = '', at] = (mine[0]?.key ?? '').split('.');
    const Key = { pk: { S: `keys#${entry}` }, sk: { S: 'keys' } };
    const { Item = {} } = await tables.send(new GetItemCommand({ TableName: place.table, Key }));
    const places = (Item['places']?.L ?? []).with(Number(at), { NULL: true });
    await tables.send(new PutItemCommand({ TableName: place.table, Item: { ...Item, places: { L: places } } }));
    const open = unsealer(tables, kms, place);
    expect(await open.unseal(a, 1, mine)).toEqual({ narrative: undefined });
    expect(await open.unseal(b, 1, theirs)).toEqual({ narrative: 'text' });
  });

  it('asks KMS for nothing when no field is protected', async () => {
    const nowhere = { table: 'none', sealKey: 'none' };
    const report = reportIdOf('fire' as DepartmentId, 'a');
    expect(await sealer(tables, kms, nowhere).seal([{ report, version: 1, guarded: guardedFields({}) }])).toEqual([[]]);
  });
});
