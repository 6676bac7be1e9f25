import { extent, max, min, quantile } from 'd3-array';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { memo, useMemo } from 'react';
import { parseDay, useFormats } from '../../lib/format';
import type { Plan } from '../../lib/types';
import { isExact } from '../../lib/types';
import { useWords } from '../../lib/words';
import { cx } from '../../ui';
import { useView } from './context';
import { Figure } from './figure';
import { hoverHandlers, useHovered, useIsHovered } from './hover';
import { useWidth } from './size';
import { landedRange, landedValue } from './steps';
import { roomyTicks } from './ticks';

interface Mark {
  plan: Plan;
  letter: string;
  x: number;
  y: number;
  left: number;
  right: number;
  top: number | null;
  bottom: number | null;
  /** The upper end lies outside of the drawing. */
  cut: boolean;
  exact: boolean;
  title: string;
}

/** What it costs against when it is there, for every plan, with how sure either is. */
export const CostPlot = memo(function CostPlot({ plans, selected, leading }: { plans: Plan[]; selected: string | null; leading: string | null }) {
  const { t } = useWords();
  const format = useFormats();
  const { answer, letters, sell, economy, select } = useView();
  const [box, width] = useWidth<HTMLDivElement>(760);
  const height = Math.round(Math.min(300, Math.max(220, width * 0.38)));
  const { deadline, currency } = answer.deals.need;
  const edge = { top: 16, right: 18, bottom: 30, left: 62 };

  const drawing = useMemo(() => {
    const days = plans.flatMap((it) => [parseDay(it.arrival.p10), parseDay(it.arrival.p90)]);
    const end = deadline ? parseDay(deadline) : null;
    const [from, to] = extent(end ? [...days, end] : days);
    const middles = plans.map((it) => landedValue(it.landed, sell));
    const costs = [...middles, ...plans.flatMap((it) => landedRange(it, sell) ?? [])];
    // One very uncertain price would press all others together: its whisker is cut and says so by an arrow.
    const tops = plans.flatMap((it) => landedRange(it, sell)?.[1] ?? []);
    const cap = Math.max((max(middles) ?? 0) * 1.08, (quantile(tops, 0.7) ?? 0) * 1.25);
    const bottoms = plans.flatMap((it) => landedRange(it, sell)?.[0] ?? []);
    const floor = Math.min((min(middles) ?? 0) * 0.92, (quantile(bottoms, 0.3) ?? 0) * 0.75);
    const [lowest, highest] = extent(costs);
    const low = lowest !== undefined && floor > 0 ? Math.max(lowest, floor) : lowest;
    const high = highest !== undefined && cap > 0 ? Math.min(highest, cap) : highest;
    const x = scaleUtc([from ?? new Date(0), to ?? new Date(86_400_000)], [edge.left + 14, width - edge.right - 14]);
    const y = scaleLinear([low ?? 0, high ?? 1], [height - edge.bottom - 12, edge.top + 14]).nice(4);
    const marks = plans.map((plan): Mark => {
      const range = landedRange(plan, sell);
      const value = landedValue(plan.landed, sell);
      const exact = isExact(plan.landed);
      const amount = format.amount(value, currency);
      return {
        plan, letter: letters.get(plan.id) ?? '', x: x(parseDay(plan.arrival.p50)), y: y(value), left: x(parseDay(plan.arrival.p10)), right: x(parseDay(plan.arrival.p90)),
        top: range && Math.max(edge.top + 2, y(range[1])), bottom: range && Math.min(height - edge.bottom - 2, y(range[0])), cut: range !== null && y(range[1]) < edge.top + 2, exact,
        title: `${letters.get(plan.id)} ${economy(sell ? plan.destination : plan.origin)}: ${exact ? amount : t(sell ? 'at-most-amount' : 'at-least-amount', { amount })}${range ? ` (${format.number(range[0])}–${format.number(range[1])})` : ''}, ${format.date(plan.arrival.p50)} (${format.date(plan.arrival.p10)} – ${format.date(plan.arrival.p90)})`,
      };
    });
    return { x, y, marks, deadlineX: end ? x(end) : null };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- edge is constant
  }, [plans, width, height, deadline, currency, sell, letters, format, t, economy]);

  const { x, y, marks, deadlineX } = drawing;
  const ticksX = roomyTicks(x.ticks(Math.max(3, Math.floor(width / 110))), x, format.day);
  const rows = () => [
    ['plan', 'origin', 'destination', 'landed', 'landed_is', 'landed_p10', 'landed_p90', 'currency', 'arrives_p10', 'arrives_p50', 'arrives_p90', 'on_time_percent', 'deadline'],
    ...plans.map((it) => {
      const range = landedRange(it, sell);
      return [it.id, it.origin, it.destination, landedValue(it.landed, sell), isExact(it.landed) ? 'exactly' : sell ? 'at most' : 'at least', range?.[0], range?.[1], currency, it.arrival.p10, it.arrival.p50, it.arrival.p90, it.arrival.on_time_percent, deadline];
    }),
  ];
  // The chosen one is drawn last, so that it lies above the others.
  const sorted = useMemo(() => [...marks].sort((a, b) => Number(a.plan.id === selected) - Number(b.plan.id === selected)), [marks, selected]);
  const many = plans.length > 40;

  return (
    <Figure title={t(sell ? 'plot-title-sell' : 'plot-title')} note={t('plot-note')} name="cost-arrival" rows={rows} className="plot">
      {(svg) => (
        <div ref={box}>
          <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t('plot-alt', { count: plans.length })}>
            <rect width={width} height={height} className="fill-surface" />
            {y.ticks(5).map((it) => (
              <g key={it}>
                <line x1={edge.left} x2={width - edge.right} y1={y(it)} y2={y(it)} className="grid" />
                <text x={edge.left - 8} y={y(it) + 3.8} textAnchor="end" className="tick">{format.compact(it)}</text>
              </g>
            ))}
            {ticksX.map((it) => (
              <g key={it.getTime()}>
                <line x1={x(it)} x2={x(it)} y1={edge.top} y2={height - edge.bottom} className="grid faint" />
                <text x={x(it)} y={height - edge.bottom + 16} textAnchor="middle" className="tick">{format.day(it)}</text>
              </g>
            ))}
            <text x={edge.left - 8} y={edge.top - 4} textAnchor="end" className="tick unit">{currency}</text>
            {deadlineX !== null && (
              <g className="deadline">
                <rect x={deadlineX} y={edge.top} width={Math.max(0, width - edge.right - deadlineX)} height={height - edge.top - edge.bottom} className="late" />
                <line x1={deadlineX} x2={deadlineX} y1={edge.top - 4} y2={height - edge.bottom} />
                <text x={deadlineX > width - 120 ? deadlineX - 5 : deadlineX + 5} y={edge.top + 5} textAnchor={deadlineX > width - 120 ? 'end' : 'start'}>{t('deadline')}</text>
              </g>
            )}
            <g className={many ? 'crowd' : undefined}>{marks.map((mark) => <PlotBar key={mark.plan.id} mark={mark} selected={mark.plan.id === selected} />)}</g>
            {sorted.map((mark) => <PlotMark key={mark.plan.id} mark={mark} selected={mark.plan.id === selected} lettered={!many || mark.plan.id === selected || mark.plan.id === leading} onSelect={select} />)}
            <Raised marks={marks} />
          </svg>
        </div>
      )}
    </Figure>
  );
});

