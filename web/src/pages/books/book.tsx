import { useState } from 'react';
import { api, useApi, useList, type QueryValue } from '../../lib/api';
import { useEvents } from '../../lib/events';
import { useFormats } from '../../lib/format';
import { setQuery, useQuery } from '../../lib/router';
import { useWords } from '../../lib/words';
import {
  BasisMark, Button, Chip, Confirm, Day, Downloads, Empty, Facts, Frame, LoadedCsv, Loading, More, Outside, PageHead, ProblemBox, Search, say, useRights, Back
} from '../parts/ui';
import type { BookDetail, Cells, Difference, Edition, TablePage } from '../parts/types';
import { DifferenceView } from './diff';
import { Age, HealthChip } from './health';

export function BookPage({ name }: { name: string }) {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const path = `/books/${encodeURIComponent(name)}`;
  const book = useApi<BookDetail>(path);
  const editions = useApi<{ items: Edition[] }>(`${path}/editions`);
  const [rolling, setRolling] = useState(false);
  const again = () => {
    book.reload();
    editions.reload();
  };
  useEvents(['book'], (event) => event.object === name && again());

  const it = book.data;
  if (!it) {
    return (
      <Frame title={name}>
        <Back href="/books">{t('books-title')}</Back>
        <ProblemBox problem={book.problem} onRetry={book.reload} />
        {book.loading && <Loading lines={8} />}
      </Frame>
    );
  }
  const list = editions.data?.items ?? [];
  const before = list[list.findIndex((one) => one.in_force) + 1] ?? null;
  const rollback = async () => {
    const made = await api.post<{ edition?: string }>(`${path}/rollback`);
    say(t('book-rolled-back', { edition: made?.edition ?? before?.edition ?? '' }));
    again();
  };
  return (
    <Frame title={it.title}>
      <Back href="/books">{t('books-title')}</Back>
      <PageHead title={it.title} lead={it.publisher}>
        {rights.admin && it.imported && <Button tone="danger" onClick={() => setRolling(true)}>{t('book-roll-back')}</Button>}
      </PageHead>
      <section className="panel">
        <Facts items={[
          [t('book-name'), <code>{it.name}</code>],
          [t('book-edition'), <code>{it.edition}</code>],
          [t('book-health'), <HealthChip book={it} long />],
          [t('book-date'), <><Day date={it.as_of ?? it.vintage} /> <Age days={it.age_days} /></>],
          [t('book-basis'), <BasisMark basis={it.basis} long />],
          [t('book-licence'), <Outside href={it.licence_url}>{it.licence}</Outside>],
          [t('book-rows'), format.number(it.rows)],
          [t('book-size'), format.bytes(it.bytes)],
          [t('book-from'), it.imported ? (it.imported_at ? t('book-imported-at', { at: format.time(it.imported_at) }) : t('book-imported')) : t('book-bundled')],
        ]} />
        <h2>{t('book-how')}</h2>
        <p className="pp-prose">{it.how}</p>
        {it.made_by && <p className="muted">{t('book-made-by')} <code>{it.made_by}</code></p>}
        {it.inputs.length > 0 && (
          <details className="pp-details">
            <summary>{t('book-inputs', { count: it.inputs.length })}</summary>
            <ul className="pp-plain-list">
              {it.inputs.map((one) => (
                <li key={one.file + one.sha256}>
                  <code>{one.file}</code>{one.publisher && ` · ${one.publisher}`}{one.licence && ` · ${one.licence}`}
                  <br /><span className="muted pp-hash">SHA-256 {one.sha256}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
      <TableBrowser book={it} />
      <Editions name={name} path={path} items={list} problem={editions.problem} loading={editions.loading} reload={editions.reload} />
      <Confirm open={rolling} onClose={() => setRolling(false)} title={t('book-roll-back-title', { title: it.title })} action={t('book-roll-back')} run={rollback}>
        <p>{before ? t('book-roll-back-to', { now: it.edition, before: before.edition }) : t('book-roll-back-bundled', { now: it.edition })}</p>
        <p className="muted">{t('book-roll-back-note')}</p>
      </Confirm>
    </Frame>
  );
}

function TableBrowser({ book }: { book: BookDetail }) {
  const { t } = useWords();
  const format = useFormats();
  const [chosen] = useQuery('table');
  const [words] = useQuery('q');
  const table = book.tables.find((it) => it.file === chosen) ?? book.tables[0];
  if (!table) return <section className="panel"><Empty title={t('book-no-tables')} /></section>;
  const path = `/books/${encodeURIComponent(book.name)}/tables/${encodeURIComponent(table.file)}`;
  return (
    <section className="panel" aria-labelledby="book-tables">
      <h2 id="book-tables">{t('book-tables')}</h2>
      {book.tables.length > 1 && (
        <div className="pp-switch" role="group" aria-label={t('book-tables')}>
          {book.tables.map((it) => (
            <Button key={it.file} small tone={it.file === table.file ? 'primary' : 'plain'} aria-pressed={it.file === table.file}
              onClick={() => setQuery({ table: it.file, q: null })}>
              {it.file} · {format.number(it.rows)}
            </Button>
          ))}
        </div>
      )}
      <div className="toolbar">
        <Search key={table.file} label={t('book-table-search', { table: table.file })} />
        <Downloads path={path} query={words ? { q: words } : {}} name={table.file.replace(/\.\w+$/, '')} formats={['csv', 'xlsx', 'parquet', 'arrow']} />
      </div>
      <Rows key={path} path={path} query={{ q: words, limit: 50 }} file={table.file} />
    </section>
  );
}

const isNumber = (cell: Cells[number] | undefined) => typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell) && !/^0\d/.test(cell));

function Rows({ path, query, file }: { path: string; query: Record<string, QueryValue>; file: string }) {
  const { t } = useWords();
  const list = useList<Cells>(path, query);
  // The header comes with each page of rows, which a list does not keep.
  const first = useApi<TablePage>(`${path}?limit=1`);
  const header = first.data?.header ?? [];
  if (list.loading && list.items.length === 0) return <Loading lines={8} />;
  if (list.problem) return <ProblemBox problem={list.problem} onRetry={list.reload} />;
  if (list.items.length === 0) return <Empty title={t('book-no-rows')} />;
  return (
    <>
      <div className="table-wrap pp-scroll" tabIndex={0} role="region" aria-label={file}>
        <table className="table pp-grid">
          <caption className="sr-only">{file}</caption>
          <thead><tr>{header.map((it, at) => <th key={it} scope="col" className={isNumber(list.items[0]?.[at]) ? 'end' : undefined}>{it}</th>)}</tr></thead>
          <tbody>
            {list.items.map((row, at) => (
              <tr key={at}>{row.map((cell, column) => <td key={column} className={isNumber(cell) ? 'end' : undefined}>{cell === null ? '' : String(cell)}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
    </>
  );
}

function Editions({ name, path, items, problem, loading, reload }: { name: string; path: string; items: Edition[]; problem: Parameters<typeof ProblemBox>[0]['problem']; loading: boolean; reload: () => void }) {
  const { t } = useWords();
  const format = useFormats();
  const [from] = useQuery('from');
  const [to] = useQuery('to');
  const now = items.find((it) => it.in_force)?.edition ?? '';
  const left = from ?? items.find((it) => it.edition !== now)?.edition ?? '';
  const right = to ?? now;
  const asked = from !== null || to !== null;
  const diff = useApi<Difference>(asked && left && right && left !== right ? `${path}/diff?from=${encodeURIComponent(left)}&to=${encodeURIComponent(right)}` : null);
  return (
    <section className="panel" aria-labelledby="book-editions">
      <h2 id="book-editions">{t('book-editions')}</h2>
      <ProblemBox problem={problem} onRetry={reload} />
      {loading && items.length === 0 && <Loading lines={2} />}
      <ol className="book-editions">
        {items.map((it) => (
          <li key={it.edition}>
            <code>{it.edition}</code>{' '}
            {it.in_force && <Chip tone="good">{t('book-in-force')}</Chip>}{' '}
            <span className="muted">
              {it.imported ? t('book-imported') : t('book-bundled')}
              {it.vintage && ` · ${it.vintage}`}
              {typeof it.rows === 'number' && ` · ${t('book-rows-count', { count: it.rows, shown: format.number(it.rows) })}`}
              {it.retrieved && <> · <Day date={it.retrieved} /></>}
              {it.file && ` · ${it.file}`}
            </span>
          </li>
        ))}
      </ol>
      {items.length < 2 ? <p className="muted">{t('book-one-edition')}</p> : (
        <form className="form-row" onSubmit={(event) => { event.preventDefault(); setQuery({ from: left, to: right }); }}>
          <EditionSelect label={t('book-diff-from')} value={left} items={items} onChange={(value) => setQuery({ from: value, to: right })} />
          <EditionSelect label={t('book-diff-to')} value={right} items={items} onChange={(value) => setQuery({ from: left, to: value })} />
          <Button type="submit" tone="primary" disabled={left === right}>{t('book-diff-show')}</Button>
        </form>
      )}
      {diff.loading && <Loading lines={3} />}
      <ProblemBox problem={diff.problem} onRetry={diff.reload} />
      {diff.data && (
        <>
          <DifferenceView it={{ ...diff.data, from: left, to: right }} />
          <LoadedCsv name={`${name}-diff`} head={['table', 'change', 'side', ...(diff.data.header ?? [])]} rows={(diff.data.rows ?? []).flatMap((row) =>
            ([['before', row.before], ['after', row.after]] as const).flatMap(([side, cells]) => (cells ? [[row.table, row.change, side, ...cells.map((cell) => (cell === null ? null : String(cell)))]] : [])))} />
        </>
      )}
    </section>
  );
}

function EditionSelect({ label, value, items, onChange }: { label: string; value: string; items: Edition[]; onChange: (value: string) => void }) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {items.map((it) => <option key={it.edition} value={it.edition}>{it.edition}</option>)}
      </select>
    </label>
  );
}
