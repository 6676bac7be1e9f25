// Journeys beside the radar: quotes with bad rows, a watch that alerts, a deal's life, books.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, browser, open, picture, serve } from './harness.mjs';

let server;
let chrome;
before(async () => { server = await serve(); chrome = await browser(); });
after(async () => { await chrome?.close(); await server?.stop(); });

const SLOW = { timeout: 60_000 };
const NEED = 'buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP';

async function walk(name, path, steps) {
  const { page, context, faults } = await open(chrome, server.base, { path });
  try {
    await steps(page);
    assert.deepEqual(faults, [], 'the console is clean');
  } catch (error) {
    await picture(page, `failed-${name}`);
    throw error;
  } finally {
    await context.close();
  }
}

const SHEET = `Supplier,HS,Goods,Price,Currency,Unit,Incoterm,Place,Country,Lead time,Valid until
Ningbo Sample Magnet,850511,sintered NdFeB magnets,31.50,USD,kg,FOB,Ningbo,CN,28 days,2027-12-31
Broken Row Ltd,850511,magnets,not a price,USD,kg,FOB,Ningbo,CN,28 days,2027-12-31
No Currency Ltd,850511,magnets,12,,kg,FOB,Ningbo,CN,28 days,2027-12-31
`;

test('a supplier sheet with bad rows is mapped, checked and kept; bad rows are told', { timeout: 120_000 }, () =>
  walk('quotes', '/quotes', async (page) => {
    const chooser = page.locator('input[type=file]').first();
    await chooser.setInputFiles({ name: 'sample-quotes.csv', mimeType: 'text/csv', buffer: Buffer.from(SHEET) });
    await page.getByRole('button', { name: 'Check every row' }).click(SLOW);
    await page.getByText('not a price').first().waitFor(SLOW);
    await picture(page, 'quotes-report', { fullPage: true });
    await page.getByRole('button', { name: /^Keep \d+ quote/ }).click();
    await page.getByText('Ningbo Sample Magnet').first().waitFor(SLOW);
    await picture(page, 'quotes');
    const answer = await api(server.base, 'POST', '/scans', { text: NEED });
    assert.ok(answer.quotes_used >= 1, 'the quote enters the scan');
  }));

test('an accepted plan becomes a deal with a life and a history', { timeout: 120_000 }, () =>
  walk('deal', '/', async (page) => {
    await page.locator('.card').first().waitFor(SLOW);
    await page.getByRole('button', { name: 'Accept' }).first().click();
    await page.waitForURL(/\/deals\/.+/, SLOW);
    await page.getByRole('button', { name: 'Mark as offered' }).click(SLOW);
    // What goes into the history cannot be taken back, so that the page asks.
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as offered' }).click(SLOW);
    await page.getByText('The deal is now').first().waitFor(SLOW);
    await page.waitForTimeout(400);
    await picture(page, 'deal', { fullPage: true });
  }));

test('a watch tells when a book changes the order, with the difference', { timeout: 180_000 }, async () => {
  const answer = await api(server.base, 'POST', '/scans', { text: NEED, use_quotes: false });
  assert.ok(answer.deals.plans.length > 1);
  await api(server.base, 'POST', '/watches', { answer_id: answer.id, title: 'magnets for Birmingham' });
  // Trade invented for the test, in the layout of BACI: nobody but Germany, Poland and the Netherlands ships magnets any more.
  const trade = 't,i,j,k,v,q\n2025,276,826,850511,5000,150\n2025,276,840,850511,4000,120\n2025,616,826,850511,3000,100\n'
    + '2025,616,840,850511,900,30\n2025,528,826,850511,800,25\n';
  await walk('watch', '/watches', async (page) => {
    await page.getByText('magnets for Birmingham').first().waitFor(SLOW);
    await api(server.base, 'POST', '/books/import', Buffer.from(trade), {
      'x-file-name': 'flows-of-a-test.csv', 'x-kind': 'flows',
    });
    await page.getByText('No new alert').waitFor({ state: 'detached', ...SLOW });
    await page.waitForTimeout(500);
    await picture(page, 'watches', { fullPage: true });
  });
  const alerts = await api(server.base, 'GET', '/alerts');
  assert.equal(alerts.items.length, 1, 'once for the edition');
  assert.ok(alerts.items[0].delta.length > 0, 'with what changed');
  await api(server.base, 'POST', '/books/flows/rollback');
});

test('books say edition, date, licence and health, and one opens', { timeout: 120_000 }, () =>
  walk('books', '/books', async (page) => {
    await page.getByText('CEPII BACI').first().waitFor(SLOW);
    await picture(page, 'books', { fullPage: true });
    await page.getByRole('link', { name: /CEPII BACI/ }).first().click();
    await page.getByText('How it is made').first().waitFor(SLOW);
    await picture(page, 'book');
  }));

test('a failed import leaves the old book in force and says so', { timeout: 120_000 }, () =>
  walk('import-fails', '/books', async (page) => {
    await page.getByText('CEPII BACI').first().waitFor(SLOW);
    const before = await api(server.base, 'GET', '/books');
    await page.locator('input[type=file]').first().setInputFiles({
      name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from('nothing,known\n1,2\n'),
    });
    await page.getByText('The old book stays in force').first().waitFor(SLOW);
    await picture(page, 'import-failed');
    const now = await api(server.base, 'GET', '/books');
    assert.deepEqual(now.items.map((it) => it.edition), before.items.map((it) => it.edition));
  }));
