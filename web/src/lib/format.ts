import { useMemo } from 'react';
import type { Money } from './types';
import { useWords, type Lang } from './words';

/** Numbers, money and dates as the language writes them (CLDR, by Intl). Digits are Latin in Arabic too: papers of trade have them so. */
export interface Formats {
  number(value: number, digits?: number): string;
  /** 0..100 -> "83 %". */
  percent(value: number, digits?: number): string;
  money(value: Money, digits?: number): string;
  /** Money with the sign turned: what a seller gets. */
  amount(value: number, currency: string, digits?: number): string;
  /** "133 k", for axes. */
  compact(value: number): string;
  date(iso: string, style?: 'short' | 'medium' | 'long'): string;
  /** "18 Jan" without the year. */
  day(date: Date): string;
  time(iso: string): string;
  days(value: number): string;
  list(items: string[]): string;
  economy(code: string, names?: Record<string, string>): string;
  bytes(value: number): string;
  ago(iso: string): string;
}

const TAGS: Record<Lang, string> = { en: 'en-GB', zh: 'zh-Hans-CN', fr: 'fr-FR', ar: 'ar-u-nu-latn', es: 'es-ES' };

export const parseDay = (iso: string): Date => new Date(`${iso.slice(0, 10)}T00:00:00Z`);
export const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
export const addDays = (iso: string, days: number): string =>
  isoDay(new Date(parseDay(iso).getTime() + Math.round(days) * 86_400_000));
export const daysBetween = (from: string, to: string): number =>
  Math.round((parseDay(to).getTime() - parseDay(from).getTime()) / 86_400_000);

const minor = new Map<string, number>();
function minorDigits(currency: string): number {
  let digits = minor.get(currency);
  if (digits === undefined) {
    try {
      digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    } catch {
      digits = 2;
    }
    minor.set(currency, digits);
  }
  return digits;
}

export function formats(lang: Lang): Formats {
  const tag = TAGS[lang];
  const cache = new Map<string, Intl.NumberFormat>();
  const numberFormat = (key: string, options: Intl.NumberFormatOptions) => {
    let it = cache.get(key);
    if (!it) cache.set(key, (it = new Intl.NumberFormat(tag, options)));
    return it;
  };
  const dates = {
    short: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: '2-digit', timeZone: 'UTC' }),
    medium: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
    long: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', weekday: 'long', timeZone: 'UTC' }),
  };
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const list = new Intl.ListFormat(tag, { style: 'short', type: 'conjunction' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  let regions: Intl.DisplayNames | null = null;
  try {
    regions = new Intl.DisplayNames(tag, { type: 'region' });
  } catch {
    regions = null;
  }

  const number = (value: number, digits = 0) =>
    numberFormat(`n${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  // The code, never a symbol: "$" and "¥" are several currencies.
  const amount = (value: number, currency: string, digits?: number) =>
    `${number(value, digits ?? (Math.abs(value) >= 1000 ? 0 : minorDigits(currency)))} ${currency}`;

  return {
    number,
    percent: (value, digits = 0) =>
      numberFormat(`p${digits}`, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value / 100),
    amount,
    money: (value, digits) => amount(Number(value.amount), value.currency, digits),
    compact: (value) => numberFormat('c', { notation: 'compact', maximumFractionDigits: 1 }).format(value),
    date: (iso, style = 'medium') => dates[style].format(parseDay(iso)),
    day: (it) => day.format(it),
    time: (iso) => time.format(new Date(iso)),
    days: (value) => numberFormat('d', { style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: 0 }).format(value),
    list: (items) => list.format(items),
    economy: (code, names) => {
      if (names?.[code]) return names[code];
      try {
        return regions?.of(code) ?? code;
      } catch {
        return code;
      }
    },
    bytes: (value) => {
      const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
      const at = value < 1 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
      return numberFormat(`b${at}`, { style: 'unit', unit: steps[at] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: at ? 1 : 0 }).format(value / 1000 ** at);
    },
    ago: (iso) => {
      const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
      const steps: [number, Intl.RelativeTimeFormatUnit][] = [[60, 'second'], [3600, 'minute'], [86_400, 'hour'], [2_592_000, 'day'], [31_536_000, 'month'], [Infinity, 'year']];
      const at = steps.findIndex(([limit]) => Math.abs(seconds) < limit);
      const unit = steps[at]?.[1] ?? 'year';
      return relative.format(Math.round(seconds / (at > 0 ? (steps[at - 1]?.[0] ?? 1) : 1)), unit);
    },
  };
}

const made = new Map<Lang, Formats>();
export function formatsOf(lang: Lang): Formats {
  let it = made.get(lang);
  if (!it) made.set(lang, (it = formats(lang)));
  return it;
}

export function useFormats(): Formats {
  const { lang } = useWords();
  return useMemo(() => formatsOf(lang), [lang]);
}
