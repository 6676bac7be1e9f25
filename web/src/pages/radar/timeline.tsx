import { scaleUtc } from 'd3-scale';
import { useMemo, type ReactNode } from 'react';
import { addDays, daysBetween, parseDay, useFormats } from '../../lib/format';
import type { Plan } from '../../lib/types';
import { useWords } from '../../lib/words';
import { cx } from '../../ui';
import { useView } from './context';
import { Figure } from './figure';
import { textWidth } from './labels';
import { useWidth } from './size';
import { legTimes } from './steps';
import { roomyTicks } from './ticks';

const DAY = 86_400_000;

/** What happens when: preparing, each leg with its P10 to P90, the last days to leave, the deadline. */
export function Timeline({ plan }: { plan: Plan }) {
  const { t } = useWords();
  const format = useFormats();
  const { answer, letters } = useView();
  const [box, width] = useWidth<HTMLDivElement>(640);
  const { as_of: asOf, need } = answer.deals;
  const left = need.deadline ? daysBetween(asOf, need.deadline) : null;
  const { prepare, legs } = useMemo(() => legTimes(plan, left), [plan, left]);
  // On a phone the names stand above their bars.
  const narrow = width < 480;
  const nameWidth = narrow ? 0 : Math.min(210, Math.round(width * 0.3));
  const ROW = narrow ? 50 : 34;
  const mid = narrow ? 36 : 17;
  const longest = Math.max(plan.arrival.days[2], left ?? 0, ...legs.map((it) => it.end[2]));
  const x = scaleUtc([parseDay(asOf), new Date(parseDay(asOf).getTime() + longest * DAY)], [nameWidth + 8, width - 16]);
  const at = (days: number) => x(new Date(parseDay(asOf).getTime() + days * DAY));
  const height = (plan.legs.length + 2) * ROW + 30;
  const day = (days: number) => format.date(addDays(asOf, days), 'short');
  const cut = (text: string) => {
    let it = text;
    while (textWidth(it, 12) > (narrow ? width - 20 : nameWidth - 4) && it.length > 4) it = it.slice(0, -1);
    return it === text ? it : `${it.trimEnd()}…`;
  };
  // To be there in time with the middle of the rest, and with nine chances of ten: the last days to begin.
  const order = left === null ? null : { p50: left - plan.arrival.days[1], p90: left - plan.arrival.days[2] };

  const rows = () => [
    ['step', 'mode', 'from', 'to', 'starts', 'ends_p10', 'ends_p50', 'ends_p90', 'leave_by_p50', 'leave_by_p90', 'deadline'],
    ['prepare', '', '', '', asOf, '', addDays(asOf, prepare), '', order && addDays(asOf, order.p50), order && addDays(asOf, order.p90), need.deadline],
    ...plan.legs.map((leg, index) => {
      const it = legs[index];
      return ['leg', leg.mode, leg.from.name, leg.to.name, addDays(asOf, it?.start ?? 0), ...(it?.end ?? [0, 0, 0]).map((days) => addDays(asOf, days)), it?.latest && addDays(asOf, it.latest.p50), it?.latest && addDays(asOf, it.latest.p90), need.deadline];
    }),
    ['arrival', '', '', '', '', plan.arrival.p10, plan.arrival.p50, plan.arrival.p90, '', '', need.deadline],
  ];

  return (
    <Figure title={t('timeline-title', { letter: letters.get(plan.id) ?? '' })} note={t('timeline-note')} name={`timeline-${plan.id}`} rows={rows} className="timeline">
      {(svg) => (
        <div ref={box}>
          <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('timeline-alt', { from: format.date(asOf), to: format.date(plan.arrival.p50) })}>
            <rect width={width} height={height} className="fill-surface" />
            {roomyTicks(x.ticks(Math.max(3, Math.floor(width / 120))), x, format.day).map((it) => (
              <g key={it.getTime()}>
                <line x1={x(it)} x2={x(it)} y1={4} y2={height - 24} className="grid faint" />
                <text x={x(it)} y={height - 8} textAnchor="middle" className="tick">{format.day(it)}</text>
              </g>
            ))}
            {left !== null && (
              <g className="deadline">
                <line x1={at(left)} x2={at(left)} y1={2} y2={height - 24} />
                <text x={at(left) - 5} y={12} textAnchor="end">{t('deadline')}</text>
              </g>
            )}
            <Row top={14} narrow={narrow} name={cut(t('step-prepare'))} note={t('step-prepare-note', { days: format.days(prepare) })}>
              <rect x={at(0)} y={mid - 6} width={Math.max(1, at(prepare) - at(0))} height={12} rx={3} className="step prepare" />
              {order && order.p90 >= 0 && <CutOff x={at(order.p90)} y={mid} title={t('cut-order', { p90: day(order.p90), p50: day(order.p50) })} />}
            </Row>
            {plan.legs.map((leg, index) => {
              const it = legs[index];
              if (!it) return null;
              return (
                <Row key={index} top={(index + 1) * ROW + 14} narrow={narrow} name={cut(`${leg.from.name} – ${leg.to.name}`)} note={`${t(`mode-${leg.mode}`)}, ${t('km', { km: format.number(leg.distance_km) })}, ${format.number(leg.days[0])}–${format.days(leg.days[2])}`}>
                  <line x1={at(it.end[0])} x2={at(it.end[2])} y1={mid} y2={mid} className="spread" />
                  <rect x={at(it.start)} y={mid - 6} width={Math.max(2, at(it.end[1]) - at(it.start))} height={12} rx={3} className={cx('step', leg.mode)} />
                  {it.latest && <CutOff x={at(it.latest.p90)} y={mid} title={t('cut-leave', { from: leg.from.name, p90: day(it.latest.p90), p50: day(it.latest.p50) })} />}
                </Row>
              );
            })}
            <Row top={(plan.legs.length + 1) * ROW + 14} narrow={narrow} name={t('step-arrival')} note={plan.arrival.on_time_percent === null ? '' : t('on-time-of', { percent: format.percent(plan.arrival.on_time_percent), count: plan.arrival.scenarios })}>
              <line x1={at(plan.arrival.days[0])} x2={at(plan.arrival.days[2])} y1={mid} y2={mid} className="spread strong" />
              <path d={`M${at(plan.arrival.days[1])} ${mid - 7}l7 7l-7 7l-7 -7z`} className="arrives" />
            </Row>
          </svg>
          <ul className="cutoffs">
            {order && order.p90 >= 0 && <li><CutMark /> {t('cut-order', { p90: day(order.p90), p50: day(order.p50) })}</li>}
            {order && order.p90 < 0 && <li className="severity caution">{t(order.p50 < 0 ? 'cut-order-late' : 'cut-order-tight', { p50: day(order.p50) })}</li>}
            {plan.legs.map((leg, index) => {
              const latest = legs[index]?.latest;
              return latest && <li key={index}><CutMark /> {t('cut-leave', { from: leg.from.name, p90: day(latest.p90), p50: day(latest.p50) })}</li>;
            })}
          </ul>
        </div>
      )}
    </Figure>
  );
}

function Row({ top, narrow, name, note, children }: { top: number; narrow: boolean; name: string; note: string; children: ReactNode }) {
  return (
    <g transform={`translate(0 ${top})`}>
      <text x={2} y={narrow ? 12 : 15} className="step-name">{name}</text>
      <text x={2} y={narrow ? 25 : 28} className="step-note">{note}</text>
      {children}
    </g>
  );
}

const CutOff = ({ x, y, title }: { x: number; y: number; title: string }) => <path d={`M${x} ${y + 8}v-16m-4 0h8l-4 5z`} className="cut-off"><title>{title}</title></path>;
const CutMark = () => <svg width="10" height="12" viewBox="-5 0 10 12" aria-hidden><path d="M0 12v-11m-4 0h8l-4 5z" className="cut-off" /></svg>;
