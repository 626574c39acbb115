import { SESv2Client } from '@aws-sdk/client-sesv2';
import { onceClient } from './client-settings.ts';

export const ses = new SESv2Client(onceClient);
