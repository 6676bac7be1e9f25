import './needs.css';
import { useMemo, useState, type FormEvent } from 'react';
import { api, useApi, useList } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { Link, navigate, setQuery, useQuery } from '../../lib/router';
import { useFormats } from '../../lib/format';
import { useWords } from '../../lib/words';
import type { Money } from '../../lib/types';
import { toastProblem } from '../../ui';
import {
  Button, Chip, Day, Empty, Facts, Filter, Frame, LoadedCsv, Loading, More, PageHead, ProblemBox, ReadOnly, Search, Table, Time, say, useRights, useTask,
  type ChipTone, type Column, Back
} from '../parts/ui';
import type { KeptNeed, NeedState } from '../parts/types';
import { NeedForm } from './form';

const STATES: NeedState[] = ['open', 'answered', 'dealt', 'dropped'];
const TONES: Record<NeedState, ChipTone> = { open: 'info', answered: 'good', dealt: 'good', dropped: 'neutral' };

export default function Needs({ id }: { id?: string }) {
  return id ? <OneNeed key={id} id={id} /> : <NeedsPage />;
}

export const NeedChip = ({ state }: { state: NeedState }) => {
  const { t } = useWords();
  return <Chip tone={TONES[state]}>{t(`need-state-${state}`)}</Chip>;
};

/** Sweeps for a need and opens what was found. */
async function scan(need: KeptNeed): Promise<void> {
  const answer = await api.post<{ id: string }>('/scans', { text: need.text });
  // The need remembers its newest answer; that the answer is there matters more.
  await api.patch(`/needs/${need.id}`, { answer_id: answer.id, state: need.state === 'open' ? 'answered' : need.state }, { ifMatch: `"${need.version}"` }).catch(toastProblem);
  navigate(`/radar/${answer.id}`);
}

function NeedsPage() {
  const { t } = useWords();
  const [show] = useQuery('show');
  const rights = useRights();
  const [adding, setAdding] = useState(false);
  const [round, setRound] = useState(0);
  useCommands(useMemo(() => (rights.write ? [{ id: 'need-add', title: t('need-add'), keys: 'a', group: t('needs-title'), run: () => setAdding(true) }] : []), [t, rights.write]));
  return (
    <Frame title={t('needs-title')}>
      <PageHead title={t('needs-title')} lead={t('needs-lead')}>
        {rights.write && <Button tone="primary" aria-expanded={adding} onClick={() => setAdding(!adding)}>{t('need-add')}</Button>}
      </PageHead>
      <ReadOnly />
      {adding && (
        <section className="panel">
          <h2>{t('need-add')}</h2>
          <NeedForm need={null} onCancel={() => setAdding(false)} onSaved={() => { setAdding(false); setRound(round + 1); say(t('need-added')); }} />
        </section>
      )}
      <nav className="tabs" aria-label={t('needs-title')}>
        <Tab here={show !== 'answers'} href="/needs">{t('needs-title')}</Tab>
        <Tab here={show === 'answers'} href="/needs?show=answers">{t('needs-answers')}</Tab>
      </nav>
      {show === 'answers' ? <Answers /> : <NeedList key={round} />}
    </Frame>
  );
}

function Tab({ here, href, children }: { here: boolean; href: string; children: string }) {
  return (
    <a href={href} aria-current={here ? 'page' : undefined}
      onClick={(event) => { if (!event.metaKey && !event.ctrlKey) { event.preventDefault(); navigate(href); } }}>
      {children}
    </a>
  );
}

