import { describe, expect, it } from 'vitest';
import { match } from '../../lib/router.match';
import { formats } from '../../lib/format';
import { csv } from '../../lib/download';
import type { CostLine, Plan } from '../../lib/types';
import { placeLabels, textWidth } from './labels';
import { greatCircle, middleMeridian, spanOf } from './projection';
import { basisShares, legTimes, waterfall } from './steps';
import { letter, parseWeights, rerank, score, sliderOf, withSlider, writeWeights } from './weights';

const gbp = (amount: number) => ({ amount: amount.toFixed(2), currency: 'GBP' });
const line = (amount: number | null, more: Partial<CostLine> = {}): CostLine => ({
  kind: 'goods', label: 'goods', amount: amount === null ? null : gbp(amount), payer: 'buyer', recoverable: false,
  because: { basis: 'observed', source: { title: 't', publisher: 'p', vintage: '2024' } }, ...more,
});
const plan = (id: string, rank: number, axes: Plan['axes'], exact = true): Plan =>
  ({ id, rank, axes, score: 0, landed: exact ? { exactly: gbp(1) } : { at_least: { known: gbp(1), unknown: ['duty'] } } }) as Plan;

describe('weights', () => {
  const cheap = plan('cheap', 1, { cost: 0, arrival: 2, carbon: null });
  const safe = plan('safe', 2, { cost: 1, arrival: 0, carbon: 1 });
  const even = { cost: 50, arrival: 50, carbon: 0, resilience: 0, cash: 0 };

  it.each([
    ['cost alone', { ...even, arrival: 0 }, ['cheap', 'safe']],
    ['arrival alone', { ...even, cost: 0 }, ['safe', 'cheap']],
    ['an unknown place is worse than a usual one', { ...even, cost: 0, arrival: 0, carbon: 9 }, ['safe', 'cheap']],
    ['no weights mean cost', { ...even, cost: 0, arrival: 0 }, ['cheap', 'safe']],
  ])('%s', (_, weights, order) => {
    expect(rerank([safe, cheap], weights).map((it) => it.plan.id)).toEqual(order);
  });

  it('weighs as rank.rs does', () => {
    expect(score(cheap, { ...even, cost: 75, arrival: 25 })).toBeCloseTo(0.5, 12);
  });
  it('puts complete totals before lower bounds', () => {
    const bound = plan('bound', 3, { cost: -1, arrival: 0 }, false);
    expect(rerank([bound, cheap], even).map((it) => it.plan.id)).toEqual(['cheap', 'bound']);
  });
  it('keeps the order of the radar when scores are alike', () => {
    expect(rerank([plan('b', 2, { cost: 1 }), plan('a', 1, { cost: 1 })], { ...even, arrival: 0 }).map((it) => it.plan.id)).toEqual(['a', 'b']);
  });
  it.each(['60,40,0,0,0', '0,0,100,0,5'])('reads what it writes: %s', (text) => {
    const read = parseWeights(text);
    expect(read && writeWeights(read)).toBe(text);
  });
  it.each([null, '', '1,2,3', '60,40,0,0,101', 'a,b,c,d,e', '1.5,0,0,0,0'])('refuses %s', (text) => expect(parseWeights(text)).toBeNull());
  it('goes from slider to weights and back', () => {
    expect(sliderOf(withSlider(even, 30))).toBe(30);
    expect(withSlider({ ...even, carbon: 20 }, 30).carbon).toBe(20);
  });
  it('counts letters on', () => expect([0, 25, 26, 27, 52].map(letter)).toEqual(['A', 'Z', 'AA', 'AB', 'BA']));
});

