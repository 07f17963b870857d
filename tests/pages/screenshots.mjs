// Pictures of every page kind, narrow and wide, light and dark, and of a story as it prints.

import { join } from 'node:path';
import { launch, serve, sites, telling } from './site.mjs';

const [folder, ...words] = process.argv.slice(2);
const browser = await launch();
let count = 0;
for (const site of sites(words)) {
  const server = await serve(site.folder);
  for (const page of telling(site.name, site.folder)) {
    const part = page.kind === 'article' && site.name.endsWith('-awkward') ? `-${page.url.split('/').at(-2)}` : '';
    const name = `${site.name}-${page.kind}${part}`;
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [390, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
        const tab = await context.newPage();
        await tab.goto(server.origin + page.url);
        await tab.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        await context.close();
        count += 1;
      }
    }
    if (page.kind === 'article') {
      const context = await browser.newContext();
      const tab = await context.newPage();
      await tab.goto(server.origin + page.url);
      // Pictures further down are not there before they are looked at.
      await tab.evaluate(() => Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); })));
      await tab.pdf({ path: join(folder, `${name}-print.pdf`), format: 'A4' });
      await context.close();
    }
  }
  server.close();
}
await browser.close();
console.log(`${count} pictures in ${folder}`);
