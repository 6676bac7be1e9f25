import { max, min } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useId, useMemo, useRef, useState } from 'react';
import { useFormats } from '../../lib/format';
import type { CostLine, Plan } from '../../lib/types';
import { useWords } from '../../lib/words';
import { BasisMark, Button, EvidenceList, Popover, cx } from '../../ui';
import { useView } from './context';
import { Figure } from './figure';
import { textWidth } from './labels';
import { BasisPatterns, basisFill } from './patterns';
import { useWidth } from './size';
import { waterfall } from './steps';

const ROW = 27;
const BAR = 15;

/** The landed cost line by line. Each bar starts where the last ended; its fill says how well it is known; a click says why it is so. */
export function CostWaterfall({ plan }: { plan: Plan }) {
  const { t, lang } = useWords();
  const format = useFormats();
  const { answer, sell, letters } = useView();
  const { currency } = answer.deals.need;
  const of = useId().replace(/[^\w]/g, '');
  const [box, width] = useWidth<HTMLDivElement>(560);
  const [zoom, setZoom] = useState(true);
  const [open, setOpen] = useState<number | null>(null);
  const anchor = useRef<SVGGElement | null>(null);

  const { steps, recoverable, total, exact } = useMemo(() => waterfall(plan, sell), [plan, sell]);
  const narrow = width < 480;
  const nameWidth = narrow ? 128 : Math.min(230, Math.round(width * 0.36));
  const amountWidth = narrow ? 84 : 104;
  const first = steps[0]?.to ?? 0;
  const others = steps.slice(1);
  // Goods are most of nearly every cost. Beyond them, the charges can be read only when the scale leaves most of the goods out.
  const lowest = min(others, (it) => Math.min(it.from, it.to)) ?? first;
  const highest = max(others, (it) => Math.max(it.from, it.to)) ?? first;
  const canZoom = others.length > 0 && Math.abs(highest - lowest) < 0.35 * Math.abs(first);
  const broken = zoom && canZoom;
  const room = Math.max(Math.abs(highest - lowest), Math.abs(first) * 0.002) * (sell ? 1 : 0.55);
  const domain: [number, number] = broken ? [Math.min(lowest, first) - room, Math.max(highest, first)] : [Math.min(0, min(steps, (it) => Math.min(it.from, it.to)) ?? 0), max(steps, (it) => Math.max(it.from, it.to)) ?? 1];
  // Names stand where reading begins: from the right in Arabic, and the bars grow the other way.
  const mirror = lang === 'ar';
  const inner: [number, number] = [nameWidth + 10, width - amountWidth - 8];
  const x = scaleLinear(domain, mirror ? [width - inner[0], width - inner[1]] : inner).clamp(true);
  const side = (at: number) => (mirror ? width - at : at);
  const [begin, end] = mirror ? (['end', 'start'] as const) : (['start', 'end'] as const);
  const bar = (a: number, b: number, least: number) => {
    const wide = Math.max(least, Math.abs(x(b) - x(a)));
    const left = Math.min(x(a), x(b));
    return { x: mirror ? left + Math.abs(x(b) - x(a)) - wide : left, width: wide };
  };
  const rowsAll: (CostLine | 'total')[] = [...steps.map((it) => it.line), 'total', ...recoverable];
  const height = rowsAll.length * ROW + 6;
  const cut = (text: string) => {
    let it = text;
    while (textWidth(it, 12) > nameWidth - 30 && it.length > 4) it = it.slice(0, -1);
    return it === text ? it : `${it.trimEnd()}…`;
  };
  const amountText = (value: number) => format.amount(value || 0, '', Math.abs(value) >= 1000 ? 0 : 2).trim();

  const rows = () => [
    ['kind', 'line', 'amount', 'p10', 'p90', 'currency', 'payer', 'recoverable', 'basis', 'source', 'publisher', 'vintage', 'book', 'formula', 'stated', 'reference'],
    ...plan.lines.map((it) => [it.kind, it.label, it.amount?.amount, it.range?.[0].amount, it.range?.[1].amount, currency, it.payer, it.recoverable ? 'yes' : 'no', it.amount === null ? 'unknown' : it.because.basis, it.because.source.title, it.because.source.publisher, it.because.source.vintage, it.because.source.book, it.because.formula, it.because.stated, it.because.reference]),
  ];
  const opened = open === null ? null : (rowsAll[open] ?? null);

  return (
    <Figure
      title={t(sell ? 'waterfall-title-sell' : 'waterfall-title', { letter: letters.get(plan.id) ?? '' })}
      note={t('waterfall-note')}
      name={`landed-${plan.id}`}
      rows={rows}
      className="waterfall"
      tools={canZoom && <Button kind="quiet" aria-pressed={!zoom} onClick={() => setZoom(!zoom)}>{t(zoom ? 'scale-whole' : 'scale-charges')}</Button>}
    >
      {(svg) => (
        <div ref={box}>
          <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('waterfall-alt', { id: plan.id })}>
            <BasisPatterns of={of} />
            <rect width={width} height={height} className="fill-surface" />
            {rowsAll.map((it, at) => {
              const y = at * ROW + 3;
              const middle = y + ROW / 2;
              if (it === 'total') {
                return (
                  <g key="total" className="line-row total">
                    <line x1={0} x2={width} y1={y} y2={y} className="rule" />
                    <text x={side(4)} y={middle + 4} textAnchor={begin}>{t(sell ? 'landed-cost-sell' : 'landed-cost')}</text>
                    <rect {...bar(domain[0], total, 1)} y={middle - BAR / 2 + 3} height={BAR - 6} className="total-bar" />
                    {broken && <Break x={x(domain[0]) + (mirror ? -9 : 9)} y={middle} />}
                    <text x={side(width - 4)} y={middle + 4} textAnchor={end}>{exact ? amountText(total) : t(sell ? 'at-most-amount' : 'at-least-amount', { amount: amountText(total) })}</text>
                  </g>
                );
              }
              const step = steps[at];
              const unknown = it.amount === null;
              const basis = unknown ? 'unknown' : it.because.basis;
              const value = step ? step.amount : it.amount && Number(it.amount.amount);
              const kind = t(sell && it.kind === 'goods' ? 'cost-goods-sell' : `cost-${it.kind.replaceAll('_', '-')}`);
              const name = cut(kind.charAt(0).toUpperCase() + kind.slice(1));
              const figure = value === null ? '?' : step ? amountText(value) : `(${amountText(value)})`;
              const next = steps[at + 1];
              return (
                <g
                  key={at}
                  ref={open === at ? anchor : undefined}
                  className={cx('line-row', !step && 'returns', open === at && 'open')}
                  role="button"
                  tabIndex={0}
                  aria-haspopup="dialog"
                  aria-expanded={open === at}
                  onClick={(event) => { anchor.current = event.currentTarget; setOpen(open === at ? null : at); }}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter' && event.key !== ' ') return;
                    event.preventDefault();
                    anchor.current = event.currentTarget;
                    setOpen(open === at ? null : at);
                  }}
                >
                  <rect x={0} y={y} width={width} height={ROW} rx={4} className="hit" />
                  <text x={side(4)} y={middle + 4} textAnchor={begin} className={cx('kind', `basis-text-${basis}`)}>{t(`basis-letter-${basis}`)}</text>
                  <text x={side(22)} y={middle + 4} textAnchor={begin} className="name">{name}</text>
                  {unknown ? (
                    <rect x={x(step?.from ?? domain[0]) - (mirror ? 34 : 0)} y={middle - BAR / 2} width={34} height={BAR} fill={basisFill(of, 'unknown')} className="unknown-bar" />
                  ) : step ? (
                    <rect {...bar(step.from, step.to, 1.5)} y={middle - BAR / 2} height={BAR} fill={basisFill(of, basis)} className="cost-bar" />
                  ) : (
                    <text x={x(domain[0])} y={middle + 4} textAnchor={begin} className="returns-note">{t('line-returns-note')}</text>
                  )}
                  {step && step.range && step.amount !== null && <path d={`M${x(step.from + step.range[0])} ${middle}H${x(step.from + step.range[1])}`} className="whisker" />}
                  {step && next && <line x1={x(step.to)} x2={x(step.to)} y1={middle + BAR / 2} y2={middle + ROW - BAR / 2} className="join" />}
                  {broken && at === 0 && <Break x={x(domain[0]) + (mirror ? -9 : 9)} y={middle} />}
                  <text x={side(width - 4)} y={middle + 4} textAnchor={end} className="amount">{figure}</text>
                  <desc>{`${it.label}, ${value === null ? t('unknown') : format.amount(value, currency)}, ${basis === 'unknown' ? t('unknown') : t(`basis-${basis}`)}`}</desc>
                </g>
              );
            })}
          </svg>
          <ul className="legend" aria-label={t('legend')}>
            {(['observed', 'benchmark', 'modelled', 'assumed'] as const).filter((basis) => plan.lines.some((it) => it.amount !== null && it.because.basis === basis)).map((it) => <li key={it}><BasisMark basis={it} long /></li>)}
            {plan.lines.some((it) => it.amount === null) && <li><BasisMark basis="unknown" long /></li>}
            {broken && <li className="muted">{t('scale-broken')}</li>}
            <li className="muted">{t('all-in', { currency })}</li>
          </ul>
          <Popover anchor={anchor} open={opened !== null && opened !== 'total'} onClose={() => setOpen(null)} label={t('line-why')} wide>
            {opened && opened !== 'total' && <LineWhy line={opened} />}
          </Popover>
        </div>
      )}
    </Figure>
  );
}

const Break = ({ x, y }: { x: number; y: number }) => <path d={`M${x - 3} ${y + 10}l4 -8l-3 -4l4 -8`} className="break" />;

/** Why a line is what it is. */
function LineWhy({ line }: { line: CostLine }) {
  const { t } = useWords();
  const format = useFormats();
  return (
    <div className="line-why">
      <h3>{line.label}</h3>
      <p className="line-amount">{line.amount ? format.money(line.amount, 2) : <span className="unknown-text">{t('line-unknown')}</span>}</p>
      <EvidenceList evidence={line.because}>
        {line.range && <div><dt>{t('line-range')}</dt><dd>{format.number(Number(line.range[0].amount))} – {format.money(line.range[1], 0)}</dd></div>}
        <div><dt>{t('line-payer')}</dt><dd>{t(`payer-${line.payer}`)}{line.payer === 'seller' ? <span className="muted"> {t('payer-seller-note')}</span> : null}</dd></div>
        {line.recoverable && <div><dt>{t('line-returns')}</dt><dd>{t('why-recoverable-short')}</dd></div>}
      </EvidenceList>
    </div>
  );
}
