import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { sealedBundles } from '#adapters/local/sealed-bundles.ts';
import { sealedBundlesContract } from './sealed-bundles.contract.ts';

describe('sealed bundles in folders', () => {
  sealedBundlesContract(async () => sealedBundles(mkdtempSync(join(tmpdir(), 'sealed-'))));
});
