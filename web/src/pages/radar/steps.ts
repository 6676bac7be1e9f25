import type { Basis, CostLine, Plan, Total } from '../../lib/types';
import { knownPart } from '../../lib/types';

/** One bar of the waterfall: from where to where it goes. Costs add up; for a seller, the price got stands first and costs take from it. */
export interface Step {
  line: CostLine;
  from: number;
  to: number;
  /** Null: not known. */
  amount: number | null;
  range: [number, number] | null;
}

export interface Waterfall {
  steps: Step[];
  /** Lines that come back: shown, not in the total. */
  recoverable: CostLine[];
  total: number;
  exact: boolean;
}

export function waterfall(plan: Plan, sell: boolean): Waterfall {
  const sign = sell ? -1 : 1;
  let at = 0;
  const steps = plan.lines
    .filter((it) => !it.recoverable)
    .map((line): Step => {
      const amount = line.amount === null ? null : sign * Number(line.amount.amount) || 0;
      const from = at;
      at += amount ?? 0;
      const ends = line.range?.map((it) => sign * Number(it.amount)).sort((a, b) => a - b);
      return { line, from, to: at, amount, range: ends ? [ends[0] ?? 0, ends[1] ?? 0] : null };
    });
  return { steps, recoverable: plan.lines.filter((it) => it.recoverable), total: sign * Number(knownPart(plan.landed).amount), exact: 'exactly' in plan.landed };
}

export type Share = { basis: Basis; share: number };

/** How much of the total rests on what. */
export function basisShares(lines: CostLine[]): Share[] {
  const sums = new Map<Basis, number>();
  let all = 0;
  for (const line of lines) {
    if (line.recoverable || line.amount === null) continue;
    const size = Math.abs(Number(line.amount.amount));
    sums.set(line.because.basis, (sums.get(line.because.basis) ?? 0) + size);
    all += size;
  }
  return (['observed', 'benchmark', 'modelled', 'assumed'] as const)
    .map((basis) => ({ basis, share: all ? (sums.get(basis) ?? 0) / all : 0 }))
    .filter((it) => it.share > 0);
}

export const landedValue = (total: Total, sell: boolean): number => Number(knownPart(total).amount) * (sell ? -1 : 1);

/** P10 and P90 of what is shown as the total, the lower first. */
export function landedRange(plan: Plan, sell: boolean): [number, number] | null {
  const ends = plan.cost_range?.map((it) => Number(it.amount) * (sell ? -1 : 1)).sort((a, b) => a - b);
  return ends ? [ends[0] ?? 0, ends[1] ?? 0] : null;
}

export interface LegTime {
  /** Days from the date of the answer. */
  start: number;
  end: [number, number, number];
  /** The last day to leave so that the rest of the way, at its middle and at its P90, ends by the deadline. */
  latest: { p50: number; p90: number } | null;
}

/**
 * When each leg begins and ends. The plan says when it arrives and how long each leg takes; what is before the first leg is
 * preparing: ordering, making, papers.
 */
export function legTimes(plan: Plan, deadline: number | null): { prepare: number; legs: LegTime[] } {
  const sum = (from: number, which: 0 | 1 | 2) => plan.legs.slice(from).reduce((days, leg) => days + leg.days[which], 0);
  const prepare = Math.max(0, plan.arrival.days[1] - sum(0, 1));
  let start = prepare;
  const legs = plan.legs.map((leg, at): LegTime => {
    const begins = start;
    start += leg.days[1];
    return {
      start: begins,
      end: [begins + leg.days[0], begins + leg.days[1], begins + leg.days[2]],
      latest: deadline === null ? null : { p50: deadline - sum(at, 1), p90: deadline - sum(at, 2) },
    };
  });
  return { prepare, legs };
}