function NeedList() {
  const { t } = useWords();
  const rights = useRights();
  const [q] = useQuery('q');
  const [state] = useQuery('state');
  const list = useList<KeptNeed>('/needs', { q, state, limit: 50 });
  const [busy, setBusy] = useState<string | null>(null);
  const [gone, setGone] = useState<string[]>([]);

  const sweep = async (it: KeptNeed) => {
    setBusy(it.id);
    await scan(it).catch(toastProblem);
    setBusy(null);
  };
  const remove = async (it: KeptNeed) => {
    setGone((all) => [...all, it.id]);
    try {
      await api.delete(`/needs/${it.id}`);
      say(t('need-deleted'), () => void api.post('/needs', { text: it.text, ...(it.title ? { title: it.title } : {}), ...(it.answer_id ? { answer_id: it.answer_id } : {}) }).then(list.reload, toastProblem));
    } catch (cause) {
      setGone((all) => all.filter((id) => id !== it.id));
      toastProblem(cause);
    }
  };
  const columns: Column<KeptNeed>[] = [
    {
      key: 'title', title: t('need-need'), lead: true, by: (it) => it.title || it.sentence,
      cell: (it) => <><Link href={`/needs/${it.id}`} dir="auto">{it.title || it.sentence || it.text}</Link>{it.title && <><br /><span className="muted" dir="auto">{it.sentence ?? it.text}</span></>}</>,
    },
    { key: 'state', title: t('pg-state'), by: (it) => STATES.indexOf(it.state), cell: (it) => <NeedChip state={it.state} /> },
    { key: 'updated', title: t('pg-changed'), by: (it) => it.updated_at, cell: (it) => <Time at={it.updated_at} /> },
    { key: 'answer', title: t('need-answer'), cell: (it) => (it.answer_id ? <Link href={`/radar/${it.answer_id}`}>{t('need-open-answer')}</Link> : <span className="muted">{t('need-no-answer')}</span>) },
    ...(rights.write ? [{
      key: 'do', title: '',
      cell: (it: KeptNeed) => (
        <span className="pp-row-actions">
          <Button small busy={busy === it.id} onClick={() => void sweep(it)}>{t('need-scan')}</Button>
          <Button small tone="quiet" icon="trash" iconOnly onClick={() => void remove(it)}>{t('need-delete')}</Button>
        </span>
      ),
    }] : []),
  ];
  const rows = list.items.filter((it) => !gone.includes(it.id));
  return (
    <>
      <div className="toolbar">
        <Search label={t('needs-search')} />
        <Filter name="state" label={t('pg-state')} all={t('pg-all')} options={STATES.map((it) => ({ value: it, text: t(`need-state-${it}`) }))} />
        <LoadedCsv name="needs" head={['title', 'text', 'state', 'answer_id', 'created_at', 'updated_at']} rows={rows.map((it) => [it.title, it.text, it.state, it.answer_id, it.created_at, it.updated_at])} />
      </div>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && rows.length === 0 && <Loading />}
      {!list.loading && !list.problem && rows.length === 0 && (q || state
        ? <Empty title={t('pg-nothing-found')} action={<Button onClick={() => setQuery({ q: null, state: null })}>{t('pg-clear')}</Button>} />
        : <Empty title={t('needs-none')}>{t('needs-none-text')}</Empty>)}
      {rows.length > 0 && (
        <>
          <Table caption={t('needs-title')} columns={columns} rows={rows} id={(it) => it.id} sortKey="sort" />
          <More more={list.more} loading={list.loading} shown={rows.length} total={list.total} />
        </>
      )}
    </>
  );
}

interface AnswerItem {
  id: string;
  created_at: string;
  sentence: string;
  plans: number;
  best?: { id: string; landed: Money | { exactly?: Money; at_least?: { known: Money } } | null; arrival_p50: string } | null;
  sample?: boolean;
}

