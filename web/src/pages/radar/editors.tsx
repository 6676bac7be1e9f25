import { useEffect, useId, useState, type FormEvent, type ReactNode } from 'react';
import { useApi } from '../../lib/api';
import { useDebounced } from '../../lib/debounce';
import { addDays, useFormats, type Formats } from '../../lib/format';
import type { HsHit, Limits, Mode, Need, PlaceHit } from '../../lib/types';
import { MODES } from '../../lib/types';
import { useWords, type T } from '../../lib/words';
import { Button, Field, Loading } from '../../ui';
import { PASSAGES, passageName } from './passages';

export interface EditorProps {
  need: Need;
  change(next: Need): void;
  scan(need: Need): void;
  economy(code: string): string;
  close(): void;
}

/** Units that the radar reads, as it writes them. */
const UNITS = ['t', 'kg', 'g', 'lb', 'dtn', 'ct', 'm3', 'l', 'hl', 'm2', 'm', 'pcs', 'pairs', 'doz', 'kWh'];
const INCOTERMS = ['EXW', 'FCA', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP', 'FAS', 'FOB', 'CFR', 'CIF'];

/** "Magnets; permanent magnets and articles intended ..." -> "Magnets". The nomenclature's own headings are long. */
export function shortGoods(text: string): string {
  const first = text.length > 44 ? (text.split(/[;:(]/)[0]?.trim() ?? text) : text;
  return first.length > 44 ? `${first.slice(0, 42).trimEnd()}…` : first;
}

function Frame({ props, next, children }: { props: EditorProps; next: Need | null; children: ReactNode }) {
  const { t } = useWords();
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (!next) return;
    props.change(next);
    props.close();
  };
  return (
    <form className="form editor" onSubmit={apply}>
      {children}
      <div className="actions">
        <Button kind="primary" type="submit" disabled={!next}>{t('apply')}</Button>
        <Button onClick={() => { if (next) { props.change(next); props.close(); props.scan(next); } }} disabled={!next} icon="radar">{t('apply-and-scan')}</Button>
      </div>
    </form>
  );
}

/** One of a few: chosen by a click, no button needed. */
function Pick({ props, name, options }: { props: EditorProps; name: string; options: { value: string; text: string; note?: string; checked: boolean; next: Need }[] }) {
  return (
    <div role="radiogroup" aria-label={name} className="pick">
      {options.map((it) => (
        <button key={it.value} type="button" role="radio" aria-checked={it.checked} data-autofocus={it.checked || undefined} onClick={() => { props.change(it.next); props.close(); }}>
          <strong>{it.text}</strong>{it.note && <span>{it.note}</span>}
        </button>
      ))}
    </div>
  );
}

export function DirectionEditor(props: EditorProps) {
  const { t } = useWords();
  const { need } = props;
  return <Pick props={props} name={t('chip-direction')} options={(['buy', 'sell'] as const).map((it) => ({ value: it, text: t(`word-${it}`), note: t(`word-${it}-note`), checked: need.direction === it, next: { ...need, direction: it } }))} />;
}

export function QuantityEditor(props: EditorProps) {
  const { t } = useWords();
  const [amount, setAmount] = useState(props.need.quantity.amount);
  const [unit, setUnit] = useState(props.need.quantity.unit);
  const clean = amount.trim().replace(',', '.');
  const valid = /^\d+(\.\d+)?$/.test(clean) && Number(clean) > 0;
  return (
    <Frame props={props} next={valid ? { ...props.need, quantity: { amount: clean, unit } } : null}>
      <div className="form-row">
        <Field label={t('amount')} error={valid ? null : t('amount-wrong')}>{(ids) => <input {...ids} data-autofocus inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} />}</Field>
        <Field label={t('unit')}>
          {(ids) => <select {...ids} value={unit} onChange={(event) => setUnit(event.target.value)}>{[...new Set([unit, ...UNITS])].map((it) => <option key={it} value={it}>{t(`unit-${it}`) === `unit-${it}` ? it : t(`unit-${it}`)}</option>)}</select>}
        </Field>
      </div>
    </Frame>
  );
}

