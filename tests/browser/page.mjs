// The page in a real browser, against a running portal with the project's own exercises:
//
//     node page.mjs http://127.0.0.1:3000 FOLDER    # screenshots go to FOLDER
//
// Each width and colour scheme is a new learner who goes through all steps. Exit code 1 names the step that failed.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Visit, launch } from './visit.mjs';

const [url, folder] = process.argv.slice(2);
if (!folder) {
  console.error('node page.mjs URL FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const RUN = '**/api/execution/run';
const greet = '/exercises/E0_greet';
const exercise = (file) => readFileSync(join(import.meta.dirname, '../../exercises', file), 'utf8');
const solution = exercise('E0_greet/solution.py');
const refusal = (code) => ({ success: false, error: 'no', code, requestId: 'from-the-test' });

/** What a learner does, in this order. */
const STEPS = {
  async 'the list, before anything is done'(visit) {
    const { page } = visit;
    await visit.open('/', '.card');
    const { data } = await (await page.request.get(`${url}/api/exercises`)).json();
    assert.deepEqual(await page.locator('.card h2').allInnerTexts(), data.map((one) => one.title));
    assert.equal(await page.locator('.card.done, .card.tried').count(), 0, 'none is done');
    await page.getByText(`0 of ${data.length} done`).waitFor();
    await visit.look('list');
  },

  async 'by keyboard alone to the first exercise'(visit) {
    const { page } = visit;
    const stops = await visit.tabTo(page.locator(`.card a[href="${greet}"]`));
    assert.equal(stops[0], 'Skip to content');
    await page.keyboard.press('Enter');
    await page.locator('.cm-content').waitFor();
    assert(await page.evaluate(() => document.activeElement.id === 'main'), 'the focus is where the new page begins');
    await page.locator('.prose code').first().waitFor();
    assert.equal((await visit.code()).trimEnd(), exercise('E0_greet/starter.py').trimEnd(), 'the starter code is there');
    await visit.look('exercise');
    const order = await visit.tabTo(page.locator('.cm-content'));
    assert(order.includes('Reset'), `hints and Reset come before the editor: ${order}`);
  },

  async 'typing: indentation, brackets, Escape and Tab out of the editor'(visit) {
    const { page } = visit;
    await page.keyboard.press('Control+a');
    await page.keyboard.type('def greet(name):\nreturn "Hello " + name');
    assert.equal(await visit.code(), 'def greet(name):\n    return "Hello " + name');
    await page.keyboard.type('\nx');
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    assert.match(await visit.code(), /\n {8}x$/, 'Tab indents');
    for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z');
    await visit.write('def greet(name):\n    return "Hello " + name');
    await page.keyboard.press('Escape');
    const stops = await visit.tabTo(page.locator('.stdin summary'));
    assert.deepEqual(stops.map((one) => one.replace(/[^A-Za-z ].*$/u, '').trim() || one.match(/Run|Test/)?.[0]), ['Run', 'Test', 'Input for the program']);
  },

  async 'a wrong answer: the failing case with expected and actual'(visit) {
    const { page } = visit;
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Shift+Enter');
    await visit.verdict('bad', '0 of 4 tests passed');
    const first = page.locator('.case.bad').first();
    assert.equal(await first.locator('.source').innerText(), 'assert greet("Ada") == "Hello, Ada!"');
    assert.equal(await first.locator('.expected').innerText(), "'Hello, Ada!'");
    assert.equal(await first.locator('.actual').innerText(), "'Hello Ada'");
    assert.match(await page.getByRole('status').innerText(), /0 of 4 tests passed/, 'a screen reader hears it');
    await visit.look('failed');
  },

  async 'a mistake: its line is marked, its hint is shown'(visit) {
    const { page } = visit;
    await visit.write('def greet(name):\n    return "Hello, " + name\n\nprint(gret("Ada"))');
    await page.keyboard.press('Control+Enter');
    await visit.verdict('bad', 'Stopped by an error');
    assert.equal(await page.locator('.cm-fault').innerText(), 'print(gret("Ada"))');
    assert.equal(await page.locator('.error-hint code').first().innerText(), 'gret');
    await visit.look('error');
    await visit.button('line 4').click();
    await page.keyboard.type('#');
    assert.match(await visit.code(), /\n#print/, 'the link leads to the line');
    assert.equal(await page.locator('.cm-fault').count(), 0, 'an edit takes the mark away');
    await visit.write('def greet(name):\nreturn name');
    await page.keyboard.press('Control+Enter');
    await visit.verdict('bad', 'Python cannot read this yet');
  },

  async 'hints, one after the other, and the solution'(visit) {
    const { page } = visit;
    for (const level of [1, 2, 3]) {
      await visit.button(new RegExp(`hint \\(${level} of 3\\)`)).click();
      await page.locator('.hint h3', { hasText: `Hint ${level}` }).waitFor();
    }
    // The browser says itself that it was refused.
    await visit.refused(async () => {
      await visit.button('Show the solution').click();
      await visit.button('Show it anyway').waitFor();
    });
    await visit.look('hints');
    await visit.button('Show it anyway').click();
    await page.getByLabel('Solution', { exact: true }).waitFor();
    await visit.look('solution');
  },

  async 'the right answer: pass, progress and code after a reload'(visit) {
    const { page } = visit;
    await visit.write(solution);
    await page.keyboard.press('Control+Enter');
    await visit.verdict('good', 'Finished');
    assert.equal(await page.locator('.crumb .badge.done').count(), 0, 'a run is no pass');
    await page.keyboard.press('Control+Shift+Enter');
    await visit.verdict('good', 'All 4 tests passed');
    await page.locator('.crumb .badge.done').waitFor();
    await page.locator('.passed', { hasText: 'Next:' }).waitFor();
    await visit.look('passed');
    await page.reload();
    await page.locator('.crumb .badge.done').waitFor();
    assert.equal(await visit.code(), solution, 'the code is kept');
    await page.locator('.hint h3', { hasText: 'Hint 3' }).waitFor();
  },

  async 'code is kept without a run, and Reset asks first'(visit) {
    const { page } = visit;
    await visit.write('# half a thought');
    await page.reload();
    await page.locator('.cm-content').waitFor();
    assert.equal(await visit.code(), '# half a thought');
    page.once('dialog', (dialog) => dialog.dismiss());
    await visit.button('Reset').click();
    assert.equal(await visit.code(), '# half a thought');
    page.once('dialog', (dialog) => dialog.accept());
    await visit.button('Reset').click();
    assert.equal(await visit.code(), exercise('E0_greet/starter.py'));
  },

  async 'long values of a failing test, and a program without an end'(visit) {
    await visit.open('/exercises/E4_fizzbuzz', '.cm-content');
    await visit.write('def fizzbuzz(n):\n    return [str(i) for i in range(1, n + 1)]');
    await visit.button('Test').click();
    await visit.verdict('bad', 'tests passed');
    assert(await visit.page.locator('.verdict').evaluate((one) => one.getBoundingClientRect().bottom < innerHeight), 'the verdict is on the screen');
    await visit.look('long');
    await visit.write('while True:\n    print("round and round")');
    await visit.button('Run').click();
    await visit.page.locator('.verdict.bad').waitFor();
    await visit.look('endless');
  },

  async 'the list, with what was done and tried'(visit) {
    const { page } = visit;
    await visit.open('/', '.card.done');
    assert.equal(await page.locator('.card.done h2').innerText(), 'Say hello');
    assert.equal(await page.locator('.card.tried .badge').innerText(), '1 attempt');
    await page.getByText('1 of ').waitFor();
    await visit.look('progress');
  },

  async 'the playground: input, and both are kept'(visit) {
    const { page } = visit;
    await visit.open('/playground', '.cm-content');
    assert.equal(await visit.button('Test').count(), 0);
    await visit.write('name = input("Name? ")\nprint("Hello", name, "x" * 300)');
    await page.getByText('Input for the program').click();
    await page.getByLabel('Standard input').fill('Grace');
    await visit.button('Run').click();
    await visit.verdict('good', 'Finished');
    assert.match(await page.getByLabel('Output').innerText(), /Hello Grace x{300}/);
    await visit.look('playground');
    await page.reload();
    await page.getByLabel('Standard input').waitFor();
    assert.equal(await page.getByLabel('Standard input').inputValue(), 'Grace');
    assert.match(await visit.code(), /input\("Name\? "\)/);
  },

  async 'colours: by hand, kept, and back to the system’s'(visit) {
    const { page } = visit;
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const own = await ground();
    await visit.button(/^Colours: Auto/).click();
    const light = await ground();
    await visit.button(/^Colours: Light/).click();
    const dark = await ground();
    assert.notEqual(light, dark);
    assert([light, dark].includes(own));
    await page.reload();
    await visit.button(/^Colours: Dark/).click();
    assert.equal(await ground(), own);
  },

  async 'a service that is full: the page says when it asks again, and does'(visit) {
    const { page } = visit;
    for (const [status, code, word] of [[503, 'EXECUTOR_FULL', 'busy or away'], [429, 'RATE_LIMITED', 'a lot of runs']]) {
      let refusals = 0;
      const answer = { status, headers: { 'Retry-After': '2' }, json: refusal(code) };
      await page.route(RUN, (route) => (refusals++ > 0 ? route.continue() : route.fulfill(answer)));
      await visit.refused(async () => {
        await visit.button('Run').click();
        await page.locator('.results .note.warn', { hasText: 'Trying again in' }).waitFor();
        await page.locator('.results', { hasText: word }).waitFor();
        await visit.look(`full-${status}`);
        await visit.verdict('good', 'Finished');
      });
      await page.unroute(RUN);
    }
  },

  async 'a service that stays full: Cancel ends the waiting'(visit) {
    const { page } = visit;
    await page.route(RUN, (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '9' }, json: refusal('EXECUTOR_FULL') }));
    await visit.refused(async () => {
      await visit.button('Run').click();
      await visit.button('Cancel').click();
      await page.getByText('Run your program').waitFor();
    });
    await page.unroute(RUN);
  },

  async 'a server that is away, a fault of ours, and no network'(visit) {
    const { page, context } = visit;
    const shown = (word) => page.locator('.results', { hasText: word }).waitFor();
    const written = await visit.code();
    await visit.refused(async () => {
      await page.route(RUN, (route) => route.abort('connectionrefused'));
      await visit.button('Run').click();
      await shown('cannot be reached');
      await visit.look('away');
      await visit.button('Cancel').click();
      await page.unroute(RUN);
      await page.route(RUN, (route) => route.fulfill({ status: 500, json: refusal('INTERNAL') }));
      await visit.button('Run').click();
      await shown('on our side');
      await shown('from-the-test');
      await visit.look('fault');
      await page.unroute(RUN);
      await context.setOffline(true);
      await visit.button('Run').click();
      await shown('You are offline');
      await visit.look('offline');
      await context.setOffline(false);
    });
    await visit.button('Run').click();
    await visit.verdict('good', 'Finished');
    assert.equal(await visit.code(), written, 'what was written stays');
  },

  async 'exercises that cannot be loaded, and addresses that lead nowhere'(visit) {
    const { page } = visit;
    await page.route('**/api/exercises', (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, json: refusal('DATABASE_UNAVAILABLE') }));
    await visit.refused(async () => {
      await visit.open('/', '[role=alert]');
      await page.getByText('The server is busy').waitFor();
      await visit.look('unloaded');
      await page.unroute('**/api/exercises');
      await visit.button('Try again').click();
      await page.locator('.card').first().waitFor();
      await visit.open('/exercises/E99_nothing', 'h1:has-text("Not here")');
      await visit.open('/nowhere', 'h1:has-text("Not here")');
      await visit.look('nowhere');
    });
  },
};

