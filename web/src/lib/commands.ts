import { useEffect, useRef } from 'react';
import { remembered, store } from './store';

/** Something a person can do by the palette or a key. */
export interface Command {
  id: string;
  title: string;
  /** "g r" for a sequence, "?" or "mod+k" for one stroke. */
  keys?: string;
  group: string;
  run(): void;
}

export const commands = store<Command[]>([]);

/** Offers commands while the component is shown. `list` should be memoised. */
export function useCommands(list: Command[]): void {
  useEffect(() => {
    commands.set([...commands.get(), ...list]);
    return () => commands.set(commands.get().filter((it) => !list.includes(it)));
  }, [list]);
}

/** Keys without Ctrl can be switched off: they get in the way of speech input (WCAG 2.1.4). */
export const plainKeys = store<boolean>(remembered.get('plain-keys') !== 'off');

export function setPlainKeys(on: boolean): void {
  remembered.set('plain-keys', on ? 'on' : 'off');
  plainKeys.set(on);
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(range|checkbox|radio|button)$/.test(target.type));

/** Listens to keys for all offered commands. A sequence must be finished within a second. */
export function useShortcuts(): void {
  const before = useRef({ key: '', at: 0 });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (event.altKey || (!mod && (!plainKeys.get() || typing(event.target)))) return;
      if (!mod && document.querySelector('dialog[open]')) return;
      const stroke = (mod ? 'mod+' : '') + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
      const sequence = Date.now() - before.current.at < 1000 ? `${before.current.key} ${stroke}` : stroke;
      const all = commands.get();
      const found = all.find((it) => it.keys === sequence) ?? all.find((it) => it.keys === stroke);
      if (found) {
        event.preventDefault();
        before.current = { key: '', at: 0 };
        found.run();
      } else {
        before.current = { key: stroke, at: Date.now() };
      }
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
