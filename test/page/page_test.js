// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the pages that run.py made and uses them as a person would:
// page_test.js FOLDER [WORDS OF THE NAMES OF SOME TESTS].
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const folder = process.argv[2];
const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

const json = (name) => JSON.parse(fs.readFileSync(path.join(folder, name + '.json'), 'utf8'));
const html = (name) => fs.readFileSync(path.join(folder, name + '.html'), 'utf8');

let browser;
const tests = [];
const test = (name, run) => {
  if (name.includes(process.argv[3] || '')) tests.push({ name, run });
};

// A page that keeps count of what it must not do.
async function open(name, options = {}) {
  const url = pathToFileURL(path.join(folder, name + '.html')).href;
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push('console: ' + message.text());
  });
  page.on('pageerror', (error) => wrong.push('error: ' + error.message));
  await page.route('**/*', (route) => {
    if (route.request().url() === url) return route.continue();
    wrong.push('request: ' + route.request().url());
    return route.abort();
  });
  await page.goto(url);
  page.done = async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  };
  return page;
}

const openAll = (page) => page.evaluate(() => {
  document.querySelectorAll('details').forEach((details) => { details.open = true; });
});

// ---- what is read first ----

test('verdicts are read in words before anything is opened', async () => {
  const page = await open('example');
  const cards = page.locator('.verdict > summary');
  assert.equal(await cards.count(), 4);
  const first = await cards.first().innerText();
  for (const text of ['direct target', 'DIRECT_TARGET', 'PTEN', 'hsa-miR-21-5p', '0.52',
    '[0.44 to 0.61]', '0.00024', 'a direct target.']) {
    assert.ok(first.includes(text), text + ' in ' + first);
  }
  assert.ok(await cards.first().isVisible());
  assert.match(await page.locator('header').innerText(), /2 direct target/);
  await page.done();
});

test('green is for direct targets, and no call is no colour', async () => {
  const page = await open('technical');
  const card = page.locator('.verdict');
  assert.match(await card.getAttribute('class'), /\bvoid\b/);
  assert.match(await card.innerText(), /no call: technical replicates only/);
  assert.match(await card.innerText(), /EXPLORATORY:/);
  assert.equal(await page.locator('.direct, .reserved').count(), 0);
  await page.done();
  const example = await open('example');
  const calls = json('example').verdicts.map((verdict) => verdict.call === 'direct');
  const green = await example.locator('.verdict').evaluateAll((cards) =>
    cards.map((card) => card.classList.contains('direct')));
  assert.deepEqual(green, calls);
  await example.done();
});

// ---- use ----

test('a verdict opens to its tests, its transfections and their wells', async () => {
  const page = await open('example');
  const card = page.locator('.verdict').first();
  const tables = card.getByRole('table', { name: 'Tests' });
  assert.equal(await tables.isVisible(), false);
  await card.locator('summary').first().click();
  assert.ok(await tables.isVisible());
  assert.ok(await card.getByRole('table', { name: 'Transfections' }).isVisible());
  assert.ok(await card.getByRole('table', { name: 'Under other analyses' }).isVisible());
  const link = card.locator('a[href^="#w"]').first();
  const target = await link.getAttribute('href');
  await link.click();
  const line = page.locator(target);
  await line.waitFor({ state: 'visible' });
  assert.ok((await line.innerText()).startsWith(await link.innerText()));
  await page.done();
});

test('a verdict has its figure, whose text is text', async () => {
  for (const name of ['example', 'hostile']) {
    const page = await open(name);
    await openAll(page);
    const { verdicts } = json(name);
    const figures = page.locator('.verdict figure svg');
    assert.equal(await figures.count(), verdicts.length);
    const text = await page.locator('.verdict figure').first().textContent();
    const solid = (words) => words.replace(/\s/g, ''); // long names go over several lines
    assert.ok(solid(text).includes(solid(verdicts[0].target)), text);
    assert.ok((await figures.first().boundingBox()).width > 150);
    const ids = await page.locator('[id]').evaluateAll((found) => found.map((one) => one.id));
    assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
    await page.done();
  }
});

