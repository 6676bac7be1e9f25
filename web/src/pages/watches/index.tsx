import './watches.css';
import { useState } from 'react';
import { api, useList } from '../../lib/api';
import { useEvents } from '../../lib/events';
import { useFormats } from '../../lib/format';
import { Link, setQuery, useQuery } from '../../lib/router';
import { useWords } from '../../lib/words';
import { ButtonLink, toastProblem } from '../../ui';
import {
  Button, Chip, Confirm, Empty, Filter, Frame, LoadedCsv, Loading, More, PageHead, ProblemBox, ReadOnly, Search, Table, Time, say, useRights, type Column, Back
} from '../parts/ui';
import type { Alert, Watch } from '../parts/types';

const planLink = (answer: string, plan: string | null | undefined) => `/radar/${answer}${plan ? `?plan=${encodeURIComponent(plan)}` : ''}`;

/** Watches and what they have told. With an id, only what concerns that watch. */
export default function WatchesPage({ id }: { id?: string }) {
  const { t } = useWords();
  const [q] = useQuery('q');
  const [state] = useQuery('state');
  const [seen] = useQuery('alerts');
  const watches = useList<Watch>('/watches', { q, state, limit: 50 });
  const alerts = useList<Alert>('/alerts', { unseen: seen === 'all' ? null : true, limit: 100 });
  const again = () => {
    watches.reload();
    alerts.reload();
  };
  useEvents(['alert', 'book'], again);
  const shown = id ? watches.items.filter((it) => it.id === id) : watches.items;
  return (
    <Frame title={t('watches-title')}>
      {id && <Back href="/watches">{t('watches-title')}</Back>}
      <PageHead title={id ? (shown[0]?.title ?? t('watches-title')) : t('watches-title')} lead={id ? shown[0]?.sentence : t('watches-lead')} />
      <ReadOnly />
      <Alerts list={alerts} all={seen === 'all'} watch={id} watches={watches.items} onSeen={again} />
      <Watches list={watches} shown={shown} filtered={Boolean(q || state)} onDone={again} single={Boolean(id)} />
    </Frame>
  );
}

function Alerts({ list, all, watch, watches, onSeen }: { list: ReturnType<typeof useList<Alert>>; all: boolean; watch: string | undefined; watches: Watch[]; onSeen: () => void }) {
  const { t } = useWords();
  const rights = useRights();
  const [busy, setBusy] = useState<string | null>(null);
  const items = watch ? list.items.filter((it) => it.watch_id === watch) : list.items;
  const unseen = items.filter((it) => !it.seen);
  const mark = async (some: Alert[], key: string) => {
    setBusy(key);
    try {
      for (const it of some) await api.post(`/alerts/${it.id}/seen`);
    } catch (cause) {
      toastProblem(cause);
    }
    setBusy(null);
    onSeen();
  };
  return (
    <section aria-labelledby="alerts" className="watch-alerts">
      <div className="toolbar">
        <h2 id="alerts">{t('alerts-title')}</h2>
        {unseen.length > 0 && <Chip tone="warn">{t('alerts-unseen', { count: unseen.length })}</Chip>}
        <div className="pp-switch push" role="group" aria-label={t('alerts-title')}>
          <Button small aria-pressed={!all} onClick={() => setQuery({ alerts: null })}>{t('alerts-new')}</Button>
          <Button small aria-pressed={all} onClick={() => setQuery({ alerts: 'all' })}>{t('pg-all')}</Button>
        </div>
        {rights.write && unseen.length > 1 && <Button small busy={busy === 'all'} onClick={() => void mark(unseen, 'all')}>{t('alerts-all-seen')}</Button>}
      </div>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && items.length === 0 && <Loading lines={2} />}
      {!list.loading && !list.problem && items.length === 0 && <Empty title={all ? t('alerts-never') : t('alerts-none')}>{t('alerts-none-text')}</Empty>}
      <ul className="watch-alert-list">
        {items.map((it) => (
          <AlertCard key={it.id} alert={it} watch={watches.find((one) => one.id === it.watch_id)}
            onSeen={rights.write && !it.seen ? () => void mark([it], it.id) : null} busy={busy === it.id} />
        ))}
      </ul>
      {items.length > 0 && <More more={list.more} loading={list.loading} shown={items.length} total={list.total} />}
    </section>
  );
}