/** Nothing in the instructions and hints of any exercise is unreadable or wider than a phone. */
async function everyExercise(visit) {
  const { data } = await (await visit.page.request.get(`${url}/api/exercises`)).json();
  for (const { id } of data) {
    await visit.open(`/exercises/${id}`, '.cm-content');
    for (const level of [1, 2, 3]) await visit.button(new RegExp(`hint \\(${level} of`)).click();
    await visit.page.locator('.hint').nth(2).waitFor();
    await visit.look(`each-${id}`);
  }
  return data.length;
}

const browser = await launch();
let doing = '';
try {
  for (const width of [1280, 360]) {
    for (const scheme of ['light', 'dark']) {
      const visit = await Visit.start(browser, { url, folder, width, scheme });
      for (const [what, step] of Object.entries(STEPS)) {
        doing = `${visit.name}: ${what}`;
        await step(visit);
        visit.calm();
      }
      await visit.context.close();
      console.log(`${visit.name}: ${Object.keys(STEPS).length} steps`);
    }
  }
  doing = 'every exercise on a phone';
  const visit = await Visit.start(browser, { url, folder, width: 360, scheme: 'light' });
  console.log(`360-light: ${await everyExercise(visit)} exercises`);
  visit.calm();
} catch (error) {
  console.error(`${doing}: ${error.message}\nscreenshots: ${folder}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
