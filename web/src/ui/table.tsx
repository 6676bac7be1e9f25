import { useState, type ReactNode } from 'react';
import type { Listed, QueryValue } from '../lib/api';
import { url } from '../lib/api';
import { useFormats } from '../lib/format';
import { useWords } from '../lib/words';
import { Button, Loading, ProblemNote, cx } from './basic';
import { Icon } from './icons';
import { MenuButton } from './overlay';

export interface Column<T> {
  id: string;
  title: ReactNode;
  cell(row: T): ReactNode;
  /** Figures stand at the end of their column. */
  end?: boolean;
  /** Sorting in the browser, by this value. Only for lists that are whole. */
  sort?(row: T): string | number;
  /** Left out on a phone. */
  wideOnly?: boolean;
}

export interface DataTableProps<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey(row: T): string;
  onRow?(row: T): void;
  empty?: ReactNode;
  rowClass?(row: T): string | undefined;
}

/** A table with a caption for screen readers, sortable heads and rows that may be opened. */
export function DataTable<T>({ label, columns, rows, rowKey, onRow, empty, rowClass }: DataTableProps<T>) {
  const [order, setOrder] = useState<{ id: string; down: boolean } | null>(null);
  const by = columns.find((it) => it.id === order?.id)?.sort;
  const sorted = by
    ? [...rows].sort((a, b) => {
        const [x, y] = [by(a), by(b)];
        return (x < y ? -1 : x > y ? 1 : 0) * (order?.down ? -1 : 1);
      })
    : rows;
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div className="table-wrap" tabIndex={0} role="region" aria-label={label}>
      <table className="table">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map((it) => (
              <th key={it.id} scope="col" className={cx(it.end && 'end', it.wideOnly && 'wide-only')} aria-sort={order?.id === it.id ? (order.down ? 'descending' : 'ascending') : undefined}>
                {it.sort ? (
                  <button type="button" onClick={() => setOrder({ id: it.id, down: order?.id === it.id ? !order.down : false })}>
                    {it.title}
                    <span aria-hidden>{order?.id === it.id ? (order.down ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                ) : (
                  it.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowKey(row)} className={cx(onRow && 'opens', rowClass?.(row))} onClick={onRow && (() => onRow(row))}>
              {columns.map((it) => (
                <td key={it.id} className={cx(it.end && 'end', it.wideOnly && 'wide-only')}>{it.cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Below a `useList`: how many there are, the next page, and what went wrong. */
export function Pager<T>({ list }: { list: Listed<T> }) {
  const { t } = useWords();
  const format = useFormats();
  if (list.problem) return <ProblemNote problem={list.problem} retry={list.reload} />;
  return (
    <div className="pager">
      <span role="status">
        {list.total !== null
          ? t('pager-of', { shown: format.number(list.items.length), total: format.number(list.total) })
          : t('pager-shown', { shown: format.number(list.items.length) })}
      </span>
      {list.more && <Button onClick={list.more} busy={list.loading} icon="down">{t('pager-more')}</Button>}
      {list.loading && !list.more && <Loading />}
    </div>
  );
}

/** CSV, XLSX and Parquet of a list, made by the server from the same query. */
export function TableDownloads({ path, query = {} }: { path: string; query?: Record<string, QueryValue> }) {
  const { t } = useWords();
  return (
    <MenuButton
      label={t('download-table')}
      className="button quiet"
      button={<><Icon name="download" /><span>{t('download-table')}</span></>}
      items={['csv', 'xlsx', 'parquet'].map((format) => ({ text: t(`format-${format}`), href: url(path, { ...query, format }), download: true }))}
    />
  );
}

export function SearchBox({ value, onChange, label }: { value: string; onChange(value: string): void; label: string }) {
  return (
    <div className="search">
      <Icon name="search" />
      <input type="search" value={value} onChange={(event) => onChange(event.target.value)} placeholder={label} aria-label={label} />
    </div>
  );
}

/** Waits until a person stops typing. */
export { useDebounced } from '../lib/debounce';
