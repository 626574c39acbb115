import { S3Client } from '@aws-sdk/client-s3';
import { objectClient } from './client-settings.ts';

export const s3 = new S3Client(objectClient);
