import { useEffect, useRef } from 'react';
import { store } from './store';

export type EventKind = 'book' | 'job' | 'alert' | 'deal' | 'answer';

export interface ServerEvent {
  id: string;
  kind: EventKind;
  at: string;
  object: string;
  [more: string]: unknown;
}

const KINDS: EventKind[] = ['book', 'job', 'alert', 'deal', 'answer'];
const listeners = new Map<EventKind, Set<(event: ServerEvent) => void>>();
export const connected = store<boolean>(false);
let source: EventSource | null = null;

/** One connection for the page. The browser reconnects by itself and sends Last-Event-ID, so nothing is missed. */
export function connectEvents(): void {
  if (source) return;
  source = new EventSource('/events');
  source.onopen = () => connected.set(true);
  source.onerror = () => connected.set(false);
  for (const kind of KINDS)
    source.addEventListener(kind, (message) => {
      try {
        const event = JSON.parse((message as MessageEvent<string>).data) as ServerEvent;
        listeners.get(kind)?.forEach((it) => it({ ...event, kind }));
      } catch {
        // A message that is not JSON is not ours.
      }
    });
}

export function onEvent(kind: EventKind, listener: (event: ServerEvent) => void): () => void {
  const all = listeners.get(kind) ?? new Set();
  listeners.set(kind, all);
  all.add(listener);
  return () => all.delete(listener);
}

/** Calls `listener` for every event of the kinds while the component is shown. */
export function useEvents(kinds: EventKind[], listener: (event: ServerEvent) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  const key = kinds.join();
  useEffect(() => {
    const stops = (key.split(',') as EventKind[]).map((kind) => onEvent(kind, (event) => latest.current(event)));
    return () => stops.forEach((stop) => stop());
  }, [key]);
}
