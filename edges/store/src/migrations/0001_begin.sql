-- Both databases read this. Before it runs, TEXT becomes TEXT COLLATE "C" and BLOB becomes BYTEA on PostgreSQL;
-- parts between `-- only sqlite`, `-- only postgres` and `-- end` go to one of them.
-- Times are microseconds since 1970 in UTC; flags are 0 or 1; JSON is text. Every key of a tenant's table begins
-- with its organisation, and so does every reference: a row cannot point into another organisation.

CREATE TABLE heads (
  name TEXT PRIMARY KEY,
  audit BIGINT NOT NULL,
  events BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO heads (name, audit, events, hash)
VALUES ('chain', 0, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE instance (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE organisations (
  id TEXT PRIMARY KEY,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL
);
INSERT INTO organisations (id, created_at, updated_at, version, name) VALUES ('instance', 0, 0, 1, 'instance');

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  email TEXT UNIQUE,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
  password_hash TEXT
);

CREATE TABLE memberships (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (organisation, person_id)
);
CREATE INDEX memberships_of_person ON memberships (person_id);

CREATE TABLE identities (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_of_person ON identities (person_id);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  organisation TEXT NOT NULL,
  person_id TEXT NOT NULL,
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  FOREIGN KEY (organisation, person_id) REFERENCES memberships (organisation, person_id) ON DELETE CASCADE
);
CREATE INDEX sessions_of_person ON sessions (organisation, person_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE oidc_logins (
  state_hash TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE api_keys (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  name TEXT NOT NULL,
  hint TEXT NOT NULL,
  role TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,
  last_used_at BIGINT,
  expires_at BIGINT,
  PRIMARY KEY (organisation, id)
);

CREATE TABLE answers (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  text TEXT NOT NULL,
  sentence TEXT NOT NULL,
  search TEXT NOT NULL,
  plans BIGINT NOT NULL,
  best TEXT,
  sample BIGINT NOT NULL,
  body BLOB NOT NULL,
  dossier BLOB NOT NULL,
  PRIMARY KEY (organisation, id)
);

CREATE TABLE needs (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'dealt', 'dropped')),
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  search TEXT NOT NULL,
  answer_id TEXT,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, answer_id) REFERENCES answers (organisation, id)
);
CREATE INDEX needs_by_answer ON needs (organisation, answer_id);

CREATE TABLE deals (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK
    (state IN ('draft', 'offered', 'agreed', 'shipped', 'cleared', 'paid', 'closed', 'cancelled')),
  title TEXT NOT NULL,
  search TEXT NOT NULL,
  answer_id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  dates TEXT NOT NULL,
  people TEXT NOT NULL,
  plan TEXT NOT NULL,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, answer_id) REFERENCES answers (organisation, id)
);
CREATE INDEX deals_by_state ON deals (organisation, state, id);
CREATE INDEX deals_by_answer ON deals (organisation, answer_id);

CREATE TABLE deal_events (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  who TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, deal_id) REFERENCES deals (organisation, id) ON DELETE CASCADE
);
CREATE INDEX deal_events_of_deal ON deal_events (organisation, deal_id, id);

CREATE TABLE deal_papers (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, deal_id) REFERENCES deals (organisation, id) ON DELETE CASCADE
);
CREATE INDEX deal_papers_of_deal ON deal_papers (organisation, deal_id, id);

CREATE TABLE watches (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  search TEXT NOT NULL,
  answer_id TEXT NOT NULL,
  plan_id TEXT,
  saved TEXT NOT NULL,
  rests_on TEXT NOT NULL,
  paused BIGINT NOT NULL,
  swept_at BIGINT,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, answer_id) REFERENCES answers (organisation, id)
);
CREATE UNIQUE INDEX watches_alone ON watches (id);
CREATE INDEX watches_by_answer ON watches (organisation, answer_id);

CREATE TABLE alerts (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  watch_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  book TEXT NOT NULL,
  edition TEXT NOT NULL,
  kind TEXT NOT NULL,
  was TEXT NOT NULL,
  becomes TEXT NOT NULL,
  delta TEXT NOT NULL,
  seen_at BIGINT,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, watch_id, book, edition),
  FOREIGN KEY (organisation, watch_id) REFERENCES watches (organisation, id) ON DELETE CASCADE
);

