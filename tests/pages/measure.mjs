// What is held of every page kind: nothing for axe to find in light and dark, nothing that moves while it loads, nothing from
// elsewhere, nothing wider than a small telephone, nothing that the keyboard does not reach; and what pages weigh.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { launch, pages, serve, sites, telling } from './site.mjs';

/** Of any theme: one that extends another has that one's style in its own. */
const LARGEST_STYLE = 25_000;
/** HTML and CSS of a story of 600 words. */
const LARGEST_STORY = 60_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);

/** What runs in a page before anything of it. */
function watch() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

async function open(browser, server, page, options) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const where = `${page.site}${page.url} (${page.kind}, ${options.viewport.width} px, ${options.colorScheme})`;
  tab.on('request', (request) => {
    if (!request.url().startsWith(server.origin)) fault(where, `asks ${request.url()}`);
  });
  tab.on('response', (response) => {
    if (response.status() >= 400) fault(where, `${response.status()} for ${response.url()}`);
  });
  tab.on('pageerror', (error) => fault(where, `script: ${error.message}`));
  await tab.addInitScript(watch);
  await tab.goto(server.origin + page.path, { waitUntil: 'load' });
  return { context, tab, where };
}

async function accessible(tab, where) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const { id, help, nodes } of violations) {
    fault(where, `axe ${id}: ${help}\n    ${nodes.slice(0, 3).map((node) => node.html).join('\n    ')}`);
  }
}

async function still(tab, where) {
  await tab.evaluate(async () => {
    for (let at = 0; at < document.documentElement.scrollHeight; at += 800) {
      scrollTo({ top: at, behavior: 'instant' });
      await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    }
  });
  const { shifted, wide } = await tab.evaluate(() => ({
    shifted: window.shifted,
    wide: document.documentElement.scrollWidth - innerWidth,
  }));
  if (shifted > 0) fault(where, `moves while it loads, by ${shifted.toFixed(4)}`);
  if (wide > 0) fault(where, `is ${wide} px wider than the window`);
}

/** Tab goes through everything that can be used, and shows where it is. */
async function keyboard(tab, where) {
  const reachable = await tab.evaluate(() => {
    const usable = [...document.querySelectorAll('a[href], button, summary, input, select, [tabindex="0"]')];
    const shown = usable.filter((element) => element.tabIndex >= 0 && element.checkVisibility());
    shown.forEach((element) => { element.dataset.toReach = ''; });
    scrollTo(0, 0);
    return shown.length;
  });
  let reached = 0;
  for (let presses = 0; presses < reachable + 20; presses += 1) {
    await tab.keyboard.press('Tab');
    const seen = await tab.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'end';
      const isNew = 'toReach' in element.dataset;
      delete element.dataset.toReach;
      const style = getComputedStyle(element);
      const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      return marked ? (isNew ? 'new' : 'old') : `no outline on ${element.outerHTML.slice(0, 90)}`;
    });
    if (seen === 'end') break;
    if (seen === 'new') reached += 1;
    else if (seen !== 'old') fault(where, seen);
  }
  if (reached < reachable) fault(where, `Tab reaches ${reached} of ${reachable} links and buttons`);
}

/** Letters in a line of running text. */
async function measure(tab) {
  return tab.evaluate(() => {
    const long = [...document.querySelectorAll('.story .body > p')].filter((p) => p.textContent.length > 180);
    const lines = long.map((p) => {
      const range = document.createRange();
      range.selectNodeContents(p);
      const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top / 8)));
      return p.textContent.length / (tops.size - 0.4);
    });
    return lines.length ? lines.reduce((sum, n) => sum + n, 0) / lines.length : 0;
  });
}

function weigh(site) {
  const all = pages(site.folder);
  const styles = new Map();
  let largest = { html: '' };
  let nearest = null;
  for (const page of all) {
    const found = [...page.html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)];
    if (found.length !== 1) fault(`${site.name}${page.url}`, `has ${found.length} style sheets`);
    for (const [, href] of found) styles.set(href, (styles.get(href) ?? 0) + 1);
    if (page.html.length > largest.html.length) largest = page;
    if (page.kind === 'article') {
      const text = page.html.replace(/[^]*<div class="body"/, '').replace(/<dl class="about"[^]*|<p class="cite"[^]*/, '');
      const words = text.replace(/<[^>]+>/g, ' ').split(/\s+/).length;
      const bytes = Buffer.byteLength(page.html);
      if (!nearest || Math.abs(words - 600) < Math.abs(nearest.words - 600)) nearest = { words, bytes, url: page.url };
    }
  }
  const bases = [...styles.keys()].map((href) => href.slice(href.indexOf('/assets/')));
  const style = bases.reduce((sum, path) => sum + readFileSync(join(site.folder, path)).length, 0);
  if (bases.some((path) => !/\.[0-9a-f]{8}\.css$/.test(path))) fault(site.name, `a style sheet without its hash: ${bases}`);
  if (style > LARGEST_STYLE) fault(site.name, `${style} bytes of CSS`);
  const story = nearest.bytes + style;
  if (story > LARGEST_STORY) fault(site.name, `a story of ${nearest.words} words is ${story} bytes of HTML and CSS`);
  const mean = all.reduce((sum, page) => sum + page.html.length, 0) / all.length;
  console.log(
    `${site.name}: ${all.length} pages, ${Math.round(mean)} bytes of HTML on average, at most ${largest.html.length} ` +
    `(${largest.url}); CSS ${style}; a story of ${nearest.words} words ${nearest.bytes} + ${style}`,
  );
}

const browser = await launch();
for (const site of sites(process.argv.slice(2))) {
  weigh(site);
  const server = await serve(site.folder);
  const chosen = telling(site.name, site.folder);
  const lines = [];
  for (const { kind, url } of chosen) {
    const page = { kind, url, site: site.name, path: url };
    for (const colorScheme of ['light', 'dark']) {
      const { context, tab, where } = await open(browser, server, page, { viewport: { width: 1280, height: 900 }, colorScheme });
      await accessible(tab, where);
      if (colorScheme === 'light') {
        await still(tab, where);
        await keyboard(tab, where);
        const letters = kind === 'article' && site.name.endsWith('-sample') ? await measure(tab) : 0;
        if (letters > 0) lines.push(letters);
      }
      await context.close();
    }
    const { context, tab, where } = await open(browser, server, page, { viewport: { width: 320, height: 700 }, colorScheme: 'light' });
    await still(tab, where);
    await context.close();
  }
  for (const letters of lines) {
    if (letters < 58 || letters > 77) fault(site.name, `${letters.toFixed(0)} letters in a line`);
  }
  console.log(`${site.name}: ${chosen.length} pages measured${lines.length ? `, ${lines[0].toFixed(0)} letters in a line` : ''}`);
  server.close();
}
await browser.close();
if (faults.length) {
  console.error(`${faults.length} faults\n${faults.join('\n')}`);
  process.exitCode = 1;
}
