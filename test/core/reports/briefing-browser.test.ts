import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assets as assetsUnder } from '#adapters/anywhere/assets.ts';
import { briefingIn } from '#core/reports/briefing-model.ts';
import { briefingPage } from '#core/reports/briefing-page.ts';
import { fixtureReleased, repositoryQuestions } from '../../fixtures/released.ts';

const executablePath = '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) process.stdout.write('no browser is installed: the pages are not opened\n');

describe.skipIf(!installed)('a briefing page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  let browser: Browser;
  beforeAll(async () => {
    const assets = assetsUnder(fileURLToPath(new URL('../../../', import.meta.url)));
    const page = {
      css: await assets.text('web/briefing/briefing.css'),
      fonts: {
        regular: await assets.bytes('web/fonts/PublicSans-Regular.woff2'),
        bold: await assets.bytes('web/fonts/PublicSans-Bold.woff2'),
      },
    };
    const { city, released } = fixtureReleased();
    for (const language of ['en', 'es'] as const)
      writeFileSync(
        join(folder, `${language}.html`),
        briefingPage(briefingIn(language, released, city, repositoryQuestions()), page),
      );
    browser = await chromium.launch({
      executablePath,
      args: '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
        ' ',
      ),
    });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['en', 1280],
    ['en', 390],
    ['es', 1280],
    ['es', 320],
  ])(
    '%s at %i pixels: styled under its own policy, nothing sticks out, nothing is asked of anybody',
    async (language, width) => {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
      });
      await page.goto(`file://${join(folder, `${language}.html`)}`);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(20, 36, 61)');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});