function AlertCard({ alert, watch, onSeen, busy }: { alert: Alert; watch: Watch | undefined; onSeen: (() => void) | null; busy: boolean }) {
  const { t } = useWords();
  const answer = alert.answer_id ?? watch?.answer_id;
  const title = alert.watch_title ?? watch?.title ?? t('watch-gone');
  // A watch of a whole answer may tell of several plans.
  const plans = alert.delta.some((it) => it.plan && it.plan !== alert.delta[0]?.plan);
  return (
    <li className={`panel watch-alert${alert.seen ? ' seen' : ''}`}>
      <div className="toolbar">
        <Chip tone={alert.kind === 'feasibility' ? 'bad' : 'warn'}>{t(`alert-kind-${alert.kind}`)}</Chip>
        <b dir="auto">{title}</b>
        <span className="muted"><Time at={alert.at} /> · {t('alert-because')} <Link href={`/books/${encodeURIComponent(alert.book.split(' ')[0] ?? '')}`}><code>{alert.book}</code></Link></span>
        <span className="push pp-row-actions">
          {answer && <ButtonLink href={planLink(answer, alert.plan ?? watch?.plan)}>{t('alert-open-plan')}</ButtonLink>}
          {onSeen && <Button busy={busy} onClick={onSeen} aria-label={t('alert-seen-of', { title })}>{t('alert-seen')}</Button>}
          {alert.seen && <span className="muted">✓ {t('alert-was-seen')}</span>}
        </span>
      </div>
      <div className="table-wrap">
        <table className="table pp-stack" role="table">
          <caption className="sr-only">{t('alert-delta', { title })}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {plans && <th role="columnheader" scope="col">{t('watch-plan')}</th>}
              <th role="columnheader" scope="col">{t('alert-figure')}</th>
              <th role="columnheader" scope="col">{t('alert-before')}</th>
              <th role="columnheader" scope="col">{t('alert-after')}</th>
              <th role="columnheader" scope="col">{t('alert-text')}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {alert.delta.map((it, at) => (
              <tr key={at} role="row">
                {plans && <td role="cell" data-label={t('watch-plan')}><div><code>{it.plan}</code></div></td>}
                <td role="cell" className="pp-lead-cell" data-label={t('alert-figure')}><div><Figure name={it.figure} /></div></td>
                <td role="cell" data-label={t('alert-before')}><div><Value value={it.before} /></div></td>
                <td role="cell" data-label={t('alert-after')}><div><b><Value value={it.after} /></b></div></td>
                <td role="cell" data-label={t('alert-text')}><div>{it.text}</div></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </li>
  );
}

/** "landed" and "on_time" have words in the terms of the trade, "rank" and "feasible" here; what has none shows itself. */
function Figure({ name }: { name: string }) {
  const { t } = useWords();
  const plain = name.replaceAll('_', '-');
  const key = [`alert-figure-${plain}`, `figure-${plain}`].find((it) => t.has(it));
  return <>{key ? t(key) : name}</>;
}

/** A figure as the server writes it: words, a day, money, or nothing. */
function Value({ value }: { value: unknown }) {
  const format = useFormats();
  if (value === null || value === undefined || value === '') return <span className="muted">—</span>;
  if (typeof value === 'object' && 'amount' in value && 'currency' in value) return <>{format.money(value as { amount: string; currency: string })}</>;
  if (typeof value === 'number') return <>{format.number(value, Number.isInteger(value) ? 0 : 2)}</>;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return <>{/^\d{4}-\d\d-\d\d$/.test(text) ? format.date(text) : text}</>;
}

function Watches({ list, shown, filtered, onDone, single }: { list: ReturnType<typeof useList<Watch>>; shown: Watch[]; filtered: boolean; onDone: () => void; single: boolean }) {
  const { t } = useWords();
  const rights = useRights();
  const [busy, setBusy] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<Watch | null>(null);
  const turn = async (it: Watch) => {
    setBusy(it.id);
    const next = it.state === 'paused' ? 'active' : 'paused';
    try {
      await api.patch(`/watches/${it.id}`, { state: next }, { ifMatch: `"${it.version}"` });
      say(t(next === 'paused' ? 'watch-paused' : 'watch-resumed', { title: it.title }));
    } catch (cause) {
      toastProblem(cause);
    }
    setBusy(null);
    onDone();
  };
  const columns: Column<Watch>[] = [
    {
      key: 'title', title: t('watch-watch'), lead: true, by: (it) => it.title,
      cell: (it) => <><Link href={planLink(it.answer_id, it.plan)} dir="auto">{it.title}</Link>{it.sentence && <><br /><span className="muted" dir="auto">{it.sentence}</span></>}</>,
    },
    { key: 'plan', title: t('watch-plan'), by: (it) => it.plan, cell: (it) => (it.plan ? <code>{it.plan}</code> : t('watch-whole')) },
    { key: 'state', title: t('pg-state'), by: (it) => it.state, cell: (it) => <Chip tone={it.state === 'paused' ? 'neutral' : 'good'}>{t(`watch-state-${it.state}`)}</Chip> },
    { key: 'alerts', title: t('alerts-title'), end: true, by: (it) => it.unseen, cell: (it) => (it.unseen ? <Link href={`/watches/${it.id}`}>{t('alerts-unseen', { count: it.unseen })}</Link> : <Link href={`/watches/${it.id}?alerts=all`}>{t('watch-none-new')}</Link>) },
    { key: 'swept', title: t('watch-swept'), by: (it) => it.swept_at, cell: (it) => <Time at={it.swept_at ?? it.created_at} /> },
    ...(rights.write ? [{
      key: 'do', title: '',
      cell: (it: Watch) => (
        <span className="pp-row-actions">
          <Button small busy={busy === it.id} onClick={() => void turn(it)}>{t(it.state === 'paused' ? 'watch-resume' : 'watch-pause')}</Button>
          <Button small tone="quiet" icon="trash" iconOnly onClick={() => setLeaving(it)}>{t('watch-delete')}</Button>
        </span>
      ),
    }] : []),
  ];
  return (
    <section aria-labelledby="watches" className="watch-list">
      <div className="toolbar">
        <h2 id="watches">{t('watches-title')}</h2>
        {!single && <Search label={t('watches-search')} />}
        {!single && <Filter name="state" label={t('pg-state')} all={t('pg-all')} options={['active', 'paused'].map((it) => ({ value: it, text: t(`watch-state-${it}`) }))} />}
        <LoadedCsv name="watches" head={['title', 'sentence', 'plan', 'state', 'unseen', 'swept_at', 'created_at']} rows={shown.map((it) => [it.title, it.sentence, it.plan, it.state, it.unseen, it.swept_at, it.created_at])} />
      </div>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && shown.length === 0 && <Loading />}
      {!list.loading && !list.problem && shown.length === 0 && (filtered
        ? <Empty title={t('pg-nothing-found')} action={<Button onClick={() => setQuery({ q: null, state: null })}>{t('pg-clear')}</Button>} />
        : <Empty title={t('watches-none')} action={<ButtonLink href="/" kind="primary">{t('deal-to-radar')}</ButtonLink>}>{t('watches-none-text')}</Empty>)}
      {shown.length > 0 && (
        <>
          <Table caption={t('watches-title')} columns={columns} rows={shown} id={(it) => it.id} sortKey="sort" />
          <More more={list.more} loading={list.loading} shown={shown.length} total={single ? null : list.total} />
        </>
      )}
      <Confirm open={leaving !== null} onClose={() => setLeaving(null)} title={t('watch-delete')} action={t('delete')}
        run={async () => { await api.delete(`/watches/${leaving?.id}`); say(t('watch-deleted')); onDone(); }}>
        <p>{t('watch-delete-text', { title: leaving?.title ?? '' })}</p>
      </Confirm>
    </section>
  );
}
