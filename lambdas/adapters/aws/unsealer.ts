import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { invariant } from '#core/domain/invariant.ts';
import type { Unsealer } from '#core/ports.ts';
import { fieldsBond, onlyNonce, readKeyName } from '../anywhere/sealed-names.ts';
import { decryptText, keyBond } from './sealed-text.ts';
import type { Vault } from './sealer.ts';

type Entry = { readonly group: string; readonly kek: Uint8Array; readonly places: readonly (Uint8Array | undefined)[] };

/** Opens sealed fields; each unwrapping is one call to KMS and so stands in its log. A field whose key was destroyed is undefined; a text that was tampered with or moved is a fault. */
export function unsealer(dynamodb: DynamoDBClient, kms: KMSClient, { table, sealKey }: Vault): Unsealer {
  async function readEntry(name: string): Promise<Entry | undefined> {
    const Key = { pk: { S: `keys#${name}` }, sk: { S: 'keys' } };
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
    if (!Item) return undefined;
    const group = Item['key_group']?.S;
    const kek = Item['kek']?.B;
    const places = Item['places']?.L?.map(({ B }) => B);
    invariant(group && kek && places, 'an entry of the key table has its attributes');
    return { group, kek, places };
  }

  async function unwrap({ group, kek }: Entry): Promise<Uint8Array> {
    const { Plaintext } = await kms.send(
      new DecryptCommand({ KeyId: sealKey, CiphertextBlob: kek, EncryptionContext: { group } }),
    );
    invariant(Plaintext, 'an unwrapped key comes open');
    return Plaintext;
  }

  return {
    async unseal(report, version, sealed) {
      const opened: Record<string, string | undefined> = {};
      const wrapping = new Map<string, Promise<{ readonly entry: Entry; readonly key: Uint8Array } | undefined>>();
      const openEntry = async (name: string) => {
        const entry = await readEntry(name);
        return entry && { entry, key: await unwrap(entry) };
      };
      for (const { fields, key, text } of sealed) {
        const at = readKeyName(key);
        const opening = wrapping.get(at.entry) ?? openEntry(at.entry);
        wrapping.set(at.entry, opening);
        const found = await opening;
        const wrapped = found?.entry.places[at.place];
        if (!found || !wrapped) {
          for (const field of fields) opened[field] = undefined;
          continue;
        }
        if (!(at.version <= version)) throw new Error('a sealed field of a later version');
        const dataKey = decryptText(found.key, wrapped.subarray(0, 12), keyBond(report, key), wrapped.subarray(12));
        const clear = decryptText(dataKey, onlyNonce, fieldsBond(report, at.version), Buffer.from(text, 'base64'));
        const held = JSON.parse(clear.toString('utf8')) as Readonly<Record<string, string>>;
        for (const field of fields) {
          if (held[field] === undefined) throw new Error('a field that was not sealed here');
          opened[field] = held[field];
        }
      }
      return opened;
    },
  };
}
