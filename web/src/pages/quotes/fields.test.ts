import { expect, test } from 'vitest';
import type { Quote } from '../parts/types';
import { EMPTY, bodyOf, draftOf, fieldOf, merged, ready } from './fields';

const quote: Quote = {
  id: 'q', version: 3, supplier: 'Example (invented)', hs: '850511', goods: 'magnets', price: '31.50', per: '100', unit: 'kg', currency: 'USD',
  incoterm: 'FOB', place: 'Ningbo', country: 'CN', lead_time: '28 days', minimum: null, valid_until: '2027-01-31', certificates: ['ISO 9001', 'RoHS'], unit_weight: null,
};

test('a price for a hundred kilograms keeps its hundred', () => {
  expect(draftOf(quote).unit).toBe('100 kg');
});

test.each([['kg', '1', 'kg'], ['100 kg', '100', 'kg'], ['0.5 t', '0.5', 't']])('the unit %s is %s of %s', (unit, per, of) => {
  expect(bodyOf({ ...EMPTY, unit }, { ...EMPTY, unit: 'lb' })).toEqual({ per, unit: of });
});

test('an untouched form sends nothing', () => {
  expect(bodyOf(draftOf(quote), draftOf(quote))).toEqual({});
});

test('only what changed is sent, under the names of the API, and what was emptied becomes null', () => {
  const draft = { ...draftOf(quote), price: '30', valid_until: '', certificates: 'ISO 9001；CE', lead_time: ' 28 days ' };
  expect(bodyOf(draft, draftOf(quote))).toEqual({ price: '30', valid_until: null, certificates: ['ISO 9001', 'CE'] });
});

test('a new quote leaves empty fields out', () => {
  expect(bodyOf({ ...EMPTY, supplier: 'A', price: '1' }, null)).toEqual({ supplier: 'A', price: '1', unit: 'kg', per: '1' });
});

test('goods may be named by code or in words, and one of them is needed', () => {
  const draft = { ...EMPTY, supplier: 'A', price: '1', currency: 'USD', incoterm: 'FOB' };
  expect([ready(draft), ready({ ...draft, hs: '850511' }), ready({ ...draft, goods: 'magnets' })]).toEqual([false, true, true]);
});

test('problems of the server find their field', () => {
  expect([fieldOf('valid_until'), fieldOf('price'), fieldOf('nothing'), fieldOf(undefined)]).toEqual(['valid_until', 'price', null, null]);
});

test('saving over someone else keeps what only they changed', () => {
  const base = draftOf(quote);
  const theirs = { ...base, price: '40', place: 'Tianjin' };
  expect(bodyOf(merged({ ...base, lead_time: '21 days', place: 'Shanghai' }, base, theirs), theirs)).toEqual({ lead_time: '21 days', place: 'Shanghai' });
});
