import { useState, type FormEvent } from 'react';
import { api, useApi, useList } from '../../lib/api';
import { useEvents } from '../../lib/events';
import { useFormats } from '../../lib/format';
import { Link } from '../../lib/router';
import { useWords } from '../../lib/words';
import { Button, Confirm, Day, Field, Frame, LoadedCsv, Loading, More, PageHead, ProblemBox, ReadOnly, Time, say, useNames, useRights, useTask, Back, To } from '../parts/ui';
import type { Deal, DealEvent, DealState } from '../parts/types';
import { Papers } from './papers';
import { PlanSnapshot } from './plan';
import { DealChip, Steps } from './states';

const DATES = ['offer_valid', 'signed', 'cargo_ready', 'departure', 'arrival', 'clearance', 'payment_due'];

export function DealPage({ id }: { id: string }) {
  const { t } = useWords();
  const rights = useRights();
  const path = `/deals/${encodeURIComponent(id)}`;
  const deal = useApi<Deal>(path);
  const [round, setRound] = useState(0);
  useEvents(['deal'], (event) => event.object === id && again());
  const it = deal.data;
  function again() {
    deal.reload();
    setRound((before) => before + 1);
  }
  if (!it) {
    return (
      <Frame title={t('deals-title')}>
        <Back href="/deals">{t('deals-title')}</Back>
        <ProblemBox problem={deal.problem} onRetry={deal.reload} />
        {deal.loading && <Loading lines={8} />}
      </Frame>
    );
  }
  return (
    <Frame title={it.title}>
      <Back href="/deals">{t('deals-title')}</Back>
      <Head deal={it} path={path} onSaved={deal.put} onStale={again} />
      <ReadOnly />
      <Life deal={it} path={path} onDone={again} />
      <div className="deal-columns">
        <div className="deal-main">
          <PlanSnapshot deal={it} />
          <Papers deal={it} path={path} onDone={again} />
        </div>
        <div className="deal-side">
          <Dates deal={it} path={path} onDone={again} />
          <People deal={it} path={path} onDone={again} />
          {rights.write && <NoteForm path={path} onDone={again} />}
          <History key={round} path={path} title={it.title} />
        </div>
      </div>
    </Frame>
  );
}

interface Part {
  deal: Deal;
  path: string;
  onDone: () => void;
}

function Head({ deal, path, onSaved, onStale }: { deal: Deal; path: string; onSaved: (deal: Deal) => void; onStale: () => void }) {
  const { t } = useWords();
  const rights = useRights();
  const [title, setTitle] = useState<string | null>(null);
  const rename = useTask();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void rename.run(async () => {
      onSaved(await api.patch<Deal>(path, { title: title?.trim() }, { ifMatch: `"${deal.version}"` }));
      setTitle(null);
      say(t('deal-renamed'));
    });
  };
  if (title !== null) {
    return (
      <form className="form-row" onSubmit={submit}>
        <Field label={t('deal-name')}><input value={title} onChange={(event) => setTitle(event.target.value)} autoFocus required maxLength={200} dir="auto" /></Field>
        <Button type="submit" tone="primary" busy={rename.busy}>{t('save')}</Button>
        <Button onClick={() => setTitle(null)}>{t('cancel')}</Button>
        <ProblemBox problem={rename.problem} {...(rename.problem?.status === 412 ? { lead: t('pg-conflict'), onRetry: onStale } : {})} />
      </form>
    );
  }
  return (
    <PageHead title={deal.title} lead={<><DealChip state={deal.state} /> {deal.sentence}</>}>
      {rights.write && <Button onClick={() => setTitle(deal.title)}>{t('deal-rename')}</Button>}
      {deal.answer_id && <Link className="button plain" href={`/radar/${deal.answer_id}?plan=${encodeURIComponent(deal.plan_id)}`}>{t('deal-open-plan')}</Link>}
    </PageHead>
  );
}

