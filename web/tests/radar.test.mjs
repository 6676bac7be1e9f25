// Journeys over the radar page, as a person makes them: first start, a deadline that cannot be met, a source, languages, a phone, keys.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, OUTPUT, PHONE, browser, open, picture, serve } from './harness.mjs';

let server;
let chrome;
before(async () => { server = await serve(); chrome = await browser(); });
after(async () => { await chrome?.close(); await server?.stop(); });

const SLOW = { timeout: 60_000 };

/** A journey on a page of its own; no error may be left in the console. */
function journey(name, options, walk) {
  test(name, { timeout: 120_000 }, async () => {
    const { page, context, faults } = await open(chrome, server.base, options);
    try {
      await walk(page);
      assert.deepEqual(faults, [], 'the console is clean');
    } catch (error) {
      await picture(page, `failed-${name.replaceAll(/\W+/g, '-')}`);
      throw error;
    } finally {
      await context.close();
    }
  });
}

const cards = (page) => page.locator('.card');
const plansShown = (page) => cards(page).first().waitFor(SLOW);

async function scanWords(page, text) {
  await page.getByRole('button', { name: 'Write it' }).click();
  const field = page.getByLabel('The whole need, in English or Chinese');
  await field.fill(text);
  await field.press('Enter');
  await page.waitForURL(/\/radar\/.+/, SLOW);
}

journey('first start shows an answered sample need, never an empty form', { path: '/' }, async (page) => {
  await plansShown(page);
  await assert.doesNotReject(page.getByText('Sample data of').waitFor(SLOW));
  assert.ok(await cards(page).count() >= 3, 'plans are ranked');
  assert.match(await page.getByTestId('honesty').innerText(), /combinations from \d+ origins/);
  await page.locator('.radar svg path, .map path').first().waitFor(SLOW);
  await page.waitForTimeout(600);
  await picture(page, 'radar-1440-en');
  // The README shows what is there.
  if (process.env.UPDATE_PICTURES) copyFileSync(join(OUTPUT, 'radar-1440-en.png'), join(OUTPUT, '../../../docs/pictures/radar.png'));
  await picture(page, 'radar-1440-en-whole', { fullPage: true });
});

