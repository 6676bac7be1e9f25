// What a person waits for, measured in headless Chromium; one JSON object on stdout for `make bench-server`.
import { gzipSync } from 'node:zlib';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DESK, api, browser, serve } from './harness.mjs';

const RUNS = 5;
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Seconds until a card of a plan is painted. */
async function untilCards(chrome, base, started) {
  const context = await chrome.newContext({ viewport: DESK });
  const page = await context.newPage();
  const from = started ?? performance.now();
  await page.goto(base);
  await page.locator('.card').first().waitFor({ timeout: 60_000 });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const seconds = (performance.now() - from) / 1e3;
  await context.close();
  return seconds;
}

/** Scripts that the first page loads, compressed. */
function initialScripts() {
  const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\/?(assets\/[^"]+\.js)"/g)].map((it) => it[1]);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1e3;
}

const chrome = await browser();
// A browser that has drawn once is warm; the server that is measured is not.
const warm = await serve();
await untilCards(chrome, warm.base);
const paints = [];
for (let run = 0; run < RUNS; run += 1) paints.push(await untilCards(chrome, warm.base));
const answer = await api(warm.base, 'POST', '/scans', {
  text: 'buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP', settings: { shortlist: 200, per_origin: 50, shown_within: 5_000_000 },
});
const page = await (await chrome.newContext({ viewport: DESK })).newPage();
await page.goto(`${warm.base}/radar/${answer.id}`);
await page.locator('.card').first().waitFor({ timeout: 60_000 });
const measured = await page.evaluate(() => window.__periplus.measure(60));
await warm.stop();
const cold = await serve();
const start_to_screen_s = await untilCards(chrome, cold.base, cold.started);
await cold.stop();
await chrome.close();
console.log(JSON.stringify({
  start_to_screen_s,
  initial_js_gzip_kb: initialScripts(),
  assets: readdirSync(join(dirname(fileURLToPath(import.meta.url)), '../dist/assets')).length,
  first_useful_paint_s: median(paints),
  redraw_200_plans_ms: measured.work.median,
  redraw_200_plans_p95_ms: measured.work.p95,
  plans: measured.plans,
}));
