import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { Fragment, useMemo, type ReactNode } from 'react';
import { remembered, store, useStore } from './store';

/** Languages of the workbench. Those not `complete` fall back to English, sentence by sentence. */
export const LANGUAGES = [
  { code: 'en', name: 'English', complete: true },
  { code: 'zh', name: '中文', complete: true },
  { code: 'fr', name: 'Français', complete: false },
  { code: 'ar', name: 'العربية', complete: false },
  { code: 'es', name: 'Español', complete: false },
] as const;

export type Lang = (typeof LANGUAGES)[number]['code'];
export type WordArgs = Record<string, FluentVariable>;

const loaders: Record<Lang, () => Promise<{ default: string[] }>> = {
  en: () => import('../words/en'),
  zh: () => import('../words/zh'),
  fr: () => import('../words/fr'),
  ar: () => import('../words/ar'),
  es: () => import('../words/es'),
};

interface Tongue {
  lang: Lang;
  /** Bundles in order of preference; English is last. */
  bundles: FluentBundle[];
}

const bundles = new Map<Lang, Promise<FluentBundle>>();

function load(lang: Lang): Promise<FluentBundle> {
  let found = bundles.get(lang);
  if (!found) {
    found = loaders[lang]().then(({ default: files }) => {
      // Marks of isolation matter where scripts of both directions meet.
      const bundle = new FluentBundle(lang, { useIsolating: lang === 'ar' });
      for (const text of files) bundle.addResource(new FluentResource(text), { allowOverrides: true });
      return bundle;
    });
    bundles.set(lang, found);
  }
  return found;
}

const tongue = store<Tongue>({ lang: 'en', bundles: [] });

export const isLang = (code: string | null | undefined): code is Lang => LANGUAGES.some((it) => it.code === code);

/** What the person chose, else what the browser prefers, else English. */
export function preferredLang(): Lang {
  const chosen = new URLSearchParams(location.search).get('lang') ?? remembered.get('lang');
  if (isLang(chosen)) return chosen;
  const wished = navigator.languages.map((it) => it.slice(0, 2)).find(isLang);
  return wished ?? 'en';
}

export async function setLang(lang: Lang, remember = true): Promise<void> {
  const own = load(lang);
  const english = lang === 'en' ? own : load('en');
  const all = lang === 'en' ? [await own] : [await own, await english];
  if (remember) remembered.set('lang', lang);
  document.cookie = `periplus_lang=${lang}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = lang === 'zh' ? 'zh-Hans' : lang;
  document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
  tongue.set({ lang, bundles: all });
}

export const currentLang = (): Lang => tongue.get().lang;

function lookUp({ bundles: all }: Tongue, id: string, args?: WordArgs): string | null {
  for (const bundle of all) {
    const message = bundle.getMessage(id);
    if (message?.value) return bundle.formatPattern(message.value, args ?? null, []);
  }
  return null;
}

/** `t('pager-shown', { shown: 5 })`. An unknown key shows itself, so that it is seen and mended. */
export type T = (id: string, args?: WordArgs) => string;

export function translator(it: Tongue): T & { has(id: string): boolean } {
  const t = (id: string, args?: WordArgs) => lookUp(it, id, args) ?? id;
  return Object.assign(t, { has: (id: string) => it.bundles.some((bundle) => bundle.hasMessage(id)) });
}

export function useWords() {
  const it = useStore(tongue);
  return useMemo(() => ({ t: translator(it), lang: it.lang }), [it]);
}

/** For code outside components (toasts of background events). */
export const t: T = (id, args) => translator(tongue.get())(id, args);

const MARK = /\uE000(\w+)\uE001/;

/** A sentence with elements in it: `<Rich id="sentence-buy" parts={{ place: <Chip/> }} />` puts them where the language wants them. */
export function Rich({ id, parts, args }: { id: string; parts: Record<string, ReactNode>; args?: WordArgs }) {
  const { t: words } = useWords();
  const marked: WordArgs = { ...args };
  for (const name of Object.keys(parts)) marked[name] = `\uE000${name}\uE001`;
  const pieces = words(id, marked).replace(/[\u2068\u2069]/g, '').split(MARK);
  return (
    <>
      {pieces.map((piece, at) => (
        <Fragment key={at}>{at % 2 === 1 ? parts[piece] : piece}</Fragment>
      ))}
    </>
  );
}
