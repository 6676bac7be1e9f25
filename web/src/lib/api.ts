import { useCallback, useEffect, useRef, useState } from 'react';
import { navigate } from './router';
import { store, useStore } from './store';
import type { Me } from './types';
import { currentLang, t, useWords } from './words';

const BASE = '/api/v1';

/** RFC 9457, as the server sends it; also made here when the server cannot be reached. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string | null;
  readonly title: string;
  readonly detail: string;
  readonly hint: string | null;
  readonly rows: { line: number; column?: string; text: string }[];
  /** Everything the server sent, e.g. `candidates` of a place that is not clear. */
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    const text = (key: string) => (typeof body[key] === 'string' ? (body[key] as string) : '');
    super(text('detail') || text('title') || `HTTP ${status}`);
    this.status = status;
    this.code = text('code') || null;
    this.title = text('title') || `HTTP ${status}`;
    this.detail = text('detail');
    this.hint = text('hint') || null;
    this.rows = Array.isArray(body['rows']) ? (body['rows'] as Problem['rows']) : [];
    this.body = body;
  }
}

export const me = store<Me | null>(null);
export const useMe = (): Me | null => useStore(me);

export interface CallOptions {
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Sent for PATCH: the version that was read. */
  ifMatch?: string;
  /** Raw bytes instead of JSON. */
  bytes?: Blob | ArrayBuffer;
}

export type QueryValue = string | number | boolean | null | undefined;

/** The address of an API resource with its query; also for links (`format=csv`). The language of the words goes along. */
export function url(path: string, query: Record<string, QueryValue> = {}): string {
  const out = new URL(BASE + path, location.origin);
  const all: Record<string, QueryValue> = { lang: currentLang(), ...query };
  for (const [key, value] of Object.entries(all))
    if (value !== null && value !== undefined && value !== '') out.searchParams.set(key, String(value));
  return out.pathname + out.search;
}

/** `crypto.randomUUID` exists only on https and loopback. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((it) => it.toString(16).padStart(2, '0')).join('');
}

async function call<T>(method: string, path: string, body: unknown, options: CallOptions): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  const unsafe = method !== 'GET';
  if (unsafe) headers['X-Periplus-Csrf'] = me.get()?.csrf || 'local';
  if (method === 'POST') headers['Idempotency-Key'] ??= uuid();
  if (options.ifMatch) headers['If-Match'] = options.ifMatch;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path.startsWith('/api/') ? path : url(path), {
      method,
      headers,
      body: options.bytes ?? (body === undefined ? null : JSON.stringify(body)),
      signal: options.signal ?? null,
      credentials: 'same-origin',
      cache: 'no-cache',
    });
  } catch (cause) {
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new Problem(0, { title: t('problem-unreachable'), detail: t('problem-unreachable-detail') });
  }
  if (response.ok) {
    if (response.status === 204) return undefined as T;
    const type = response.headers.get('Content-Type') ?? '';
    return (type.includes('json') ? await response.json() : await response.text()) as T;
  }
  const problem = new Problem(response.status, await response.json().catch(() => ({})));
  if (response.status === 401 && !location.pathname.startsWith('/sign-in'))
    navigate(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  throw problem;
}

/** The API. Paths are relative to /api/v1: `api.get<Answer>('/answers/sample')`. Throws `Problem`. */
export const api = {
  get: <T>(path: string, options: CallOptions = {}) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options: CallOptions = {}) => call<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options: CallOptions = {}) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options: CallOptions = {}) => call<T>('PATCH', path, body, options),
  delete: <T>(path: string, options: CallOptions = {}) => call<T>('DELETE', path, undefined, options),
  /** A file as the body: `api.upload('/books/import?dry_run=true', file)`. The name goes along, percent-encoded. */
  upload: <T>(path: string, file: File, headers: Record<string, string> = {}) =>
    call<T>('POST', path, undefined, {
      bytes: file,
      headers: {
        'Content-Type': file.type || 'application/octet-stream',
        'X-File-Name': encodeURIComponent(file.name),
        ...headers,
      },
    }),
};

export interface Loaded<T> {
  data: T | null;
  problem: Problem | null;
  loading: boolean;
  reload(): void;
  /** Shows a changed value at once, before the server is asked again. */
  put(value: T): void;
}

export const asProblem = (cause: unknown): Problem =>
  cause instanceof Problem ? cause : new Problem(0, { title: t('problem-page'), detail: String((cause as Error)?.message ?? cause) });

/** Loads a resource while the component is shown; `null` loads nothing. Asks again when the path or the language changes. */
export function useApi<T>(path: string | null): Loaded<T> {
  const { lang } = useWords();
  const [state, setState] = useState<{ data: T | null; problem: Problem | null; loading: boolean }>({ data: null, problem: null, loading: path !== null });
  const [round, setRound] = useState(0);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (path === null) {
      shown.current = null;
      setState({ data: null, problem: null, loading: false });
      return;
    }
    const stop = new AbortController();
    // Keep what is on screen while the same thing is asked again.
    const same = shown.current === path;
    shown.current = path;
    setState((it) => ({ data: same ? it.data : null, problem: null, loading: true }));
    api.get<T>(path, { signal: stop.signal }).then(
      (data) => setState({ data, problem: null, loading: false }),
      (cause: unknown) => {
        if (!stop.signal.aborted) setState((it) => ({ data: it.data, problem: asProblem(cause), loading: false }));
      },
    );
    return () => stop.abort();
  }, [path, lang, round]);
  const reload = useCallback(() => setRound((it) => it + 1), []);
  const put = useCallback((data: T) => setState({ data, problem: null, loading: false }), []);
  return { ...state, reload, put };
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
}

export interface Listed<T> {
  items: T[];
  total: number | null;
  more: (() => void) | null;
  problem: Problem | null;
  loading: boolean;
  reload(): void;
}

/** A list that comes in pages: `useList<Deal>('/deals', { q, state })`. `more` is null on the last page. `path` null loads nothing. */
export function useList<T>(path: string | null, query: Record<string, QueryValue> = {}): Listed<T> {
  const { lang } = useWords();
  const address = path === null ? null : url(path, query);
  const [state, setState] = useState<{ items: T[]; next: string | null; total: number | null; problem: Problem | null; loading: boolean }>({ items: [], next: null, total: null, problem: null, loading: path !== null });
  const [round, setRound] = useState(0);
  const running = useRef<AbortController | null>(null);
  const fetchPage = useCallback((from: string, append: boolean) => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    setState((it) => ({ ...it, problem: null, loading: true }));
    api.get<Page<T>>(from, { signal: stop.signal }).then(
      (page) => setState((it) => ({ items: append ? [...it.items, ...page.items] : page.items, next: page.next, total: page.total ?? null, problem: null, loading: false })),
      (cause: unknown) => {
        if (!stop.signal.aborted) setState((it) => ({ ...it, problem: asProblem(cause), loading: false }));
      },
    );
  }, []);
  useEffect(() => {
    if (address === null) {
      setState({ items: [], next: null, total: null, problem: null, loading: false });
      return;
    }
    fetchPage(address, false);
    return () => running.current?.abort();
  }, [address, lang, round, fetchPage]);
  const { next } = state;
  const more = address !== null && next !== null ? () => fetchPage(`${address}&cursor=${encodeURIComponent(next)}`, true) : null;
  return { items: state.items, total: state.total, problem: state.problem, loading: state.loading, more, reload: () => setRound((it) => it + 1) };
}
