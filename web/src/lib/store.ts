import { useSyncExternalStore } from 'react';

/** A value that components subscribe to. Small enough that no state library is needed. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  subscribe(listener: () => void): () => void;
}

export function store<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      listeners.forEach((it) => it());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<T>(it: Store<T>): T {
  return useSyncExternalStore(it.subscribe, it.get, it.get);
}

/** What a person chose stays chosen in this browser. A browser that forbids storage still works. */
export const remembered = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(`periplus.${key}`);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(`periplus.${key}`, value);
    } catch {
      // Private windows may forbid it; the choice then lasts as long as the page.
    }
  },
};