journey('every number of the line of honesty opens its list with reasons', { path: '/radar/sample' }, async (page) => {
  await plansShown(page);
  await page.getByTestId('honesty').getByRole('button', { name: /too late/ }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('Cannot be there in time').first().waitFor(SLOW);
  await drawer.getByLabel('Why is something not there?').fill('DE');
  await drawer.getByRole('button', { name: 'Ask' }).click();
  await drawer.getByText(/Germany|DE/).first().waitFor(SLOW);
  await picture(page, 'radar-why-not');
});

journey('a deadline that cannot be met offers relaxations, and one of them scans at once', { path: '/radar/sample' }, async (page) => {
  await plansShown(page);
  const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await scanWords(page, `buy 5 t HS 850511 to Birmingham DAP by ${soon} in GBP`);
  const relaxations = page.locator('.relaxations button');
  await relaxations.first().waitFor(SLOW);
  assert.equal(await cards(page).count(), 0, 'no plan is shown');
  await picture(page, 'radar-no-plan');
  const before = page.url();
  await relaxations.first().click();
  await page.waitForURL((url) => url.href !== before, SLOW);
  await plansShown(page);
});

journey('a cost line opens its basis, source, vintage and formula', { path: '/radar/sample' }, async (page) => {
  await plansShown(page);
  await page.locator('.waterfall .line-row[role="button"]').first().click();
  const why = page.locator('.line-why');
  await why.waitFor(SLOW);
  for (const word of ['Basis', 'Source', 'Vintage']) await why.getByText(word, { exact: true }).first().waitFor(SLOW);
  assert.match(await why.innerText(), /CEPII/);
  await picture(page, 'radar-source-of-a-line');
});

journey('the slider puts plans in another order without the server, and the address keeps it', { path: '/radar/sample' }, async (page) => {
  await plansShown(page);
  const order = () => cards(page).evaluateAll((all) => all.map((it) => it.dataset.plan));
  const first = await order();
  const slider = page.getByLabel('From cheapest to safest arrival');
  await slider.focus();
  await slider.press('End');
  await page.waitForFunction((was) => document.querySelector('.card')?.dataset.plan !== was, first[0], SLOW);
  assert.deepEqual([...await order()].sort(), [...first].sort(), 'the same plans');
  await page.waitForURL(/[?&]w=/, SLOW);
  const address = page.url();
  const now = await order();
  await page.goto(address);
  await plansShown(page);
  assert.deepEqual(await order(), now, 'the address reproduces the order');
});

journey('Chinese is whole, without loading the page again', { path: '/radar/sample' }, async (page) => {
  await plansShown(page);
  await page.evaluate(() => { window.notReloaded = true; });
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByText('中文').last().click();
  await page.getByRole('link', { name: '雷达' }).waitFor(SLOW);
  await page.waitForFunction(() => /到岸|英镑|磁/.test(document.querySelector('main')?.innerText ?? ''), null, SLOW);
  assert.equal(await page.evaluate(() => window.notReloaded), true);
  assert.match(await page.locator('html').getAttribute('lang'), /^zh/);
  await page.waitForTimeout(800);
  await picture(page, 'radar-1440-zh');
  await picture(page, 'radar-1440-zh-whole', { fullPage: true });
  const findings = await page.locator('.findings').innerText();
  const english = findings.split('\n').filter((line) => /[a-z]{4,}( [a-z]{2,}){4,}/.test(line));
  assert.deepEqual(english, [], 'no finding is an English sentence');
});

journey('Arabic runs from right to left', { path: '/radar/sample' }, async (page) => {
  await plansShown(page);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByText('العربية').last().click();
  await page.waitForFunction(() => document.documentElement.dir === 'rtl', null, SLOW);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `nothing hangs out: ${wide} px`);
  await page.waitForTimeout(500);
  await picture(page, 'radar-1440-ar');
});

for (const [lang, tag] of [['en', 'en-GB'], ['zh', 'zh-CN']]) {
  journey(`a phone shows all of it, in ${lang}`, { path: '/radar/sample', viewport: PHONE, lang: tag, isMobile: true, hasTouch: true }, async (page) => {
    await plansShown(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `nothing hangs out: ${wide} px`);
    await page.waitForTimeout(500);
    await picture(page, `radar-390-${lang}`, { fullPage: true });
  });
}

journey('dark is dark', { path: '/radar/sample', scheme: 'dark' }, async (page) => {
  await plansShown(page);
  const [red] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  assert.ok(red < 80, `a background of ${red}`);
  await page.waitForTimeout(500);
  await picture(page, 'radar-1440-en-dark');
});

journey('keys alone: a need is scanned, a plan chosen, its dossier menu opened', { path: '/radar/sample' }, async (page) => {
  await plansShown(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor(SLOW);
  await page.keyboard.type('buy 8 t HS 850511 to Birmingham DAP by 2027-06-15 in GBP');
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== before, SLOW);
  await page.waitForFunction(() => location.pathname.endsWith(document.querySelector('.cards')?.dataset.answer), null, SLOW);
  // The palette gives the focus back to where it was; only then is it moved on.
  await page.waitForTimeout(1000);
  await page.locator('.card-open').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.card')[1]?.classList.contains('selected'), null, SLOW);
  assert.match(page.url(), /plan=/);
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Keys').first().waitFor(SLOW);
  await page.keyboard.press('Escape');
});

journey('a dossier is handed over as a page, a PDF and a workbook', { path: '/radar/sample', viewport: DESK }, async (page) => {
  await plansShown(page);
  const answer = await page.evaluate(() => document.querySelector('.cards').dataset.answer);
  for (const [format, mark] of [['html', '<!doctype html>'], ['pdf', '%PDF-'], ['xlsx', 'PK']]) {
    const response = await page.request.get(`/api/v1/answers/${answer}/paper?format=${format}`);
    assert.equal(response.status(), 200, format);
    assert.ok((await response.body()).subarray(0, 40).toString('latin1').startsWith(mark), format);
  }
});
