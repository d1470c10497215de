// A learner's browser: one window with cookies of its own, and what it must never show.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...quiet] });

export class Visit {
  static async start(browser, { url, folder, width, scheme }) {
    const phone = width < 600;
    const context = await browser.newContext({
      viewport: { width, height: phone ? 740 : 900 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      isMobile: phone,
      hasTouch: phone,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return Object.assign(new Visit(), { url, folder, width, name: `${width}-${scheme}`, context, page, complaints: [] }).listen();
  }

  listen() {
    this.page.on('console', (message) => ['error', 'warning'].includes(message.type()) && this.complaints.push(message.text()));
    this.page.on('pageerror', (error) => this.complaints.push(String(error)));
    return this;
  }

  /** What the browser itself says of an answer that is refused on purpose is no complaint. */
  async refused(what) {
    this.calm();
    await what();
    this.complaints = this.complaints.filter((one) => !one.startsWith('Failed to load resource'));
    this.calm();
  }

  calm() {
    assert.deepEqual(this.complaints, [], 'nothing is said in the console');
  }

  async open(path, selector) {
    await this.page.goto(this.url + path);
    await this.page.locator(selector).first().waitFor();
  }

  /** A picture of the whole page; nothing hidden from a screen reader, nothing wider than the screen. */
  async look(what) {
    await this.page.screenshot({ path: join(this.folder, `${this.name}-${what}.png`), fullPage: true });
    await this.fits(what);
  }

  async fits(what) {
    // Evaluated by the browser itself, which the page's policy does not bind.
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run());
    const found = violations.filter((one) => ['serious', 'critical'].includes(one.impact));
    assert.deepEqual(found.map((one) => [one.id, ...one.nodes.map((node) => node.html)]), [], `${what}: axe`);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth);
    assert(wide <= this.width, `${what}: ${wide} px wide, the screen ${this.width}`);
  }

  /** Tab until this has the focus, which must be seen at each stop; the names of the stops. */
  async tabTo(target, most = 60) {
    const stops = [];
    while (stops.length < most) {
      await this.page.keyboard.press('Tab');
      const [name, seen] = await this.page.evaluate(() => {
        const at = document.activeElement;
        const outlined = (of, part) => of && getComputedStyle(of, part).outlineStyle !== 'none';
        const seen = outlined(at) || outlined(at, '::after') || outlined(at.closest('.editor-pane'));
        return [(at.getAttribute('aria-label') ?? at.textContent).trim(), seen];
      });
      assert(seen, `the focus is seen at “${name}”`);
      stops.push(name);
      if (await target.evaluate((element) => element === document.activeElement)) return stops;
    }
    throw new Error(`not reached by Tab: ${target}; passed ${stops.join(', ')}`);
  }

  /** In place of all that the editor holds. */
  async write(code) {
    await this.page.locator('.cm-content').focus();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(code);
  }

  code() {
    return this.page.locator('.cm-line').evaluateAll((lines) => lines.map((line) => line.textContent.replace(/\u200b/g, '')).join('\n'));
  }

  /** A result with this word in its headline. */
  async verdict(kind, word) {
    await this.page.locator(`.verdict.${kind}`, { hasText: word }).waitFor();
  }

  button(name) {
    return this.page.getByRole('button', { name });
  }
}
