// A development aid, not a server: the API behind the pages beside the radar, kept in memory. Books are the bundled ones, the plan of the
// deal is a real answer of the command line; firms, people and quotes are invented. What it does not know it asks of the radar's mock.
// `node dev/mock-pages.mjs --port 7789 --radar http://127.0.0.1:7788`, then `PERIPLUS_SERVER=http://127.0.0.1:7789 npm run dev`.
// --role viewer and --login show the pages as others see them.
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const flag = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const binary = process.env.PERIPLUS ?? join(homedir(), '.cache/periplus-target/release/periplus');
const radar = flag('--radar', 'http://127.0.0.1:7788');
const role = flag('--role', 'admin');
const login = process.argv.includes('--login');
const now = () => new Date().toISOString();
const ago = (hours) => new Date(Date.now() - hours * 3600e3).toISOString();
const today = now().slice(0, 10);
const sha = (text) => createHash('sha256').update(text).digest('hex');

class Refusal extends Error {
  constructor(status, code, title, more = {}) {
    super(title);
    this.body = { type: `/errors/${code}`, title, status, code, detail: title, ...more };
  }
}
const refuse = (...it) => { throw new Refusal(...it); };

// Books, as they lie in the tree.
const splitCsv = (text) => text.trim().split(/\r?\n/).map((line) => [...line.matchAll(/("([^"]|"")*"|[^,]*)(,|$)/g)].map((it) => it[1].replace(/^"|"$/g, '').replaceAll('""', '"')).slice(0, line.endsWith(',') ? undefined : -1));
const toml = (text) => {
  const out = { input: [], table: [] };
  let at = out;
  for (const line of text.split('\n')) {
    const section = /^\[\[(\w+)\]\]/.exec(line)?.[1];
    if (section) out[section].push((at = {}));
    const pair = /^(\w+) = (.*)$/.exec(line);
    if (pair && pair[2] !== '[]') at[pair[1]] = /^["']/.test(pair[2]) ? pair[2].replace(/^("{3}|'{3}|["'])|("{3}|'{3}|["'])$/g, '').replaceAll('\\"', '"') : Number(pair[2]);
  }
  return out;
};
const books = new Map(readdirSync(join(root, 'books')).filter((it) => existsSync(join(root, 'books', it, 'source.toml'))).map((name) => {
  const it = toml(readFileSync(join(root, 'books', name, 'source.toml'), 'utf8'));
  const year = Number(it.vintage.slice(0, 4));
  const age = Math.round((Date.now() - new Date(it.vintage.length === 4 ? `${it.vintage}-12-31` : it.vintage.length === 7 ? `${it.vintage}-28` : it.vintage)) / 864e5);
  const imported = name === 'rates';
  const health = name === 'wdi' ? 'damaged' : year < 2022 ? 'old' : 'ok';
  return [name, {
    name, title: it.title, publisher: it.publisher, edition: `${it.vintage}-${sha(name).slice(0, 12)}`, vintage: it.vintage, as_of: /^\d{4}-\d\d-\d\d$/.test(it.vintage) ? it.vintage : null,
    licence: it.licence, licence_url: it.licence_url, basis: it.basis, rows: it.table.reduce((sum, one) => sum + one.rows, 0), bytes: it.table.length * 31_000, imported,
    imported_at: imported ? ago(50) : null, editions: imported ? 2 : 1, health,
    health_text: { ok: 'checksums are right', old: 'older than what is asked of it', damaged: 'a checksum is not what the book says' }[health], age_days: Math.max(0, age),
    how: it.how, made_by: it.made_by, inputs: it.input, tables: it.table.map(({ file, rows }) => ({ file, rows })),
  }];
}));
const editions = (it) => [
  { edition: it.edition, vintage: it.vintage, rows: it.rows, in_force: true, imported: it.imported, retrieved: it.imported ? today : null, file: it.imported ? 'eurofxref-hist.zip' : null },
  ...(it.imported ? [{ edition: '2026-04-13-9b3d2c71aa02', vintage: '2026-04-13', rows: it.rows - 410, in_force: false, imported: false }] : []),
];
const difference = (from, to) => ({
  from, to, added: 41, removed: 1, changed: 2, header: ['date', 'currency', 'per_euro'], more: 41,
  rows: [
    { change: 'added', table: 'rates.csv', after: ['2026-11-20', 'USD', '1.0912'] },
    { change: 'changed', table: 'rates.csv', before: ['2026-04-10', 'GBP', '0.8601'], after: ['2026-04-10', 'GBP', '0.8606'] },
    { change: 'removed', table: 'rates.csv', before: ['2026-04-09', 'BGN', '1.9558'] },
  ],
});
function importReport(name, text) {
  if (!text.trim()) refuse(422, 'PRP-1407', 'The file is empty', { detail: `${name} holds nothing that can be read.`, hint: 'Download it again.', rows: [{ line: 1, column: 'Date', text: 'no header' }] });
  const rows = text.trim().split('\n').length - 1;
  const bad = Math.min(3, rows);
  return {
    kind: 'ecb-rates', book: 'rates', edition: `2026-11-20-${sha(text).slice(0, 12)}`, read: rows, accepted: Math.max(0, rows - bad), repaired: 1, set_aside: bad > 1 ? 1 : 0, rejected: bad > 2 ? 1 : 0,
    reasons: [{ fate: 'repaired', reason: 'thousands separators taken out', rows: 1 }, { fate: 'set_aside', reason: 'value marked as missing', rows: 1 }, { fate: 'rejected', reason: 'not a number', rows: 1 }],
    rows: [
      { line: 2, column: 'JPY', fate: 'repaired', reason: 'thousands separators taken out', found: '1,762.10', repaired_to: '1762.10' },
      { line: 3, column: 'BGN', fate: 'set_aside', reason: 'value marked as missing', found: 'N/A' },
      { line: 4, column: 'USD', fate: 'rejected', reason: 'not a number', found: '<b>1,O91</b>' },
    ].slice(0, bad),
    findings: [{ code: 'PRP-1421', severity: 'note', text: 'The file has days after the edition in force.' }], difference: difference(books.get('rates').edition, 'this file'),
  };
}

// A plan as the radar gives it.
const plans = JSON.parse(execFileSync(binary, ['radar', 'scan', join(root, 'deals/magnets-birmingham.md'), '--json', '--plans', '3'], { maxBuffer: 1 << 28, cwd: root })).deals.plans;

// What the firm keeps.
const kept = (items) => new Map(items.map((it) => [it.id, { version: 1, ...it }]));
const quote = (it) => ({ id: randomUUID(), per: '1', unit: 'kg', certificates: [], unit_weight: null, lead_time: '28 days', minimum: '500 kg', updated_at: ago(30), expired: it.valid_until < today, ...it });
const quotes = kept([
  quote({ supplier: 'Example Magnetics (invented)', hs: '850511', goods: 'sintered magnets', price: '31.50', currency: 'USD', incoterm: 'FOB', place: 'Ningbo', country: 'CN', valid_until: '2027-01-31', certificates: ['ISO 9001'], sheet: { id: 's0', name: 'quotes.csv', line: 2 } }),
  quote({ supplier: 'Example Miknatis (invented)', hs: '850511', goods: 'sintered magnets', price: '38.90', currency: 'EUR', incoterm: 'FCA', place: 'Istanbul', country: 'TR', lead_time: '20 days', minimum: '250 kg', valid_until: '2027-01-31' }),
  quote({ supplier: '示例磁材（虚构）', hs: '850511', goods: '烧结钕铁硼', price: '29.80', currency: 'USD', incoterm: 'FOB', place: 'Tianjin', country: 'CN', valid_until: '2026-10-31', lead_time: '6 weeks' }),
  ...Array.from({ length: 70 }, (_, at) => quote({ supplier: `Example Trading ${at + 1} (invented)`, hs: at % 3 ? '850760' : '283691', goods: at % 3 ? 'lithium-ion cells' : 'lithium carbonate', price: (11 + at / 7).toFixed(2), currency: 'USD', incoterm: 'FCA', place: 'Busan', country: 'KR', valid_until: '2027-03-31' })),
]);
const sheets = new Map();
const needs = kept([
  { id: randomUUID(), title: 'Magnets for the spring', text: 'buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP', sentence: 'Buy 5 t of permanent magnets (HS 850511), delivered DAP to Birmingham, paid in GBP, by 15 March 2027', state: 'answered', answer_id: 'sample', created_at: ago(90), updated_at: ago(20), by: 'Ada Example' },
  { id: randomUUID(), title: '', text: 'buy 20 t lithium-ion cells to Casablanca by 2027-03-15 in MAD', sentence: 'Buy 20 t of lithium-ion cells (HS 850760), delivered to Casablanca, paid in MAD, by 15 March 2027', state: 'open', created_at: ago(9), updated_at: ago(9), by: 'Ada Example' },
  { id: randomUUID(), title: 'Copper <script>alert(1)</script>', text: 'sell 60 t copper cathodes from Antofagasta', sentence: null, state: 'dropped', created_at: ago(400), updated_at: ago(300), by: 'Bo Example' },
]);
const NEXT = { draft: ['offered', 'cancelled'], offered: ['agreed', 'cancelled'], agreed: ['shipped', 'cancelled'], shipped: ['cleared', 'cancelled'], cleared: ['paid', 'cancelled'], paid: ['closed'], closed: [], cancelled: [] };
const deal = (title, state, plan, hours) => ({
  id: randomUUID(), title, state, landed: plan.landed, arrival_p50: plan.arrival.p50, origin: plan.origin, destination: plan.destination, supplier: plan.labels.supplier, sentence: 'Buy 5 t of permanent magnets (HS 850511), delivered DAP to Birmingham',
  updated_at: ago(hours), created_at: ago(hours + 70), answer_id: 'sample', plan_id: plan.id, plan, dates: [{ what: 'signed', date: '2026-11-12' }, { what: 'departure', date: '2026-12-04' }], notes: [],
  people: [{ id: randomUUID(), name: 'Li Example', role: 'contact of the supplier', contact: 'li@example.test' }],
  papers: [{ id: randomUUID(), name: 'contract-signed.pdf', kind: 'contract', bytes: 281_344, sha256: sha(title), at: ago(40), by: 'Ada Example' }],
});
const deals = kept([deal('Magnets, first lot', 'agreed', plans[0], 3), deal('Magnets, second lot', 'draft', plans[1], 30), deal('Magnets, trial', 'closed', plans[2], 700), deal('Magnets, withdrawn', 'cancelled', plans[1], 500)]);
const histories = new Map([...deals.values()].map((it) => [it.id, [
  { seq: 1, at: it.created_at, by: 'Ada Example', kind: 'created', text: `from plan ${it.plan_id}` },
  { seq: 2, at: ago(60), by: 'Ada Example', kind: 'state', before: 'draft', after: 'offered' },
  { seq: 3, at: ago(40), by: 'Ada Example', kind: 'paper', after: 'contract-signed.pdf' },
  { seq: 4, at: ago(39), by: 'Bo Example', kind: 'note', text: 'The supplier asks for 40 % in advance.\nWe hold at 30 %.' },
]]));
const tell = (id, event) => {
  const all = histories.get(id);
  all.push({ seq: all.length + 1, at: now(), by: 'Ada Example', ...event });
  const it = deals.get(id);
  it.version += 1;
  it.updated_at = now();
};
const watches = kept([
  { id: 'w1', title: 'Magnets by rail', sentence: 'Buy 5 t of permanent magnets (HS 850511), delivered DAP to Birmingham', answer_id: 'sample', plan: plans[0].id, state: 'active', created_at: ago(200), swept_at: ago(2), unseen: 2 },
  { id: 'w2', title: 'Lithium for Casablanca', sentence: 'Buy 20 t of lithium-ion cells (HS 850760)', answer_id: 'sample', plan: null, state: 'paused', created_at: ago(900), swept_at: ago(400), unseen: 0 },
]);
const alerts = kept([
  { id: 'a1', watch_id: 'w1', watch_title: 'Magnets by rail', answer_id: 'sample', plan: plans[0].id, at: ago(2), book: 'tariff-gb 2026-11-77aa01', kind: 'order', seen: false, delta: [{ figure: 'rank', before: '1', after: '2', text: `${plans[1].id} is first now` }, { figure: 'landed', before: { amount: '133093.97', currency: 'GBP' }, after: { amount: '138211.40', currency: 'GBP' }, text: '+3.8 %' }, { figure: 'arrival', before: '2027-01-20', after: '2027-01-20' }] },
  { id: 'a2', watch_id: 'w1', watch_title: 'Magnets by rail', answer_id: 'sample', plan: plans[0].id, at: ago(30), book: 'rates 2026-11-20', kind: 'feasibility', seen: false, delta: [{ figure: 'feasible', before: 'yes', after: 'no', text: 'late: arrives 2027-03-20 at P50, the deadline is 2027-03-15' }] },
  { id: 'a3', watch_id: 'w1', watch_title: 'Magnets by rail', answer_id: 'sample', plan: plans[0].id, at: ago(300), book: 'rates 2026-04-13', kind: 'order', seen: true, delta: [{ figure: 'rank', before: '2', after: '1', text: 'first again' }] },
]);
const people = kept([
  { id: 'p1', name: 'Ada Example', email: 'ada@example.test', role: 'admin', active: true, has_password: true },
  { id: 'p2', name: 'Bo Example', email: 'bo@example.test', role: 'buyer', active: true, has_password: true },
  { id: 'p3', name: 'Chen Example', email: 'chen@example.test', role: 'compliance', active: false, has_password: false },
]);
const keys = kept([{ id: 'k1', name: 'ERP, nightly', role: 'analyst', prefix: 'ppk_7f3a', created_at: ago(700), last_used: ago(8) }]);
const hooks = kept([{ id: 'h1', url: 'https://erp.example.test/periplus', kinds: ['alert', 'deal'], created_at: ago(500) }]);
const dead = kept([{ id: 'd1', webhook_id: 'h1', url: 'https://erp.example.test/periplus', kind: 'alert', at: ago(26), attempts: 8, error: 'connection refused' }]);
const firm = { id: 'o1', version: 1, name: 'Example Motors (invented)' };
const audit = Array.from({ length: 140 }, (_, at) => ({ seq: 140 - at, at: ago(at * 3), who: at % 4 ? 'Ada Example' : 'Bo Example', what: ['deal.state', 'quote.accept', 'need.add', 'session.open'][at % 4], object: randomUUID(), hash: sha(String(140 - at)), previous: sha(String(139 - at)) }));

const FIELDS = ['supplier', 'hs', 'goods', 'price', 'unit', 'currency', 'incoterm', 'place', 'country', 'lead_time', 'minimum', 'valid_until', 'certificates', 'unit_weight'];
const GUESS = { supplier: 'supplier', vendor: 'supplier', hs: 'hs', goods: 'goods', price: 'price', unit: 'unit', currency: 'currency', incoterm: 'incoterm', place: 'place', country: 'country', 'lead time': 'lead_time', 'minimum order': 'minimum', 'valid until': 'valid_until', certificates: 'certificates' };
const page = (all, q, words = JSON.stringify) => {
  const found = all.filter((it) => words(it).toLowerCase().includes((q.get('q') ?? '').toLowerCase()));
  const [from, limit] = [Number(q.get('cursor') ?? 0), Number(q.get('limit') ?? 50)];
  return { items: found.slice(from, from + limit), next: found.length > from + limit ? String(from + limit) : null, total: found.length };
};
const find = (map, id) => map.get(id) ?? refuse(404, 'PRP-2004', 'There is no such thing', { detail: `Nothing has the id ${id}.` });
const change = (map, id, body, headers) => {
  const it = find(map, id);
  const wanted = headers['if-match'];
  if (wanted && wanted !== `"${it.version}"`) refuse(412, 'PRP-2012', 'It was changed meanwhile', { detail: `You read version ${wanted}, it is now "${it.version}".`, hint: 'Read it again and make the change anew.' });
  Object.assign(it, body, { version: it.version + 1, updated_at: now() });
  return it;
};
const judge = (body) => {
  const rows = [];
  if ('price' in body && !/^\d+(\.\d+)?$/.test(body.price ?? '')) rows.push({ line: 0, column: 'price', text: `'${body.price}' is not a plain number` });
  if ('currency' in body && !/^[A-Z]{3}$/.test(body.currency ?? '')) rows.push({ line: 0, column: 'currency', text: `'${body.currency}' is no currency of ISO 4217` });
  if (rows.length) refuse(422, 'PRP-1327', 'The quote cannot be used', { detail: 'Some of its fields cannot be read.', hint: 'Mend what is listed.', rows });
  return body;
};

const routes = [
  ['GET', /^\/me$/, () => ({ mode: login ? 'login' : 'local', person: login && session ? { id: 'p1', name: 'Ada Example', email: 'ada@example.test' } : null, organisation: { id: firm.id, name: firm.name }, role, csrf: 'mock', languages: ['en', 'zh', 'fr', 'ar', 'es'], version: 'mock', today, oidc: login, first_start: false })],
  ['POST', /^\/session$/, ({ body }) => (body.password === 'correct horse battery' ? ((session = true), null) : refuse(401, 'PRP-2002', 'E-mail or password is wrong', { hint: 'Check both; after ten tries you have to wait.' }))],
  ['DELETE', /^\/session$/, () => ((session = false), null)],
  ['GET', /^\/books$/, ({ q }) => page([...books.values()].map(({ how, made_by, inputs, tables, ...it }) => it), q)],
  ['POST', /^\/books\/verify$/, () => ({ ok: false, items: [...books.values()].map((it) => ({ name: it.name, ok: it.health !== 'damaged', text: it.health_text })) })],
  ['POST', /^\/books\/import$/, ({ q, text, headers }) => {
    const name = decodeURIComponent(headers['x-file-name']);
    const report = importReport(name, text);
    if (q.get('dry_run')) return report;
    if (name.includes('fail')) refuse(422, 'PRP-1412', 'The disk is full', { detail: 'The new edition could not be written.', hint: 'Free some space and import again.' });
    const it = books.get('rates');
    Object.assign(it, { edition: report.edition, editions: it.editions + 1, imported: true, imported_at: now() });
    return report;
  }],
  ['GET', /^\/books\/([^/]+)$/, ({ ids }) => find(books, ids[0])],
  ['GET', /^\/books\/([^/]+)\/editions$/, ({ ids }) => ({ items: editions(find(books, ids[0])), next: null })],
  ['GET', /^\/books\/([^/]+)\/diff$/, ({ q }) => difference(q.get('from'), q.get('to'))],
  ['POST', /^\/books\/([^/]+)\/rollback$/, ({ ids }) => Object.assign(find(books, ids[0]), { edition: '2026-04-13-9b3d2c71aa02', imported: false, editions: 1 })],
  ['GET', /^\/books\/([^/]+)\/tables\/([^/]+)$/, ({ ids, q }) => {
    const [header, ...rows] = splitCsv(readFileSync(join(root, 'books', find(books, ids[0]).name, ids[1].replace(/[^\w.-]/g, '')), 'utf8'));
    return { header, ...page(rows, q) };
  }],
  ['GET', /^\/suppliers$/, ({ q }) => {
    const groups = new Map();
    for (const it of quotes.values()) groups.set(it.supplier, [...(groups.get(it.supplier) ?? []), it]);
    return page([...groups].map(([name, all]) => ({ name, economy: all[0].country, economy_name: null, quotes: all.length, last: all[0].updated_at, hs: [...new Set(all.map((it) => it.hs))], expired: all.filter((it) => it.expired).length })), q);
  }],
  ['GET', /^\/quotes$/, ({ q }) => page([...quotes.values()].filter((it) => (!q.get('supplier') || it.supplier === q.get('supplier')) && (!q.get('hs') || it.hs?.startsWith(q.get('hs')))), q)],
  ['POST', /^\/quotes$/, ({ body }) => { const it = { version: 1, ...quote({ hs: null, goods: '', place: '', country: null, valid_until: null, ...judge(body) }) }; quotes.set(it.id, it); return it; }],
  ['GET', /^\/quotes\/([^/]+)$/, ({ ids }) => find(quotes, ids[0])],
  ['PATCH', /^\/quotes\/([^/]+)$/, ({ ids, body, headers }) => change(quotes, ids[0], judge(body), headers)],
  ['DELETE', /^\/quotes\/([^/]+)$/, ({ ids }) => (find(quotes, ids[0]), quotes.delete(ids[0]), null)],
  ['GET', /^\/quote-sheets$/, ({ q }) => page([...sheets.values()], q)],
  ['POST', /^\/quote-sheets$/, ({ text, headers }) => {
    const name = decodeURIComponent(headers['x-file-name']);
    if (!text.includes(',')) refuse(422, 'PRP-1327', 'This is no table', { detail: `${name} has no columns.`, hint: 'Save the sheet as CSV or XLSX.' });
    const [header, ...rows] = splitCsv(text);
    const it = { id: randomUUID(), name, state: 'mapping', created_at: now(), rows: rows.length, table: rows, columns: header.map((column, at) => ({ name: column, sample: rows.slice(0, 3).map((row) => row[at] ?? ''), guess: GUESS[column.toLowerCase()] ?? null })), fields: FIELDS.map((field) => ({ field, needed: ['supplier', 'price', 'unit', 'currency', 'incoterm'].includes(field), what: field })) };
    sheets.set(it.id, it);
    return it;
  }],
  ['DELETE', /^\/quote-sheets\/([^/]+)$/, ({ ids }) => (sheets.delete(ids[0]), null)],
  ['PUT', /^\/quote-sheets\/([^/]+)\/mapping$/, ({ ids, body }) => {
    const it = find(sheets, ids[0]);
    const at = (row, field) => row[it.columns.findIndex((column) => column.name === body.mapping[field])];
    const notes = it.table.flatMap((row, line) => (/^\d+(\.\d+)?$/.test(at(row, 'price') ?? '') ? [] : [{ line: line + 2, column: body.mapping.price ?? '', kind: 'rejection', text: 'it is not a plain number', hint: 'quote one price per row', found: at(row, 'price') ?? '', code: 'PRP-1314' }]));
    it.report = { rows: it.table.length, accepted: it.table.length - notes.length, repaired: 0, duplicate: 0, rejected: notes.length, notes, findings: [] };
    Object.assign(it, { state: 'checked', mapping: body.mapping });
    return it.report;
  }],
  ['POST', /^\/quote-sheets\/([^/]+)\/accept$/, ({ ids }) => {
    const it = find(sheets, ids[0]);
    const at = (row, field) => row[it.columns.findIndex((column) => column.name === it.mapping[field])] ?? '';
    for (const row of it.table.filter((one) => /^\d+(\.\d+)?$/.test(at(one, 'price')))) {
      const made = { version: 1, ...quote({ supplier: at(row, 'supplier'), hs: at(row, 'hs'), goods: at(row, 'goods'), price: at(row, 'price'), currency: at(row, 'currency'), incoterm: at(row, 'incoterm'), place: at(row, 'place'), country: at(row, 'country'), valid_until: at(row, 'valid_until'), sheet: { id: it.id, name: it.name, line: 2 } }) };
      quotes.set(made.id, made);
    }
    it.state = 'accepted';
    return { stored: it.report.accepted, left_out: it.report.rejected };
  }],
  ['POST', /^\/needs\/read$/, ({ body }) => (body.text.includes('?') ? refuse(422, 'PRP-1001', 'The need is not clear', { detail: 'It does not say where the goods shall go.', hint: 'Add “to” and a place.' }) : { need: {}, sentence: `As read: ${body.text}`, understood: body.text.split(' ').slice(0, 5).map((text) => ({ text, as: text })), findings: [] })],
  ['GET', /^\/needs$/, ({ q }) => page([...needs.values()].filter((it) => !q.get('state') || it.state === q.get('state')), q)],
  ['POST', /^\/needs$/, ({ body }) => { const it = { id: randomUUID(), version: 1, title: '', sentence: null, state: 'open', created_at: now(), updated_at: now(), by: 'Ada Example', ...body }; needs.set(it.id, it); return it; }],
  ['GET', /^\/needs\/([^/]+)$/, ({ ids }) => find(needs, ids[0])],
  ['PATCH', /^\/needs\/([^/]+)$/, ({ ids, body, headers }) => change(needs, ids[0], body, headers)],
  ['DELETE', /^\/needs\/([^/]+)$/, ({ ids }) => (needs.delete(ids[0]), null)],
  ['GET', /^\/deals$/, ({ q }) => page([...deals.values()].filter((it) => !q.get('state') || it.state === q.get('state')).map(({ plan, people: _, papers, dates, ...it }) => it), q)],
  ['GET', /^\/deals\/([^/]+)$/, ({ ids }) => ({ ...find(deals, ids[0]), next: NEXT[find(deals, ids[0]).state] })],
  ['PATCH', /^\/deals\/([^/]+)$/, ({ ids, body, headers }) => { const before = find(deals, ids[0]).title; const it = change(deals, ids[0], body, headers); tell(ids[0], { kind: 'title', before, after: it.title }); return { ...it, next: NEXT[it.state] }; }],
  ['GET', /^\/deals\/([^/]+)\/history$/, ({ ids, q }) => page([...histories.get(ids[0])].reverse(), q)],
  ['POST', /^\/deals\/([^/]+)\/events$/, ({ ids, body }) => {
    const it = find(deals, ids[0]);
    if (body.kind === 'state') {
      if (!NEXT[it.state].includes(body.to)) refuse(409, 'PRP-2020', 'This step may not be taken', { detail: `From ${it.state} a deal may go to: ${NEXT[it.state].join(', ') || 'nothing'}.` });
      tell(it.id, { kind: 'state', before: it.state, after: body.to, text: body.text });
      it.state = body.to;
    } else if (body.kind === 'date') {
      it.dates = [...it.dates.filter((one) => one.what !== body.what), { what: body.what, date: body.date }];
      tell(it.id, { kind: 'date', text: body.what, after: body.date });
    } else if (body.kind === 'person') {
      it.people.push({ id: randomUUID(), ...body });
      tell(it.id, { kind: 'person', after: body.name, text: body.role });
    } else tell(it.id, { kind: 'note', text: body.text });
    return { ok: true };
  }],
  ['POST', /^\/deals\/([^/]+)\/papers$/, ({ ids, text, headers }) => { const it = { id: randomUUID(), name: decodeURIComponent(headers['x-file-name']), kind: headers['x-kind'], bytes: text.length, sha256: sha(text), at: now(), by: 'Ada Example' }; find(deals, ids[0]).papers.push(it); tell(ids[0], { kind: 'paper', after: it.name }); return it; }],
  ['GET', /^\/watches$/, ({ q }) => page([...watches.values()].filter((it) => !q.get('state') || it.state === q.get('state')), q)],
  ['PATCH', /^\/watches\/([^/]+)$/, ({ ids, body, headers }) => change(watches, ids[0], body, headers)],
  ['DELETE', /^\/watches\/([^/]+)$/, ({ ids }) => (watches.delete(ids[0]), null)],
  ['GET', /^\/alerts$/, ({ q }) => page([...alerts.values()].filter((it) => !q.get('unseen') || !it.seen), q)],
  ['POST', /^\/alerts\/([^/]+)\/seen$/, ({ ids }) => { const it = find(alerts, ids[0]); it.seen = true; const of = watches.get(it.watch_id); if (of) of.unseen = [...alerts.values()].filter((one) => !one.seen && one.watch_id === of.id).length; return it; }],
  ['GET', /^\/organisation$/, () => firm],
  ['PATCH', /^\/organisation$/, ({ body }) => Object.assign(firm, body, { version: firm.version + 1 })],
  ['GET', /^\/people$/, ({ q }) => page([...people.values()], q)],
  ['POST', /^\/people$/, ({ body: { password: _, ...body } }) => { const it = { id: randomUUID(), version: 1, active: true, ...body }; people.set(it.id, it); return it; }],
  ['PATCH', /^\/people\/([^/]+)$/, ({ ids, body: { password: _, ...body }, headers }) => change(people, ids[0], body, headers)],
  ['DELETE', /^\/people\/([^/]+)$/, ({ ids }) => (people.delete(ids[0]), null)],
  ['GET', /^\/api-keys$/, ({ q }) => page([...keys.values()], q)],
  ['POST', /^\/api-keys$/, ({ body }) => { const secret = `ppk_${randomUUID().replaceAll('-', '')}`; const it = { id: randomUUID(), prefix: secret.slice(0, 8), created_at: now(), ...body }; keys.set(it.id, it); return { ...it, secret }; }],
  ['DELETE', /^\/api-keys\/([^/]+)$/, ({ ids }) => (keys.delete(ids[0]), null)],
  ['GET', /^\/webhooks$/, ({ q }) => page([...hooks.values()], q)],
  ['POST', /^\/webhooks$/, ({ body }) => { if (/127\.|localhost|10\./.test(body.url)) refuse(422, 'PRP-2030', 'This address is inside the network', { detail: `${body.url} leads to a private address.`, hint: 'Give a public address.' }); const it = { id: randomUUID(), created_at: now(), ...body }; hooks.set(it.id, it); return { ...it, secret: `whs_${randomUUID()}` }; }],
  ['DELETE', /^\/webhooks\/([^/]+)$/, ({ ids }) => (hooks.delete(ids[0]), null)],
  ['GET', /^\/webhooks\/dead$/, ({ q }) => page([...dead.values()], q)],
  ['POST', /^\/webhooks\/dead\/([^/]+)\/retry$/, ({ ids }) => (dead.delete(ids[0]), null)],
  ['GET', /^\/webhooks\/([^/]+)\/deliveries$/, () => ({ items: [{ id: 'x1', kind: 'alert', at: ago(26), state: 'dead', status: null, attempts: 8, error: 'connection refused' }, { id: 'x2', kind: 'deal', at: ago(3), state: 'delivered', status: 204, attempts: 1 }, { id: 'x3', kind: 'deal', at: ago(1), state: 'waiting', status: 503, attempts: 2, error: 'HTTP 503', next_at: new Date(Date.now() + 240e3).toISOString() }], next: null })],
  ['GET', /^\/audit$/, ({ q }) => page(audit, q)],
  ['POST', /^\/audit\/verify$/, () => ({ ok: true, entries: audit.length })],
  ['POST', /^\/erase$/, ({ body }) => (body.confirm === firm.name ? null : refuse(422, 'PRP-2031', 'The name is not right'))],
];
let session = false;

async function relay(request, response, body) {
  const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
  const answer = await fetch(radar + request.url, { method: request.method, headers, body: body.length ? body : undefined });
  response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') ?? 'application/json' }).end(Buffer.from(await answer.arrayBuffer()));
}

createServer(async (request, response) => {
  const { pathname, searchParams: q } = new URL(request.url, 'http://mock');
  const send = (status, body) => response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' }).end(body === null ? '' : JSON.stringify(body));
  if (pathname === '/events') return response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': here\n\n');
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const text = bytes.toString('utf8');
  const { headers, method } = request;
  try {
    const signedOut = login && !session && !/\/(me|session)$/.test(pathname);
    if (signedOut) refuse(401, 'PRP-2001', 'Please sign in');
    for (const [wanted, pattern, answer] of routes) {
      const found = wanted === method && pattern.exec(pathname.replace('/api/v1', ''));
      if (!found) continue;
      const body = headers['content-type'] === 'application/json' && text ? JSON.parse(text) : null;
      const out = answer({ ids: found.slice(1).map(decodeURIComponent), q, body, text, headers });
      return send(out === null ? 204 : 200, out);
    }
    return await relay(request, response, bytes);
  } catch (fault) {
    if (fault instanceof Refusal) return send(fault.body.status, fault.body);
    return send(502, { title: 'The mock has a fault', status: 502, detail: String(fault.stack) });
  }
}).listen(Number(flag('--port', '7789')), '127.0.0.1', () => console.log(`mock of the pages on http://127.0.0.1:${flag('--port', '7789')}`));
