import { useEffect, useRef, useState, type ReactNode } from 'react';
import { api, asProblem, type Problem, useApi } from '../../lib/api';
import { useDebounced } from '../../lib/debounce';
import { useFormats } from '../../lib/format';
import type { Answer, Finding, HsHit, Need } from '../../lib/types';
import { Rich, useWords } from '../../lib/words';
import { Button, PopoverButton, ProblemNote, SeverityMark, cx } from '../../ui';
import { CurrencyEditor, DeadlineEditor, DirectionEditor, HsEditor, IncotermEditor, LimitsEditor, PlaceEditor, QuantityEditor, limitWords, shortGoods, type EditorProps } from './editors';
import type { ScanRequest } from './context';

interface SentenceProps {
  answer: Answer;
  economy(code: string): string;
  scan(request: ScanRequest): Promise<Answer | null>;
  busy: boolean;
  problem: Problem | null;
}

/** The need as a sentence: each part opens an editor, and the whole may be written anew. */
export function NeedSentence({ answer, economy, scan, busy, problem }: SentenceProps) {
  const { t } = useWords();
  const [draft, setDraft] = useState<Need>(answer.deals.need);
  const [writing, setWriting] = useState(false);
  useEffect(() => {
    setDraft(answer.deals.need);
    setWriting(false);
  }, [answer]);
  const changed = JSON.stringify(draft) !== JSON.stringify(answer.deals.need);

  return (
    <section className="sentence-band" aria-label={t('need')}>
      <div className="radar-width">
        {writing ? (
          <Writing text={answer.text || answer.sentence} busy={busy} scan={(text) => scan({ text })} onClose={() => setWriting(false)} />
        ) : (
          <ChipSentence answer={answer} draft={draft} setDraft={setDraft} economy={economy} changed={changed} busy={busy} onWrite={() => setWriting(true)} scan={(need) => void scan({ need })} />
        )}
        {problem && <ProblemWithCandidates problem={problem} />}
        {!writing && <Understood findings={answer.findings} />}
      </div>
    </section>
  );
}

function ChipSentence({ answer, draft, setDraft, economy, changed, busy, onWrite, scan }: { answer: Answer; draft: Need; setDraft(it: Need): void; economy(code: string): string; changed: boolean; busy: boolean; onWrite(): void; scan(need: Need): void }) {
  const { t } = useWords();
  const format = useFormats();
  const before = answer.deals.need;
  const props: Omit<EditorProps, 'close'> = { need: draft, change: setDraft, scan, economy };
  const limits = limitWords(draft, t, format, economy);
  const chip = (name: string, text: ReactNode, editor: (it: EditorProps) => ReactNode, dirty: boolean, extra?: { wide?: boolean; title?: string; open?: boolean }) => (
    <PopoverButton label={t(`chip-${name}`)} className={cx('chip', dirty && 'dirty', extra?.open && 'open-end')} wide={extra?.wide ?? false} {...(extra?.title ? { title: extra.title } : {})} button={<><span className="sr-only">{t(`chip-${name}`)}: </span>{text}</>}>
      {(close) => editor({ ...props, close })}
    </PopoverButton>
  );
  const differs = (pick: (it: Need) => unknown) => JSON.stringify(pick(draft)) !== JSON.stringify(pick(before));

  return (
    <div className="sentence">
      <p className="sentence-text">
        <Rich
          id={draft.direction === 'buy' ? 'sentence-buy' : 'sentence-sell'}
          parts={{
            direction: chip('direction', t(draft.direction === 'buy' ? 'word-buy' : 'word-sell'), (it) => <DirectionEditor {...it} />, differs((it) => it.direction)),
            quantity: chip('quantity', <bdi dir="ltr">{`${format.number(Number(draft.quantity.amount), Number.isInteger(Number(draft.quantity.amount)) ? 0 : 2)} ${draft.quantity.unit}`}</bdi>, (it) => <QuantityEditor {...it} />, differs((it) => it.quantity)),
            goods: <>{chip('goods', <>{shortGoods(draft.goods)} <span className="hs">HS {draft.hs}</span></>, (it) => <HsEditor {...it} />, differs((it) => [it.hs, it.goods]), { wide: true, title: draft.goods })}<Match need={draft} /></>,
            incoterm: chip('incoterm', draft.incoterm ?? t('any-incoterm'), (it) => <IncotermEditor {...it} />, differs((it) => it.incoterm), { open: !draft.incoterm }),
            place: chip('place', `${draft.place.name}${draft.place.economy ? `, ${draft.place.economy}` : ''}`, (it) => <PlaceEditor {...it} />, differs((it) => it.place), { title: economy(draft.place.economy) }),
            deadline: chip('deadline', draft.deadline ? format.date(draft.deadline) : t('any-time'), (it) => <DeadlineEditor {...it} today={answer.deals.as_of} />, differs((it) => it.deadline), { open: !draft.deadline }),
            currency: chip('currency', draft.currency, (it) => <CurrencyEditor {...it} />, differs((it) => it.currency)),
            limits: chip('limits', limits.length ? limits.join('; ') : t('no-limits'), (it) => <LimitsEditor {...it} />, differs((it) => [it.limits, it.facts]), { wide: true, open: !limits.length }),
          }}
        />
      </p>
      <div className="sentence-actions">
        <Button kind={changed ? 'primary' : 'plain'} icon="radar" busy={busy} onClick={() => scan(draft)}>{t('scan')}</Button>
        {changed && <Button kind="quiet" onClick={() => setDraft(before)}>{t('scan-undo')}</Button>}
        <Button kind="quiet" icon="edit" onClick={onWrite} id="write-need">{t('write-freely')}</Button>
      </div>
    </div>
  );
}

