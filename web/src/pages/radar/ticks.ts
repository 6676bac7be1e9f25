import { textWidth } from './labels';

/** Every tick, or every second, third, ... of them: as many as can be read. Words for days are wider in some languages. */
export function roomyTicks<X>(ticks: X[], at: (tick: X) => number, text: (tick: X) => string, size = 11): X[] {
  const half = (it: X) => textWidth(text(it), size) / 2 + 5;
  for (let step = 1; step < ticks.length; step++) {
    const some = ticks.filter((_, index) => index % step === 0);
    if (some.every((it, index) => index === 0 || at(it) - half(it) >= at(some[index - 1] as X) + half(some[index - 1] as X))) return some;
  }
  return ticks.slice(0, 1);
}
