import { api, me, type Page } from '../../lib/api';
import { remembered } from '../../lib/store';
import type { Answer } from '../../lib/types';
import { currentLang } from '../../lib/words';
import type { ScanRequest } from './context';

/** Answers seen lately, so that going back and forth does not ask again. They never change; their words do with the language. */
const kept = new Map<string, Promise<Answer>>();
const KEEP = 12;

function keep(key: string, it: Promise<Answer>): Promise<Answer> {
  kept.delete(key);
  kept.set(key, it);
  it.catch(() => kept.delete(key));
  if (kept.size > KEEP) kept.delete(kept.keys().next().value ?? '');
  return it;
}

const keyOf = (id: string) => `${currentLang()}:${id}`;

export function openAnswer(id: string): Promise<Answer> {
  return kept.get(keyOf(id)) ?? keep(keyOf(id), api.get<Answer>(`/answers/${encodeURIComponent(id)}`));
}

/** What the radar shows when no answer is named: the last one of this browser or of the firm, else the bundled sample. */
export async function openFirst(): Promise<Answer> {
  const last = remembered.get('last-answer');
  if (last) {
    try {
      return await openAnswer(last);
    } catch {
      // It may have been erased, or belong to who was signed in before.
    }
  }
  if (!last && me.get()?.first_start === false) {
    const latest = await api.get<Page<{ id: string }>>('/answers?limit=1').catch(() => null);
    const id = latest?.items[0]?.id;
    if (id) return openAnswer(id);
  }
  return openAnswer('sample');
}

/** As many plans as the sample shows: enough for a map and a plot to say something. */
const SHORTLIST = 24;

export async function newScan({ stay: _, ...request }: ScanRequest): Promise<Answer> {
  const answer = await api.post<Answer>('/scans', { settings: { shortlist: SHORTLIST }, ...request });
  await keep(keyOf(answer.id), Promise.resolve(answer));
  remembered.set('last-answer', answer.id);
  return answer;
}
