import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import axe from 'axe-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryOf, incidentsOf, inventedCity, weeklyRequest } from '../core/disclosure/fixture.ts';
import { portalWorld } from '../functions/show-portal-ports.ts';

const chromiumPath = '/usr/bin/chromium';
const absent = !existsSync(chromiumPath);
if (absent) process.stdout.write('the portal is not looked at: there is no chromium\n');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Deque's rules for pages that everybody can use; it finds a part of what a person would. */
const violations = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`;

/** Where to leave pictures for a person to look at, when one is named. */
const shots = process.env['PORTAL_SHOTS'];

const city = inventedCity();
const { sealed: _, ...release } = entryOf(weeklyRequest(city, incidentsOf(city, 30, 120, 3), 27, []));

describe.skipIf(absent)('the portal in a browser', () => {
  let browser: Browser;
  let server: ServerType;
  let origin: string;
  const world = portalWorld({ ledger: { records: async () => [release] } });

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
    origin = await new Promise<string>((resolve) => {
      server = serve({ fetch: world.app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
        resolve(`http://127.0.0.1:${port}`),
      );
    });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('signs in, walks all pages and out without sideways scroll at any width, and no style is refused', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
    });
    const look = async (path: string, heading: string) => {
      if (path) await page.goto(origin + path);
      expect(await page.locator('h1').textContent()).toContain(heading);
      expect(await page.locator('main, header, footer').count()).toBe(3);
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect([heading, width, await page.evaluate(over)]).toEqual([heading, width, 0]);
        if (shots) await page.screenshot({ path: `${shots}/${width} ${heading}.png`, fullPage: true });
        if (width !== 390) continue;
        await page.evaluate(axe.source);
        expect([heading, width, await page.evaluate(violations)]).toEqual([heading, width, []]);
      }
    };
    const signIn = async (client: string) => {
      await page.fill('#client_id', client);
      await page.fill('#client_secret', 'secret');
      await page.click('form.card button');
    };
    await look('/', 'Federal enforcement activity');
    expect(await page.frameLocator('iframe').locator('h1').textContent()).toBe('Briefing 2');
    const colour = await page.frames()[1]?.evaluate('getComputedStyle(document.querySelector("h1")).color');
    expect(colour).toBe('rgb(31, 78, 95)');
    await look('/?lang=es', 'Actividad federal');
    await look('/sign-in', 'Sign in');
    await signIn('dept-lib');
    await look('', 'Receipts');
    await page.click('tbody a');
    await look('', 'Receipt');
    await page.click('text=Sign out');
    await page.goto(`${origin}/files`);
    await signIn('legal');
    await look('', 'FOIA files');
    await look('/requests', 'Requests for records');
    await page.fill('#f-title', 'Units sent to the city');
    await page.fill('#f-items', 'Orders\nAgreements');
    await page.click('#open summary');
    await page.fill('#f-signatory_name', 'Test Signer');
    await page.fill('#f-signatory_title', 'Counsel');
    await page.click('#open button');
    await look('', 'Units sent to the city');
    await page.selectOption('#f-kind', 'sent');
    await page.fill('#f-on', '2026-02-02');
    await page.click('#add summary');
    await page.selectOption('#f-channel', 'email');
    await page.click('#add form button');
    await look('', 'Units sent to the city');
    expect(await page.locator('[id^=clock-determination] h3').textContent()).toContain('missed');
    await page.click('text=Day by day');
    await page.goto(`${page.url().replace(/#.*/, '')}/letters/status-inquiry`);
    expect(await page.locator('h1').textContent()).toBe('Status inquiry');
    await look('/audit', 'Audit trail');
    await page.click('text=Sign out');
    await page.goto(`${origin}/protection`);
    await signIn('privacy');
    await look('', 'Protection');
    await page.click('tbody a');
    await look('', `Protection: ${release.content.id}`);
    await page.goto(page.url());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    expect(complaints).toEqual([]);
  }, 120_000);
});
