//! Every table, in an order in which rows can be put in; export, erase, backup and the attack tests walk this list,
//! and a test compares it with what the database has.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Has a column `organisation`; reached through a `Tenant` alone.
    Tenant,
    Instance,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Int,
    /// Microseconds since 1970.
    Time,
    Json,
    Bytes,
    /// JSON, compressed.
    Packed,
    /// Hashes of secrets and what is sealed: in backups, never in an export.
    Hidden(Held),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    Text,
    Bytes,
}

#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    pub owner: Owner,
    /// What orders its rows, and tells them apart within an organisation.
    pub key: &'static [&'static str],
    pub columns: &'static [(&'static str, Shape)],
}

pub fn tables() -> &'static [Table] {
    TABLES
}

use Shape::{Bytes, Hidden, Int, Json, Packed, Text, Time};

const SECRET: Shape = Hidden(Held::Text);
const SEALED: Shape = Hidden(Held::Bytes);
const ORGANISATION: (&str, Shape) = ("organisation", Text);

const fn of_instance(
    name: &'static str,
    key: &'static [&'static str],
    columns: &'static [(&'static str, Shape)],
) -> Table {
    Table { name, owner: Owner::Instance, key, columns }
}

const fn of_tenant(
    name: &'static str,
    key: &'static [&'static str],
    columns: &'static [(&'static str, Shape)],
) -> Table {
    Table { name, owner: Owner::Tenant, key, columns }
}

