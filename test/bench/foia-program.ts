/** The receive path as a program of its own, so that its peak memory is nobody else's: `receive FILE DATA`, `parse FILE` (the XML parser alone), `read FILE` (rows into records, without the lake), `parse-csv FILE` (a text parser alone) or `empty`. */
import { createReadStream } from 'node:fs';
import { link, mkdir, open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Papa from 'papaparse';
import { SaxesParser } from 'saxes';
import { open as openZip } from 'yauzl';
import { dropEvent, foiaFiles } from '#adapters/local/foia-files.ts';
import { localLake } from '#adapters/local/lake.ts';
import { sha256 } from '#core/domain/ids.ts';
import { instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import { layouts } from '#core/foia/layouts.ts';
import { readFile } from '#core/foia/read-file.ts';
import { receiveFoia } from '#functions/receive-foia/receive-foia.ts';
import { threadedKeys } from '../../bin/local/threaded-keys.ts';

/** The thread of the keys as it was bundled, beside this program. */
const keys = () => threadedKeys(Buffer.alloc(32, 7), pathToFileURL(join(dirname(process.argv[1] ?? ''), 'keys.mjs')));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function receive(file: string, data: string): Promise<number> {
  const receivedAt = instantOf('2026-01-05T18:00:00Z');
  invariant(receivedAt, 'an instant');
  await mkdir(join(data, 'drop', 'foia'), { recursive: true });
  await link(file, join(data, 'drop', 'foia', basename(file)));
  const ports = {
    foia: foiaFiles(data),
    lake: localLake(join(data, 'lake')),
    personKeys: keys().keysOf,
    clock: { now: () => receivedAt },
    log: silent,
  };
  const [custody] = await receiveFoia(ports)(dropEvent(`foia/${basename(file)}`, (await stat(file)).size));
  invariant(
    custody && custody.rows.read > 0 && custody.rows.accepted === custody.rows.read,
    'every row of the generated file is accepted',
  );
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

/** Every row judged and made a record, handed over and dropped. */
async function read(file: string): Promise<number> {
  const receivedAt = instantOf('2026-01-05T18:00:00Z');
  invariant(receivedAt, 'an instant');
  const handle = await open(file, 'r');
  const { size } = await handle.stat();
  const content = {
    size,
    read: async (offset: number, length: number) => {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
      return bytes.subarray(0, bytesRead);
    },
  };
  const origin = { sha256: sha256('bench'), release: 'bench', reading: 1, receivedAt, readAt: receivedAt };
  const found = await readFile(
    content,
    {
      file: { ...origin, name: basename(file), inArchive: false },
      layouts,
      personKeys: keys().keysOf,
    },
    { records: async () => undefined, setAside: async () => undefined, progress: async () => undefined },
  );
  await handle.close();
  invariant(found.status === 'taken' && found.rows.accepted > 0, 'every row of the generated file is accepted');
  return found.rows.accepted;
}

/** papaparse over the file: rows as lists of texts, nothing kept. */
function parseText(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    Papa.parse(createReadStream(file, 'utf8'), {
      step: () => {
        rows += 1;
      },
      complete: () => resolve(rows - 1),
      error: reject,
    });
  });
}

async function main([task, file = '', data = '']: readonly string[]): Promise<void> {
  const from = performance.now();
  const tasks: Readonly<Record<string, () => Promise<number>>> = {
    receive: () => receive(file, data),
    parse: () => parse(file),
    'parse-csv': () => parseText(file),
    read: () => read(file),
    empty: async () => 0,
  };
  const rows = (await tasks[task ?? '']?.()) ?? 0;
  const seconds = (performance.now() - from) / 1000;
  console.log(JSON.stringify({ rows, seconds, rssMb: process.resourceUsage().maxRSS / 1024 }));
}

main(process.argv.slice(2)).catch((cause: unknown) => {
  console.error(cause);
  process.exitCode = 1;
});
