/** Where to go afterwards: an address of this workbench and of no other site. */
export function safeNext(next: string | null): string {
  if (!next || !next.startsWith('/') || /^\/[/\\]/.test(next) || /[\u0000-\u001f\\]/.test(next)) return '/';
  return next.startsWith('/sign-in') ? '/' : next;
}
