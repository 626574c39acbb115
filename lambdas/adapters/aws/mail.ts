import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { epochMs } from '#core/domain/instant.ts';
import type { Mail } from '#core/ports.ts';
import { messageBytes } from '../anywhere/message-bytes.ts';

export type MailSettings = { readonly table: string; readonly configuration: string };
const rememberedMs = 366 * 86_400_000;

/**
 * Mail by SES, at most once per id: the message is noted before it is sent, and the note is taken back only when SES says that it refused the message. When no answer comes, the message
 * may have left, and it is not sent again. Give it a client that tries once (`onceClient`).
 */
export function mail(ses: SESv2Client, dynamodb: DynamoDBClient, { table, configuration }: MailSettings): Mail {
  return {
    async send(message) {
      const Key = { pk: { S: `message#${message.id}` }, sk: { S: 'sent' } };
      const expires = Math.floor((epochMs(message.date) + rememberedMs) / 1000);
      const Data = await messageBytes(message);
      try {
        await dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: { ...Key, expires_at: { N: String(expires) } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      } catch (cause) {
        if (cause instanceof ConditionalCheckFailedException) return;
        throw cause;
      }
      try {
        await ses.send(
          new SendEmailCommand({
            FromEmailAddress: message.from,
            Destination: { ToAddresses: [...message.to] },
            ConfigurationSetName: configuration,
            Content: { Raw: { Data } },
          }),
        );
      } catch (cause) {
        const isRefused = cause instanceof SESv2ServiceException && cause.$fault === 'client';
        if (isRefused) await dynamodb.send(new DeleteItemCommand({ TableName: table, Key }));
        throw cause;
      }
    },
  };
}
