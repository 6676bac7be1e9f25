import { textWidth } from './labels';

/** As many ticks as can be read: each keeps clear of the one before. Words for days are wider in some languages. */
export function roomyTicks<X>(ticks: X[], at: (tick: X) => number, text: (tick: X) => string, size = 11): X[] {
  const kept: X[] = [];
  let end = -Infinity;
  for (const tick of ticks) {
    const half = textWidth(text(tick), size) / 2 + 5;
    if (at(tick) - half < end) continue;
    kept.push(tick);
    end = at(tick) + half;
  }
  return kept;
}
