// Every page, in light and dark and from right to left, against the rules of WCAG 2.2 AA that a machine can check.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { api, browser, open, picture, serve } from './harness.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
let server;
let chrome;
let deal;
before(async () => {
  server = await serve();
  chrome = await browser();
  const answer = await api(server.base, 'GET', '/answers/sample');
  const plan = answer.deals.plans[0].id;
  deal = (await api(server.base, 'POST', '/deals', { answer_id: answer.id, plan, title: 'a deal of a test' })).id;
  await api(server.base, 'POST', '/watches', { answer_id: answer.id, plan });
  await api(server.base, 'POST', '/needs', { text: 'buy 5 t HS 850511 to Birmingham DAP in GBP' });
});
after(async () => { await chrome?.close(); await server?.stop(); });

const PAGES = {
  radar: '/', needs: '/needs', deals: '/deals', deal: () => `/deals/${deal}`, watches: '/watches', books: '/books',
  book: '/books/flows', suppliers: '/suppliers', quotes: '/quotes', settings: '/settings', 'sign-in': '/sign-in', help: '/help',
};

for (const [name, path] of Object.entries(PAGES)) {
  for (const [manner, options] of [['light', {}], ['dark', { scheme: 'dark' }]]) {
    test(`${name}, ${manner}: nothing that axe finds`, { timeout: 90_000 }, async () => {
      // The policy of the page forbids scripts that are not its own; axe is let in by the browser.
      const { page, context } = await open(chrome, server.base, {
        path: typeof path === 'function' ? path() : path, bypassCSP: true, ...options,
      });
      await page.locator('main h1, main .card, main h2').first().waitFor({ timeout: 60_000 });
      await page.waitForTimeout(500);
      await page.evaluate(source);
      const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), RULES);
      const told = found.violations.map((it) => `${it.id}: ${it.help}\n  ${it.nodes.slice(0, 4).map((node) => `${node.target} ${node.failureSummary?.split('\n')[1] ?? ''}`).join('\n  ')}`);
      if (told.length > 0) await picture(page, `axe-${name}-${manner}`, { fullPage: true });
      await context.close();
      assert.deepEqual(told, []);
    });
  }
}
