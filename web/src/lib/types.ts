/** Shapes of the API as the engines write them. Only what the pages read is named. */

export interface Me {
  mode: 'local' | 'login';
  person: { id: string; name: string; email: string } | null;
  organisation: { id: string; name: string } | null;
  /** Null only when nobody is signed in; then no page but the sign-in is shown. */
  role: 'viewer' | 'buyer' | 'analyst' | 'compliance' | 'bank' | 'admin';
  csrf: string | null;
  languages: string[];
  version: string;
  today: string;
  oidc: boolean;
  first_start: boolean;
}

export interface Money {
  amount: string;
  currency: string;
}

export type Basis = 'observed' | 'benchmark' | 'modelled' | 'assumed';
export type Severity = 'note' | 'caution' | 'barrier' | 'prohibited';
export type Mode = 'sea' | 'air' | 'rail' | 'road';
export const MODES: Mode[] = ['sea', 'air', 'rail', 'road'];

export interface Source {
  title: string;
  publisher: string;
  vintage: string;
  book?: string;
  licence?: string;
}

export interface Evidence {
  basis: Basis;
  source: Source;
  stated?: string;
  formula?: string;
  reference?: string;
}

export interface Finding {
  code: string;
  severity: Severity;
  text: string;
  hint?: string;
  reference?: string;
}

export interface Place {
  name: string;
  economy: string;
  locode?: string;
  at?: { lat: number; lon: number };
}

export interface Limits {
  landed_at_most?: Money;
  /** Share as the engine writes it: parts per million. */
  on_time_at_least?: number | string;
  co2e_kg_at_most?: number;
  origins_only?: string[];
  origins_never?: string[];
  modes_only?: Mode[];
  passages_shut?: string[];
}

export interface Wishes {
  cost: number;
  arrival: number;
  carbon: number;
  resilience: number;
  cash: number;
}

export interface Need {
  direction: 'buy' | 'sell';
  hs: string;
  goods: string;
  quantity: { amount: string; unit: string };
  place: Place;
  incoterm?: string;
  currency: string;
  deadline?: string;
  limits: Limits;
  wishes: Wishes;
  facts?: Record<string, string>;
}

export type Total = { exactly: Money } | { at_least: { known: Money; unknown: string[] } };

export interface CostLine {
  kind: string;
  label: string;
  amount: Money | null;
  range?: [Money, Money];
  payer: 'seller' | 'buyer';
  recoverable: boolean;
  because: Evidence;
}

export interface Stop {
  name: string;
  locode?: string;
  at: { lat: number; lon: number };
}

export interface Leg {
  mode: Mode;
  from: Stop;
  to: Stop;
  distance_km: number;
  passages?: string[];
  days: [number, number, number];
  co2e_kg: number | null;
  path?: [number, number][];
  because: Evidence;
}

export interface Threshold {
  figure: 'price' | 'freight' | 'duty' | 'exchange_rate' | 'deadline' | string;
  text: string;
  change: number;
  then: string;
}

export interface Question {
  text: string;
  ask: string;
  worth: Money | null;
}

export interface Preference {
  scheme: string;
  rate: string;
  state: string;
  saving: Money | null;
  rule_of_origin: string | null;
  must_prove?: string[];
}

export type AxisName = 'cost' | 'arrival' | 'carbon' | 'resilience' | 'cash';

export interface Plan {
  id: string;
  rank: number;
  origin: string;
  destination: string;
  labels: Record<string, string>;
  incoterm: string;
  modes: Mode[];
  lines: CostLine[];
  landed: Total;
  per_unit: Money;
  expected?: Money;
  cost_range: [Money, Money] | null;
  cost_at_risk: Money | null;
  legs: Leg[];
  arrival: {
    p10: string;
    p50: string;
    p90: string;
    days: [number, number, number];
    on_time_percent: number | null;
    scenarios: number;
  };
  carbon: {
    transport_kg: number | null;
    transport_range_kg: [number, number] | null;
    product_kg: number | null;
    transport_because?: Evidence;
    product_because?: Evidence;
  };
  exposure: Money;
  cash_month: Money;
  preferences: Preference[];
  findings: Finding[];
  first_percent: number;
  look_alikes: number;
  thresholds: Threshold[];
  score: number;
  score_parts: Record<string, number>;
  /** 0 best seen, 1 the middle; null is unknown. */
  axes?: Partial<Record<AxisName, number | null>>;
}

export interface DropRow {
  reason: string;
  origin: string | null;
  route?: string;
  choice?: string;
  text: string;
  count: number;
  by?: string;
}

export interface Relaxation {
  kind: string;
  text: string;
  landed: Total | null;
  arrives_p50: string | null;
  need?: Need;
}

export interface Deals {
  schema: string;
  need: Need;
  as_of: string;
  seed: number;
  dossier: string;
  counts: {
    all: number;
    kept: number;
    dropped: Record<string, number>;
    not_enumerated: number;
    origins: number;
    routes: number;
  };
  plans: Plan[];
  drops: DropRow[];
  findings: Finding[];
  questions: Question[];
  relaxations?: Relaxation[];
  missing: string[];
  draws: number;
}

export interface Effort {
  seconds: number;
  cpu_seconds?: number | null;
  energy_joules?: number | null;
  watts_per_core?: number;
  energy_basis?: string;
}

export interface Answer {
  id: string;
  created_at: string;
  sample: boolean;
  text: string;
  sentence: string;
  understood: { text: string; as: string }[];
  findings: Finding[];
  deals: Deals;
  effort: Effort;
  books: { name: string; title: string; vintage: string; publisher: string }[];
  quotes_used: number;
  names: { economies: Record<string, string> };
}

export interface MapLegs {
  legs: { plan: string; leg: number; mode: Mode; path: [number, number][] }[];
  ports: { name: string; locode?: string; at: [number, number] }[];
  passages?: { name: string; at: [number, number] }[];
}

export interface PlaceHit extends Place {
  kind?: string;
  economy_name?: string;
}

export interface HsHit {
  code: string;
  text: string;
  score?: number;
}

export interface Alert {
  id: string;
  watch_id: string;
  at: string;
  book: string;
  kind: 'order' | 'feasibility';
  delta: { figure: string; before: string; after: string; text: string }[];
}

export const knownPart = (total: Total): Money => ('exactly' in total ? total.exactly : total.at_least.known);
export const isExact = (total: Total): total is { exactly: Money } => 'exactly' in total;
export const unknownParts = (total: Total): string[] => ('exactly' in total ? [] : total.at_least.unknown);
