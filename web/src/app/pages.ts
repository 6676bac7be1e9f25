import { lazy, type ComponentType } from 'react';
import { match } from '../lib/router';

/**
 * Addresses of the workbench. A page is a folder `src/pages/<folder>/index.tsx` with a default export that takes
 * the parameters of its address as props; it is loaded when it is first opened.
 */
const ADDRESSES: { pattern: string; folder: string }[] = [
  { pattern: '/', folder: 'radar' },
  { pattern: '/radar', folder: 'radar' },
  { pattern: '/radar/:answer', folder: 'radar' },
  { pattern: '/needs', folder: 'needs' },
  { pattern: '/needs/:id', folder: 'needs' },
  { pattern: '/deals', folder: 'deals' },
  { pattern: '/deals/:id', folder: 'deals' },
  { pattern: '/watches', folder: 'watches' },
  { pattern: '/watches/:id', folder: 'watches' },
  { pattern: '/books', folder: 'books' },
  { pattern: '/books/:name', folder: 'books' },
  { pattern: '/suppliers', folder: 'suppliers' },
  { pattern: '/quotes', folder: 'quotes' },
  { pattern: '/quotes/:id', folder: 'quotes' },
  { pattern: '/settings', folder: 'settings' },
  { pattern: '/settings/:section', folder: 'settings' },
  { pattern: '/sign-in', folder: 'signin' },
  { pattern: '/help', folder: 'help' },
  { pattern: '/help/:code', folder: 'help' },
];

type PageComponent = ComponentType<Record<string, string>>;
const files = import.meta.glob<{ default: PageComponent }>('../pages/*/index.tsx');
const made = new Map<string, PageComponent>();

/** The page of an address, or null. */
export function pageAt(path: string): { Page: PageComponent; params: Record<string, string>; folder: string } | null {
  for (const { pattern, folder } of ADDRESSES) {
    const params = match(pattern, path);
    const file = files[`../pages/${folder}/index.tsx`];
    if (!params || !file) continue;
    let Page = made.get(folder);
    if (!Page) made.set(folder, (Page = lazy(file)));
    return { Page, params, folder };
  }
  return null;
}

export function preloadPage(path: string): void {
  const address = ADDRESSES.find(({ pattern }) => match(pattern, path));
  void files[`../pages/${address?.folder}/index.tsx`]?.();
}