/** The steps that may be taken now, each with a word to confirm it. */
function Life({ deal, path, onDone }: Part) {
  const { t } = useWords();
  const rights = useRights();
  const [asked, setAsked] = useState<DealState | null>(null);
  const [text, setText] = useState('');
  const ask = (to: DealState) => {
    setText('');
    setAsked(to);
  };
  const take = async () => {
    await api.post(`${path}/events`, { kind: 'state', to: asked, ...(text.trim() ? { text: text.trim() } : {}) });
    say(t('deal-moved', { state: t(`deal-state-${asked}`) }));
    onDone();
  };
  return (
    <section className="panel" aria-labelledby="deal-life">
      <h2 id="deal-life">{t('deal-life')}</h2>
      <Steps state={deal.state} />
      {rights.write && (deal.next.length > 0 ? (
        <div className="actions deal-next">
          <span className="muted">{t('deal-next')}</span>
          {deal.next.map((it) => (
            <Button key={it} tone={it === 'cancelled' ? 'danger' : 'primary'} onClick={() => ask(it)}>{t(`deal-to-${it}`)}</Button>
          ))}
        </div>
      ) : <p className="muted">{t('deal-no-next')}</p>)}
      <Confirm open={asked !== null} onClose={() => setAsked(null)} tone={asked === 'cancelled' ? 'danger' : 'primary'} run={take}
        title={asked ? t(`deal-to-${asked}`) : ''} action={asked ? t(`deal-to-${asked}`) : ''}>
        <p>{t('deal-step-note', { from: t(`deal-state-${deal.state}`), to: asked ? t(`deal-state-${asked}`) : '' })}</p>
        <Field label={t('deal-step-text')}><textarea rows={2} value={text} onChange={(event) => setText(event.target.value)} maxLength={2000} dir="auto" /></Field>
      </Confirm>
    </section>
  );
}

function Dates({ deal, path, onDone }: Part) {
  const { t } = useWords();
  const rights = useRights();
  const task = useTask();
  const [what, setWhat] = useState('signed');
  const [date, setDate] = useState('');
  const word = (it: string) => (DATES.includes(it) ? t(`deal-date-${it}`) : it);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      await api.post(`${path}/events`, { kind: 'date', what, date });
      setDate('');
      onDone();
    });
  };
  const rows = [...deal.dates].sort((a, b) => a.date.localeCompare(b.date));
  return (
    <section className="panel" aria-labelledby="deal-dates">
      <h2 id="deal-dates">{t('deal-dates')}</h2>
      {rows.length === 0 && <p className="muted">{t('deal-dates-none')}</p>}
      <ul className="deal-list">
        {rows.map((it) => <li key={it.what}><span dir="auto">{word(it.what)}</span> <Day date={it.date} /></li>)}
      </ul>
      {rights.write && (
        <form className="form-row" onSubmit={submit}>
          <Field label={t('deal-date-what')}>
            <select value={what} onChange={(event) => setWhat(event.target.value)}>
              {DATES.map((it) => <option key={it} value={it}>{word(it)}</option>)}
            </select>
          </Field>
          <Field label={t('deal-date-day')}><input type="date" value={date} onChange={(event) => setDate(event.target.value)} required /></Field>
          <Button type="submit" busy={task.busy} disabled={!date}>{t('deal-date-set')}</Button>
        </form>
      )}
      <ProblemBox problem={task.problem} />
    </section>
  );
}

function People({ deal, path, onDone }: Part) {
  const { t } = useWords();
  const rights = useRights();
  const task = useTask();
  const [draft, setDraft] = useState({ name: '', role: '', contact: '' });
  const [open, setOpen] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      await api.post(`${path}/events`, { kind: 'person', name: draft.name.trim(), role: draft.role.trim(), ...(draft.contact.trim() ? { contact: draft.contact.trim() } : {}) });
      setDraft({ name: '', role: '', contact: '' });
      setOpen(false);
      onDone();
    });
  };
  return (
    <section className="panel" aria-labelledby="deal-people">
      <h2 id="deal-people">{t('deal-people')}</h2>
      {deal.people.length === 0 && <p className="muted">{t('deal-people-none')}</p>}
      <ul className="deal-list">
        {deal.people.map((it) => (
          <li key={it.id}><span dir="auto"><b>{it.name}</b> <span className="muted">{it.role}</span></span> {it.contact && <span dir="auto">{it.contact}</span>}</li>
        ))}
      </ul>
      {rights.write && !open && <Button small onClick={() => setOpen(true)}>{t('deal-person-add')}</Button>}
      {open && (
        <form className="form" onSubmit={submit}>
          <Field label={t('deal-person-name')}><input value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} required autoFocus maxLength={200} dir="auto" /></Field>
          <Field label={t('deal-person-role')} hint={t('deal-person-role-hint')}><input value={draft.role} onChange={(event) => setDraft({ ...draft, role: event.target.value })} required maxLength={100} dir="auto" /></Field>
          <Field label={t('deal-person-contact')}><input value={draft.contact} onChange={(event) => setDraft({ ...draft, contact: event.target.value })} maxLength={200} dir="auto" /></Field>
          <div className="actions">
            <Button type="submit" tone="primary" busy={task.busy}>{t('add')}</Button>
            <Button onClick={() => setOpen(false)}>{t('cancel')}</Button>
          </div>
        </form>
      )}
      <ProblemBox problem={task.problem} />
    </section>
  );
}

