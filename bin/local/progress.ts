/** What a person sees while the job runs: one line a step, rewritten in place on a terminal, printed once elsewhere. */
export type Step = { readonly name: string; readonly ms: number };

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export class Progress {
  readonly steps: Step[] = [];
  #current = '';
  #lastDrawn = 0;

  /** Runs one named step, shows it while it runs and keeps how long it took. */
  async step<Value>(
    name: string,
    title: string,
    work: (say: (detail: string) => void) => Promise<Value>,
  ): Promise<Value> {
    const start = performance.now();
    this.#current = title;
    this.#draw('…', true);
    let detail = '';
    const value = await work((text) => {
      detail = text;
      this.#draw(text, false);
    });
    const ms = Math.round(performance.now() - start);
    this.steps.push({ name, ms });
    this.#finish(`  ✓ ${title.padEnd(34)} ${seconds(ms).padStart(7)}  ${detail}`);
    return value;
  }

  #draw(detail: string, first: boolean): void {
    if (!process.stdout.isTTY) {
      if (first) process.stdout.write(`    ${this.#current} …\n`);
      return;
    }
    const now = performance.now();
    if (!first && now - this.#lastDrawn < 80) return;
    this.#lastDrawn = now;
    process.stdout.write(`\r\x1b[2K  · ${this.#current.padEnd(34)} ${detail}`.slice(0, process.stdout.columns + 6));
  }

  #finish(line: string): void {
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[2K${line}\n` : `${line}\n`);
  }
}
