import { useList } from '../../lib/api';
import { useFormats } from '../../lib/format';
import { Link, setQuery, useQuery } from '../../lib/router';
import { useWords } from '../../lib/words';
import { ButtonLink } from '../../ui';
import { Button, Chip, Empty, Frame, LoadedCsv, Loading, More, PageHead, ProblemBox, ReadOnly, Search, Table, Time, useRights, type Column } from '../parts/ui';
import type { Quote, Supplier } from '../parts/types';
import { QuoteTable } from '../quotes/list';

export default function SuppliersPage() {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const [q] = useQuery('q');
  const [open] = useQuery('open');
  const list = useList<Supplier>('/suppliers', { q, limit: 50 });
  const columns: Column<Supplier>[] = [
    {
      key: 'name', title: t('quote-field-supplier'), lead: true, by: (it) => it.name,
      cell: (it) => (
        <button type="button" className="pp-open" aria-expanded={open === it.name} onClick={() => setQuery({ open: open === it.name ? null : it.name })}>
          <span aria-hidden="true" className="pp-turn">▸</span> <span dir="auto">{it.name}</span>
        </button>
      ),
    },
    { key: 'economy', title: t('supplier-economy'), by: (it) => it.economy_name ?? it.economy, cell: (it) => it.economy_name ?? (it.economy ? format.economy(it.economy) : <span className="muted">—</span>) },
    {
      key: 'quotes', title: t('supplier-quotes'), end: true, by: (it) => it.quotes,
      cell: (it) => <>{format.number(it.quotes)}{it.expired ? <> <Chip tone="warn">{t('supplier-expired', { count: it.expired })}</Chip></> : null}</>,
    },
    { key: 'hs', title: t('supplier-goods'), cell: (it) => <span className="supplier-hs">{it.hs.slice(0, 6).map((code) => <Link key={code} href={`/quotes?hs=${code}`}><code>{code}</code></Link>)}{it.hs.length > 6 && <span className="muted">+{it.hs.length - 6}</span>}</span> },
    { key: 'last', title: t('supplier-last'), by: (it) => it.last, cell: (it) => <Time at={it.last} /> },
  ];
  return (
    <Frame title={t('suppliers-title')}>
      <PageHead title={t('suppliers-title')} lead={t('suppliers-lead')}>
        {rights.write && <ButtonLink href="/quotes" kind="primary">{t('supplier-bring')}</ButtonLink>}
      </PageHead>
      <ReadOnly />
      <div className="toolbar">
        <Search label={t('suppliers-search')} />
        <LoadedCsv name="suppliers" head={['name', 'economy', 'quotes', 'expired', 'hs', 'last']} rows={list.items.map((it) => [it.name, it.economy, it.quotes, it.expired, it.hs.join(' '), it.last])} />
      </div>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && list.items.length === 0 && <Loading lines={6} />}
      {!list.loading && !list.problem && list.items.length === 0 && (q
        ? <Empty title={t('pg-nothing-found')} action={<Button onClick={() => setQuery({ q: null })}>{t('pg-clear')}</Button>} />
        : <Empty title={t('suppliers-none')} action={<ButtonLink href="/quotes" kind="primary">{t('supplier-bring')}</ButtonLink>}>{t('suppliers-none-text')}</Empty>)}
      {list.items.length > 0 && (
        <>
          <Table caption={t('suppliers-title')} columns={columns} rows={list.items} id={(it) => it.name} sortKey="sort"
            under={(it) => it.name === open && <Quotes name={it.name} />} />
          <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
        </>
      )}
    </Frame>
  );
}

function Quotes({ name }: { name: string }) {
  const { t } = useWords();
  const list = useList<Quote>('/quotes', { supplier: name, limit: 50 });
  return (
    <div className="supplier-quotes">
      <QuoteTable list={list} caption={t('quote-of', { supplier: name })} plain />
    </div>
  );
}
