/** The drop folder: files a person puts there reach receive-foia in the shape of an S3 event, each once it has stopped growing. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dropEvent } from '#adapters/local/foia-files.ts';
import type { FoiaCustody } from '#core/domain/foia-custody.ts';
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
  readonly #data: string;
  /** Whoever runs the program can write to the folder; the file system does not say more. */
  readonly #sender = userInfo().username;
  readonly #receive: ReturnType<typeof receiveFoia>;
  readonly #read = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(dataDir: string, receive: ReturnType<typeof receiveFoia>) {
    this.#data = join(dataDir, 'drop');
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
    const folder = join(this.#data, drops[0].prefix);
    await mkdir(folder, { recursive: true });
    const stage = join(folder, `.${name}.part`);
    await pipeline(content, createWriteStream(stage));
    await rename(stage, join(folder, name));
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

  /** What lies in the drops, by key. */
  async #marks(): Promise<Map<string, string>> {
    const marks = new Map<string, string>();
    for (const { prefix } of drops)
      for (const name of await readdir(join(this.#data, prefix)).catch(() => [])) {
        if (name.startsWith('.') || name.endsWith('.tmp')) continue;
        // A folder, a pipe, or a name behind which nothing stands (any more) is no dropped file.
        const found = await stat(join(this.#data, prefix, name)).catch(() => undefined);
        if (found?.isFile()) marks.set(`${prefix}${name}`, `${found.size} ${found.ctime.toISOString()}`);
      }
    return marks;
  }

  async #carry(say: (text: string) => void): Promise<FoiaCustody[]> {
    const taken: FoiaCustody[] = [];
    const failed: unknown[] = [];
    for (const [key, mark] of await this.#marks()) {
      if (this.#read.get(key) === mark) continue;
      say(basename(key));
      const [size = '', at = ''] = mark.split(' ');
      try {
        taken.push(...(await this.#receive(dropEvent(key, Number(size), { sender: this.#sender, at }))));
        this.#read.set(key, mark);
      } catch (cause) {
        failed.push(cause);
      }
    }
    if (failed.length > 0) throw failed[0];
    return taken;
  }
}