function NoteForm({ path, onDone }: { path: string; onDone: () => void }) {
  const { t } = useWords();
  const task = useTask();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      await api.post(`${path}/events`, { kind: 'note', text: text.trim() });
      setText('');
      onDone();
    });
  };
  return (
    <section className="panel" aria-labelledby="deal-note">
      <h2 id="deal-note">{t('deal-note')}</h2>
      <form className="form" onSubmit={submit}>
        <Field label={t('deal-note-text')}><textarea rows={3} value={text} onChange={(event) => setText(event.target.value)} maxLength={4000} dir="auto" /></Field>
        <div className="actions"><Button type="submit" busy={task.busy} disabled={text.trim() === ''}>{t('deal-note-add')}</Button></div>
      </form>
      <ProblemBox problem={task.problem} />
    </section>
  );
}

/** What an entry says of before and after, as one line. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plain).join('; ');
  if (typeof value === 'object') return Object.entries(value).filter(([, it]) => it !== null).map(([name, it]) => `${name}: ${plain(it)}`).join(', ');
  return String(value);
}

const KINDS = ['state', 'note', 'paper', 'person', 'date', 'title', 'created'];

function History({ path, title }: { path: string; title: string }) {
  const { t } = useWords();
  const format = useFormats();
  const nameOf = useNames();
  const list = useList<DealEvent>(`${path}/history`, { limit: 50 });
  const events = [...list.items].sort((a, b) => b.seq - a.seq);
  const value = (kind: string, given: unknown) => {
    const it = plain(given);
    if (!it) return '—';
    if (kind === 'paper') return `SHA-256 ${it.slice(0, 12)}…`;
    if (kind === 'state') return t(`deal-state-${it}`);
    if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(it)) return format.date(it);
    return it;
  };
  return (
    <section className="panel" aria-labelledby="deal-history">
      <h2 id="deal-history">{t('deal-history')}</h2>
      <p className="muted">{t('deal-history-note')}</p>
      <ProblemBox problem={list.problem} onRetry={list.reload} />
      {list.loading && events.length === 0 && <Loading />}
      <ol className="deal-history">
        {events.map((it) => (
          <li key={it.seq}>
            <p><b>{KINDS.includes(it.kind) ? t(`deal-event-${it.kind}`) : it.kind}</b> <span className="muted"><Time at={it.at} />{it.by && <> · <bdi title={it.by}>{nameOf(it.by)}</bdi></>}</span></p>
            {Boolean(it.before || it.after) && <p>{Boolean(it.before) && <><del>{value(it.kind, it.before)}</del><To /></>}<ins>{value(it.kind, it.after)}</ins></p>}
            {it.text && <p className="deal-text" dir="auto">{it.kind === 'date' && DATES.includes(it.text) ? t(`deal-date-${it.text}`) : it.text}</p>}
          </li>
        ))}
      </ol>
      <More more={list.more} loading={list.loading} shown={events.length} total={list.total} />
      <LoadedCsv name={`${title}-history`} head={['seq', 'at', 'by', 'kind', 'text', 'before', 'after']} rows={events.map((it) => [it.seq, it.at, it.by, it.kind, it.text, plain(it.before), plain(it.after)])} />
    </section>
  );
}
