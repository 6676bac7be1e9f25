// Parts that the pages beside the radar share: states of a page, tables, dialogs, files.
import {
  useCallback, useEffect, useRef, useState,
  type DragEvent, type FormEvent, type ReactNode,
} from 'react';
import { asProblem, url, useApi, useMe, type Page, type Problem, type QueryValue } from '../../lib/api';
import { csv, download } from '../../lib/download';
import { useFormats } from '../../lib/format';
import { Link, setQuery, useQuery } from '../../lib/router';
import { store, useStore } from '../../lib/store';
import type { Finding } from '../../lib/types';
import { useWords } from '../../lib/words';
import { ROLES, type Person, type Role } from './types';
import { Button as PlainButton, Dialog, Icon, ProblemNote, SeverityMark, bySeverity, cx, type ButtonProps } from '../../ui';
import './parts.css';

export { BasisMark, Dialog, Empty, PageHead } from '../../ui';

/** In rising order: each may do what those before it may. The least role for each thing, as the server has it. */
const LEAST = {
  write: 'buyer', hooks: 'analyst', audit: 'compliance', export: 'compliance', admin: 'admin',
} as const satisfies Record<string, Role>;
export type Right = keyof typeof LEAST;

/** What the person may do here. The server decides in the end; this keeps buttons away that it would refuse. */
export function useRights() {
  const me = useMe();
  const role: Role = me?.role ?? 'viewer';
  const may = (right: Right) => ROLES.indexOf(role) >= ROLES.indexOf(LEAST[right]);
  return { role, may, write: may('write'), admin: may('admin'), login: me?.mode === 'login' };
}

/** "person/UUID" as a name: one's own, anyone's for admins, who may read them, else the end of the id, which tells people apart. */
export function useNames(): (who: string) => string {
  const me = useMe();
  const { admin } = useRights();
  const people = useApi<Page<Person>>(admin ? '/people?limit=500' : null);
  return (who) => {
    const id = /^person\/(.+)$/.exec(who)?.[1];
    if (!id) return who;
    const found = people.data?.items.find((it) => it.id === id)?.name ?? (me?.person?.id === id ? me.person.name : null);
    return found ?? `…${id.slice(-6)}`;
  };
}

/** In place of a page's content that the role may not even read. */
export function Barred({ right, title }: { right: Right; title: string }) {
  const { t } = useWords();
  return <section className="panel"><h2>{title}</h2><p role="note">{t('pg-barred', { role: t(`role-${LEAST[right]}`) })}</p></section>;
}

export function useTitle(title: string | null | undefined): void {
  useEffect(() => {
    // After the frame around the pages, which names the section.
    if (title) queueMicrotask(() => { document.title = `${title} · Periplus`; });
  }, [title]);
}

type Tone = 'plain' | 'primary' | 'danger' | 'quiet';

export function Button({ tone = 'plain', small = false, className, ...rest }: Omit<ButtonProps, 'kind'> & { tone?: Tone; small?: boolean }) {
  return <PlainButton kind={tone} className={cx(small && 'pp-small', className)} {...rest} />;
}

/** A problem with a sentence of the page before it, where one is needed. */
export function ProblemBox({ problem, onRetry, lead }: { problem: Problem | null; onRetry?: () => void; lead?: ReactNode }) {
  if (!problem) return null;
  return (
    <>
      {lead && <p className="pp-loud" role="alert">{lead}</p>}
      <ProblemNote problem={problem} {...(onRetry ? { retry: onRetry } : {})} />
    </>
  );
}

/** The shape of what is coming, so that nothing jumps. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useWords();
  return (
    <div className="pp-loading" role="status">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: lines }, (_, at) => <span key={at} className="pp-bone" aria-hidden="true" />)}
    </div>
  );
}

/** Says why the buttons of a page are not there. */
export function ReadOnly({ admin = false }: { admin?: boolean }) {
  const { t } = useWords();
  const rights = useRights();
  if (admin ? rights.admin : rights.write) return null;
  const role = t(`role-${rights.role}`);
  return <p className="pp-note" role="note">{t(admin ? 'pg-read-only-admin' : 'pg-read-only', { role })}</p>;
}

export type ChipTone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';
const MARKS: Record<ChipTone, string> = { neutral: '', good: '✓', warn: '!', bad: '✕', info: '' };
const TAGS: Record<ChipTone, string> = { neutral: '', good: 'good', warn: 'caution', bad: 'bad', info: 'accent' };

