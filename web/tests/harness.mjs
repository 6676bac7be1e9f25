// A running server and a browser for journeys: the release binary on loopback with an empty data folder, Debian's Chromium, no network beyond.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
/** Pictures of every journey are kept here. */
export const OUTPUT = join(here, 'output');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const PATIENCE_MS = 60_000;

/** The binary under test: PERIPLUS, as `make test-browser` sets it. */
export function program() {
  const given = process.env.PERIPLUS ?? join(process.env.HOME ?? '', '.cache/periplus-target/release/periplus');
  if (!existsSync(given)) throw new Error(`there is no ${given}: run make test-browser, or set PERIPLUS`);
  return given;
}

/** Starts a server; `stop()` ends it and takes its folder away. */
export async function serve(more = []) {
  const data = mkdtempSync(join(tmpdir(), 'periplus-web-'));
  const started = performance.now();
  const child = spawn(program(), ['serve', '--port', '0', '--json', '--data-dir', data, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let talk = '';
  child.stderr.on('data', (text) => { talk += text; });
  const line = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${talk}`)));
    setTimeout(() => reject(new Error(`serve said nothing: ${talk}`)), PATIENCE_MS).unref();
  });
  const address = JSON.parse(line).address.replace(/\/$/, '');
  const base = address.startsWith('http') ? address : `http://${address}`;
  const stop = () => new Promise((resolve) => {
    child.once('exit', () => { rmSync(data, { recursive: true, force: true }); resolve(); });
    child.kill('SIGTERM');
  });
  return { base, data, stop, started };
}

export async function browser() {
  if (!existsSync(CHROMIUM)) throw new Error(`there is no ${CHROMIUM}: apt-get install chromium, or set CHROMIUM`);
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A page of its own, whose errors fail the test that closes it. */
export async function open(chrome, base, options = {}) {
  const { path = '/', viewport = DESK, lang = 'en-GB', scheme = 'light', ...rest } = options;
  const context = await chrome.newContext({
    baseURL: base, viewport, locale: lang, colorScheme: scheme, reducedMotion: 'reduce', ...rest,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // A refused request is logged by the browser too; journeys that expect one say so themselves.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  await page.goto(path);
  return { page, context, faults };
}

export async function picture(page, name, options = {}) {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`), ...options });
}

/** Asks the API as the page would. */
export async function api(base, method, path, body, headers = {}) {
  const isBytes = body instanceof Uint8Array || typeof body === 'string';
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      'x-periplus-csrf': 'test',
      ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : isBytes ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}
