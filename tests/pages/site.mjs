// Built sites: which pages they have, and a server for them.

import { createServer } from 'node:http';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
};

/** Serves `folder` on a free port of this machine, below the folder that the site's own links begin with. */
export async function serve(folder) {
  const home = /<link rel="canonical" href="https?:\/\/[^/"]+(\/[^"]*)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'));
  const base = (home?.[1] ?? '/').replace(/\/$/, '');
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let file = join(folder, path.startsWith(`${base}/`) ? path.slice(base.length) : 'outside the site');
    try {
      if (statSync(file).isDirectory()) file = join(file, 'index.html');
      const bytes = readFileSync(file);
      // Addresses of old articles end as their servers had them, and are pages all the same.
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/html; charset=utf-8' });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${server.address().port}${base}`, close: () => server.close() };
}

/** Every page of a site that shows its kind: `{ kind, url, html }`. */
export function pages(folder) {
  const found = [];
  const walk = (path) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(below);
      else if (entry.name.endsWith('.html')) {
        const html = readFileSync(join(folder, below), 'utf8');
        const kind = /<body class="on-([\w-]+)/.exec(html)?.[1];
        if (kind) found.push({ kind, url: below.replace(/index\.html$/, ''), html });
      }
    }
  };
  walk('');
  return found.sort((one, other) => (one.url < other.url ? -1 : 1));
}

/** The fullest page of each kind; of an archive made to be awkward, every article but those that only fill a month. */
export function telling(name, folder) {
  const chosen = new Map();
  for (const page of pages(folder)) {
    if (page.url.includes('/notices/')) continue;
    const key = name.endsWith('-awkward') && page.kind === 'article' ? page.url : page.kind;
    const best = chosen.get(key);
    if (!best || page.html.length > best.html.length) chosen.set(key, page);
  }
  return [...chosen.values()];
}

/** The sites named on the command line as `NAME=FOLDER`. */
export function sites(words) {
  return words.map((word) => {
    const [name, folder] = word.split('=');
    return { name, folder };
  });
}

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
}
