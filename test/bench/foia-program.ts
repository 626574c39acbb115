/** The receive path as a program of its own, so that its peak memory is nobody else's: `receive FILE DATA`, `parse FILE` (the XML parser alone) or `empty`. */
import { link, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SaxesParser } from 'saxes';
import { open as openZip } from 'yauzl';
import { dropEvent, foiaFiles } from '#adapters/local/foia-files.ts';
import { localLake } from '#adapters/local/lake.ts';
import { instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import { personKeys } from '#core/foia/person-keys.ts';
import { receiveFoia } from '#functions/receive-foia/receive-foia.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function receive(file: string, data: string): Promise<number> {
  const receivedAt = instantOf('2026-01-05T18:00:00Z');
  invariant(receivedAt, 'an instant');
  await mkdir(join(data, 'drop', 'foia'), { recursive: true });
  await link(file, join(data, 'drop', 'foia', basename(file)));
  const ports = {
    foia: foiaFiles(data),
    lake: localLake(join(data, 'lake')),
    personKeys: personKeys(Buffer.alloc(32, 7)),
    clock: { now: () => receivedAt },
    log: silent,
  };
  const [custody] = await receiveFoia(ports)(dropEvent(`foia/${basename(file)}`, (await stat(file)).size));
  invariant(custody && custody.rows.accepted === custody.rows.read, 'every row of the generated file is accepted');
  return custody.rows.read;
}

/** yauzl and saxes over the worksheet: no values, no mapping, nothing kept. */
function parse(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    openZip(file, { lazyEntries: true }, (fault, zip) => {
      if (fault) return reject(fault);
      zip.on('entry', (entry: { fileName: string }) => {
        if (!entry.fileName.endsWith('sheet1.xml')) return zip.readEntry();
        zip.openReadStream(entry as never, (fault, stream) => {
          if (fault) return reject(fault);
          const parser = new SaxesParser({ position: false });
          let rows = 0;
          parser.on('opentag', ({ name }) => {
            if (name === 'row') rows += 1;
          });
          stream.setEncoding('utf8');
          stream.on('data', (text: string) => parser.write(text));
          stream.on('error', reject);
          stream.on('end', () => resolve(rows - 1));
        });
      });
      zip.readEntry();
    });
  });
}

async function main([task, file = '', data = '']: readonly string[]): Promise<void> {
  const from = performance.now();
  const rows = task === 'receive' ? await receive(file, data) : task === 'parse' ? await parse(file) : 0;
  const seconds = (performance.now() - from) / 1000;
  console.log(JSON.stringify({ rows, seconds, rssMb: process.resourceUsage().maxRSS / 1024 }));
}

main(process.argv.slice(2)).catch((cause: unknown) => {
  console.error(cause);
  process.exitCode = 1;
});
