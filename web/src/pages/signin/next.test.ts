import { expect, test } from 'vitest';
import { safeNext } from './next';

test.each([
  [null, '/'],
  ['', '/'],
  ['/deals?state=draft', '/deals?state=draft'],
  ['https://evil.example', '/'],
  ['//evil.example/deals', '/'],
  ['/\\evil.example', '/'],
  ['/deals\nx', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?next=/deals', '/'],
])('after signing in, %j leads to %s', (next, to) => {
  expect(safeNext(next)).toBe(to);
});