test('more than a few verdicts stand in one figure', async () => {
  const page = await open('many');
  const forest = page.locator('#verdicts > details');
  await forest.locator('summary').click();
  assert.ok(await forest.locator('svg').first().isVisible());
  assert.match(await forest.textContent(), /GENE13/);
  await page.done();
  const few = await open('example');
  assert.equal(await few.locator('#verdicts > details').count(), 0);
  await few.done();
});

test('the sites of the inserts stand with their duplexes', async () => {
  const page = await open('example');
  const { seed } = json('example');
  const rows = page.locator('#constructs tbody tr');
  assert.ok(seed.length > 4);
  assert.equal(await rows.count(), seed.length);
  const site = seed.findIndex((row) => row.kind === 'site');
  const text = await rows.nth(site).innerText();
  for (const part of [seed[site].wt_type, seed[site].text, ...seed[site].wt_duplex]) {
    assert.ok(text.includes(part.trim()), part + ' in ' + text);
  }
  await page.done();
});

test('Enter on the keyboard opens a verdict', async () => {
  const page = await open('example');
  await page.locator('.verdict > summary').nth(1).focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('.verdict').nth(1).getByRole('table', { name: 'Tests' })
    .isVisible());
  await page.done();
});

test('a well tells its story to the pointer, on each of the three drawings', async () => {
  const page = await open('example');
  const { wells } = json('example');
  const row = wells.findIndex((w) => w.flags.includes('DEAD_WELL')) + 1;
  const well = wells[row - 1];
  const story = page.locator('#story');
  assert.equal(await page.locator(`.plate a[href="#w${row}"]`).count(), 3);
  for (let i = 0; i < 3; i++) {
    await page.mouse.move(1, 1);
    await page.locator(`.plate a[href="#w${row}"]`).nth(i).hover();
    const text = await story.innerText();
    for (const part of [well.well + ': ' + well.target, 'firefly', 'less the blank', 'Left out.',
      'DEAD_WELL: ']) assert.ok(text.includes(part), part + ' in ' + text);
    assert.ok(await story.isVisible());
  }
  await page.mouse.move(1, 1);
  assert.equal(await story.isVisible(), false);
  await page.done();
});

