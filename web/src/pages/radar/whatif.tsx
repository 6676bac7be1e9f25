import { useState } from 'react';
import { api, asProblem, Problem } from '../../lib/api';
import { addDays, useFormats } from '../../lib/format';
import { navigate } from '../../lib/router';
import type { Answer, Need, Plan, Wishes } from '../../lib/types';
import { useWords } from '../../lib/words';
import { Button, Dialog, Field, ProblemNote, TotalText, cx } from '../../ui';
import { useView } from './context';
import { PASSAGES, passageName } from './passages';
import { AXES } from './weights';

interface Change { what: string; plan?: string; line?: string; before: string | null; after: string | null }

/** Another world: change a fact or two, scan again, and see both side by side. */
export function WhatIf({ open, onClose, weights }: { open: boolean; onClose(): void; weights: Wishes }) {
  const { t } = useWords();
  const format = useFormats();
  const { answer, scan } = useView();
  const { need, as_of: asOf } = answer.deals;
  const [freight, setFreight] = useState(0);
  const [price, setPrice] = useState(0);
  const [deadline, setDeadline] = useState(need.deadline ?? '');
  const [shut, setShut] = useState<string[]>(need.limits.passages_shut ?? []);
  const [quantity, setQuantity] = useState(need.quantity.amount);
  const [vat, setVat] = useState(need.facts?.['buyer.vat_registered'] ?? '');
  const [wishes, setWishes] = useState<Wishes>(weights);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [other, setOther] = useState<{ answer: Answer; changes: Change[]; said: string[] } | null>(null);

  const signed = (percent: number) => `${percent > 0 ? '+' : ''}${format.percent(percent)}`;
  const used = [...new Set(['suez', 'panama', ...PASSAGES, ...shut])];
  const said: string[] = [];
  if (freight) said.push(t('whatif-freight-said', { percent: signed(freight) }));
  if (price) said.push(t('whatif-price-said', { percent: signed(price) }));
  for (const it of shut) if (!need.limits.passages_shut?.includes(it)) said.push(t('whatif-shut-said', { passage: passageName(it, t) }));
  for (const it of need.limits.passages_shut ?? []) if (!shut.includes(it)) said.push(t('whatif-open-said', { passage: passageName(it, t) }));
  if (deadline !== (need.deadline ?? '')) said.push(deadline ? t('whatif-deadline-said', { date: format.date(deadline) }) : t('any-time'));
  if (quantity !== need.quantity.amount) said.push(`${quantity} ${need.quantity.unit}`);
  if (vat !== (need.facts?.['buyer.vat_registered'] ?? '')) said.push(`${t('fact-vat')}: ${t(vat)}`);
  if (AXES.some((it) => wishes[it] !== need.wishes[it])) said.push(t('whatif-weights-said', { weights: AXES.filter((it) => wishes[it] > 0).map((it) => `${t(`axis-${it}`)} ${wishes[it]}`).join(', ') }));

  const run = async () => {
    setBusy(true);
    setProblem(null);
    const { deadline: _, ...rest } = need;
    const { passages_shut: __, ...limits } = need.limits;
    const next: Need = {
      ...rest,
      ...(deadline ? { deadline } : {}),
      quantity: { ...need.quantity, amount: quantity },
      limits: { ...limits, ...(shut.length ? { passages_shut: shut } : {}) },
      wishes,
      facts: { ...need.facts, ...(vat ? { 'buyer.vat_registered': vat } : {}) },
    };
    const whatIf = { ...(freight ? { freight_percent: freight } : {}), ...(price ? { price_percent: price } : {}) };
    const asked = Object.keys(whatIf).length > 0;
    try {
      const result = await scan({ need: next, stay: true, ...(asked ? { what_if: whatIf } : {}) });
      if (!result) return;
      // A server that does not know of it must not pass for one that did it.
      if (asked && !('what_if' in result)) throw new Problem(0, { title: t('whatif-not-done') });
      const diff = await api.get<{ changes?: Change[] }>(`/answers/${encodeURIComponent(answer.id)}/diff?to=${encodeURIComponent(result.id)}`).catch(() => ({ changes: [] }));
      setOther({ answer: result, changes: diff.changes ?? [], said });
    } catch (cause) {
      const it = asProblem(cause);
      setProblem(asked && it.detail.includes('what_if') ? new Problem(0, { title: t('whatif-not-done') }) : it);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open={open}
      onClose={() => { setOther(null); onClose(); }}
      title={t('whatif-title')}
      wide={other !== null}
      footer={
        other ? (
          <>
            <Button onClick={() => setOther(null)}>{t('whatif-again')}</Button>
            <Button kind="primary" onClick={() => { onClose(); navigate(`/radar/${encodeURIComponent(other.answer.id)}`); }}>{t('whatif-open')}</Button>
          </>
        ) : (
          <>
            <span className="muted grow">{said.length ? said.join('; ') : t('whatif-nothing')}</span>
            <Button kind="primary" icon="branch" busy={busy} disabled={said.length === 0} onClick={() => void run()}>{t('whatif-scan')}</Button>
          </>
        )
      }
    >
      {problem && <ProblemNote problem={problem} />}
      {other ? (
        <SideBySide before={answer} after={other.answer} changes={other.changes} said={other.said} />
      ) : (
        <div className="form whatif">
          <Field label={t('whatif-freight', { percent: signed(freight) })}>{(ids) => <input {...ids} type="range" min={-50} max={200} step={5} value={freight} aria-valuetext={signed(freight)} onChange={(event) => setFreight(Number(event.target.value))} />}</Field>
          <Field label={t('whatif-price', { percent: signed(price) })}>{(ids) => <input {...ids} type="range" min={-50} max={100} step={5} value={price} aria-valuetext={signed(price)} onChange={(event) => setPrice(Number(event.target.value))} />}</Field>
          <fieldset>
            <legend>{t('limit-passages')}</legend>
            <div className="choices">{used.map((it) => <label key={it} className="choice"><input type="checkbox" checked={shut.includes(it)} onChange={() => setShut(shut.includes(it) ? shut.filter((other) => other !== it) : [...shut, it])} />{passageName(it, t)}</label>)}</div>
          </fieldset>
          <div className="form-row">
            <Field label={t('deadline-by')}>{(ids) => <input {...ids} type="date" min={addDays(asOf, 1)} value={deadline} onChange={(event) => setDeadline(event.target.value)} />}</Field>
            <Field label={t('whatif-quantity', { unit: need.quantity.unit })}>{(ids) => <input {...ids} inputMode="decimal" value={quantity} onChange={(event) => setQuantity(event.target.value.replace(',', '.'))} />}</Field>
            <Field label={t('fact-vat')}>{(ids) => <select {...ids} value={vat} onChange={(event) => setVat(event.target.value)}>{vat === '' && <option value="">{t('unknown')}</option>}<option value="yes">{t('yes')}</option><option value="no">{t('no')}</option></select>}</Field>
          </div>
          <fieldset>
            <legend>{t('whatif-weights')}</legend>
            <div className="weights-more">
              {AXES.map((axis) => <label key={axis}><span>{t(`weigh-${axis}`)}</span><input type="range" min={0} max={100} value={wishes[axis]} onChange={(event) => setWishes({ ...wishes, [axis]: Number(event.target.value) })} /><output>{wishes[axis]}</output></label>)}
            </div>
          </fieldset>
        </div>
      )}
    </Dialog>
  );
}

function SideBySide({ before, after, changes, said }: { before: Answer; after: Answer; changes: Change[]; said: string[] }) {
  const { t } = useWords();
  const lines = changes.filter((it) => it.what === 'line');
  return (
    <>
      <p><strong>{said.join('; ')}</strong></p>
      <div className="side-by-side">
        <Column title={t('whatif-before')} answer={before} other={after} />
        <Column title={t('whatif-after')} answer={after} other={before} />
      </div>
      {lines.length > 0 && (
        <details>
          <summary>{t('whatif-lines', { count: lines.length })}</summary>
          <div className="table-wrap">
            <table className="table">
              <thead><tr><th scope="col">{t('col-plan')}</th><th scope="col">{t('col-line')}</th><th scope="col" className="end">{t('whatif-before')}</th><th scope="col" className="end">{t('whatif-after')}</th></tr></thead>
              <tbody>{lines.map((it, at) => <tr key={at}><td>{it.plan}</td><td>{it.line}</td><td className="end">{it.before ?? '–'}</td><td className="end">{it.after ?? '–'}</td></tr>)}</tbody>
            </table>
          </div>
        </details>
      )}
    </>
  );
}

function Column({ title, answer, other }: { title: string; answer: Answer; other: Answer }) {
  const { t } = useWords();
  const format = useFormats();
  const sell = answer.deals.need.direction === 'sell';
  const there = new Map(other.deals.plans.map((it) => [it.id, it]));
  const moved = (plan: Plan) => {
    const was = there.get(plan.id);
    return was ? was.rank - plan.rank : null;
  };
  return (
    <section className="panel">
      <h3>{title}</h3>
      <ol>
        {answer.deals.plans.slice(0, 10).map((plan) => (
          <li key={plan.id} className={cx(moved(plan) === null && 'fresh')}>
            <span className="rank">{plan.rank}</span>
            <span className="grow"><strong>{answer.names.economies[sell ? plan.destination : plan.origin] ?? plan.id}</strong> <span className="muted">{plan.id}</span><br /><span className="muted">{plan.labels['way']}</span></span>
            <span className="end"><strong><TotalText total={plan.landed} sell={sell} /></strong><br /><span className="muted">{format.date(plan.arrival.p50, 'short')}{plan.arrival.on_time_percent !== null && ` · ${t('on-time-short', { percent: format.percent(plan.arrival.on_time_percent) })}`}</span></span>
          </li>
        ))}
      </ol>
      {answer.deals.plans.length === 0 && <p className="muted">{t('no-plan-title')}</p>}
    </section>
  );
}
