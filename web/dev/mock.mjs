// A development aid, not a server: answers of the command line dressed as the API, so that the radar page can be worked on alone.
// Figures are real, from the bundled books. `PERIPLUS` names the binary. --plans N asks for more plans; --sample FILE is the first answer.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const flag = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const binary = process.env.PERIPLUS ?? join(homedir(), '.cache/periplus-target/release/periplus');
const plans = flag('--plans', '8');
const port = Number(flag('--port', '7788'));
const folder = mkdtempSync(join(tmpdir(), 'periplus-mock-'));

const csv = (book, file) =>
  readFileSync(join(root, 'books', book, file), 'utf8').trim().split(/\r?\n/).slice(1)
    .map((line) => [...line.matchAll(/("([^"]|"")*"|[^,]*)(,|$)/g)].map((it) => it[1].replace(/^"|"$/g, '').replaceAll('""', '"')));

const economies = Object.fromEntries(csv('economies', 'economies.csv').map(([iso2, , , en, zh]) => [iso2, { en, zh }]));
const names = (lang) => ({ economies: Object.fromEntries(Object.entries(economies).map(([code, it]) => [code, it[lang] ?? it.en])) });
const goods = csv('hs', 'hs2022.csv').filter(([code]) => code.length === 6);
const places = csv('places', 'places.csv');

const cli = (args) =>
  new Promise((resolve) => execFile(binary, args, { maxBuffer: 1 << 28, cwd: root }, (error, stdout, stderr) => resolve({ exit: error?.code ?? 0, stdout, stderr })));

// Sea paths over the bundled network.
const nodes = csv('sea-network', 'nodes.csv').map(([lat, lon]) => [+lon, +lat]);
const edges = nodes.map(() => []);
const passages = new Map();
for (const [a, b, metres, used] of csv('sea-network', 'edges.csv')) {
  if (/northwest|northeast|northern/.test(used ?? '') || Math.max(nodes[a][1], nodes[b][1]) > 72) continue; // ice
  edges[a].push([+b, +metres]);
  edges[b].push([+a, +metres]);
  for (const name of (used ?? '').split(/[|;]/).filter(Boolean)) if (+metres < (passages.get(name)?.metres ?? Infinity)) passages.set(name, { metres: +metres, ends: [nodes[a], nodes[b]] });
}
const gap = ([x, y], [u, v]) => ((x - u) * Math.cos((y * Math.PI) / 180)) ** 2 + (y - v) ** 2;
const nearest = (at) => nodes.reduce((best, node, index) => (gap(at, node) < gap(at, nodes[best]) ? index : best), 0);
const paths = new Map();
function seaPath(from, to) {
  const key = `${from}:${to}`;
  if (paths.has(key)) return paths.get(key);
  const [start, goal] = [nearest(from), nearest(to)];
  const [far, before, open, done] = [new Map([[start, 0]]), new Map(), new Set([start]), new Set()];
  while (open.size && !done.has(goal)) {
    let at = -1;
    for (const it of open) if (at < 0 || far.get(it) < far.get(at)) at = it;
    open.delete(at);
    done.add(at);
    for (const [next, metres] of edges[at]) {
      const length = far.get(at) + metres;
      if (done.has(next) || length >= (far.get(next) ?? Infinity)) continue;
      far.set(next, length);
      before.set(next, at);
      open.add(next);
    }
  }
  const path = [to];
  for (let at = goal; at !== undefined; at = before.get(at)) path.unshift(nodes[at]);
  path.unshift(from);
  paths.set(key, path);
  return path;
}

const answers = new Map();
async function scan(need, lang, sample = false) {
  const id = crypto.randomUUID();
  let input = need;
  if (typeof need === 'object') writeFileSync((input = join(folder, `${id}.json`)), JSON.stringify(need));
  const out = join(folder, `${id}.answer.json`);
  const { exit, stdout, stderr } = await cli(['radar', 'scan', input, '--json', '--plans', plans, '--lang', lang === 'zh' ? 'zh' : 'en', '--out', out]);
  if (exit !== 0 && exit !== 5) return { status: 422, body: problem(stderr) };
  const { deals, effort, asked } = JSON.parse(stdout);
  for (const plan of deals.plans)
    plan.axes ??= Object.fromEntries(
      ['cost', 'arrival', 'carbon', 'resilience', 'cash'].map((axis) => {
        const { wishes } = deals.need;
        const total = Object.values(wishes).reduce((sum, it) => sum + it, 0);
        return [axis, wishes[axis] ? (plan.score_parts[axis] ?? 0) / (wishes[axis] / total) : place(deals.plans, plan, axis)];
      }),
    );
  const sources = new Map();
  for (const plan of deals.plans) for (const { because: { source } } of plan.lines) sources.set(source.title, { name: (source.book ?? '').split(' ')[0], ...source });
  const { need: n } = deals;
  const answer = {
    id, created_at: new Date().toISOString(), sample, text: typeof need === 'string' && !need.endsWith('.md') ? need : sentence(n), sentence: sentence(n),
    understood: asked?.understood ?? [], findings: asked?.findings ?? [], deals, effort, books: [...sources.values()], quotes_used: 0, names: names(lang),
  };
  // Only to measure how fast the page is: the same plans again under other names, up to --plans.
  if (process.argv.includes('--repeat'))
    for (let at = 0; deals.plans.length < Number(plans); at++) deals.plans.push({ ...deals.plans[at], id: `${deals.plans[at].id}-r`, rank: deals.plans.length + 1 });
  answers.set(id, { answer, out });
  return { status: 200, body: answer };
}
const sentence = (n) => `${n.direction} ${n.quantity.amount} ${n.quantity.unit} of ${n.goods} HS ${n.hs} ${n.direction === 'buy' ? 'to' : 'from'} ${n.place.name} ${n.incoterm ?? ''}${n.deadline ? ` by ${n.deadline}` : ''} in ${n.currency}`;
const figure = { carbon: (it) => it.carbon.transport_kg, resilience: (it) => +it.exposure.amount, cash: (it) => +it.cash_month.amount, cost: (it) => +(it.expected?.amount ?? 0), arrival: () => 0 };
function place(all, plan, axis) {
  const values = all.map(figure[axis]).filter((it) => it !== null).sort((a, b) => a - b);
  const middle = values[Math.floor(values.length / 2)] > values[0] ? values[Math.floor(values.length / 2)] : values.at(-1);
  const own = figure[axis](plan);
  return own === null ? null : middle > values[0] ? (own - values[0]) / (middle - values[0]) : 0;
}
const problem = (stderr) => {
  const [, code, detail] = /(PRP-\d+)[:\s]+([\s\S]*?)(?:\nhint|$)/.exec(stderr) ?? [null, 'PRP-2000', stderr];
  return { type: `/errors/${code}`, title: detail.split('\n')[0], status: 422, code, detail: detail.trim(), hint: /hint:? ?(.*)/.exec(stderr)?.[1] };
};

function map({ deals }) {
  const legs = deals.plans.flatMap((plan) =>
    plan.legs.map((leg, at) => {
      const [from, to] = [[leg.from.at.lon, leg.from.at.lat], [leg.to.at.lon, leg.to.at.lat]];
      return { plan: plan.id, leg: at, mode: leg.mode, path: leg.mode === 'sea' ? seaPath(from, to) : [from, to] };
    }),
  );
  const ports = new Map();
  for (const { legs: all } of deals.plans) for (const { from, to } of all) for (const it of [from, to]) ports.set(it.name, { name: it.name, locode: it.locode, at: [it.at.lon, it.at.lat] });
  const used = new Set(deals.plans.flatMap((it) => it.legs.flatMap((leg) => leg.passages ?? [])));
  const middle = (points) => [0, 1].map((axis) => points.reduce((sum, it) => sum + it[axis], 0) / points.length);
  const short = (name) => name.toLowerCase().replace(/canal|strait( of)?|[^a-z]/g, '');
  const at = [...used].flatMap((name) => {
    const found = [...passages].find(([it]) => short(it) === short(name) || short(it).includes(short(name)) || short(name).includes(short(it)));
    return found ? [{ name, at: middle(found[1].ends) }] : [];
  });
  return { legs, ports: [...ports.values()], passages: at };
}

const hits = (list, q, text) => {
  const wanted = q.toLowerCase().split(/\W+/).filter((it) => it.length > 2);
  return list.map((row) => [wanted.filter((it) => text(row).toLowerCase().includes(it)).length / (wanted.length || 1), row]).filter(([score]) => score > 0).sort((a, b) => b[0] - a[0]);
};
let first = null;
const sample = (lang) => (first ??= scan(flag('--sample', join(root, 'deals/magnets-birmingham.md')), lang, true));

const routes = [
  ['GET', /^\/me$/, () => ({ mode: 'local', person: null, organisation: null, role: 'admin', csrf: 'mock', languages: ['en', 'zh', 'fr', 'ar', 'es'], version: 'mock', today: new Date().toISOString().slice(0, 10), oidc: false, first_start: true })],
  ['GET', /^\/answers\/sample$/, async (_, q) => (await sample(q.get('lang'))).body],
  ['GET', /^\/answers$/, () => ({ items: [...answers.values()].map(({ answer }) => ({ id: answer.id, created_at: answer.created_at, sentence: answer.sentence, plans: answer.deals.plans.length, sample: answer.sample })), next: null })],
  ['GET', /^\/answers\/([^/]+)$/, ([id]) => answers.get(id)?.answer],
  ['GET', /^\/answers\/([^/]+)\/map$/, ([id]) => answers.has(id) && map(answers.get(id).answer)],
  ['GET', /^\/answers\/([^/]+)\/drops$/, ([id], q) => {
    const all = answers.get(id)?.answer.deals.drops.filter((it) => (!q.get('reason') || it.reason === q.get('reason')) && JSON.stringify(it).toLowerCase().includes((q.get('q') ?? '').toLowerCase()));
    const from = Number(q.get('cursor') ?? 0);
    return all && { items: all.slice(from, from + 50), next: all.length > from + 50 ? String(from + 50) : null, total: all.length };
  }],
  ['GET', /^\/answers\/([^/]+)\/why-not$/, async ([id], q) => {
    const { exit, stdout, stderr } = await cli(['radar', 'why-not', q.get('what'), '--answer', answers.get(id).out, '--format', 'table', '--width', '80']);
    return exit ? { status: 404, problem: problem(stderr) } : { text: stdout, items: [] };
  }],
  ['GET', /^\/answers\/([^/]+)\/diff$/, async ([id], q) => JSON.parse((await cli(['radar', 'diff', answers.get(id).out, answers.get(q.get('to')).out, '--json'])).stdout)],
  ['POST', /^\/scans$/, (_, q, body) => scan(body.need ?? body.text, q.get('lang'))],
  ['GET', /^\/hs$/, (_, q) => ({ items: (/^\d{2,6}/.test(q.get('q')) ? goods.filter(([code]) => code.startsWith(q.get('q'))).map((it) => [1, it]) : hits(goods, q.get('q') ?? '', (it) => it[1])).slice(0, Number(q.get('limit') ?? 8)).map(([score, [code, text]]) => ({ code, text, score })) })],
  ['GET', /^\/places$/, (_, q) => ({ items: places.filter((it) => it[1].toLowerCase().startsWith((q.get('q') ?? '').toLowerCase())).sort((a, b) => (+a[5] || 1e9) - (+b[5] || 1e9)).slice(0, 8).map(([locode, name, lat, lon]) => ({ name, locode, economy: locode.slice(0, 2), at: { lat: +lat, lon: +lon } })) })],
  ['GET', /^\/economies$/, (_, q) => ({ items: Object.entries(economies).map(([code, it]) => ({ code, name: it[q.get('lang')] ?? it.en })) })],
  ['GET', /^\/explain\/(.+)$/, async ([code]) => { const it = JSON.parse((await cli(['explain', code, '--json'])).stdout); const [text, mend] = it.text.split(/\n+How to mend it: /); return { ...it, text, mend }; }],
];

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://mock');
  const send = (status, body) => response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(body));
  if (pathname === '/events') return response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': here\n\n');
  try {
    let text = '';
    for await (const piece of request) text += piece;
    for (const [method, pattern, answer] of routes) {
      const found = pattern.exec(pathname.replace('/api/v1', ''));
      if (method !== request.method || !found) continue;
      const body = await answer(found.slice(1).map(decodeURIComponent), searchParams, text && JSON.parse(text));
      if (body?.problem) return send(body.status, body.problem);
      if (method === 'POST') return send(body.status, body.body);
      if (body) return send(200, body);
    }
    return send(404, { title: 'The mock does not know this', status: 404, code: 'PRP-2004', detail: `${request.method} ${pathname}` });
  } catch (fault) {
    return send(500, { title: 'The mock has a fault', status: 500, detail: String(fault.stack) });
  }
}).listen(port, '127.0.0.1', () => console.log(`mock API on http://127.0.0.1:${port}`));