CREATE TABLE quote_sheets (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'mapped', 'accepted')),
  mapping TEXT,
  report TEXT,
  size BIGINT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (organisation, id)
);

CREATE TABLE quotes (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  sheet_id TEXT,
  hs TEXT NOT NULL,
  supplier TEXT NOT NULL,
  economy TEXT NOT NULL,
  search TEXT NOT NULL,
  quote TEXT NOT NULL,
  deleted_at BIGINT,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, sheet_id) REFERENCES quote_sheets (organisation, id)
);
CREATE INDEX quotes_by_supplier ON quotes (organisation, supplier, economy, hs);
CREATE INDEX quotes_by_sheet ON quotes (organisation, sheet_id);

CREATE TABLE jobs (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  once TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  asked_by TEXT,
  role TEXT NOT NULL,
  input TEXT NOT NULL,
  progress TEXT,
  step TEXT,
  result TEXT,
  problem TEXT,
  attempts BIGINT NOT NULL,
  cancel BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  lease_until BIGINT,
  lease_owner TEXT,
  PRIMARY KEY (organisation, id)
);
CREATE UNIQUE INDEX jobs_alone ON jobs (id);
CREATE INDEX jobs_by_state ON jobs (state, kind, id);

CREATE TABLE idempotency (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  holder TEXT NOT NULL,
  status BIGINT,
  headers TEXT,
  body BLOB,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, name)
);
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at);

CREATE TABLE events (
  seq BIGINT PRIMARY KEY,
  organisation TEXT NOT NULL REFERENCES organisations (id),
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX events_of_organisation ON events (organisation, seq);

CREATE TABLE webhooks (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL,
  paused BIGINT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (organisation, id)
);

CREATE TABLE deliveries (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  hook_id TEXT NOT NULL,
  event_seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'dead')),
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  last_status BIGINT,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  done_at BIGINT,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, hook_id, event_seq),
  FOREIGN KEY (organisation, hook_id) REFERENCES webhooks (organisation, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX deliveries_alone ON deliveries (id);
CREATE INDEX deliveries_due ON deliveries (state, next_at);

CREATE TABLE settings (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, name)
);

CREATE TABLE secrets (
  organisation TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL,
  sealed BLOB NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, name)
);

-- The trail has no references: it outlives what it tells of. What a person may ask to be erased stands in
-- audit_details; the chain itself holds only that content's hash.
CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,
  organisation TEXT NOT NULL,
  at BIGINT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  object TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_of_organisation ON audit (organisation, seq);

CREATE TABLE audit_details (
  seq BIGINT PRIMARY KEY,
  organisation TEXT NOT NULL,
  salt TEXT NOT NULL,
  details TEXT NOT NULL
);
CREATE INDEX audit_details_of_organisation ON audit_details (organisation, seq);

-- only sqlite
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_details_keep BEFORE UPDATE ON audit_details
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER deal_events_keep BEFORE UPDATE ON deal_events
BEGIN SELECT RAISE(ABORT, 'the history of a deal is append-only'); END;
CREATE TRIGGER deal_events_stay BEFORE DELETE ON deal_events
WHEN EXISTS (SELECT 1 FROM deals WHERE organisation = OLD.organisation AND id = OLD.deal_id)
BEGIN SELECT RAISE(ABORT, 'the history of a deal is append-only'); END;
-- end
-- only postgres
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'this table is append-only: %', TG_TABLE_NAME;
END $body$;
CREATE FUNCTION append_only_while_deal_stands() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF EXISTS (SELECT 1 FROM deals WHERE organisation = OLD.organisation AND id = OLD.deal_id) THEN
    RAISE EXCEPTION 'the history of a deal is append-only';
  END IF;
  RETURN OLD;
END $body$;
CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_details_keep BEFORE UPDATE ON audit_details FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER deal_events_keep BEFORE UPDATE ON deal_events FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER deal_events_stay BEFORE DELETE ON deal_events
  FOR EACH ROW EXECUTE FUNCTION append_only_while_deal_stands();
-- end
