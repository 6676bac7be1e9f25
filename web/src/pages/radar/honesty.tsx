import { useMemo, useState, type FormEvent } from 'react';
import { api, asProblem, useList, type Problem } from '../../lib/api';
import { useDebounced } from '../../lib/debounce';
import { useFormats } from '../../lib/format';
import { Link } from '../../lib/router';
import type { DropRow } from '../../lib/types';
import { useWords } from '../../lib/words';
import { Button, DataTable, Drawer, Empty, Pager, PopoverButton, ProblemNote, SearchBox, TableDownloads, cx } from '../../ui';
import { useView } from './context';

/** In the order in which a plan may fall. */
const REASONS = ['excluded', 'prohibited', 'no_route', 'route_not_kept', 'capacity', 'no_path', 'deadline', 'over_limit', 'dominated', 'look_alike', 'beyond_shortlist'];
const word = (reason: string) => `drop-${reason.replaceAll('_', '-')}`;

/** What there was, what became of it, and what it rests on. Each number opens its list. */
export function HonestyLine({ onSources }: { onSources?: () => void }) {
  const { t } = useWords();
  const format = useFormats();
  const { answer, sell } = useView();
  const [open, setOpen] = useState<string | null>(null);
  const { counts, as_of: asOf, draws, seed } = answer.deals;
  const dropped = [...REASONS, ...Object.keys(counts.dropped).filter((it) => !REASONS.includes(it))].filter((it) => (counts.dropped[it] ?? 0) > 0);
  const joules = answer.effort.energy_joules ?? null;
  const cpu = answer.effort.cpu_seconds ?? null;
  const N = ({ value, reason, text }: { value: number; reason: string; text: string }) => (
    <button type="button" className={cx('count', reason)} onClick={() => setOpen(reason)}><b>{format.number(value)}</b> {text}</button>
  );
  return (
    <div className="honesty" data-testid="honesty">
      <span className="counts">
        <N value={counts.all} reason="all" text={t(sell ? 'honest-all-sell' : 'honest-all', { origins: format.number(counts.origins) })} />
        {dropped.map((it) => <N key={it} value={counts.dropped[it] ?? 0} reason={it} text={t(word(it))} />)}
        {counts.not_enumerated > 0 && <span className="count"><b>{format.number(counts.not_enumerated)}</b> {t('drop-not-enumerated')}</span>}
        <span className="count shown"><b>{format.number(answer.deals.plans.length)}</b> {t('honest-shown')}</span>
      </span>
      <span className="meta">
        <span>{t('honest-as-of', { date: format.date(asOf) })}</span>
        <PopoverButton label={t('honest-sources-title')} className="link-button" wide button={t('honest-sources', { count: answer.books.length })}>{() => <Sources onOpen={onSources} />}</PopoverButton>
        {answer.quotes_used > 0 && <Link href="/quotes">{t('honest-quotes', { count: answer.quotes_used })}</Link>}
        <PopoverButton label={t('honest-effort-title')} className="link-button" button={<bdi dir="ltr">{`${format.number(answer.effort.seconds, 2)} s${joules === null ? '' : ` · ${format.number(joules, 1)} J`}`}</bdi>}>
          {() => (
            <dl className="facts">
              <div><dt>{t('effort-seconds')}</dt><dd>{format.number(answer.effort.seconds, 3)} s</dd></div>
              {cpu !== null && <div><dt>{t('effort-cpu')}</dt><dd>{format.number(cpu, 3)} s</dd></div>}
              {joules !== null && <div><dt>{t('effort-energy')}</dt><dd>{format.number(joules, 2)} J{answer.effort.watts_per_core !== undefined && <span className="muted"> {t('effort-assumed', { watts: format.number(answer.effort.watts_per_core) })}</span>}</dd></div>}
              <div><dt>{t('effort-draws')}</dt><dd>{format.number(draws)}, {t('effort-seed', { seed })}</dd></div>
              <div><dt>{t('effort-dossier')}</dt><dd><code>{answer.deals.dossier.slice(0, 16)}</code></dd></div>
            </dl>
          )}
        </PopoverButton>
      </span>
      <Drops reason={open} onReason={setOpen} reasons={dropped} />
    </div>
  );
}

