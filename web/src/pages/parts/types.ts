// What the server answers, as the pages beside the radar read it.

import type { Basis, Finding, Me, Plan, Total } from '../../lib/types';

export type Health = 'ok' | 'old' | 'damaged' | 'missing';

export interface Book {
  name: string;
  title: string;
  publisher: string;
  edition: string;
  vintage: string;
  as_of?: string | null;
  licence: string;
  licence_url?: string | null;
  basis: Basis;
  rows: number;
  bytes: number;
  imported: boolean;
  imported_at?: string | null;
  editions: number;
  health: Health;
  health_text?: string;
  age_days?: number | null;
}

export interface BookInput {
  file: string;
  sha256: string;
  publisher?: string | null;
  licence?: string | null;
}

export interface BookDetail extends Book {
  how: string;
  made_by?: string;
  inputs: BookInput[];
  tables: { file: string; rows: number; columns?: string[] }[];
}

export interface Edition {
  edition: string;
  vintage?: string | null;
  retrieved?: string | null;
  rows?: number | null;
  in_force: boolean;
  imported: boolean;
  file?: string | null;
}

export type Cells = (string | number | boolean | null)[];

export interface TablePage {
  header: string[];
  items: Cells[];
  next: string | null;
  total?: number;
}

export interface DiffRow {
  table?: string;
  change: 'added' | 'removed' | 'changed';
  key?: string;
  before?: Cells | null;
  after?: Cells | null;
}

export interface Difference {
  from?: string;
  to?: string;
  added: number;
  removed: number;
  changed: number;
  header?: string[];
  rows?: DiffRow[];
  more?: number;
}

export type RowFate = 'repaired' | 'set_aside' | 'rejected';

export interface ImportRow {
  line: number;
  column?: string;
  fate: RowFate;
  reason: string;
  found?: string;
  repaired_to?: string | null;
}

export interface ImportReport {
  kind: string;
  book: string;
  edition: string;
  unchanged?: boolean;
  read: number;
  accepted: number;
  repaired: number;
  set_aside: number;
  rejected: number;
  reasons?: { fate: RowFate; reason: string; rows: number }[];
  rows: ImportRow[];
  findings?: Finding[];
  difference?: Difference | null;
}

export interface Supplier {
  name: string;
  economy: string | null;
  economy_name?: string | null;
  quotes: number;
  last: string | null;
  hs: string[];
  expired?: number;
}

export interface Quote {
  id: string;
  version: number;
  supplier: string;
  hs: string | null;
  goods: string;
  price: string;
  per?: string;
  unit: string;
  currency: string;
  incoterm: string;
  place: string;
  country: string | null;
  lead_time: string | null;
  minimum: string | null;
  valid_until: string | null;
  certificates: string[];
  unit_weight: string | null;
  expired?: boolean;
  sheet?: { id: string; name: string; line: number } | null;
  updated_at?: string;
  findings?: Finding[];
}

export interface SheetNote {
  line: number;
  column?: string;
  kind: 'repair' | 'remark' | 'rejection';
  text: string;
  hint?: string;
  found?: string;
  code?: string;
}

export interface SheetReport {
  rows: number;
  accepted: number;
  repaired: number;
  duplicate?: number;
  rejected: number;
  notes: SheetNote[];
  findings?: Finding[];
}

export interface QuoteSheet {
  id: string;
  name: string;
  state?: 'mapping' | 'checked' | 'accepted';
  created_at?: string;
  rows?: number;
  columns: { name: string; sample: string[]; guess: string | null }[];
  fields: { field: string; needed: boolean; what: string }[];
  mapping?: Record<string, string> | null;
  report?: SheetReport | null;
}

export type NeedState = 'open' | 'answered' | 'dealt' | 'dropped';

export interface KeptNeed {
  id: string;
  version: number;
  title: string;
  text: string;
  sentence?: string | null;
  state: NeedState;
  answer_id?: string | null;
  created_at: string;
  updated_at: string;
  by?: string | null;
}

export const DEAL_STATES = ['draft', 'offered', 'agreed', 'shipped', 'cleared', 'paid', 'closed'] as const;
export type DealState = (typeof DEAL_STATES)[number] | 'cancelled';

export interface DealItem {
  id: string;
  title: string;
  state: DealState;
  landed: Total | null;
  arrival_p50: string | null;
  origin?: string | null;
  destination?: string | null;
  supplier?: string | null;
  sentence?: string | null;
  updated_at: string;
}

export interface Deal extends DealItem {
  version: number;
  next: DealState[];
  answer_id: string | null;
  plan_id: string;
  /** The copy it was agreed on; it never changes. */
  plan: Plan;
  dates: { what: string; date: string }[];
  people: { id: string; name: string; role: string | null; contact?: string | null }[];
  papers: { id: string; name: string; kind?: string | null; bytes: number; sha256: string; at: string; by?: string | null }[];
  notes?: { at: string; by?: string | null; text: string }[];
  created_at: string;
}

export interface DealEvent {
  seq: number;
  at: string;
  by?: string | null;
  kind: string;
  text?: string | null;
  before?: unknown;
  after?: unknown;
}

export interface Watch {
  id: string;
  version: number;
  title: string;
  sentence?: string | null;
  answer_id: string;
  plan: string | null;
  state: 'active' | 'paused';
  created_at: string;
  swept_at?: string | null;
  unseen?: number;
}

export interface Alert {
  id: string;
  watch_id: string;
  watch_title?: string | null;
  answer_id?: string | null;
  plan?: string | null;
  at: string;
  book: string;
  kind: 'order' | 'feasibility';
  delta: { plan?: string; figure: string; before: unknown; after: unknown; text?: string }[];
  seen?: boolean;
}

export const ROLES = ['viewer', 'buyer', 'analyst', 'compliance', 'bank', 'admin'] as const satisfies NonNullable<Me['role']>[];
export type Role = NonNullable<Me['role']>;

export interface Person {
  id: string;
  version?: number;
  name: string;
  email: string | null;
  role: Role;
  active: boolean;
  /** Without one, the person signs in through a provider alone. */
  has_password?: boolean;
  created_at?: string;
}

export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  created_at: string;
  last_used: string | null;
  expires_at?: string | null;
  secret?: string;
}

export interface Organisation {
  id: string;
  version?: number;
  name: string;
}

export const EVENT_KINDS = ['book', 'job', 'alert', 'deal', 'answer'] as const;

export interface Webhook {
  id: string;
  url: string;
  kinds: string[];
  created_at: string;
  secret?: string;
}

export interface Delivery {
  id: string;
  kind: string;
  at: string;
  state: 'delivered' | 'waiting' | 'dead';
  status?: number | null;
  attempts: number;
  error?: string | null;
  next_at?: string | null;
}

export interface DeadLetter {
  id: string;
  webhook_id: string;
  url: string;
  kind: string;
  at: string;
  attempts: number;
  error?: string | null;
}

export interface AuditEntry {
  seq: number;
  at: string;
  who: string;
  what: string;
  object: string;
  hash: string;
  previous: string;
}