/** Searches as one types; shows what fits best first, with how well it fits. */
function Finder<Hit>({ label, first, path, row, keyOf, onPick, note }: { label: string; first: string; path(q: string): string; row(hit: Hit): ReactNode; keyOf(hit: Hit): string; onPick(hit: Hit, said: string): void; note?: ReactNode }) {
  const { t } = useWords();
  const list = useId();
  const [text, setText] = useState(first);
  const q = useDebounced(text.trim(), 180);
  const found = useApi<{ items: Hit[] }>(q.length >= 2 ? path(q) : null);
  const [at, setAt] = useState(0);
  useEffect(() => setAt(0), [q]);
  const items = found.data?.items ?? [];
  return (
    <div className="form editor">
      <Field label={label}>
        {(ids) => (
          <input
            {...ids}
            data-autofocus
            role="combobox"
            aria-expanded={items.length > 0}
            aria-controls={list}
            aria-activedescendant={items[at] ? `${list}-${at}` : undefined}
            aria-autocomplete="list"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onFocus={(event) => event.target.select()}
            onKeyDown={(event) => {
              const pick = items[at];
              if (event.key === 'ArrowDown') setAt(Math.min(at + 1, items.length - 1));
              else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
              else if (event.key === 'Enter' && pick && !event.nativeEvent.isComposing) onPick(pick, text);
              else return;
              event.preventDefault();
            }}
          />
        )}
      </Field>
      {found.loading && !found.data && <Loading />}
      {found.problem && <p className="field-error">{found.problem.title}</p>}
      <div id={list} role="listbox" aria-label={label} className="pick found">
        {items.map((hit, index) => (
          <button key={keyOf(hit)} id={`${list}-${index}`} type="button" role="option" tabIndex={-1} aria-selected={index === at} onPointerMove={() => setAt(index)} onClick={() => onPick(hit, text)}>{row(hit)}</button>
        ))}
      </div>
      {found.data && items.length === 0 && <p className="muted">{t('nothing-found')}</p>}
      {note && <p className="field-hint">{note}</p>}
    </div>
  );
}

export function HsEditor(props: EditorProps) {
  const { t } = useWords();
  const format = useFormats();
  return (
    <Finder<HsHit>
      label={t('goods-or-code')}
      first={props.need.goods || props.need.hs}
      path={(q) => `/hs?limit=8&q=${encodeURIComponent(q)}`}
      keyOf={(it) => it.code}
      row={(it) => (
        <>
          <strong>{it.code}</strong>
          <span className="grow">{it.text}</span>
          {it.score !== undefined && it.score <= 1 && <span className="score">{format.percent(100 * it.score)}</span>}
        </>
      )}
      onPick={(it, said) => {
        // The person's own word for the goods stays, unless they typed a code.
        props.change({ ...props.need, hs: it.code, goods: /\d{4}/.test(said) ? it.text : said.trim() || it.text });
        props.close();
      }}
      note={t('goods-note')}
    />
  );
}

export function PlaceEditor(props: EditorProps) {
  const { t } = useWords();
  return (
    <Finder<PlaceHit>
      label={t(props.need.direction === 'buy' ? 'place-to' : 'place-from')}
      first={props.need.place.name}
      path={(q) => `/places?limit=8&q=${encodeURIComponent(q)}`}
      keyOf={(it) => it.locode ?? `${it.economy}-${it.name}`}
      row={(it) => (<><strong>{it.name}</strong><span className="grow">{it.economy_name ?? props.economy(it.economy)}{it.kind ? ` · ${it.kind}` : ''}</span><code>{it.locode}</code></>)}
      onPick={({ name, economy, locode, at }) => {
        props.change({ ...props.need, place: { name, economy, ...(locode ? { locode } : {}), ...(at ? { at } : {}) } });
        props.close();
      }}
    />
  );
}