/** A word with a colour; the mark says the same to who does not see colours. */
export function Chip({ tone = 'neutral', title, children }: { tone?: ChipTone; title?: string | undefined; children: ReactNode }) {
  return (
    <span className={cx('tag', TAGS[tone])} title={title}>
      {MARKS[tone] && <span aria-hidden="true" className="pp-mark">{MARKS[tone]}</span>}
      {children}
    </span>
  );
}

export function Findings({ items }: { items: Finding[] | undefined }) {
  if (!items?.length) return null;
  return (
    <ul className="pp-findings">
      {bySeverity(items).map((it, at) => (
        <li key={at}>
          <SeverityMark severity={it.severity} long />
          <div>
            <p>{it.text} <Link href={`/help/${it.code}`} className="pp-code">{it.code}</Link></p>
            {it.hint && <p className="pp-hint">{it.hint}</p>}
            {it.reference && <p className="muted">{it.reference}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

export interface Column<T> {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** Sorts by this value; without it the column has no button. */
  by?: (row: T) => string | number | null | undefined;
  end?: boolean;
  /** The first line of the card that a row becomes on a phone. */
  lead?: boolean;
}

interface TableProps<T> {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  id: (row: T) => string;
  /** A row that is drawn across all columns instead of its cells, e.g. a form. */
  instead?: (row: T) => ReactNode;
  /** Something under a row. */
  under?: (row: T) => ReactNode;
  /** Query parameter that keeps the order; without it the order is not kept. */
  sortKey?: string;
}

/** Nothing goes last in either direction. */
function compare(a: string | number | null | undefined, b: string | number | null | undefined, down: boolean): number {
  if (a === b) return 0;
  if (a === null || a === undefined || a === '') return 1;
  if (b === null || b === undefined || b === '') return -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return down ? -order : order;
}

export function Table<T>({ caption, columns, rows, id, instead, under, sortKey }: TableProps<T>) {
  const [kept, keep] = useQuery(sortKey ?? 'sort');
  const [own, setOwn] = useState<string | null>(null);
  const order = sortKey ? kept : own;
  const [name, way] = (order ?? '').split('.');
  const down = way === 'down';
  const by = columns.find((it) => it.key === name)?.by;
  const sorted = by ? [...rows].sort((a, b) => compare(by(a), by(b), down)) : rows;
  const press = (column: Column<T>) => {
    const next = column.key !== name ? column.key : down ? null : `${column.key}.down`;
    if (sortKey) keep(next);
    else setOwn(next);
  };
  return (
    <div className="table-wrap">
      <table className="table pp-stack" role="table">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((it) => (
              <th key={it.key} role="columnheader" scope="col" className={it.end ? 'end' : undefined}
                aria-sort={it.key === name && by ? (down ? 'descending' : 'ascending') : undefined}>
                {it.by ? (
                  <button type="button" className="pp-sort" onClick={() => press(it)}>
                    {it.title}<span aria-hidden="true">{it.key === name && by ? (down ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                ) : it.title || <span className="sr-only">—</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {sorted.map((row) => {
            const other = instead?.(row);
            const more = under?.(row);
            return [
              other ? (
                <tr key={id(row)} role="row" className="pp-wide"><td role="cell" colSpan={columns.length}>{other}</td></tr>
              ) : (
                <tr key={id(row)} role="row">
                  {columns.map((it) => (
                    <td key={it.key} role="cell" data-label={it.title} className={`${it.end ? 'end' : ''}${it.lead ? ' pp-lead-cell' : ''}`}><div>{it.cell(row)}</div></td>
                  ))}
                </tr>
              ),
              more ? <tr key={`${id(row)}-under`} role="row" className="pp-wide"><td role="cell" colSpan={columns.length}>{more}</td></tr> : null,
            ];
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Tables as files. Plain links, so that the browser's own download runs and can be resumed. */
export function Downloads({ path, query = {}, formats = ['csv', 'xlsx', 'parquet'], name }: { path: string; query?: Record<string, QueryValue>; formats?: string[]; name: string }) {
  const { t } = useWords();
  return (
    <p className="pp-downloads">
      <span>{t('pg-download')}</span>
      {formats.map((format) => (
        <a key={format} href={url(path, { ...query, format })} download={`${name}.${format}`} aria-label={t('pg-download-as', { name, format: format.toUpperCase() })}>
          {format === 'parquet' ? 'Parquet' : format.toUpperCase()}
        </a>
      ))}
    </p>
  );
}

/** For lists that the server gives as pages only: what is loaded, as CSV. */
export function LoadedCsv({ name, head, rows }: { name: string; head: string[]; rows: (string | number | null | undefined)[][] }) {
  const { t } = useWords();
  if (rows.length === 0) return null;
  const save = () => download(`${name}.csv`, csv([head, ...rows]), 'text/csv');
  return (
    <p className="pp-downloads">
      <span>{t('pg-download')}</span>
      <button type="button" className="link-button" onClick={save} aria-label={t('pg-download-as', { name, format: 'CSV' })}>CSV</button>
    </p>
  );
}

export function More({ more, loading, shown, total }: { more: (() => void) | null; loading: boolean; shown: number; total: number | null }) {
  const { t } = useWords();
  return (
    <div className="pager">
      <span role="status">{total === null ? t('pg-shown', { count: shown }) : t('pg-shown-of', { count: shown, total })}</span>
      {more && <Button small onClick={more} busy={loading}>{t('pager-more')}</Button>}
    </div>
  );
}

/** A search box that keeps its words in the address. The server is asked when typing pauses. */
export function Search({ label, name = 'q' }: { label: string; name?: string }) {
  const [value, set] = useQuery(name);
  const [text, setText] = useState(value ?? '');
  const last = useRef(value ?? '');
  useEffect(() => {
    if ((value ?? '') !== last.current) setText((last.current = value ?? ''));
  }, [value]);
  useEffect(() => {
    if (text === last.current) return;
    const timer = setTimeout(() => set((last.current = text) || null), 250);
    return () => clearTimeout(timer);
  }, [text, set]);
  return (
    <label className="search">
      <Icon name="search" />
      <span className="sr-only">{label}</span>
      <input type="search" value={text} placeholder={label} onChange={(event) => setText(event.target.value)} />
    </label>
  );
}

/** One of several values in the address; none is all. */
export function Filter({ label, name, options, all }: { label: string; name: string; options: { value: string; text: string }[]; all: string }) {
  const [value] = useQuery(name);
  return (
    <label className="pp-filter">
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => setQuery({ [name]: event.target.value || null })}>
        <option value="">{all}</option>
        {options.map((it) => <option key={it.value} value={it.value}>{it.text}</option>)}
      </select>
    </label>
  );
}

interface ConfirmProps {
  open: boolean;
  title: string;
  children?: ReactNode;
  action: string;
  tone?: Tone;
  /** Has to be typed before the button works. */
  typed?: string;
  typedLabel?: string;
  onClose: () => void;
  run: () => Promise<void>;
}

export function Confirm({ open, title, children, action, tone = 'danger', typed, typedLabel, onClose, run }: ConfirmProps) {
  const { t } = useWords();
  const [words, setWords] = useState('');
  const task = useTask();
  const { reset } = task;
  useEffect(() => {
    if (open) {
      setWords('');
      reset();
    }
  }, [open, reset]);
  const ready = typed === undefined || words.trim() === typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    void task.run(async () => {
      await run();
      onClose();
    });
  };
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <form className="form" onSubmit={submit}>
        {children}
        {typed !== undefined && (
          <Field label={typedLabel ?? ''}>
            <input value={words} onChange={(event) => setWords(event.target.value)} autoComplete="off" spellCheck={false} />
          </Field>
        )}
        <ProblemBox problem={task.problem} />
        <div className="actions pp-dialog-actions">
          <Button onClick={onClose} autoFocus={tone === 'danger'}>{t('cancel')}</Button>
          <Button type="submit" tone={tone} busy={task.busy} disabled={!ready}>{action}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function Field({ label, hint, error, children, wide = false }: { label: ReactNode; hint?: ReactNode; error?: ReactNode; children: ReactNode; wide?: boolean }) {
  return (
    <label className={cx('field', wide && 'pp-field-wide')}>
      <span className="label">{label}</span>
      {children}
      {hint && <span className="field-hint">{hint}</span>}
      {error && <span className="field-error" role="alert">{error}</span>}
    </label>
  );
}

export interface Task {
  busy: boolean;
  problem: Problem | null;
  /** Runs one thing at a time; what it throws becomes `problem`. True when it went well. */
  run: (work: () => Promise<void>) => Promise<boolean>;
  reset: () => void;
}

export function useTask(): Task {
  const [state, setState] = useState<{ busy: boolean; problem: Problem | null }>({ busy: false, problem: null });
  const running = useRef(false);
  const run = useCallback(async (work: () => Promise<void>) => {
    if (running.current) return false;
    running.current = true;
    setState({ busy: true, problem: null });
    try {
      await work();
      setState({ busy: false, problem: null });
      return true;
    } catch (cause) {
      setState({ busy: false, problem: asProblem(cause) });
      return false;
    } finally {
      running.current = false;
    }
  }, []);
  const reset = useCallback(() => setState({ busy: false, problem: null }), []);
  return { ...state, run, reset };
}

interface Said {
  text: string;
  undo?: () => void;
}

const said = store<Said | null>(null);

/** A short word about what was done, with a way back where there is one. */
export function say(text: string, undo?: () => void): void {
  said.set(undo ? { text, undo } : { text });
}

const SAID_FOR_MS = 8000;

export function SaidBar() {
  const { t } = useWords();
  const it = useStore(said);
  useEffect(() => {
    if (!it) return;
    const timer = setTimeout(() => said.set(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [it]);
  return (
    <div className="pp-said" role="status" aria-live="polite">
      {it && (
        <div className="pp-said-box">
          <span>{it.text}</span>
          {it.undo && (
            <Button small onClick={() => { said.set(null); it.undo?.(); }}>{t('pg-undo')}</Button>
          )}
          <Button small tone="quiet" aria-label={t('close')} onClick={() => said.set(null)}>×</Button>
        </div>
      )}
    </div>
  );
}

/** A page's frame: everything in it, and the bar that says what was done. */
export function Frame({ children, title }: { children: ReactNode; title?: string }) {
  useTitle(title);
  return (
    <div className="page">
      {children}
      <SaidBar />
    </div>
  );
}

export function DropZone({ title, text, accept, busy = false, onFile }: { title: string; text?: ReactNode; accept?: string; busy?: boolean; onFile: (file: File) => void }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !busy) onFile(file);
  };
  return (
    <div className={`pp-drop${over ? ' pp-drop-over' : ''}`}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}>
      <div>
        <p className="pp-drop-title">{title}</p>
        {text && <p className="muted">{text}</p>}
      </div>
      <input ref={input} type="file" hidden accept={accept} tabIndex={-1} aria-hidden="true"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }} />
      <Button tone="primary" busy={busy} onClick={() => input.current?.click()}>{busy ? t('pg-reading') : t('pg-choose-file')}</Button>
    </div>
  );
}

/** Back to the list. Arrows point where the reading goes. */
export function Back({ href, children }: { href: string; children: ReactNode }) {
  return <p className="pp-crumb"><Link href={href}><span aria-hidden="true" className="pp-arrow">←</span> {children}</Link></p>;
}

/** Between what was and what is. */
export const To = () => <span className="pp-arrow"> → </span>;

/** "accepted 12 · repaired 2 · rejected 1" as figures. */
export function Tallies({ items }: { items: { label: string; value: number; tone: ChipTone }[] }) {
  const format = useFormats();
  return (
    <dl className="pp-tallies">
      {items.map((it) => (
        <div key={it.label} className={`pp-tally pp-tally-${it.value > 0 ? it.tone : 'neutral'}`}>
          <dt>{it.label}</dt>
          <dd>{format.number(it.value)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Facts({ items }: { items: [string, ReactNode][] }) {
  return (
    <dl className="facts wide pp-facts">
      {items.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([label, value]) => (
        <div key={label}><dt>{label}</dt><dd>{typeof value === 'string' ? <bdi>{value}</bdi> : value}</dd></div>
      ))}
    </dl>
  );
}

/** Copies a text; where the browser forbids it, the person can still select it. */
export function Copy({ text }: { text: string }) {
  const { t } = useWords();
  const [done, setDone] = useState(false);
  return (
    <span className="pp-copy">
      <code tabIndex={0}>{text}</code>
      <Button small onClick={() => navigator.clipboard?.writeText(text).then(() => setDone(true), () => setDone(false))}>
        {done ? t('pg-copied') : t('pg-copy')}
      </Button>
    </span>
  );
}

export function Time({ at }: { at: string | null | undefined }) {
  const format = useFormats();
  if (!at) return <span className="muted">—</span>;
  return <time dateTime={at} title={format.time(at)}>{format.ago(at)}</time>;
}

export function Day({ date }: { date: string | null | undefined }) {
  const format = useFormats();
  if (!date) return <span className="muted">—</span>;
  // A vintage may be a year or a month.
  return <time dateTime={date}>{/^\d{4}-\d\d-\d\d/.test(date) ? format.date(date) : date}</time>;
}

/** A link that needs another colour than text; opens elsewhere. Only web addresses become links: a licence comes from a file. */
export function Outside({ href, children }: { href: string | null | undefined; children: ReactNode }) {
  if (!href || !/^https?:\/\//i.test(href)) return <>{children}</>;
  return <a href={href} target="_blank" rel="noreferrer noopener">{children}</a>;
}
