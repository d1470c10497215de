// The page in a real browser, against the portal at PORTAL_URL: a wrong answer, a right one, progress, failures.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const URL_ = process.env.PORTAL_URL;
assert(URL_, 'PORTAL_URL names a running portal');
const shots = join(import.meta.dirname, '../../target/browser');
mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const solution = readFileSync(process.env.SOLUTION ?? join(import.meta.dirname, '../../exercises/E0_greet/solution.py'), 'utf8');

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });

async function serious(page, where) {
  // Evaluated by the browser itself, which the page's policy does not bind.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.filter((one) => ['serious', 'critical'].includes(one.impact));
  assert.deepEqual(found.map((one) => [one.id, ...one.nodes.map((node) => node.html)]), [], where);
}

async function write(page, code) {
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(code);
}

async function walk(width, colorScheme) {
  const name = `${width}-${colorScheme}`;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const look = async (what) => {
    await page.screenshot({ path: join(shots, `${name}-${what}.png`), fullPage: true });
    await serious(page, `${name} ${what}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(wide <= width, `${name} ${what}: ${wide} px wide`);
  };

  await page.goto(URL_);
  const card = page.locator('.card', { has: page.locator('a[href="/exercises/E0_greet"]') });
  await card.waitFor();
  await look('list');

  // By keyboard alone from here to the failing test.
  await card.locator('a').focus();
  await page.keyboard.press('Enter');
  await page.locator('.cm-content').waitFor();
  await look('exercise');
  await write(page, 'def greet(name):\nreturn "Hi"');
  await page.keyboard.press('Control+Enter');
  await page.locator('.verdict.bad').waitFor();
  await page.locator('.cm-fault').waitFor();
  await look('error');
  await write(page, 'def greet(name):\nreturn "Hello " + name'.replace('\nreturn', '\n    return'));
  await page.keyboard.press('Control+Shift+Enter');
  await page.locator('.case.bad .diff').first().waitFor();
  assert((await page.locator('.diff .expected').first().innerText()).length > 0, 'expected');
  assert((await page.locator('.diff .actual').first().innerText()).includes('Hello'), 'actual');
  await look('failed');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.cm-editor')), null, 'Escape, Tab leaves the editor');

  await page.getByRole('button', { name: /Show a hint/ }).click();
  await page.locator('.hint').first().waitFor();
  await write(page, solution);
  await page.keyboard.press('Control+Shift+Enter');
  await page.locator('.verdict.good').waitFor();
  await page.locator('.crumb .badge.done').waitFor();
  await look('passed');
  await page.reload();
  await page.locator('.crumb .badge.done').waitFor();
  const line = solution.split('\n').find((one) => one.trim().startsWith('def '));
  assert((await page.locator('.cm-content').innerText()).includes(line), 'the code is kept');
  await page.goto(URL_);
  await page.locator('.card.done').waitFor();
  await look('progress');
  await page.goto(`${URL_}/playground`);
  await page.locator('.cm-content').waitFor();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: /Run/ }).click();
  await page.locator('.verdict.good').waitFor();
  await look('playground');
  assert.deepEqual(complaints, [], name);

  // A full service: the page says when it tries again, and does.
  let refusals = 0;
  await page.route('**/api/execution/run', (route) =>
    refusals++ > 0 ? route.continue() : route.fulfill({ status: 503, headers: { 'Retry-After': '2' }, json: { success: false, error: 'full', code: 'FULL', requestId: 'x' } }));
  await page.getByRole('button', { name: /Run/ }).click();
  await page.locator('.results .note.warn', { hasText: 'Trying again in' }).waitFor();
  await look('full');
  await page.locator('.verdict.good').waitFor();

  // Away, then offline: a word for each, and what was written stays.
  await page.unroute('**/api/execution/run');
  await page.route('**/api/execution/run', (route) => route.abort('connectionrefused'));
  await page.getByRole('button', { name: /Run/ }).click();
  await page.locator('.results', { hasText: 'cannot be reached' }).waitFor();
  await look('away');
  await page.reload();
  await page.locator('.cm-content').waitFor();
  await context.setOffline(true);
  await page.getByRole('button', { name: /Run/ }).click();
  await page.locator('.results', { hasText: 'You are offline' }).waitFor();
  await look('offline');
  await context.close();
  console.log(`${name}: ok`);
}

try {
  for (const width of [1280, 360]) for (const scheme of ['light', 'dark']) await walk(width, scheme);
} finally {
  await browser.close();
}
