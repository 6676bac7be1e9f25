import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** The width of an element in whole pixels, followed as the window changes. */
export function useWidth<E extends Element>(first = 720): [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const it = ref.current;
    if (!it) return;
    const measure = () => setWidth(Math.max(240, Math.round(it.getBoundingClientRect().width)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(it);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
