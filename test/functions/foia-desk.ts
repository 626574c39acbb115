/** A folder of a city in which agency files are dropped, and what receives them. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { dropEvent, foiaFiles } from '#adapters/local/foia-files.ts';
import { localLake } from '#adapters/local/lake.ts';
import { type Instant, instantOf } from '#core/domain/instant.ts';
import { invariant } from '#core/domain/invariant.ts';
import { personKeys } from '#core/foia/person-keys.ts';
import { receiveFoia } from '#functions/receive-foia/receive-foia.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

export async function foiaDesk() {
  const data = await mkdtemp(join(tmpdir(), 'receive-foia-'));
  folders.push(data);
  await mkdir(join(data, 'drop', 'foia'), { recursive: true });
  const events: string[] = [];
  const note = (event: string) => void events.push(event);
  const log = { info: note, warn: note, error: note };
  let day = 1;
  const clock = {
    now: (): Instant => {
      const at = instantOf(`2026-03-${String(day++).padStart(2, '0')}T17:00:00Z`);
      invariant(at, 'an instant');
      return at;
    },
  };
  const ports = {
    foia: foiaFiles(data),
    lake: localLake(join(data, 'lake')),
    personKeys: personKeys(Buffer.alloc(32, 7)),
    clock,
    log,
  };
  const drop = async (name: string, bytes: Uint8Array | string) => {
    await writeFile(join(data, 'drop', 'foia', name), bytes);
    return dropEvent(`foia/${name}`, bytes.length);
  };
  const lakeFiles = async () =>
    (await readdir(join(data, 'lake'), { recursive: true }).catch(() => []))
      .filter((name) => name.endsWith('.parquet'))
      .sort();
  return { data, ports, drop, events, lakeFiles, receive: receiveFoia(ports) };
}
