import type { Quote } from '../parts/types';

/** Fields of a quote in the order in which people write them; the names are those of the columns of a sheet. */
export const FIELDS = [
  'supplier', 'hs', 'goods', 'price', 'unit', 'currency', 'incoterm', 'place', 'country', 'lead_time', 'minimum', 'valid_until',
  'certificates', 'unit_weight',
] as const;
export type FieldName = (typeof FIELDS)[number];

/** Without these a quote cannot be used; of goods code and description one is enough. */
export const NEEDED: FieldName[] = ['supplier', 'price', 'unit', 'currency', 'incoterm'];

export type QuoteDraft = Record<FieldName, string>;

export const EMPTY: QuoteDraft = {
  supplier: '', hs: '', goods: '', price: '', unit: 'kg', currency: '', incoterm: '', place: '', country: '', lead_time: '',
  minimum: '', valid_until: '', certificates: '', unit_weight: '',
};

export const INCOTERMS = ['EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP'];
export const UNITS = ['kg', 'g', 't', 'lb', 'l', 'hl', 'm3', 'm', 'm2', 'pcs', 'pairs', 'doz', 'kWh', 'ct'];

const perUnit = (it: Quote) => (it.per && Number(it.per) !== 1 ? `${it.per} ${it.unit}` : it.unit);

/** A quote as a person would write it. */
export function draftOf(it: Quote): QuoteDraft {
  return {
    supplier: it.supplier, hs: it.hs ?? '', goods: it.goods, price: it.price, unit: perUnit(it), currency: it.currency,
    incoterm: it.incoterm, place: it.place, country: it.country ?? '', lead_time: it.lead_time ?? '', minimum: it.minimum ?? '',
    valid_until: it.valid_until ?? '', certificates: it.certificates.join(', '), unit_weight: it.unit_weight ?? '',
  };
}

/** What the server is sent: only what `before` did not have, under the names of its quotes. */
export function bodyOf(draft: QuoteDraft, before: QuoteDraft | null): Record<string, string | string[] | null> {
  const out: Record<string, string | string[] | null> = {};
  for (const name of FIELDS) {
    const value = draft[name].trim();
    if (before ? value === before[name] : value === '') continue;
    if (name === 'unit') {
      // "100 kg" is a hundred of them; a bare unit is one, whatever it was before.
      const [, per, unit] = /^(\d+(?:\.\d+)?)\s*(.+)$/.exec(value) ?? ['', '1', value];
      out['per'] = per ?? '1';
      out['unit'] = unit ?? value;
    } else if (name === 'certificates') out['certificates'] = value.split(/[,;、，；]/).map((it) => it.trim()).filter(Boolean);
    else out[name] = value || null;
  }
  return out;
}

/** The name under which a problem of the server speaks of a field. */
export const fieldOf = (column: string | undefined): FieldName | null => FIELDS.find((it) => it === column) ?? null;

export const ready = (draft: QuoteDraft): boolean =>
  NEEDED.every((it) => draft[it].trim() !== '') && (draft.hs.trim() !== '' || draft.goods.trim() !== '');

/** What a person changed, on what someone else saved meanwhile: a field that only they changed stays theirs. */
export function merged(mine: QuoteDraft, base: QuoteDraft, theirs: QuoteDraft): QuoteDraft {
  return Object.fromEntries(FIELDS.map((it) => [it, mine[it] === base[it] ? theirs[it] : mine[it]])) as QuoteDraft;
}
