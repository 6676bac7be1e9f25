import type { AxisName, Plan, Wishes } from '../../lib/types';
import { isExact } from '../../lib/types';

export const AXES: AxisName[] = ['cost', 'arrival', 'carbon', 'resilience', 'cash'];

/** An unknown place on an axis: never better than a figure that is known to be usual. The same as the radar takes. */
const UNKNOWN = 2;

export interface Ranked {
  plan: Plan;
  rank: number;
  score: number;
}

/** The weighted mean of the places on the axes. Weights of nothing at all count as cost alone. */
export function score(plan: Plan, weights: Wishes): number {
  const total = AXES.reduce((sum, axis) => sum + weights[axis], 0);
  if (!plan.axes) return plan.score;
  if (total <= 0) return plan.axes.cost ?? UNKNOWN;
  return AXES.reduce((sum, axis) => (weights[axis] > 0 ? sum + (weights[axis] / total) * (plan.axes?.[axis] ?? UNKNOWN) : sum), 0);
}

/** The order under other weights: complete totals before lower bounds, then by score, then as the radar had them. */
export function rerank(plans: Plan[], weights: Wishes): Ranked[] {
  return plans
    .map((plan) => ({ plan, rank: 0, score: score(plan, weights) }))
    .sort((a, b) => Number(isExact(b.plan.landed)) - Number(isExact(a.plan.landed)) || a.score - b.score || a.plan.rank - b.plan.rank)
    .map((it, at) => ({ ...it, rank: at + 1 }));
}

/** "60,40,0,0,0" in an address. Null for anything that is not five weights of 0 to 100. */
export function parseWeights(text: string | null): Wishes | null {
  const parts = text?.split(',').map(Number) ?? [];
  if (parts.length !== AXES.length || !parts.every((it) => Number.isInteger(it) && it >= 0 && it <= 100)) return null;
  return Object.fromEntries(AXES.map((axis, at) => [axis, parts[at] ?? 0])) as unknown as Wishes;
}

export const writeWeights = (weights: Wishes): string => AXES.map((axis) => weights[axis]).join(',');
export const sameWeights = (a: Wishes, b: Wishes): boolean => AXES.every((axis) => a[axis] === b[axis]);

/** Where the slider from cheapest (0) to safest (100) stands, and the weights it means. The other axes keep theirs. */
export const sliderOf = ({ cost, arrival }: Wishes): number => (cost + arrival === 0 ? 0 : Math.round((100 * arrival) / (cost + arrival)));
export const withSlider = (weights: Wishes, at: number): Wishes => ({ ...weights, cost: 100 - at, arrival: at });

/** A, B, ..., Z, AA, AB: a plan keeps its letter whatever the order. */
export function letter(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letter(Math.floor(at / 26) - 1) + last;
}
