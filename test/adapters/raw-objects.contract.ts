import { expect, it } from 'vitest';
import type { RawObjects } from '#core/ports.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What every home of raw objects must do. */
export function rawObjectsContract(make: () => Promise<RawObjects>): void {
  it('keeps the first bytes and answers them to a later put', async () => {
    const raw = await make();
    expect(await raw.putIfAbsent('raw/a', bytes('first'))).toBeUndefined();
    expect(Buffer.from((await raw.putIfAbsent('raw/a', bytes('second'))) ?? []).toString()).toBe('first');
    expect(Buffer.from((await raw.get('raw/a')) ?? []).toString()).toBe('first');
  });

  it('lets one of two puts at once win and tells the other', async () => {
    const raw = await make();
    const answers = await Promise.all([raw.putIfAbsent('raw/a', bytes('x')), raw.putIfAbsent('raw/a', bytes('y'))]);
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    const standing = Buffer.from((await raw.get('raw/a')) ?? []).toString();
    for (const answer of answers) if (answer) expect(Buffer.from(answer).toString()).toBe(standing);
  });

  it('knows nothing of a key that was never put', async () => {
    expect(await (await make()).get('raw/none')).toBeUndefined();
  });

  it('gives bytes back as they were, of any value and size', async () => {
    const raw = await make();
    const all = Uint8Array.from({ length: 3_000_000 }, (_, at) => at % 251);
    await raw.putIfAbsent('raw/big', all);
    expect(Buffer.compare(Buffer.from((await raw.get('raw/big')) ?? []), Buffer.from(all))).toBe(0);
  });
}