function Sources({ onOpen }: { onOpen?: (() => void) | undefined }) {
  const { t } = useWords();
  const { answer } = useView();
  return (
    <div>
      <h3>{t('honest-sources-title')}</h3>
      <ul className="sources">
        {answer.books.map((it, at) => (
          <li key={at}>
            {it.name && it.name !== 'rulepack' ? <Link href={`/books/${encodeURIComponent(it.name)}`} onClick={onOpen}>{it.title}</Link> : it.title}
            <span className="muted"> {it.publisher}, {it.vintage}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is not in the answer and why. */
function Drops({ reason, onReason, reasons }: { reason: string | null; onReason(next: string | null): void; reasons: string[] }) {
  const { t } = useWords();
  const format = useFormats();
  const { answer, economy, plans, select } = useView();
  const [text, setText] = useState('');
  const q = useDebounced(text.trim(), 200);
  const query = useMemo(() => ({ reason: reason === 'all' ? null : reason, q, limit: 50 }), [reason, q]);
  const path = reason === null ? null : `/answers/${encodeURIComponent(answer.id)}/drops`;
  const list = useList<DropRow>(path, query);
  const { dropped, all } = answer.deals.counts;
  return (
    <Drawer open={reason !== null} onClose={() => { onReason(null); setText(''); }} title={t('drops-title')}>
      <WhyNot />
      <div className="tabs" role="tablist" aria-label={t('drops-reasons')}>
        {['all', ...reasons].map((it) => (
          <button key={it} type="button" role="tab" aria-selected={it === reason} onClick={() => onReason(it)}>
            {it === 'all' ? t('drops-all') : t(word(it))} <span className="muted">{format.number(it === 'all' ? all : (dropped[it] ?? 0))}</span>
          </button>
        ))}
      </div>
      {reason && reason !== 'all' && t(`${word(reason)}-long`) !== `${word(reason)}-long` && <p className="muted">{t(`${word(reason)}-long`)}</p>}
      <div className="toolbar">
        <SearchBox value={text} onChange={setText} label={t('drops-search')} />
        {path && <span className="push"><TableDownloads path={path} query={{ reason: reason === 'all' ? null : reason, q }} /></span>}
      </div>
      <DataTable
        label={t('drops-title')}
        rows={list.items}
        rowKey={(it) => `${it.reason}:${it.origin}:${it.route}:${it.choice}:${it.text}`}
        columns={[
          { id: 'origin', title: t('col-origin'), cell: (it) => (it.origin ? economy(it.origin) : '') },
          { id: 'text', title: t('col-text'), cell: (it) => (<>{it.route && <span className="drop-route">{it.route}{it.choice ? `, ${it.choice}` : ''}</span>}{it.text}{it.by && plans.has(it.by) && <> <button type="button" className="link-button" onClick={() => { onReason(null); if (it.by) select(it.by); }}>{it.by}</button></>}</>) },
          ...(reason === 'all' ? [{ id: 'reason', title: t('col-reason'), cell: (it: DropRow) => t(word(it.reason)), wideOnly: true }] : []),
          { id: 'count', title: t('col-count'), end: true, cell: (it) => format.number(it.count) },
        ]}
        empty={!list.loading && !list.problem && <Empty title={t('nothing-found')} />}
      />
      <Pager list={list} />
    </Drawer>
  );
}

interface WhyNotAnswer { text: string; items: DropRow[] }

/** "Why is Germany not there?" */
function WhyNot() {
  const { t } = useWords();
  const format = useFormats();
  const { answer, economy } = useView();
  const [what, setWhat] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<WhyNotAnswer | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    if (!what.trim()) return;
    setBusy(true);
    setProblem(null);
    try {
      setFound(await api.get<WhyNotAnswer>(`/answers/${encodeURIComponent(answer.id)}/why-not?what=${encodeURIComponent(what.trim())}`));
    } catch (cause) {
      setFound(null);
      setProblem(asProblem(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void ask(event)} className="why-not">
      <div className="form-row">
        <div className="field">
          <label htmlFor="why-not">{t('why-not-label')}</label>
          <input id="why-not" value={what} onChange={(event) => setWhat(event.target.value)} placeholder={t('why-not-example')} />
        </div>
        <Button type="submit" busy={busy}>{t('why-not-ask')}</Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
      {found && (
        <div className="why-not-answer" role="status">
          {found.text && <pre>{found.text}</pre>}
          {found.items.length > 0 && !found.text && (
            <ul>{found.items.map((it, at) => <li key={at}><b>{format.number(it.count)}</b> {t(word(it.reason))}: {it.origin ? economy(it.origin) : ''} {it.route} {it.text}</li>)}</ul>
          )}
        </div>
      )}
    </form>
  );
}
