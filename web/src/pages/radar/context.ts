import { createContext, use } from 'react';
import type { Answer, Plan, Wishes } from '../../lib/types';

/** What all views of an answer share. It changes when another answer is opened, not when a weight moves. */
export interface View {
  answer: Answer;
  sell: boolean;
  /** Letters by plan, in the order of the radar. */
  letters: Map<string, string>;
  plans: Map<string, Plan>;
  economy(code: string): string;
  select(id: string): void;
  scan(request: ScanRequest): Promise<Answer | null>;
}

export interface ScanRequest {
  text?: string;
  need?: Answer['deals']['need'];
  what_if?: { freight_percent?: number; price_percent?: number };
  /** Do not open the answer when it comes. */
  stay?: boolean;
}

export const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const it = use(ViewContext);
  if (!it) throw new Error('outside of an answer');
  return it;
}

export interface Weighing {
  weights: Wishes;
  setWeights(next: Wishes): void;
}
