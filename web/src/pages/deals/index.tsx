import './deals.css';
import { useList } from '../../lib/api';
import { useEvents } from '../../lib/events';
import { useFormats } from '../../lib/format';
import { Link, setQuery, useQuery } from '../../lib/router';
import { isExact, knownPart } from '../../lib/types';
import { useWords } from '../../lib/words';
import { ButtonLink, TotalText } from '../../ui';
import { Button, Day, Empty, Filter, Frame, LoadedCsv, Loading, More, PageHead, ProblemBox, ReadOnly, Search, Table, Time, type Column } from '../parts/ui';
import { DEAL_STATES, type DealItem } from '../parts/types';
import { DealPage } from './deal';
import { DealChip } from './states';

const STATES = [...DEAL_STATES, 'cancelled'] as const;

export default function Deals({ id }: { id?: string }) {
  return id ? <DealPage key={id} id={id} /> : <DealsPage />;
}

function DealsPage() {
  const { t } = useWords();
  const format = useFormats();
  const [q] = useQuery('q');
  const [state] = useQuery('state');
  const list = useList<DealItem>('/deals', { q, state, limit: 50 });
  useEvents(['deal'], list.reload);
  const columns: Column<DealItem>[] = [
    {
      key: 'title', title: t('deal-deal'), lead: true, by: (it) => it.title,
      cell: (it) => <><Link href={`/deals/${it.id}`} dir="auto">{it.title}</Link>{it.sentence && <><br /><span className="muted" dir="auto">{it.sentence}</span></>}</>,
    },
    { key: 'state', title: t('pg-state'), by: (it) => STATES.indexOf(it.state), cell: (it) => <DealChip state={it.state} /> },
    { key: 'supplier', title: t('deal-supplier'), by: (it) => it.supplier, cell: (it) => it.supplier || (it.origin ? format.economy(it.origin) : <span className="muted">—</span>) },
    { key: 'landed', title: t('deal-landed'), end: true, by: (it) => (it.landed ? Number(knownPart(it.landed).amount) : null), cell: (it) => (it.landed ? <TotalText total={it.landed} /> : <span className="muted">—</span>) },
    { key: 'arrives', title: t('deal-arrives'), by: (it) => it.arrival_p50, cell: (it) => <Day date={it.arrival_p50} /> },
    { key: 'changed', title: t('pg-changed'), by: (it) => it.updated_at, cell: (it) => <Time at={it.updated_at} /> },
  ];
  return (
    <Frame title={t('deals-title')}>
      <PageHead title={t('deals-title')} lead={t('deals-lead')} />
      <ReadOnly />
      <div className="toolbar">
        <Search label={t('deals-search')} />
        <Filter name="state" label={t('pg-state')} all={t('pg-all')} options={STATES.map((it) => ({ value: it, text: t(`deal-state-${it}`) }))} />
        <LoadedCsv name="deals" head={['title', 'state', 'supplier', 'origin', 'destination', 'landed', 'currency', 'exact', 'arrival_p50', 'updated_at']}
          rows={list.items.map((it) => [it.title, it.state, it.supplier, it.origin, it.destination, it.landed && knownPart(it.landed).amount, it.landed && knownPart(it.landed).currency, it.landed && String(isExact(it.landed)), it.arrival_p50, it.updated_at])} />
      </div>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && list.items.length === 0 && <Loading lines={6} />}
      {!list.loading && !list.problem && list.items.length === 0 && (q || state
        ? <Empty title={t('pg-nothing-found')} action={<Button onClick={() => setQuery({ q: null, state: null })}>{t('pg-clear')}</Button>} />
        : <Empty title={t('deals-none')} action={<ButtonLink href="/" kind="primary">{t('deal-to-radar')}</ButtonLink>}>{t('deals-none-text')}</Empty>)}
      {list.items.length > 0 && (
        <>
          <Table caption={t('deals-title')} columns={columns} rows={list.items} id={(it) => it.id} sortKey="sort" />
          <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
        </>
      )}
    </Frame>
  );
}
