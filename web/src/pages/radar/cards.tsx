import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { url } from '../../lib/api';
import { useFormats } from '../../lib/format';
import type { Plan, Severity, Wishes } from '../../lib/types';
import { isExact } from '../../lib/types';
import { useWords } from '../../lib/words';
import { Button, Chip, Icon, MenuButton, TotalText, cx } from '../../ui';
import { useView } from './context';
import { hoverHandlers, useIsHovered } from './hover';
import { basisShares, landedRange } from './steps';
import { AXES, sameWeights, sliderOf, withSlider, type Ranked } from './weights';

/** Cheapest to safest, and behind "more" the other axes. */
export function WeightBar({ weights, setWeights, asked }: { weights: Wishes; setWeights(next: Wishes): void; asked: Wishes }) {
  const { sell } = useView();
  const { t } = useWords();
  const format = useFormats();
  const [more, setMore] = useState(weights.carbon + weights.resilience + weights.cash > 0);
  const at = sliderOf(weights);
  return (
    <div className="weights">
      <div className="weights-main">
        <label htmlFor="safest" className="label">{t(sell ? 'weigh-cheapest-sell' : 'weigh-cheapest')}</label>
        <input id="safest" type="range" min={0} max={100} step={1} value={at} aria-label={t('weigh-slider')} aria-valuetext={t('weigh-value', { cost: weights.cost, arrival: weights.arrival })} onChange={(event) => setWeights(withSlider(weights, Number(event.target.value)))} />
        <span className="label">{t('weigh-safest')}</span>
        <Button kind="quiet" aria-expanded={more} aria-controls="weights-more" onClick={() => setMore(!more)}>{t(more ? 'weigh-less' : 'weigh-more')}</Button>
        {!sameWeights(weights, asked) && <Button kind="quiet" icon="retry" iconOnly onClick={() => setWeights(asked)}>{t('weigh-reset')}</Button>}
      </div>
      {more && (
        <div id="weights-more" className="weights-more">
          {AXES.filter((it) => it !== 'cost' && it !== 'arrival').map((axis) => (
            <label key={axis}>
              <span>{t(`weigh-${axis}`)}</span>
              <input type="range" min={0} max={100} value={weights[axis]} onChange={(event) => setWeights({ ...weights, [axis]: Number(event.target.value) })} />
              <output>{format.number(weights[axis])}</output>
            </label>
          ))}
        </div>
      )}
    </div>
  );
}

/** How many cards are drawn before one asks for all: nobody reads two hundred, and the slider stays quick on a slow machine. */
const FIRST = 30;

/** The plans in their order. Arrow keys go through them. */
export const Cards = memo(function Cards({ ranked, selected }: { ranked: Ranked[]; selected: string | null }) {
  const { t } = useWords();
  const { select, answer } = useView();
  const list = useRef<HTMLOListElement>(null);
  const [all, setAll] = useState(false);
  const shown = useMemo(() => (all || ranked.length <= FIRST ? ranked : ranked.filter((it) => it.rank <= FIRST || it.plan.id === selected)), [all, ranked, selected]);
  const move = useCallback((event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    const all = [...(list.current?.querySelectorAll<HTMLButtonElement>('.card-open') ?? [])];
    const now = all.indexOf(document.activeElement as HTMLButtonElement);
    if (now < 0) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, now + step))]?.focus();
  }, []);
  useEffect(() => {
    const card = list.current?.querySelector<HTMLElement>('.card.selected');
    const box = list.current;
    if (!card || !box || box.scrollHeight <= box.clientHeight) return;
    const top = card.offsetTop - box.offsetTop;
    if (top < box.scrollTop || top + card.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTo({ top: top - 40 });
  }, [selected]);
  return (
    <ol className={cx('cards', ranked.length > 6 && 'many')} ref={list} onKeyDown={move} aria-label={t('cards')} data-answer={answer.id}>
      {shown.map((it) => <Card key={it.plan.id} plan={it.plan} rank={it.rank} selected={it.plan.id === selected} onSelect={select} />)}
      {shown.length < ranked.length && (
        <li className="more-cards"><Button icon="down" onClick={() => setAll(true)}>{t('cards-more', { count: ranked.length - shown.length })}</Button></li>
      )}
    </ol>
  );
});

const Card = memo(function Card({ plan, rank, selected, onSelect }: { plan: Plan; rank: number; selected: boolean; onSelect(id: string): void }) {
  const lit = useIsHovered(plan.id);
  return (
    <li className={cx('card', selected && 'selected', lit && 'lit')} {...hoverHandlers(plan.id)} data-plan={plan.id}>
      <span className="rank" aria-hidden>{rank}</span>
      <CardBody plan={plan} selected={selected} onSelect={onSelect} />
    </li>
  );
});

