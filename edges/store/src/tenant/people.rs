//! Who belongs to the organisation, and in which role.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Tenant, checked_title};
use crate::change::Change;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{OrganisationId, PersonId};
use crate::page::{Page, Paged};
use crate::role::{Permission, Role, words};
use crate::scope::Scope;
use crate::sql::{Fields, Sql, insert};
use crate::token;

const EMAIL_LONGEST: usize = 254;

words! {
    PersonState "state of a person" {
        Active "active",
        Disabled "disabled",
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// Without one the person signs in through OIDC.
    pub password: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct PersonPatch {
    pub name: Option<String>,
    pub role: Option<Role>,
    pub state: Option<PersonState>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    pub id: PersonId,
    pub created_at: Timestamp,
    pub version: i64,
    pub email: Option<String>,
    pub name: String,
    pub state: PersonState,
    pub role: Role,
    pub has_password: bool,
}

const COLUMNS: &str = "p.id, p.created_at, p.version, p.email, p.name, p.state, memberships.role, \
                       CAST(CASE WHEN p.password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT)";
const JOIN: &str = " JOIN people p ON p.id = memberships.person_id";

fn read(fields: &mut Fields<'_>) -> Result<Member> {
    Ok(Member {
        id: fields.id()?,
        created_at: fields.time()?,
        version: fields.int()?,
        email: fields.opt_text()?,
        name: fields.text()?,
        state: PersonState::parse(&fields.text()?)?,
        role: Role::parse(&fields.text()?)?,
        has_password: fields.flag()?,
    })
}

impl Tenant {
    pub async fn people(&self, page: &Page) -> Result<Paged<Member>> {
        self.who.must(Permission::Read)?;
        let mut sql = self.scope.select_joined(COLUMNS, "memberships", JOIN);
        if let Some(q) = &page.q {
            let word = crate::page::like(&q.to_lowercase());
            sql = sql.and("LOWER(p.name) LIKE ", word).push(" ESCAPE '!'");
        }
        if let Some(cursor) = &page.cursor {
            sql = sql
                .and("p.id < ", PersonId::parse(cursor).map_err(|_| Error::Cursor(cursor.clone()))?.as_str());
        }
        let sql = sql.push(" ORDER BY p.id DESC LIMIT ").bind(page.size() as i64 + 1);
        let rows = self.store.db().rows(sql).await?;
        let items =
            rows.iter().take(page.size()).map(|row| read(&mut row.fields())).collect::<Result<Vec<_>>>()?;
        let next = if rows.len() > page.size() { items.last().map(|it| it.id.to_string()) } else { None };
        Ok(Paged { items, next, total: None })
    }

    pub async fn person(&self, id: &PersonId) -> Result<Member> {
        self.who.must(Permission::Read)?;
        let sql = self.scope.select_joined(COLUMNS, "memberships", JOIN).and("p.id = ", id.as_str());
        let row = self.store.db().row(sql).await?;
        read(&mut row.ok_or_else(|| Error::not_found("person", id))?.fields())
    }

    /// A person whom another organisation knows already becomes a member here as well, with the name and password
    /// they have; nothing of theirs is changed or shown.
    pub async fn add_person(&self, new: NewPerson) -> Result<Member> {
        self.who.must(Permission::EditPeople)?;
        let hash = match &new.password {
            Some(password) => Some(token::hash_password(password).await?),
            None => None,
        };
        let mut change = self.change(Permission::EditPeople).await?;
        let id = insert_person(&mut change, &self.scope, &new, hash).await?;
        change.audit("person.added", format!("person/{id}"), json!({"role": new.role}));
        change.event(EventKind::Firm, format!("person/{id}"), json!({"what": "added"}));
        change.commit().await?;
        self.person(&id).await
    }

    pub async fn update_person(&self, id: &PersonId, patch: PersonPatch) -> Result<Member> {
        let mut change = self.change(Permission::EditPeople).await?;
        let old = self.member_in(&mut change, id).await?;
        let role = patch.role.unwrap_or(old.role);
        let state = patch.state.unwrap_or(old.state);
        let name = patch.name.map_or(Ok(old.name.clone()), |name| checked_title("name", &name))?;
        if name != old.name || state != old.state {
            self.only_here(&mut change, id).await?;
        }
        let set = vec![("role", role.as_str().into())];
        change.run(self.scope.update("memberships", set).and("person_id = ", id.as_str())).await?;
        change.run(person_update(change.now, id, "name", name)).await?;
        change.run(person_update(change.now, id, "state", state.to_string())).await?;
        self.admin_left(&mut change).await?;
        if role != old.role || state != PersonState::Active {
            change.run(self.scope.delete("sessions").and("person_id = ", id.as_str())).await?;
        }
        change.audit("person.changed", format!("person/{id}"), json!({"role": role, "state": state}));
        change.event(EventKind::Firm, format!("person/{id}"), json!({"what": "changed"}));
        change.commit().await?;
        self.person(id).await
    }

    /// Ends the membership and the sessions under it. A person who belongs nowhere any more is deleted.
    pub async fn remove_person(&self, id: &PersonId) -> Result<()> {
        let mut change = self.change(Permission::EditPeople).await?;
        self.member_in(&mut change, id).await?;
        change.run(self.scope.delete("memberships").and("person_id = ", id.as_str())).await?;
        self.admin_left(&mut change).await?;
        delete_homeless(&mut change, id).await?;
        change.audit("person.removed", format!("person/{id}"), json!({}));
        change.event(EventKind::Firm, format!("person/{id}"), json!({"what": "removed"}));
        change.commit().await
    }

    /// One's own, or as an admin. All other sessions of that person end.
    pub async fn set_password(&self, id: &PersonId, password: &str) -> Result<()> {
        if self.who.person_id() != Some(id) {
            self.who.must(Permission::EditPeople)?;
        }
        let hash = token::hash_password(password).await?;
        let mut change = self.change(Permission::Read).await?;
        self.member_in(&mut change, id).await?;
        if self.who.person_id() != Some(id) {
            self.only_here(&mut change, id).await?;
        }
        change.run(person_update(change.now, id, "password_hash", hash)).await?;
        change.run(Sql::new("DELETE FROM sessions WHERE person_id = ").bind(id.as_str())).await?;
        change.audit("person.password-set", format!("person/{id}"), json!({}));
        change.event(EventKind::Firm, format!("person/{id}"), json!({"what": "password set"}));
        change.commit().await
    }

    pub(super) async fn member_in(&self, change: &mut Change, id: &PersonId) -> Result<Member> {
        let sql = self.scope.select_joined(COLUMNS, "memberships", JOIN).and("p.id = ", id.as_str());
        read(&mut change.row(sql).await?.ok_or_else(|| Error::not_found("person", id))?.fields())
    }

    /// An admin here must not rename, disable or take over a person who also belongs elsewhere.
    async fn only_here(&self, change: &mut Change, id: &PersonId) -> Result<()> {
        let sql = Sql::new("SELECT COUNT(*) FROM memberships WHERE person_id = ").bind(id.as_str());
        let count = change.row(sql).await?.map_or(Ok(0), |row| row.fields().int())?;
        if count > 1 {
            return Err(Error::invalid(
                "person",
                "they belong to another organisation as well; only they can change that",
            ));
        }
        Ok(())
    }

    pub(super) async fn admin_left(&self, change: &mut Change) -> Result<()> {
        let sql = self
            .scope
            .select_joined("COUNT(*)", "memberships", JOIN)
            .and("memberships.role = ", Role::Admin.as_str())
            .and("p.state = ", PersonState::Active.as_str());
        let admins = change.row(sql).await?.map_or(Ok(0), |row| row.fields().int())?;
        if admins == 0 { Err(Error::LastAdmin) } else { Ok(()) }
    }
}

fn person_update(now: Timestamp, id: &PersonId, column: &'static str, value: String) -> Sql {
    Sql::new("UPDATE people SET version = version + 1, updated_at = ")
        .bind(now)
        .push(", ")
        .push(column)
        .push(" = ")
        .bind(value)
        .push(" WHERE id = ")
        .bind(id.as_str())
}

pub(crate) async fn delete_homeless(change: &mut Change, id: &PersonId) -> Result<()> {
    for table in ["identities", "people"] {
        let column = if table == "people" { "id" } else { "person_id" };
        let sql = Sql::new(format!("DELETE FROM {table} WHERE {column} = "))
            .bind(id.as_str())
            .push(" AND NOT EXISTS (SELECT 1 FROM memberships WHERE person_id = ")
            .bind(id.as_str())
            .push(")");
        change.run(sql).await?;
    }
    Ok(())
}

pub(crate) fn checked_email(email: &str) -> Result<String> {
    let email = email.trim().to_lowercase();
    let good = email.len() <= EMAIL_LONGEST
        && email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !email.chars().any(|it| it.is_whitespace() || it.is_control());
    if good { Ok(email) } else { Err(Error::invalid("e-mail", "it is not an address")) }
}

pub(crate) async fn insert_person(
    change: &mut Change,
    scope: &Scope,
    new: &NewPerson,
    hash: Option<String>,
) -> Result<PersonId> {
    let (email, name) = (checked_email(&new.email)?, checked_title("name", &new.name)?);
    let fresh = PersonId::fresh();
    let fields = vec![
        ("id", fresh.as_str().into()),
        ("created_at", change.now.into()),
        ("updated_at", change.now.into()),
        ("version", 1.into()),
        ("email", (&email).into()),
        ("name", name.into()),
        ("state", PersonState::Active.as_str().into()),
        ("password_hash", hash.into()),
    ];
    change.run(insert("people", fields).push(" ON CONFLICT (email) DO NOTHING")).await?;
    let row = change.row(Sql::new("SELECT id FROM people WHERE email = ").bind(&email)).await?;
    let id: PersonId = row.ok_or_else(|| Error::not_found("person", &email))?.fields().id()?;
    let member = vec![
        ("person_id", id.as_str().into()),
        ("created_at", change.now.into()),
        ("role", new.role.as_str().into()),
    ];
    let sql = scope.insert("memberships", member).push(" ON CONFLICT (organisation, person_id) DO NOTHING");
    if change.run(sql).await? == 0 {
        return Err(Error::Taken { what: "e-mail", value: email });
    }
    Ok(id)
}

/// An organisation with its first admin.
pub(crate) async fn insert_organisation(change: &mut Change, id: &OrganisationId, name: &str) -> Result<()> {
    let fields = vec![
        ("id", id.as_str().into()),
        ("created_at", change.now.into()),
        ("updated_at", change.now.into()),
        ("version", 1.into()),
        ("name", checked_title("name", name)?.into()),
    ];
    change.run(insert("organisations", fields)).await.map(drop)
}
