import { randomBytes } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { invariant } from '#core/domain/invariant.ts';
import type { SealedFields } from '#core/domain/submission.ts';
import type { Sealer } from '#core/ports.ts';
import { fieldsBond, keyName, onlyNonce } from '../anywhere/sealed-names.ts';
import { encryptText, keyBond } from './sealed-text.ts';

/** Where wrapped keys are kept and what wraps them. */
export type Vault = { readonly table: string; readonly sealKey: string };

const keysPerEntry = 100;

/**
 * Seals all fields of a report version as one text under a key of its own. One call to KMS makes a key for the submission; it wraps the report keys, which lie in the key table in entries of up to a hundred,
 * each with the submission's key as KMS wrapped it. Emptying a place erases a text for ever. The entries are durable before the sealed fields are answered; this side can open nothing.
 */
export function sealer(dynamodb: DynamoDBClient, kms: KMSClient, { table, sealKey }: Vault): Sealer {
  return {
    async seal(items) {
      const needed = items.filter(({ guarded }) => guarded.names.length > 0).length;
      if (needed === 0) return items.map(() => []);
      const group = randomBytes(16).toString('base64url');
      const made = await kms.send(
        new GenerateDataKeyCommand({ KeyId: sealKey, KeySpec: 'AES_256', EncryptionContext: { group } }),
      );
      invariant(made.Plaintext && made.CiphertextBlob, 'a data key comes open and wrapped');
      const wrapping = made.Plaintext;
      const entries: { readonly name: string; readonly wrapped: Uint8Array[] }[] = [];
      const sealed = items.map(({ report, version, guarded: { names, json } }): SealedFields[] => {
        if (names.length === 0) return [];
        let entry = entries.at(-1);
        if (!entry || entry.wrapped.length === keysPerEntry) {
          entry = { name: randomBytes(16).toString('base64url'), wrapped: [] };
          entries.push(entry);
        }
        const key = keyName({ entry: entry.name, place: entry.wrapped.length, version });
        const dataKey = randomBytes(32);
        const wrapIv = randomBytes(12);
        entry.wrapped.push(Buffer.concat([wrapIv, encryptText(wrapping, wrapIv, keyBond(report, key), dataKey)]));
        const text = encryptText(dataKey, onlyNonce, fieldsBond(report, version), json);
        return [{ fields: names, key, text: text.toString('base64') }];
      });
      const kek = { B: made.CiphertextBlob };
      await Promise.all(
        entries.map(({ name, wrapped }) =>
          dynamodb.send(
            new PutItemCommand({
              TableName: table,
              Item: {
                pk: { S: `keys#${name}` },
                sk: { S: 'keys' },
                key_group: { S: group },
                kek,
                places: { L: wrapped.map((B) => ({ B })) },
              },
            }),
          ),
        ),
      );
      wrapping.fill(0);
      return sealed;
    },
  };
}
