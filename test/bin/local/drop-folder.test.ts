import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Event } from 'aws-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { DropFolder } from '../../../bin/local/drop-folder.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(receive: (event: S3Event) => Promise<readonly []>): { drops: DropFolder; data: string } {
  const data = mkdtempSync(join(tmpdir(), 'drops-'));
  made.push(data);
  return { drops: new DropFolder(data, receive), data };
}

describe('the drop folder', () => {
  it('gives each file once, as S3 would tell of it', async () => {
    const keys: string[] = [];
    const { drops } = folderWith(async ({ Records }) => {
      keys.push(...Records.map(({ s3 }) => `${s3.object.key} ${s3.object.size}`));
      return [];
    });
    await drops.putBytes('a file.csv', new Uint8Array([1, 2, 3]));
    await drops.drain();
    await drops.drain();
    expect(keys).toEqual(['foia/a+file.csv 3']);
  });

  it('leaves a file that is still being copied', async () => {
    let calls = 0;
    const { drops, data } = folderWith(async () => {
      calls++;
      return [];
    });
    await drops.putBytes('whole.csv', new Uint8Array([1]));
    writeFileSync(join(data, 'drop', 'foia', '.half.csv.part'), 'x');
    await drops.drain();
    expect(calls).toBe(1);
  });

  it('offers a file again when the function failed on it', async () => {
    let calls = 0;
    const { drops } = folderWith(async () => {
      if (++calls === 1) throw new Error('the disk was busy');
      return [];
    });
    await drops.putBytes('a.csv', new Uint8Array([1]));
    await expect(drops.drain()).rejects.toThrow('busy');
    await drops.drain();
    expect(calls).toBe(2);
  });

  it('keeps no file back because of another that fails, of a folder, or of a name with nothing behind it', async () => {
    const keys: (string | undefined)[] = [];
    const { drops, data } = folderWith(async ({ Records: [record] }) => {
      keys.push(record?.s3.object.key);
      if (record?.s3.object.key === 'foia/a.csv') throw new Error('the disk was busy');
      return [];
    });
    await drops.putBytes('a.csv', new Uint8Array([1]));
    await drops.putBytes('b.csv', new Uint8Array([1]));
    mkdirSync(join(data, 'drop', 'foia', 'aa'));
    symlinkSync('nowhere', join(data, 'drop', 'foia', 'ab.csv'));
    await expect(drops.drain()).rejects.toThrow('busy');
    expect(keys).toEqual(['foia/a.csv', 'foia/b.csv']);
  });

  it('drops every file under a name that is looked at', async () => {
    const keys: (string | undefined)[] = [];
    const { drops, data } = folderWith(async ({ Records: [record] }) => {
      keys.push(record?.s3.object.key);
      return [];
    });
    for (const name of ['.hidden.csv', 'back\\slash.csv', `${'long'.repeat(60)}.csv`]) {
      writeFileSync(join(data, name), 'x');
      await drops.put(join(data, name));
    }
    await drops.drain();
    expect(keys.sort()).toEqual(['foia/back_slash.csv', 'foia/hidden.csv', `foia/${'long'.repeat(24)}.csv`]);
  });
});
