//! Who is at the door: passwords, sessions, API keys, logins by OpenID Connect. Each gives a `Who` or nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::change::Change;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{ApiKeyId, OrganisationId, PersonId};
use crate::role::Role;
use crate::scope::Scope;
use crate::sql::{Sql, insert};
use crate::store::Store;
use crate::tenant::{KEY_PREFIX, NewPerson, checked_email, insert_organisation, insert_person};
use crate::token::{hash_password, password_fits, token, token_hash};
use crate::who::Who;

/// Longer than any token given out here.
const TOKEN_LONGEST: usize = 128;
/// A login at the provider's page takes a minute or two.
const LOGIN_HELD: SignedDuration = SignedDuration::from_mins(15);
/// How exact "last used" of a key is; a write per request would cost more than it tells.
const USED_EVERY: SignedDuration = SignedDuration::from_mins(1);
const FIELD_LONGEST: usize = 2_000;

/// A person who proved who they are, and where they belong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignedIn {
    pub person: PersonId,
    pub name: String,
    pub memberships: Vec<(OrganisationId, Role)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OpenSession {
    /// For the cookie; kept here as a hash alone.
    pub token: String,
    pub csrf: String,
    pub expires_at: Timestamp,
    pub who: Who,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SessionWho {
    pub who: Who,
    pub csrf: String,
    pub expires_at: Timestamp,
    pub name: String,
    pub email: Option<String>,
}

/// What must come back from the provider, and what is checked then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OidcLogin {
    pub state: String,
    pub nonce: String,
    pub pkce_verifier: String,
    /// Where the person wanted to go.
    pub next: String,
}

impl Store {
    /// An organisation with its first admin.
    pub async fn create_organisation(&self, name: &str, admin: NewPerson) -> Result<OrganisationId> {
        let hash = match &admin.password {
            Some(password) => Some(hash_password(password).await?),
            None => None,
        };
        let id = OrganisationId::fresh();
        let mut change = Change::begin_as(self, &id, "system".to_owned()).await?;
        insert_organisation(&mut change, &id, name).await?;
        let admin = NewPerson { role: Role::Admin, ..admin };
        insert_person(&mut change, &Scope::new(id.clone()), &admin, hash).await?;
        change.audit("organisation.created", format!("organisation/{id}"), json!({}));
        change.event(EventKind::Firm, format!("organisation/{id}"), json!({"what": "created"}));
        change.commit().await?;
        Ok(id)
    }

