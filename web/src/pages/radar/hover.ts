import { useSyncExternalStore } from 'react';
import { store, useStore } from '../../lib/store';

/** The plan under the pointer or the focus, in whichever view. One value for all three. */
export const hovered = store<string | null>(null);

export const useHovered = (): string | null => useStore(hovered);

/** Re-renders only the two plans that change, not all of them. */
export function useIsHovered(id: string): boolean {
  return useSyncExternalStore(hovered.subscribe, () => hovered.get() === id);
}

export const hoverHandlers = (id: string) => ({
  onPointerEnter: () => hovered.set(id),
  onPointerLeave: () => hovered.set(null),
  onFocus: () => hovered.set(id),
  onBlur: () => hovered.set(null),
});