test('a well tells its story to the keyboard, and arrows move over the plate', async () => {
  const page = await open('example');
  const plate = page.locator('.plate').first();
  assert.equal(await plate.locator('a[tabindex="0"]').count(), 1);
  await plate.locator('a').first().focus();
  const story = page.locator('#story');
  assert.ok((await story.innerText()).startsWith('A1: PTEN WT scramble'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  assert.match(await story.innerText(), /^B2: .*\nfirefly [\d\s]+, less the blank [\d\s]+\n/);
  const focused = page.locator(':focus');
  assert.equal(await focused.getAttribute('aria-describedby'), 'story');
  await page.keyboard.press('Escape');
  assert.equal(await story.isVisible(), false);
  await page.done();
});

test('Methods and the command line are copied', async () => {
  const page = await open('example', { permissions: ['clipboard-read', 'clipboard-write'] });
  for (const [button, id] of [['Copy the Methods', 'text'], ['Copy the line', 'command']]) {
    await page.getByRole('button', { name: button }).click();
    await page.locator(`.tools:has-text("${button}") [role=status]`)
      .filter({ hasText: 'Copied.' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const shown = await page.locator('#' + id).innerText();
    assert.ok(copied.length > 60);
    assert.equal(copied.replace(/\s+/g, ' ').trim(), shown.replace(/\s+/g, ' ').trim());
  }
  await page.done();
});

test('the numbers are saved as JSON', async () => {
  const page = await open('example');
  const [download] = await Promise.all([page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the numbers' }).click()]);
  const file = path.join(folder, 'saved.json');
  await download.saveAs(file);
  assert.deepEqual(JSON.parse(fs.readFileSync(file, 'utf8')), json('example'));
  await page.done();
});

test('of many verdicts some are found', async () => {
  const page = await open('many');
  const cards = page.locator('.verdict');
  assert.equal(await cards.count(), 14);
  await page.getByRole('searchbox', { name: 'Find' }).fill('gene7 mir-1');
  assert.equal(await cards.filter({ visible: true }).count(), 1);
  assert.match(await cards.filter({ visible: true }).innerText(), /GENE7/);
  await page.getByRole('searchbox', { name: 'Find' }).fill('');
  await page.getByRole('button', { name: 'Open all' }).click();
  assert.equal(await page.locator('.verdict[open]').count(), 14);
  assert.ok((await cards.first().innerText()).includes(json('many').verdicts[0].reason));
  await page.done();
});

// ---- numbers ----

test('the JSON in the page is what --json writes', async () => {
  for (const name of ['example', 'hostile', 'many', 'technical']) {
    const page = await open(name);
    const text = await page.locator('#result').evaluate((script) => script.textContent);
    assert.deepEqual(JSON.parse(text), json(name));
    await page.done();
  }
});

test('each number that is shown carries the digits of the JSON', async () => {
  for (const name of ['example', 'many']) {
    const page = await open(name);
    const result = json(name);
    const values = (root) => root.evaluateAll((found) => found.map((element) =>
      [...element.querySelectorAll('data')].map((data) => Number(data.value))));
    const cards = await values(page.locator('.verdict > summary'));
    const some = (...numbers) => numbers.filter((number) => number !== null);
    assert.deepEqual(cards, result.verdicts.map((v) => some(v.wt_fold, v.wt_fold_low,
      v.wt_fold_high, v.mut_fold, v.mut_fold_low, v.mut_fold_high, v.interaction_fold,
      v.interaction_fold_low, v.interaction_fold_high, v.p_interaction)));
    const rows = (await values(page.locator('caption:text-is("Tests") ~ tbody tr')))
      .map((row) => row.slice(0, 4));
    assert.deepEqual(rows, result.comparisons.map((c) => some(c.n, c.fold, c.fold_low, c.fold_high)));
    const wells = await values(page.locator('tr[id^="w"]'));
    assert.deepEqual(wells, result.wells.map((w) => some(w.dose_nM, w.reporter, w.control,
      w.reporter_net, w.control_net, w.ratio)));
    await page.done();
  }
});

test('no p is shown as 0', async () => {
  for (const name of ['example', 'many', 'technical']) {
    const page = await open(name);
    const shown = await page.locator('data').evaluateAll((found) => found
      .filter((data) => Number(data.value) !== 0 && Number(data.textContent) === 0)
      .map((data) => data.outerHTML));
    assert.deepEqual(shown, []);
    await page.done();
  }
});

// ---- names ----

test('names are text, whatever is in them', async () => {
  const page = await open('hostile');
  await openAll(page);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator('img, iframe, object, link, base').count(), 0);
  assert.equal(await page.locator('script').count(), 2);
  const events = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) =>
    element.getAttributeNames().some((name) => name.startsWith('on'))).length);
  assert.equal(events, 0);
  const shown = await page.locator('.verdict h3 > bdi').allInnerTexts();
  const names = json('hostile').verdicts.map((verdict) =>
    verdict.target.replace('\u0007', '<U+0007>'));
  assert.equal(names.length, 8);
  assert.deepEqual(shown, names);
  await page.locator('.plate a').nth(5).hover();
  assert.ok((await page.locator('#story').innerText()).includes(names[1]));
  await page.done();
});

test('the page forbids itself every request', async () => {
  const policy = html('example').match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)[1];
  assert.match(policy, /^default-src 'none'; /);
  assert.match(policy, /script-src 'sha256-[^' ]+'$/);
  assert.doesNotMatch(policy, /https?:|\*|data:/);
  const page = await open('example');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.hacked = 1';
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await page.context().close();
});

// ---- without a script, on paper ----

test('without JavaScript everything is there', async () => {
  const page = await open('example', { javaScriptEnabled: false });
  for (const id of ['verdicts', 'plates', 'quality', 'arms', 'wells', 'methods', 'again',
    'messages']) assert.ok(await page.locator('#' + id).isVisible(), id);
  assert.equal(await page.locator('button').count(), 0);
  const card = page.locator('.verdict').first();
  await card.locator('summary').first().click();
  assert.ok(await card.getByRole('table', { name: 'Tests' }).isVisible());
  assert.match(await page.locator('#methods').innerText(), /ratio/);
  assert.match(await page.locator('#again').innerText(), /dualuc analyze .*day1\.xlsx/);
  assert.match(await page.locator('#again').innerText(), new RegExp(json('example').inputs[0].sha256));
  await page.locator('#wells summary').click();
  assert.equal(await page.locator('tr[id^="w"]').filter({ visible: true }).count(), 180);
  await page.done();
});

test('on paper what is closed is shown', async () => {
  const page = await open('example', { javaScriptEnabled: false });
  const tables = page.locator('.verdict').nth(1).getByRole('table', { name: 'Tests' });
  assert.equal(await tables.isVisible(), false);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await tables.isVisible());
  assert.equal(await page.locator('nav').isVisible(), false);
  await page.done();
});

