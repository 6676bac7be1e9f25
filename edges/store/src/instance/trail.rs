//! Whether the audit trail is whole: every entry hashed anew, every link followed, the end compared with its head.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::change::{Link, content_hash};
use crate::db::Tx;
use crate::error::Result;
use crate::sql::{Fields, Sql};
use crate::store::Store;
use crate::tenant::{ORGANISATION_ERASED, PERSON_ERASED};

const BATCH: i64 = 2_000;
const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    pub ok: bool,
    pub entries: i64,
    /// How many entries had their content erased, with a tombstone to show for it.
    pub erased: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_bad: Option<Bad>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bad {
    pub seq: i64,
    pub why: String,
}

/// Note it elsewhere: whoever rewrites the whole trail cannot bring this hash about again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditHead {
    pub seq: i64,
    pub hash: String,
}

struct Entry {
    seq: i64,
    organisation: String,
    object: String,
    bad: Option<&'static str>,
    erased: bool,
    hash: String,
}

fn read(fields: &mut Fields<'_>, expected: i64, previous: &str) -> Result<Entry> {
    let (seq, organisation, at) = (fields.int()?, fields.text()?, fields.time()?);
    let (who, what, object) = (fields.text()?, fields.text()?, fields.text()?);
    let (content, linked, hash) = (fields.text()?, fields.text()?, fields.text()?);
    let (salt, details) = (fields.opt_text()?, fields.opt_text()?);
    let link = Link { seq, organisation: &organisation, at, who: &who, what: &what, object: &object };
    let held = salt.zip(details).map(|(salt, details)| content_hash(&salt, &details));
    let bad = if seq != expected {
        Some("an entry before it is missing")
    } else if linked != previous {
        Some("it does not follow from the entry before it")
    } else if link.hash(&content, &linked) != hash {
        Some("it was changed")
    } else if held.as_ref().is_some_and(|held| *held != content) {
        Some("its details were changed")
    } else {
        None
    };
    Ok(Entry { seq, object, bad, erased: held.is_none(), hash, organisation })
}

impl Store {
    /// Streams over the whole trail as it is at this moment.
    pub async fn audit_verify(&self) -> Result<Verified> {
        let mut tx = self.db().snapshot().await?;
        let head = head(&mut tx).await?;
        let graves = graves(&mut tx).await?;
        let mut verified = Verified { ok: true, entries: 0, erased: 0, first_bad: None };
        let mut last = FIRST.to_owned();
        loop {
            let sql = Sql::new(
                "SELECT a.seq, a.organisation, a.at, a.who, a.what, a.object, a.content_hash, a.previous, a.hash, \
                 d.salt, d.details FROM audit a LEFT JOIN audit_details d ON d.seq = a.seq WHERE a.seq > ",
            );
            let rows = tx.rows(sql.bind(verified.entries).push(" ORDER BY a.seq LIMIT ").bind(BATCH)).await?;
            for row in &rows {
                let entry = read(&mut row.fields(), verified.entries + 1, &last)?;
                if let Some(why) = entry.bad {
                    return Ok(bad(verified, entry.seq, why));
                }
                if entry.erased {
                    let buried =
                        [String::new(), entry.object].map(|object| (entry.organisation.clone(), object));
                    if !buried.iter().any(|it| graves.contains(it)) {
                        return Ok(bad(
                            verified,
                            entry.seq,
                            "its details are gone and nobody is said to have erased them",
                        ));
                    }
                    verified.erased += 1;
                }
                verified.entries = entry.seq;
                last = entry.hash;
            }
            if (rows.len() as i64) < BATCH {
                break;
            }
        }
        if head.seq != verified.entries || head.hash != last {
            let seq = verified.entries + 1;
            return Ok(bad(verified, seq, "the last entries are missing"));
        }
        Ok(verified)
    }

    pub async fn audit_head(&self) -> Result<AuditHead> {
        let mut tx = self.db().snapshot().await?;
        head(&mut tx).await
    }
}

fn bad(mut verified: Verified, seq: i64, why: &str) -> Verified {
    verified.ok = false;
    verified.first_bad = Some(Bad { seq, why: why.to_owned() });
    verified
}

async fn head(tx: &mut Tx) -> Result<AuditHead> {
    let row = tx.row(Sql::new("SELECT audit, hash FROM heads WHERE name = 'chain'")).await?;
    let Some(row) = row else { return Ok(AuditHead { seq: -1, hash: String::new() }) };
    let mut fields = row.fields();
    Ok(AuditHead { seq: fields.int()?, hash: fields.text()? })
}

/// Which organisations and which people's objects were erased, as the trail itself says.
async fn graves(tx: &mut Tx) -> Result<BTreeSet<(String, String)>> {
    let sql = Sql::new("SELECT organisation, what, object FROM audit WHERE what IN ");
    let rows = tx.rows(sql.list([ORGANISATION_ERASED, PERSON_ERASED])).await?;
    rows.iter()
        .map(|row| {
            let mut fields = row.fields();
            let (organisation, what, object) = (fields.text()?, fields.text()?, fields.text()?);
            Ok((organisation, if what == ORGANISATION_ERASED { String::new() } else { object }))
        })
        .collect()
}
