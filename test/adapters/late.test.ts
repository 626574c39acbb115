import { expect, it } from 'vitest';
import { late } from '#adapters/anywhere/late.ts';

it('makes a port at the first call and calls its methods as its own', async () => {
  let made = 0;
  const port = {
    given: 'by itself ',
    async say(text: string, twice: boolean): Promise<string> {
      return this.given + (twice ? text + text : text);
    },
  };
  const { say } = late<Pick<typeof port, 'say'>>(async () => {
    made++;
    return port;
  });
  expect(made).toBe(0);
  expect(await say('word', true)).toBe('by itself wordword');
  expect(made).toBe(1);
});

it('gives whoever calls the error of what could not be made or done', async () => {
  const broken = late<{ read(): Promise<string> }>(() => Promise.reject(new Error('no such table')));
  await expect(broken.read()).rejects.toThrow('no such table');
  const failing = late(async () => ({ read: () => Promise.reject<string>(new Error('timed out')) }));
  await expect(failing.read()).rejects.toThrow('timed out');
});