const PlotBar = memo(function PlotBar({ mark, selected }: { mark: Mark; selected: boolean }) {
  const lit = useIsHovered(mark.plan.id);
  return <g className={cx('mark', selected && 'selected', lit && 'lit')} aria-hidden><Bars mark={mark} /></g>;
});

function Bars({ mark: { x, y, left, right, top, bottom, cut, exact } }: { mark: Mark }) {
  return (
    <>
      {top !== null && bottom !== null && <path d={`M${x} ${top}V${bottom}M${x - 3.5} ${bottom}h7${cut ? `M${x - 3.5} ${top + 5}l3.500 -5l3.500 5` : `M${x - 3.5} ${top}h7`}`} className="whisker" />}
      {!exact && <path d={`M${x} ${y}V${y - 24}m-3.500 5l3.500 -5l3.500 5`} className="whisker open" />}
      <line x1={left} x2={right} y1={y} y2={y} className="bar" />
    </>
  );
}

const Dot = ({ mark: { x, y, letter } }: { mark: Mark }) => (
  <>
    <circle cx={x} cy={y} r={letter.length > 1 ? 11 : 9.5} className="dot" />
    <text x={x} y={y + 3.6} textAnchor="middle">{letter}</text>
  </>
);

/** The plan under the pointer once more, above all others. */
function Raised({ marks }: { marks: Mark[] }) {
  const id = useHovered();
  const mark = id === null ? undefined : marks.find((it) => it.plan.id === id);
  return mark ? <g className={cx('mark lit raised', !mark.exact && 'bound')} aria-hidden><Bars mark={mark} /><Dot mark={mark} /></g> : null;
}

const PlotMark = memo(function PlotMark({ mark, selected, lettered, onSelect }: { mark: Mark; selected: boolean; lettered: boolean; onSelect(id: string): void }) {
  const lit = useIsHovered(mark.plan.id);
  const { x, y, left, right } = mark;
  const big = lettered || lit;
  return (
    <g
      className={cx('mark', selected && 'selected', lit && 'lit', !mark.exact && 'bound')}
      role="button"
      tabIndex={selected || big ? 0 : -1}
      aria-label={mark.title}
      aria-pressed={selected}
      onClick={() => onSelect(mark.plan.id)}
      onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), onSelect(mark.plan.id))}
      {...hoverHandlers(mark.plan.id)}
    >
      <rect x={left - 4} y={y - 12} width={Math.max(8, right - left + 8)} height={24} className="touch" />
      {big ? (
        <Dot mark={mark} />
      ) : (
        <circle cx={x} cy={y} r={3.5} className="dot" />
      )}
      <title>{mark.title}</title>
    </g>
  );
});
