import { remembered, store, useStore } from './store';

export type Theme = 'system' | 'light' | 'dark';

const theme = store<Theme>((remembered.get('theme') as Theme | null) ?? 'system');

export function applyTheme(next: Theme = theme.get()): void {
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
  remembered.set('theme', next);
  theme.set(next);
}

export const useTheme = (): Theme => useStore(theme);

export function nextTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const shown = theme.get() === 'system' ? (dark ? 'dark' : 'light') : theme.get();
  applyTheme(shown === 'dark' ? 'light' : 'dark');
}
