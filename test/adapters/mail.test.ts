import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outbox } from '#adapters/local/mail.ts';
import { exampleMessage, mailContract } from './mail.contract.ts';

const folders: string[] = [];
async function box() {
  const data = await mkdtemp(join(tmpdir(), 'mail-'));
  folders.push(data);
  const sent = async () => {
    const names = await readdir(join(data, 'outbox'));
    return Promise.all(names.map((name) => readFile(join(data, 'outbox', name), 'utf8')));
  };
  return { mail: outbox(data), sent };
}
afterAll(() => Promise.all(folders.map((made) => rm(made, { recursive: true }))));

describe('the outbox', () => {
  mailContract(box);

  it('writes the same bytes for the same message', async () => {
    const [one, two] = [await box(), await box()];
    await one.mail.send(exampleMessage);
    await two.mail.send(exampleMessage);
    expect(await one.sent()).toEqual(await two.sent());
  });

  it('dates a message as mail does (RFC 5322)', async () => {
    const { mail, sent } = await box();
    await mail.send(exampleMessage);
    expect((await sent()).join()).toMatch(/^Date: Mon, 23 Nov 2026 14:00:07 (\+0000|GMT)\r$/m);
  });

  it('refuses an id that is no file name', async () => {
    const { mail } = await box();
    await expect(mail.send({ ...exampleMessage, id: '../x' })).rejects.toThrow();
  });
});