export function IncotermEditor(props: EditorProps) {
  const { t } = useWords();
  const { need } = props;
  const without = (): Need => {
    const { incoterm: _, ...rest } = need;
    return rest;
  };
  return (
    <Pick
      props={props}
      name={t('chip-incoterm')}
      options={[
        { value: '', text: t('any-incoterm'), note: t('any-incoterm-note'), checked: !need.incoterm, next: without() },
        ...INCOTERMS.map((it) => ({ value: it, text: it, note: t(`incoterm-${it}`), checked: need.incoterm === it, next: { ...need, incoterm: it } })),
      ]}
    />
  );
}

export function DeadlineEditor(props: EditorProps & { today: string }) {
  const { t } = useWords();
  const format = useFormats();
  const [day, setDay] = useState(props.need.deadline ?? addDays(props.today, 84));
  const valid = /^\d{4}-\d\d-\d\d$/.test(day) && day > props.today;
  const { deadline: _, ...open } = props.need;
  return (
    <Frame props={props} next={valid ? { ...props.need, deadline: day } : null}>
      <Field label={t('deadline-by')} error={valid ? null : t('deadline-wrong', { date: format.date(props.today) })}>{(ids) => <input {...ids} data-autofocus type="date" min={addDays(props.today, 1)} value={day} onChange={(event) => setDay(event.target.value)} />}</Field>
      <div className="actions">
        {[4, 8, 12, 20].map((weeks) => <Button key={weeks} kind="quiet" onClick={() => setDay(addDays(props.today, weeks * 7))}>{t('in-weeks', { count: weeks })}</Button>)}
        <Button kind="quiet" onClick={() => { props.change(open); props.close(); }}>{t('any-time')}</Button>
      </div>
    </Frame>
  );
}

export function CurrencyEditor(props: EditorProps) {
  const { t, lang } = useWords();
  const [code, setCode] = useState(props.need.currency);
  const clean = code.trim().toUpperCase();
  const valid = /^[A-Z]{3}$/.test(clean);
  const names = new Intl.DisplayNames(lang, { type: 'currency' });
  const often = ['USD', 'EUR', 'GBP', 'CNY', 'JPY', 'INR', 'MAD', 'AED', 'BRL', 'ZAR'];
  return (
    <Frame props={props} next={valid ? { ...props.need, currency: clean } : null}>
      <Field label={t('currency-label')} hint={valid ? names.of(clean) : null} error={valid ? null : t('currency-wrong')}>
        {(ids) => (<><input {...ids} data-autofocus list="currencies" maxLength={3} value={code} onChange={(event) => setCode(event.target.value)} /><datalist id="currencies">{often.map((it) => <option key={it} value={it}>{names.of(it)}</option>)}</datalist></>)}
      </Field>
      <div className="actions">{often.slice(0, 6).map((it) => <Button key={it} kind="quiet" aria-pressed={clean === it} onClick={() => setCode(it)}>{it}</Button>)}</div>
    </Frame>
  );
}

const codes = (text: string): string[] => text.toUpperCase().split(/[\s,;]+/).filter((it) => /^[A-Z]{2}$/.test(it));
const toggle = <X,>(all: X[] | undefined, it: X): X[] => (all?.includes(it) ? all.filter((other) => other !== it) : [...(all ?? []), it]);