/** How well the words for the goods fit the code, by the same search that the editor uses. */
function Match({ need }: { need: Need }) {
  const { t } = useWords();
  const format = useFormats();
  const found = useApi<{ items: HsHit[] }>(need.goods ? `/hs?limit=8&q=${encodeURIComponent(need.goods.slice(0, 120))}` : null);
  const hit = found.data?.items.find((it) => it.code.replaceAll('.', '').startsWith(need.hs.replaceAll('.', '').slice(0, 6)));
  if (hit?.score === undefined || hit.score > 1) return null;
  return <span className="match" title={t('match-note')}>{t('match', { percent: format.percent(100 * hit.score) })}</span>;
}

/** The whole need in words, read as it is typed. */
function Writing({ text: given, busy, scan, onClose }: { text: string; busy: boolean; scan(text: string): Promise<Answer | null>; onClose(): void }) {
  const { t } = useWords();
  const [text, setText] = useState(given);
  const settled = useDebounced(text.trim(), 350);
  const [read, setRead] = useState<{ understood: { text: string; as: string }[]; findings: Finding[] } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, []);
  useEffect(() => {
    if (settled.length < 8) return;
    const stop = new AbortController();
    api.post<{ understood: { text: string; as: string }[]; findings: Finding[] }>('/needs/read', { text: settled }, { signal: stop.signal }).then(
      (it) => { setRead(it); setProblem(null); },
      (cause: unknown) => {
        if (stop.signal.aborted) return;
        const it = asProblem(cause);
        setRead(null);
        setProblem(it.status === 404 ? null : it);
      },
    );
    return () => stop.abort();
  }, [settled]);
  return (
    <form className="writing" onSubmit={(event) => { event.preventDefault(); if (text.trim()) void scan(text.trim()); }}>
      <textarea
        ref={area}
        rows={2}
        value={text}
        aria-label={t('write-label')}
        placeholder={t('write-example')}
        maxLength={4000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); event.currentTarget.form?.requestSubmit(); }
          if (event.key === 'Escape') onClose();
        }}
      />
      <div className="sentence-actions">
        <Button kind="primary" icon="radar" type="submit" busy={busy} disabled={!text.trim()}>{t('scan')}</Button>
        <Button kind="quiet" onClick={onClose}>{t('cancel')}</Button>
        <span className="muted">{t('write-hint')}</span>
      </div>
      {read && read.understood.length > 0 && (
        <ul className="understood" aria-label={t('understood')}>
          {read.understood.map((it, at) => <li key={at}><span className="said">{it.text}</span> <span aria-hidden>→</span> {it.as}</li>)}
        </ul>
      )}
      {read && <Understood findings={read.findings} />}
      {problem && <ProblemWithCandidates problem={problem} />}
    </form>
  );
}

function ProblemWithCandidates({ problem }: { problem: Problem }) {
  const candidates = Array.isArray(problem.body['candidates']) ? (problem.body['candidates'] as unknown[]) : [];
  return (
    <div className="scan-problem">
      <ProblemNote problem={problem} />
      {candidates.length > 0 && (
        <ul className="candidates">
          {candidates.slice(0, 8).map((it, at) => <li key={at}><code>{typeof it === 'string' ? it : Object.values(it as Record<string, unknown>).filter((value) => typeof value !== 'object').join(' · ')}</code></li>)}
        </ul>
      )}
    </div>
  );
}

/** What had to be guessed. A wrong guess here makes everything below wrong, so it is never hidden. */
function Understood({ findings }: { findings: Finding[] }) {
  const shown = findings.filter((it) => it.severity !== 'note');
  if (shown.length === 0) return null;
  return (
    <ul className="guesses">
      {shown.map((it, at) => (
        <li key={at} dir="auto"><SeverityMark severity={it.severity} /> {it.text}{it.hint && <span className="muted"> · {it.hint}</span>}</li>
      ))}
    </ul>
  );
}
