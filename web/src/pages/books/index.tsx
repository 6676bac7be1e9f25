import './books.css';
import { useMemo } from 'react';
import { api, useApi } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { useEvents } from '../../lib/events';
import { useFormats } from '../../lib/format';
import { Link, useQuery } from '../../lib/router';
import { useWords } from '../../lib/words';
import {
  BasisMark, Button, Day, Empty, Filter, Frame, LoadedCsv, Loading, Outside, PageHead, ProblemBox, ReadOnly, Search, Table,
  say, useRights, useTask, type Column,
} from '../parts/ui';
import type { Book, Health } from '../parts/types';
import { BookPage } from './book';
import { Age, HealthChip } from './health';
import { ImportPanel } from './import';

const HEALTHS: Health[] = ['ok', 'old', 'damaged', 'missing'];
const BASES = ['observed', 'benchmark', 'modelled', 'assumed'] as const;

export default function Books({ name }: { name?: string }) {
  return name ? <BookPage key={name} name={name} /> : <BooksPage />;
}

function BooksPage() {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const books = useApi<{ items: Book[] }>('/books');
  const [words] = useQuery('q');
  const [health] = useQuery('health');
  const [basis] = useQuery('basis');
  const [origin] = useQuery('origin');
  const verify = useTask();
  useCommands(useMemo(() => (rights.admin ? [{ id: 'book-import', title: t('book-import'), keys: 'i', group: t('books-title'), run: () => document.querySelector<HTMLInputElement>('.book-import input[type=file]')?.click() }] : []), [t, rights.admin]));
  useEvents(['book'], books.reload);

  const all = useMemo(() => books.data?.items ?? [], [books.data]);
  const shown = useMemo(() => {
    const wanted = (words ?? '').toLowerCase();
    return all.filter((it) =>
      (!wanted || `${it.name} ${it.title} ${it.publisher} ${it.licence}`.toLowerCase().includes(wanted)) &&
      (!health || it.health === health) && (!basis || it.basis === basis) &&
      (!origin || it.imported === (origin === 'imported')));
  }, [all, words, health, basis, origin]);

  const check = () => verify.run(async () => {
    const found = await api.post<{ ok: boolean; items: { name: string; ok: boolean; text: string }[] }>('/books/verify');
    const damaged = found.items.filter((it) => !it.ok).length;
    say(damaged ? t('book-verify-damaged', { count: damaged }) : t('book-verify-sound'));
    books.reload();
  });

  const columns: Column<Book>[] = [
    {
      key: 'title', title: t('book-dataset'), lead: true, by: (it) => it.title,
      cell: (it) => <>{it.health === 'missing' ? it.title : <Link href={`/books/${encodeURIComponent(it.name)}`}>{it.title}</Link>}<br /><span className="muted">{it.publisher}</span></>,
    },
    {
      key: 'edition', title: t('book-edition'), by: (it) => it.edition,
      cell: (it) => (
        <>
          <code>{it.edition}</code>
          {it.imported && <><br /><span className="muted">{t('book-imported')}</span></>}
          {it.editions > 1 && <span className="muted"> · {t('book-editions-count', { count: it.editions })}</span>}
        </>
      ),
    },
    { key: 'date', title: t('book-date'), by: (it) => it.as_of ?? it.vintage, cell: (it) => <><Day date={it.as_of ?? it.vintage} /><br /><Age days={it.age_days} /></> },
    { key: 'licence', title: t('book-licence'), by: (it) => it.licence, cell: (it) => <Outside href={it.licence_url}>{it.licence}</Outside> },
    { key: 'rows', title: t('book-rows'), end: true, by: (it) => it.rows, cell: (it) => format.number(it.rows) },
    { key: 'health', title: t('book-health'), by: (it) => HEALTHS.indexOf(it.health), cell: (it) => <HealthChip book={it} /> },
    { key: 'basis', title: t('book-basis'), by: (it) => BASES.indexOf(it.basis), cell: (it) => it.basis && <BasisMark basis={it.basis} long /> },
  ];

  return (
    <Frame title={t('books-title')}>
      <PageHead title={t('books-title')} lead={books.data ? t('books-lead', {
        count: all.length, imported: all.filter((it) => it.imported).length, poor: all.filter((it) => it.health !== 'ok').length,
      }) : t('books-lead-short')}>
        <Button onClick={() => void check()} busy={verify.busy}>{t('book-verify')}</Button>
      </PageHead>
      <ReadOnly admin />
      <ProblemBox problem={verify.problem} />
      {rights.admin && <ImportPanel books={all} onInstalled={books.reload} />}
      <div className="toolbar">
        <Search label={t('books-search')} />
        <Filter name="health" label={t('book-health')} all={t('pg-all')} options={HEALTHS.map((it) => ({ value: it, text: t(`book-health-${it}`) }))} />
        <Filter name="basis" label={t('book-basis')} all={t('pg-all')} options={BASES.map((it) => ({ value: it, text: t(`basis-${it}`) }))} />
        <Filter name="origin" label={t('book-from')} all={t('pg-all')} options={[{ value: 'imported', text: t('book-imported') }, { value: 'bundled', text: t('book-bundled') }]} />
      </div>
      <ProblemBox problem={books.problem} onRetry={books.reload} />
      {!books.data && books.loading ? <Loading lines={8} /> : (
        <>
          {shown.length > 0 ? <Table caption={t('books-title')} columns={columns} rows={shown} id={(it) => it.name} sortKey="sort" />
            : books.data && <Empty title={t('books-none')}>{t('books-none-text')}</Empty>}
          {shown.length > 0 && (
            <div className="toolbar pp-foot">
              <span className="muted" role="status">{t('pg-shown-of', { count: shown.length, total: all.length })}</span>
              <LoadedCsv name="books" head={['name', 'title', 'publisher', 'edition', 'vintage', 'licence', 'rows', 'health', 'basis', 'imported_at']}
                rows={shown.map((it) => [it.name, it.title, it.publisher, it.edition, it.vintage, it.licence, it.rows, it.health, it.basis, it.imported_at])} />
            </div>
          )}
        </>
      )}
    </Frame>
  );
}