const TABLES: &[Table] = &[
    of_instance("heads", &["name"], &[("name", Text), ("audit", Int), ("events", Int), ("hash", Text)]),
    of_instance("instance", &["name"], &[("name", Text), ("value", Text)]),
    of_instance(
        "organisations",
        &["id"],
        &[("id", Text), ("created_at", Time), ("updated_at", Time), ("version", Int), ("name", Text)],
    ),
    of_instance(
        "people",
        &["id"],
        &[
            ("id", Text),
            ("created_at", Time),
            ("updated_at", Time),
            ("version", Int),
            ("email", Text),
            ("name", Text),
            ("state", Text),
            ("password_hash", SECRET),
        ],
    ),
    of_tenant(
        "memberships",
        &["person_id"],
        &[ORGANISATION, ("person_id", Text), ("created_at", Time), ("role", Text)],
    ),
    of_instance(
        "identities",
        &["issuer", "subject"],
        &[("issuer", Text), ("subject", Text), ("person_id", Text), ("created_at", Time)],
    ),
    of_tenant(
        "sessions",
        &["token_hash"],
        &[
            ("token_hash", SECRET),
            ORGANISATION,
            ("person_id", Text),
            ("csrf", SECRET),
            ("created_at", Time),
            ("expires_at", Time),
        ],
    ),
    of_instance(
        "oidc_logins",
        &["state_hash"],
        &[("state_hash", SECRET), ("sealed", SEALED), ("expires_at", Time)],
    ),
    of_tenant(
        "api_keys",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("created_by", Text),
            ("name", Text),
            ("hint", Text),
            ("role", Text),
            ("secret_hash", SECRET),
            ("last_used_at", Time),
            ("expires_at", Time),
        ],
    ),
    of_tenant(
        "answers",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("created_by", Text),
            ("text", Text),
            ("sentence", Text),
            ("search", Text),
            ("plans", Int),
            ("best", Json),
            ("sample", Int),
            ("body", Packed),
            ("dossier", Packed),
        ],
    ),
    of_tenant(
        "needs",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("updated_at", Time),
            ("version", Int),
            ("state", Text),
            ("title", Text),
            ("text", Text),
            ("search", Text),
            ("answer_id", Text),
        ],
    ),
    of_tenant(
        "deals",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("updated_at", Time),
            ("version", Int),
            ("state", Text),
            ("title", Text),
            ("search", Text),
            ("answer_id", Text),
            ("plan_id", Text),
            ("dates", Json),
            ("people", Json),
            ("plan", Json),
        ],
    ),
    of_tenant(
        "deal_events",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("deal_id", Text),
            ("at", Time),
            ("who", Text),
            ("kind", Text),
            ("body", Json),
        ],
    ),
    of_tenant(
        "deal_papers",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("deal_id", Text),
            ("created_at", Time),
            ("name", Text),
            ("media_type", Text),
            ("size", Int),
            ("sha256", Text),
            ("bytes", Bytes),
        ],
    ),
    of_tenant(
        "watches",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("updated_at", Time),
            ("version", Int),
            ("title", Text),
            ("search", Text),
            ("answer_id", Text),
            ("plan_id", Text),
            ("saved", Json),
            ("rests_on", Json),
            ("paused", Int),
            ("swept_at", Time),
        ],
    ),
    of_tenant(
        "alerts",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("watch_id", Text),
            ("created_at", Time),
            ("book", Text),
            ("edition", Text),
            ("kind", Text),
            ("was", Json),
            ("becomes", Json),
            ("delta", Json),
            ("seen_at", Time),
        ],
    ),
    of_tenant(
        "quote_sheets",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("updated_at", Time),
            ("version", Int),
            ("name", Text),
            ("search", Text),
            ("state", Text),
            ("mapping", Json),
            ("report", Json),
            ("size", Int),
            ("bytes", Bytes),
        ],
    ),
    of_tenant(
        "quotes",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("updated_at", Time),
            ("version", Int),
            ("sheet_id", Text),
            ("hs", Text),
            ("supplier", Text),
            ("economy", Text),
            ("search", Text),
            ("quote", Json),
            ("deleted_at", Time),
        ],
    ),
    of_tenant(
        "jobs",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("updated_at", Time),
            ("kind", Text),
            ("once", Text),
            ("state", Text),
            ("asked_by", Text),
            ("role", Text),
            ("input", Json),
            ("progress", Json),
            ("step", Json),
            ("result", Json),
            ("problem", Json),
            ("attempts", Int),
            ("cancel", Int),
            ("not_before", Time),
            ("lease_until", Time),
            ("lease_owner", Text),
        ],
    ),
    of_tenant(
        "idempotency",
        &["name"],
        &[
            ORGANISATION,
            ("name", Text),
            ("request_hash", Text),
            ("holder", SECRET),
            ("status", Int),
            ("headers", Json),
            ("body", Bytes),
            ("created_at", Time),
            ("expires_at", Time),
        ],
    ),
    of_tenant(
        "events",
        &["seq"],
        &[("seq", Int), ORGANISATION, ("at", Time), ("kind", Text), ("object", Text), ("data", Json)],
    ),
    of_tenant(
        "webhooks",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("created_at", Time),
            ("url", Text),
            ("kinds", Json),
            ("paused", Int),
            ("sealed", SEALED),
        ],
    ),
    of_tenant(
        "deliveries",
        &["id"],
        &[
            ORGANISATION,
            ("id", Text),
            ("hook_id", Text),
            ("event_seq", Int),
            ("kind", Text),
            ("payload", Json),
            ("state", Text),
            ("attempts", Int),
            ("next_at", Time),
            ("last_status", Int),
            ("last_error", Text),
            ("created_at", Time),
            ("done_at", Time),
        ],
    ),
    of_tenant("settings", &["name"], &[ORGANISATION, ("name", Text), ("value", Json), ("updated_at", Time)]),
    of_tenant(
        "secrets",
        &["name"],
        &[ORGANISATION, ("name", Text), ("sealed", SEALED), ("updated_at", Time)],
    ),
    of_tenant(
        "audit",
        &["seq"],
        &[
            ("seq", Int),
            ORGANISATION,
            ("at", Time),
            ("who", Text),
            ("what", Text),
            ("object", Text),
            ("content_hash", Text),
            ("previous", Text),
            ("hash", Text),
        ],
    ),
    of_tenant("audit_details", &["seq"], &[("seq", Int), ORGANISATION, ("salt", Text), ("details", Json)]),
];