// ---- for everyone ----

async function problems(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document,
    { resultTypes: ['violations'], iframes: false }));
  return found.violations.filter((v) => ['serious', 'critical'].includes(v.impact))
    .map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((node) => node.html.slice(0, 120) + ' '
      + node.any.map((check) => check.message).join('; ')).join(' | '));
}

for (const viewport of [WIDE, NARROW]) {
  for (const colorScheme of ['light', 'dark']) {
    // axe takes long: what is repeated goes, and a small page shows what the larger one lacks
    test(`axe finds nothing serious at ${viewport.width} px, ${colorScheme}`, async () => {
      if ((viewport === WIDE) === (colorScheme === 'light')) {
        const small = await open('technical', { viewport, colorScheme });
        assert.deepEqual(await problems(small), []);
        await small.done();
      }
      const page = await open('example', { viewport, colorScheme });
      await page.evaluate(() => {
        document.querySelectorAll('.of-plate + .of-plate').forEach((plate) => plate.remove());
        document.querySelectorAll('.verdict + .verdict + .verdict').forEach((v) => v.remove());
        document.querySelectorAll('tbody tr:nth-child(n + 4)').forEach((row) => row.remove());
      });
      await openAll(page);
      assert.deepEqual(await problems(page), []);
      await page.done();
    });
  }
  test(`the page does not scroll sideways at ${viewport.width} px`, async () => {
    for (const name of ['example', 'hostile', 'many', 'technical']) {
      const page = await open(name, { viewport });
      await openAll(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= viewport.width, `${name}: ${width} px`);
      await page.done();
    }
  });
}

test('headings are in order, and every table has a caption', async () => {
  const page = await open('example');
  const levels = await page.locator('h1, h2, h3, h4').evaluateAll((found) =>
    found.map((heading) => Number(heading.localName[1])));
  levels.reduce((before, level) => {
    assert.ok(level <= before + 1, levels.join(' '));
    return level;
  }, 0);
  assert.equal(await page.locator('table:not(:has(> caption))').count(), 0);
  assert.equal(await page.locator('thead th:not([scope])').count(), 0);
  await page.done();
});

// ---- the run ----

async function main() {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  let failed = 0;
  console.log(`1..${tests.length}`);
  for (const [i, { name, run }] of tests.entries()) {
    try {
      await run();
      console.log(`ok ${i + 1} - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${i + 1} - ${name}`);
      console.log(String(error.stack).replace(/^/gm, '# '));
    }
  }
  await browser.close();
  return failed ? 1 : 0;
}

main().then((code) => { process.exitCode = code; });
