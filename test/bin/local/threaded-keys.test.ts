import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { personKeys } from '#core/foia/person-keys.ts';
import { threadedKeys } from '../../../bin/local/threaded-keys.ts';

const secret = Buffer.alloc(32, 7);

describe('keys of persons made in a thread', () => {
  it.each([1, 2])(
    'are those made in this one, batch by batch and each in its turn, with processors: %i',
    async (processors) => {
      const { keysOf, close } = threadedKeys(secret, undefined, processors);
      const batches = [['A1b2c3', '  ñ-77 ', '😀'], [], Array.from({ length: 5000 }, (_, at) => `person ${at}`)];
      const made = await Promise.all(batches.map((batch) => keysOf('ICE', batch)));
      expect(made).toEqual(await Promise.all(batches.map((batch) => personKeys(secret)('ICE', batch))));
      await close();
    },
  );

  it('are refused when the thread ends, and made by the next one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const program = join(folder, 'thread.mjs');
    writeFileSync(
      program,
      "import { parentPort } from 'node:worker_threads';\nparentPort.on('message', ({ text }) => { if (text === 'die') throw new Error('died'); parentPort.postMessage(new Uint8Array(16)); });",
    );
    const { keysOf, close } = threadedKeys(secret, pathToFileURL(program), 2);
    await expect(keysOf('ICE', ['die'])).rejects.toThrow('died');
    expect(await keysOf('ICE', ['live'])).toEqual(new Uint8Array(16));
    await close();
  });
});
