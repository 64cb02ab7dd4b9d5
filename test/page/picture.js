// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures the upper part of a page, its first verdict opened: picture.js PAGE.html OUT.png
'use strict';
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

async function main() {
  const [page, out] = process.argv.slice(2).map((name) => path.resolve(name));
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'] });
  const tab = await browser.newPage({ viewport: { width: 1280, height: 1120 },
    colorScheme: 'light' });
  await tab.goto(pathToFileURL(page).href);
  await tab.evaluate(() => { document.querySelector('.verdict').open = true; });
  await tab.screenshot({ path: out });
  await browser.close();
}

main();
