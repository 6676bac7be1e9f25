import type { Leg } from '../../lib/types';
import type { T } from '../../lib/words';

/** Straits, canals and capes that ways are named by: what the radar calls them, and where they lie (longitude, latitude). */
const PLACES: Record<string, { english: string; at: [number, number] }> = {
  suez: { english: 'Suez Canal', at: [32.35, 30.6] },
  panama: { english: 'Panama Canal', at: [-79.7, 9.1] },
  'bab-el-mandeb': { english: 'Bab-el-Mandeb', at: [43.35, 12.6] },
  hormuz: { english: 'Strait of Hormuz', at: [56.45, 26.5] },
  malacca: { english: 'Strait of Malacca', at: [100.9, 2.9] },
  sunda: { english: 'Sunda Strait', at: [105.5, -6.0] },
  lombok: { english: 'Lombok Strait', at: [115.8, -8.7] },
  torres: { english: 'Torres Strait', at: [142.2, -10.5] },
  'taiwan-strait': { english: 'Taiwan Strait', at: [119.5, 24.5] },
  gibraltar: { english: 'Strait of Gibraltar', at: [-5.6, 35.95] },
  dardanelles: { english: 'Dardanelles', at: [26.4, 40.2] },
  bosporus: { english: 'Bosporus', at: [29.06, 41.1] },
  kerch: { english: 'Kerch Strait', at: [36.55, 45.3] },
  dover: { english: 'Dover Strait', at: [1.45, 51.0] },
  kiel: { english: 'Kiel Canal', at: [9.6, 54.2] },
  oresund: { english: 'Oresund', at: [12.75, 55.8] },
  'great-belt': { english: 'Great Belt', at: [10.95, 55.35] },
  corinth: { english: 'Corinth Canal', at: [22.98, 37.93] },
  magellan: { english: 'Strait of Magellan', at: [-70.9, -53.4] },
  'cape-horn': { english: 'Cape Horn', at: [-67.3, -56.0] },
  'good-hope': { english: 'Cape of Good Hope', at: [18.4, -34.7] },
};

/** The passages that are offered as shut, the most used first. */
export const PASSAGES = ['suez', 'panama', 'bab-el-mandeb', 'hormuz', 'malacca', 'taiwan-strait', 'gibraltar', 'bosporus', 'good-hope'];

export const passageName = (slug: string, t: T): string => (PLACES[slug] ? t(`passage-${slug}`) : slug);

/** The passages that legs go through and whose place is known, each once. */
export function passagesOf(legs: Leg[], t: T): { name: string; at: [number, number] }[] {
  const used = new Set(legs.flatMap((it) => it.passages ?? []));
  return Object.entries(PLACES).flatMap(([slug, { english, at }]) => {
    const name = passageName(slug, t);
    return used.has(english) || used.has(name) || used.has(slug) ? [{ name, at }] : [];
  });
}