const WORST: Severity[] = ['prohibited', 'barrier', 'caution'];

/** All of a card that does not depend on the order. */
const CardBody = memo(function CardBody({ plan, selected, onSelect }: { plan: Plan; selected: boolean; onSelect(id: string): void }) {
  const { t } = useWords();
  const format = useFormats();
  const { letters, sell, economy, answer } = useView();
  const { currency } = answer.deals.need;
  const { arrival, labels } = plan;
  const name = economy(sell ? plan.destination : plan.origin);
  const supplier = labels['supplier'] && labels['supplier'] !== name && labels['supplier'] !== labels['economy'] ? labels['supplier'] : null;
  const range = landedRange(plan, sell);
  const duties = plan.lines.filter((it) => /duty|dumping/.test(it.kind));
  const duty = duties.some((it) => it.amount === null) ? null : duties.reduce((sum, it) => sum + Number(it.amount?.amount ?? 0), 0);
  const worst = WORST.map((severity) => ({ severity, count: plan.findings.filter((it) => it.severity === severity).length })).find((it) => it.count > 0);
  const onTime = arrival.on_time_percent;
  return (
    <button type="button" className="card-open" aria-pressed={selected} onClick={() => onSelect(plan.id)}>
      <span className="card-head">
        <span className="letter">{letters.get(plan.id)}</span>
        <span className="card-name">
          <strong>{supplier ?? name}</strong>
          <span className="way-text" title={labels['way']}>{supplier ? `${name} · ` : ''}{labels['way'] ?? labels['route']}</span>
        </span>
        <span className="card-cost">
          <strong className={isExact(plan.landed) ? undefined : 'bound'}><TotalText total={plan.landed} sell={sell} /></strong>
          <span className="range">{range ? `${format.number(range[0])}–${format.number(range[1])}` : t('range-unknown')}</span>
        </span>
      </span>
      <span className="card-facts">
        {onTime !== null ? <Chip tone={onTime >= 90 ? 'good' : onTime >= 70 ? 'caution' : 'bad'} title={t('help-arrives')}>{t('on-time-short', { percent: format.percent(onTime) })}</Chip> : null}
        <span>{format.date(arrival.p50, 'short')}</span>
        <span className={duty === null ? 'unknown-text' : undefined}>{duty === null ? t('duty-unknown') : duty === 0 ? t('duty-zero') : t('duty-amount', { amount: format.amount(duty, currency, 0) })}</span>
        {worst && <span className={cx('severity', worst.severity)}><Icon name={worst.severity === 'caution' ? 'warning' : 'barrier'} size={13} />{t(`count-${worst.severity}`, { count: worst.count })}</span>}
        {plan.carbon.transport_kg !== null && <span>{t('carbon-short', { tonnes: format.number(plan.carbon.transport_kg / 1000, 1) })}</span>}
        <span className="payment" title={labels['payment']}>{labels['payment']}</span>
        {plan.first_percent >= 0.5 && <span className="muted" title={t('help-first')}>{t('first-short', { percent: format.percent(plan.first_percent) })}</span>}
      </span>
      <BasisBar plan={plan} />
    </button>
  );
});

/** How much of the cost is known how well. Unknown lines stand hatched at the end. */
export function BasisBar({ plan }: { plan: Plan }) {
  const { t } = useWords();
  const format = useFormats();
  const shares = basisShares(plan.lines);
  const unknown = plan.lines.some((it) => !it.recoverable && it.amount === null);
  const text = shares.map((it) => `${t(`basis-${it.basis}`)} ${format.percent(100 * it.share)}`).join(', ');
  return (
    <span className="basis-bar" role="img" aria-label={unknown ? `${text}; ${t('some-unknown')}` : text} title={text}>
      {shares.map((it) => <span key={it.basis} className={`bar-${it.basis}`} style={{ flexGrow: it.share }} />)}
      {unknown && <span className="bar-unknown" />}
    </span>
  );
}

export function PlansDownload() {
  const { t } = useWords();
  const { answer } = useView();
  return (
    <MenuButton
      label={t('download-plans')}
      className="button quiet icon-only"
      button={<><Icon name="download" /><span className="sr-only">{t('download-plans')}</span></>}
      items={['csv', 'xlsx', 'parquet'].map((format) => ({ text: t(`format-${format}`), href: url(`/answers/${answer.id}/plans`, { format }), download: true }))}
    />
  );
}