describe('waterfall', () => {
  const lines = [line(100), line(20, { because: { ...line(1).because, basis: 'assumed' } }), line(null), line(30, { recoverable: true })];
  const bought = { lines, landed: { at_least: { known: gbp(120), unknown: ['x'] } } } as Plan;

  it('stacks what is known and keeps what is not', () => {
    const { steps, recoverable, total, exact } = waterfall(bought, false);
    expect(steps.map((it) => [it.from, it.to, it.amount])).toEqual([[0, 100, 100], [100, 120, 20], [120, 120, null]]);
    expect([recoverable.length, total, exact]).toEqual([1, 120, false]);
  });
  it('takes costs from the price of a seller', () => {
    const sold = { lines: [line(-100), line(20)], landed: { exactly: gbp(-80) } } as Plan;
    const { steps, total } = waterfall(sold, true);
    expect(steps.map((it) => [it.from, it.to])).toEqual([[0, 100], [100, 80]]);
    expect(total).toBe(80);
  });
  it('shares by basis leave out what is unknown or comes back', () => {
    expect(basisShares(lines)).toEqual([{ basis: 'observed', share: 100 / 120 }, { basis: 'assumed', share: 20 / 120 }]);
  });
});

describe('times', () => {
  it('leaves what is before the first leg to preparing, and counts back from the deadline', () => {
    const it = { legs: [{ days: [8, 10, 15] }, { days: [1, 2, 3] }], arrival: { days: [30, 40, 50] } } as unknown as Plan;
    const { prepare, legs } = legTimes(it, 60);
    expect(prepare).toBe(28);
    expect(legs.map((leg) => [leg.start, leg.end[1], leg.latest])).toEqual([[28, 38, { p50: 48, p90: 42 }], [38, 40, { p50: 58, p90: 57 }]]);
  });
});

describe('map', () => {
  it.each([
    ['Europe and China', [[0, 50], [120, 30]], 60],
    ['over the Pacific', [[-118, 34], [121, 31]], -178.5],
    ['one place', [[-7, 33]], -7],
  ] as [string, [number, number][], number][])('turns to the middle: %s', (_, points, middle) => {
    expect(middleMeridian(points)).toBeCloseTo(middle, 6);
  });
  it('measures the span across the date line', () => expect(spanOf([[-118, 34], [121, 31]], -178.5)).toBeCloseTo(121, 6));
  it('goes along the great circle', () => {
    const way = greatCircle([0, 0], [90, 0]);
    expect(way[0]).toEqual([0, 0]);
    expect(way.at(-1)?.[0]).toBeCloseTo(90, 9);
    expect(way[Math.floor(way.length / 2)]?.[1]).toBeCloseTo(0, 9);
  });
  it('never puts a label on another', () => {
    const wanted = Array.from({ length: 12 }, (_, at) => ({ key: `${at}`, x: 100 + (at % 3) * 4, y: 100 + at, away: 8, text: 'Casablanca', size: 11, order: at }));
    const placed = placeLabels(wanted, [], { x: 0, y: 0, width: 300, height: 300 });
    const boxes = placed.map((it) => {
      const width = textWidth(it.text, 11) + 4;
      return { left: it.anchor === 'start' ? it.x : it.anchor === 'end' ? it.x - width : it.x - width / 2, width, y: it.y };
    });
    expect(placed.length).toBeGreaterThan(2);
    boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => expect(a.left < b.left + b.width && b.left < a.left + a.width && Math.abs(a.y - b.y) < 13.19).toBe(false)));
  });
});

describe('formats', () => {
  it.each([
    ['en', '1,234,567 GBP'], ['zh', '1,234,567 GBP'], ['fr', '1 234 567 GBP'], ['es', '1.234.567 GBP'],
  ] as const)('money in %s', (lang, text) => expect(formats(lang).money({ amount: '1234567', currency: 'GBP' }).replace(/\s/g, ' ')).toBe(text));
  it('keeps Latin digits in Arabic', () => expect(formats('ar').number(1234)).toMatch(/1.?234/));
  it('knows currencies without cents', () => expect(formats('en').money({ amount: '500', currency: 'JPY' })).toBe('500 JPY'));
});

describe('files and addresses', () => {
  it('defuses formulas and quotes what needs it', () => {
    expect(csv([['a', '=1+1', -5, '-5', 'say "x", y', null]])).toBe('\uFEFFa,\'=1+1,-5,-5,"say ""x"", y",\r\n');
  });
  it.each([
    ['/deals/:id', '/deals/a%20b', { id: 'a b' }], ['/', '/', {}], ['/radar/:answer', '/radar', null], ['/books', '/needs', null],
  ])('%s against %s', (pattern, path, params) => expect(match(pattern, path)).toEqual(params));
});