function Answers() {
  const { t } = useWords();
  const format = useFormats();
  const [q] = useQuery('q');
  const list = useList<AnswerItem>('/answers', { q, limit: 50 });
  const money = (it: AnswerItem) => {
    const landed = it.best?.landed;
    if (!landed) return null;
    const known = 'amount' in landed ? landed : landed.exactly ?? landed.at_least?.known;
    return known ?? null;
  };
  const columns: Column<AnswerItem>[] = [
    { key: 'sentence', title: t('need-need'), lead: true, by: (it) => it.sentence, cell: (it) => <><Link href={`/radar/${it.id}`} dir="auto">{it.sentence}</Link> {it.sample && <Chip tone="info">{t('answer-sample')}</Chip>}</> },
    { key: 'plans', title: t('answer-plans'), end: true, by: (it) => it.plans, cell: (it) => (it.plans > 0 ? format.number(it.plans) : <Chip tone="warn">{t('answer-no-plan')}</Chip>) },
    {
      key: 'landed', title: t('answer-best'), end: true, by: (it) => Number(money(it)?.amount ?? 0),
      cell: (it) => {
        const best = money(it);
        return best ? <span className="pp-figure">{format.money(best)}</span> : <span className="muted">—</span>;
      },
    },
    { key: 'arrives', title: t('answer-arrives'), by: (it) => it.best?.arrival_p50, cell: (it) => <Day date={it.best?.arrival_p50} /> },
    { key: 'at', title: t('answer-at'), by: (it) => it.created_at, cell: (it) => <Time at={it.created_at} /> },
  ];
  return (
    <>
      <div className="toolbar">
        <Search label={t('answers-search')} />
        <LoadedCsv name="answers" head={['sentence', 'plans', 'best_landed', 'currency', 'arrival_p50', 'created_at']} rows={list.items.map((it) => [it.sentence, it.plans, money(it)?.amount, money(it)?.currency, it.best?.arrival_p50, it.created_at])} />
      </div>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && list.items.length === 0 && <Loading />}
      {!list.loading && !list.problem && list.items.length === 0 && <Empty title={q ? t('pg-nothing-found') : t('answers-none')} />}
      {list.items.length > 0 && (
        <>
          <Table caption={t('needs-answers')} columns={columns} rows={list.items} id={(it) => it.id} sortKey="sort" />
          <More more={list.more} loading={list.loading} shown={list.items.length} total={list.total} />
        </>
      )}
    </>
  );
}

function OneNeed({ id }: { id: string }) {
  const { t } = useWords();
  const format = useFormats();
  const rights = useRights();
  const need = useApi<KeptNeed>(`/needs/${encodeURIComponent(id)}`);
  const [editing, setEditing] = useState(false);
  const sweep = useTask();
  const change = useTask();
  const it = need.data;
  const setState = (event: FormEvent<HTMLSelectElement>) => {
    const state = event.currentTarget.value as NeedState;
    void change.run(async () => {
      need.put(await api.patch<KeptNeed>(`/needs/${id}`, { state }, { ifMatch: `"${it?.version}"` }));
      say(t('need-saved'));
    });
  };
  return (
    <Frame title={it?.title || t('needs-title')}>
      <Back href="/needs">{t('needs-title')}</Back>
      <ProblemBox problem={need.problem} onRetry={need.reload} />
      {need.loading && !it && <Loading />}
      {it && (
        <>
          <PageHead title={it.title || it.sentence || it.text} lead={it.title ? it.sentence : undefined}>
            {it.answer_id && <Link className="button plain" href={`/radar/${it.answer_id}`}>{t('need-open-answer')}</Link>}
            {rights.write && <Button tone="primary" busy={sweep.busy} onClick={() => void sweep.run(() => scan(it))}>{t('need-scan')}</Button>}
          </PageHead>
          <ReadOnly />
          <ProblemBox problem={sweep.problem} />
          <ProblemBox problem={change.problem} onRetry={need.reload} />
          <section className="panel">
            {editing ? <NeedForm need={it} onCancel={() => setEditing(false)} onSaved={(saved) => { need.put(saved); setEditing(false); say(t('need-saved')); }} /> : (
              <>
                <blockquote className="need-text" dir="auto">{it.text}</blockquote>
                <Facts items={[
                  [t('pg-state'), rights.write ? (
                    <select className="need-state" aria-label={t('pg-state')} value={it.state} onChange={setState} disabled={change.busy}>
                      {STATES.map((state) => <option key={state} value={state}>{t(`need-state-${state}`)}</option>)}
                    </select>
                  ) : <NeedChip state={it.state} />],
                  [t('pg-made'), format.time(it.created_at)],
                  [t('pg-changed'), format.time(it.updated_at)],
                ]} />
                {rights.write && <div className="actions"><Button onClick={() => setEditing(true)}>{t('edit')}</Button></div>}
              </>
            )}
          </section>
        </>
      )}
    </Frame>
  );
}
