import { useCallback, useMemo, type AnchorHTMLAttributes, type MouseEvent } from 'react';
import { store, useStore } from './store';

export { match } from './router.match';

/** Where the browser is. Every view has an address; the query holds the state of the view. */
export interface Place {
  path: string;
  query: URLSearchParams;
  hash: string;
}

const here = (): Place => ({
  path: location.pathname.replace(/\/+$/, '') || '/',
  query: new URLSearchParams(location.search),
  hash: location.hash.slice(1),
});

const place = store<Place>(here());
addEventListener('popstate', () => place.set(here()));

export interface NavigateOptions {
  replace?: boolean;
  /** Keep the scroll position: for changes of the query that belong to the same view. */
  keepScroll?: boolean;
}

export function navigate(to: string, { replace = false, keepScroll = false }: NavigateOptions = {}): void {
  const before = location.pathname;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  place.set(here());
  if (!keepScroll && location.pathname !== before) scrollTo(0, 0);
}

export function usePlace(): Place {
  return useStore(place);
}

/** A query parameter as state: [value, set]. Setting null removes it. Replaces the history entry, as a slider would flood it. */
export function useQuery(name: string): [string | null, (value: string | null, options?: NavigateOptions) => void] {
  const { query } = usePlace();
  const set = useCallback(
    (value: string | null, options: NavigateOptions = {}) => setQuery({ [name]: value }, options),
    [name],
  );
  return [query.get(name), set];
}

export function setQuery(changes: Record<string, string | null>, options: NavigateOptions = {}): void {
  const next = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
  }
  // Commas and colons may stand as they are: addresses are read by people.
  const words = next.toString().replace(/%2C/g, ',').replace(/%3A/g, ':');
  const to = location.pathname + (words ? `?${words}` : '') + location.hash;
  navigate(to, { replace: true, keepScroll: true, ...options });
}

const plainClick = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

export interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
}

/** An anchor that does not reload the page. Opens in a new tab when asked to, as any anchor. */
export function Link({ href, onClick, ...rest }: LinkProps) {
  const { path } = usePlace();
  const current = useMemo(() => {
    const target = new URL(href, location.origin).pathname;
    return target === path || (target !== '/' && path.startsWith(`${target}/`));
  }, [href, path]);
  return (
    <a
      href={href}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !plainClick(event) || rest.target || rest.download !== undefined) return;
        event.preventDefault();
        navigate(href);
      }}
      {...rest}
    />
  );
}
