/** The drop folder: files a person puts there reach receive-foia in the shape of an S3 event, each once it has stopped growing. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dropEvent } from '#adapters/local/foia-files.ts';
import type { FoiaCustody } from '#core/ports.ts';
import type { receiveFoia } from '#functions/receive-foia/receive-foia.ts';
import { drops } from '#functions/triggers.ts';

const intervalMs = 2000;

/** At most 100 characters, so that the name and what is put around it stay within what a file system takes. */
const plainName = (name: string): string =>
  name
    .replace(/^\.+/, '')
    .replace(/[\p{Cc}\\]/gu, '_')
    .slice(-100) || 'file';

export class DropFolder {
  readonly #folder: string;
  readonly #receive: ReturnType<typeof receiveFoia>;
  readonly #read = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(dataDir: string, receive: ReturnType<typeof receiveFoia>) {
    this.#folder = join(dataDir, 'drop', drops[0].prefix);
    this.#receive = receive;
  }

  /** Drops a copy of a file. A name that would not be looked at (a leading dot) or could not be kept is dropped under a plain one. */
  put(path: string): Promise<void> {
    return this.#write(plainName(basename(path)), createReadStream(path));
  }

  putBytes(name: string, bytes: Uint8Array): Promise<void> {
    return this.#write(name, Readable.from([bytes]));
  }

  async #write(name: string, content: NodeJS.ReadableStream): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const stage = join(this.#folder, `.${name}.part`);
    await pipeline(content, createWriteStream(stage));
    await rename(stage, join(this.#folder, name));
  }

  /** Gives every new file to the function and answers what became of each. One on which it fails is offered again next time and keeps none of the others back. */
  async drain(say: (text: string) => void = () => undefined): Promise<readonly FoiaCustody[]> {
    const turn = this.#running.then(() => this.#carry(say));
    this.#running = turn.catch(() => undefined);
    return turn;
  }

  /** Looks for new files from now on; a file still being written (its size changes between looks) waits. */
  watch(): void {
    let before = new Map<string, string>();
    const look = async (): Promise<void> => {
      const now = await this.#marks();
      const steady = [...now].every(([name, mark]) => before.get(name) === mark || this.#read.get(name) === mark);
      before = now;
      if (steady) await this.drain();
    };
    this.#timer = setInterval(() => void look().catch(() => undefined), intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #marks(): Promise<Map<string, string>> {
    const marks = new Map<string, string>();
    for (const name of await readdir(this.#folder).catch(() => [])) {
      if (name.startsWith('.')) continue;
      // A folder, a pipe, or a name behind which nothing stands (any more) is no dropped file.
      const found = await stat(join(this.#folder, name)).catch(() => undefined);
      if (found?.isFile()) marks.set(name, `${found.size} ${found.mtimeMs}`);
    }
    return marks;
  }

  async #carry(say: (text: string) => void): Promise<FoiaCustody[]> {
    const taken: FoiaCustody[] = [];
    const failed: unknown[] = [];
    for (const [name, mark] of await this.#marks()) {
      if (this.#read.get(name) === mark) continue;
      say(name);
      try {
        taken.push(...(await this.#receive(dropEvent(`${drops[0].prefix}${name}`, Number(mark.split(' ')[0])))));
        this.#read.set(name, mark);
      } catch (cause) {
        failed.push(cause);
      }
    }
    if (failed.length > 0) throw failed[0];
    return taken;
  }
}