export function LimitsEditor(props: EditorProps) {
  const { t } = useWords();
  const { need } = props;
  const [limits, setLimits] = useState<Limits>(need.limits);
  const [never, setNever] = useState((need.limits.origins_never ?? []).join(' '));
  const [only, setOnly] = useState((need.limits.origins_only ?? []).join(' '));
  const [facts, setFacts] = useState(need.facts ?? {});
  const put = (change: Partial<Limits>) => setLimits({ ...limits, ...change });
  const built = (): Need => {
    const all: Limits = { ...limits, origins_never: codes(never), origins_only: codes(only) };
    const kept = Object.fromEntries(Object.entries(all).filter(([, it]) => it !== undefined && it !== null && !(Array.isArray(it) && it.length === 0)));
    return { ...need, limits: kept as Limits, facts };
  };
  const percent = limits.on_time_at_least === undefined ? '' : String(Number(limits.on_time_at_least) / 10_000);
  const vat = facts['buyer.vat_registered'] ?? '';
  return (
    <Frame props={props} next={built()}>
      <div className="form-row">
        <Field label={t('limit-cost', { currency: need.currency })}>{(ids) => <input {...ids} data-autofocus inputMode="decimal" value={limits.landed_at_most?.amount ?? ''} onChange={(event) => put({ landed_at_most: /^\d+(\.\d{0,2})?$/.test(event.target.value) ? { amount: event.target.value, currency: need.currency } : (undefined as never) })} />}</Field>
        <Field label={t('limit-on-time')}>{(ids) => <input {...ids} type="number" min={0} max={100} value={percent} onChange={(event) => put({ on_time_at_least: event.target.value === '' ? (undefined as never) : Math.round(Math.min(100, Math.max(0, Number(event.target.value))) * 10_000) })} />}</Field>
        <Field label={t('limit-carbon')}>{(ids) => <input {...ids} type="number" min={0} value={limits.co2e_kg_at_most ?? ''} onChange={(event) => put({ co2e_kg_at_most: event.target.value === '' ? (undefined as never) : Math.max(0, Math.round(Number(event.target.value))) })} />}</Field>
      </div>
      <fieldset>
        <legend>{t('limit-modes')}</legend>
        <div className="choices">{MODES.map((it: Mode) => <label key={it} className="choice"><input type="checkbox" checked={limits.modes_only?.includes(it) ?? false} onChange={() => put({ modes_only: toggle(limits.modes_only, it) })} />{t(`mode-${it}`)}</label>)}</div>
      </fieldset>
      <fieldset>
        <legend>{t('limit-passages')}</legend>
        <div className="choices">{[...new Set([...PASSAGES, ...(limits.passages_shut ?? [])])].map((it) => <label key={it} className="choice"><input type="checkbox" checked={limits.passages_shut?.includes(it) ?? false} onChange={() => put({ passages_shut: toggle(limits.passages_shut, it) })} />{passageName(it, t)}</label>)}</div>
      </fieldset>
      <div className="form-row">
        <Field label={t('limit-never')} hint={t('limit-codes')}>{(ids) => <input {...ids} value={never} onChange={(event) => setNever(event.target.value)} />}</Field>
        <Field label={t('limit-only')} hint={codes(only).map(props.economy).join(', ')}>{(ids) => <input {...ids} value={only} onChange={(event) => setOnly(event.target.value)} />}</Field>
      </div>
      <Field label={t('fact-vat')}>
        {(ids) => <select {...ids} value={vat} onChange={(event) => setFacts({ ...facts, 'buyer.vat_registered': event.target.value })}>{vat === '' && <option value="">{t('unknown')}</option>}<option value="yes">{t('yes')}</option><option value="no">{t('no')}</option></select>}
      </Field>
    </Frame>
  );
}

/** What the person ruled out, in a few words each. */
export function limitWords({ limits, facts }: Need, t: T, format: Formats, economy: (code: string) => string): string[] {
  const words: string[] = [];
  if (limits.landed_at_most) words.push(t('limited-cost', { amount: format.money(limits.landed_at_most, 0) }));
  if (limits.on_time_at_least !== undefined) words.push(t('limited-on-time', { percent: format.percent(Number(limits.on_time_at_least) / 10_000) }));
  if (limits.co2e_kg_at_most !== undefined) words.push(t('limited-carbon', { amount: format.number(limits.co2e_kg_at_most) }));
  if (limits.modes_only?.length) words.push(t('limited-modes', { modes: format.list(limits.modes_only.map((it) => t(`mode-${it}`))) }));
  if (limits.passages_shut?.length) words.push(t('limited-passages', { passages: format.list(limits.passages_shut.map((it) => passageName(it, t))) }));
  if (limits.origins_only?.length) words.push(t('limited-only', { origins: format.list(limits.origins_only.map(economy)) }));
  if (limits.origins_never?.length) words.push(t('limited-never', { origins: format.list(limits.origins_never.map(economy)) }));
  if (facts?.['buyer.vat_registered'] === 'no') words.push(t('limited-vat'));
  return words;
}