    /// Whether anybody could sign in: off loopback the server refuses to start without.
    pub async fn has_logins(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM people WHERE password_hash IS NOT NULL AND state = 'active' LIMIT 1";
        Ok(self.db().row(Sql::new(sql)).await?.is_some())
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn> {
        let email = checked_email(email).unwrap_or_default();
        let sql = Sql::new("SELECT id, name, state, password_hash FROM people WHERE email = ").bind(&email);
        let Some(row) = self.db().row(sql).await? else {
            password_fits(password, None).await?;
            return Err(Error::SignIn);
        };
        let mut fields = row.fields();
        let (person, name, state): (PersonId, _, _) = (fields.id()?, fields.text()?, fields.text()?);
        if !password_fits(password, fields.opt_text()?).await? || state != "active" {
            return Err(Error::SignIn);
        }
        self.signed_in(person, name).await
    }

    /// A person whom a provider vouches for. The first time they are known by their e-mail, which the caller must
    /// have seen marked as verified; from then on by the provider's own name for them.
    pub async fn sign_in_oidc(
        &self,
        issuer: &str,
        subject: &str,
        verified_email: Option<&str>,
    ) -> Result<SignedIn> {
        if issuer.len() > FIELD_LONGEST || subject.len() > FIELD_LONGEST {
            return Err(Error::SignIn);
        }
        let known = Sql::new(
            "SELECT p.id, p.name, p.state FROM identities i JOIN people p ON p.id = i.person_id WHERE i.issuer = ",
        );
        if let Some(row) = self.db().row(known.bind(issuer).and("i.subject = ", subject)).await? {
            return self.active(&row).await;
        }
        let email = verified_email.and_then(|email| checked_email(email).ok()).ok_or(Error::SignIn)?;
        let by_email = Sql::new("SELECT id, name, state FROM people WHERE email = ").bind(email);
        let row = self.db().row(by_email).await?.ok_or(Error::SignIn)?;
        let signed_in = self.active(&row).await?;
        let person = &signed_in.person;
        let organisation = signed_in.memberships.first().map(|(id, _)| id.clone()).ok_or(Error::SignIn)?;
        let mut change = Change::begin_as(self, &organisation, format!("person/{person}")).await?;
        let fields = vec![
            ("issuer", issuer.into()),
            ("subject", subject.into()),
            ("person_id", person.as_str().into()),
            ("created_at", change.now.into()),
        ];
        change.run(insert("identities", fields).push(" ON CONFLICT (issuer, subject) DO NOTHING")).await?;
        change.audit("person.identity-linked", format!("person/{person}"), json!({"issuer": issuer}));
        change.commit().await?;
        Ok(signed_in)
    }

    async fn active(&self, row: &crate::sql::Row) -> Result<SignedIn> {
        let mut fields = row.fields();
        let (person, name) = (fields.id()?, fields.text()?);
        if fields.text()? != "active" {
            return Err(Error::SignIn);
        }
        self.signed_in(person, name).await
    }

    async fn signed_in(&self, person: PersonId, name: String) -> Result<SignedIn> {
        let sql =
            Sql::new("SELECT organisation, role FROM memberships WHERE person_id = ").bind(person.as_str());
        let rows = self.db().rows(sql.push(" ORDER BY created_at, organisation")).await?;
        let memberships = rows
            .iter()
            .map(|row| {
                let mut fields = row.fields();
                Ok((fields.id()?, Role::parse(&fields.text()?)?))
            })
            .collect::<Result<Vec<_>>>()?;
        if memberships.is_empty() {
            return Err(Error::SignIn);
        }
        Ok(SignedIn { person, name, memberships })
    }

    /// A session in one of the organisations to which the person belongs.
    pub async fn open_session(
        &self,
        person: &PersonId,
        organisation: &OrganisationId,
        lifetime: Duration,
    ) -> Result<OpenSession> {
        let (token, csrf) = (token()?, token()?);
        let mut change = Change::begin_as(self, organisation, format!("person/{person}")).await?;
        let scope = Scope::new(organisation.clone());
        let sql = scope.select("role", "memberships").and("person_id = ", person.as_str());
        let role = Role::parse(&change.row(sql).await?.ok_or(Error::SignIn)?.fields().text()?)?;
        let lifetime = SignedDuration::try_from(lifetime).unwrap_or(SignedDuration::from_hours(12));
        let expires_at = change
            .now
            .checked_add(lifetime)
            .map_err(|error| Error::invalid("lifetime of the session", error.to_string()))?;
        let fields = vec![
            ("token_hash", token_hash(&token).into()),
            ("person_id", person.as_str().into()),
            ("csrf", (&csrf).into()),
            ("created_at", change.now.into()),
            ("expires_at", expires_at.into()),
        ];
        change.run(scope.insert("sessions", fields)).await?;
        change.audit("session.opened", format!("person/{person}"), json!({}));
        change.commit().await?;
        let who = Who::person(organisation.clone(), person.clone(), role);
        Ok(OpenSession { token, csrf, expires_at, who })
    }

    /// The role is read anew each time: what an admin changes counts at once.
    pub async fn session(&self, token: &str) -> Result<Option<SessionWho>> {
        if token.len() > TOKEN_LONGEST {
            return Ok(None);
        }
        let sql = Sql::new(
            "SELECT s.organisation, s.person_id, m.role, s.csrf, s.expires_at, p.name, p.email FROM sessions s \
             JOIN memberships m ON m.organisation = s.organisation AND m.person_id = s.person_id \
             JOIN people p ON p.id = s.person_id WHERE p.state = 'active' AND s.token_hash = ",
        );
        let sql = sql.bind(token_hash(token)).and("s.expires_at > ", self.now());
        let Some(row) = self.db().row(sql).await? else { return Ok(None) };
        let mut fields = row.fields();
        let who = Who::person(fields.id()?, fields.id()?, Role::parse(&fields.text()?)?);
        Ok(Some(SessionWho {
            who,
            csrf: fields.text()?,
            expires_at: fields.time()?,
            name: fields.text()?,
            email: fields.opt_text()?,
        }))
    }

    pub async fn close_session(&self, token: &str) -> Result<()> {
        let Some(session) = self.session(token).await? else { return Ok(()) };
        let mut change = Change::begin(self, &session.who).await?;
        change.run(Sql::new("DELETE FROM sessions WHERE token_hash = ").bind(token_hash(token))).await?;
        change.audit("session.closed", session.who.trace(), json!({}));
        change.commit().await
    }

    /// The whole secret, as it came in `Authorization: Bearer`.
    pub async fn api_key(&self, secret: &str) -> Result<Option<Who>> {
        if !secret.starts_with(KEY_PREFIX) || secret.len() > TOKEN_LONGEST {
            return Ok(None);
        }
        let sql = Sql::new(
            "SELECT organisation, id, role, last_used_at, expires_at FROM api_keys WHERE secret_hash = ",
        );
        let Some(row) = self.db().row(sql.bind(token_hash(secret))).await? else { return Ok(None) };
        let mut fields = row.fields();
        let (organisation, id): (OrganisationId, ApiKeyId) = (fields.id()?, fields.id()?);
        let role = Role::parse(&fields.text()?)?;
        let (used, expires) = (fields.opt_time()?, fields.opt_time()?);
        let now = self.now();
        if expires.is_some_and(|expires| expires <= now) {
            return Ok(None);
        }
        if used.is_none_or(|used| now.duration_since(used) > USED_EVERY) {
            let sql = Scope::new(organisation.clone()).update("api_keys", vec![("last_used_at", now.into())]);
            self.db().write(sql.and_id(id.as_str())).await?;
        }
        Ok(Some(Who::key(organisation, id, role)))
    }

    pub async fn begin_oidc(&self, login: &OidcLogin) -> Result<()> {
        let all = [&login.state, &login.nonce, &login.pkce_verifier, &login.next];
        if all.iter().any(|it| it.len() > FIELD_LONGEST) {
            return Err(Error::invalid("login", "a field is too long"));
        }
        let hash = token_hash(&login.state);
        let sealed = self.key().seal(&format!("oidc/{hash}"), json!(login).to_string().as_bytes())?;
        let expires = crate::tenant::after(self.now(), LOGIN_HELD)?;
        let fields =
            vec![("state_hash", hash.into()), ("sealed", sealed.into()), ("expires_at", expires.into())];
        self.db().write(insert("oidc_logins", fields)).await.map(drop)
    }

    /// Once: a state that comes back a second time is not known any more.
    pub async fn take_oidc(&self, state: &str) -> Result<Option<OidcLogin>> {
        let hash = token_hash(state);
        let sql = Sql::new("DELETE FROM oidc_logins WHERE state_hash = ").bind(&hash);
        let rows = self.db().write(sql.push(" RETURNING sealed, expires_at")).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let mut fields = row.fields();
        let sealed = fields.bytes()?;
        if fields.time()? <= self.now() {
            return Ok(None);
        }
        let plain = self.key().open(&format!("oidc/{hash}"), &sealed)?;
        serde_json::from_slice(&plain).map(Some).map_err(|error| Error::unreadable("a login", error))
    }
}
