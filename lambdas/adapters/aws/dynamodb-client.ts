import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { quickClient } from './client-settings.ts';

export const dynamodb = new DynamoDBClient(quickClient);
