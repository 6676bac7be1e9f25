//! Sessions, keys, passwords, logins by a provider, people and their roles.

use std::time::Duration;

use jiff::SignedDuration;
use store::{ApiKeyId, NewPerson, OidcLogin, Page, PersonPatch, PersonState, Role};

use crate::place::{Place, firm};

crate::both! {
    sessions_open_lapse_and_close,
    passwords,
    keys_are_shown_once,
    logins_by_a_provider,
    roles_bind,
    the_last_admin_stays,
}

const HOUR: Duration = Duration::from_hours(1);

fn person(email: &str, role: Role, password: Option<&str>) -> NewPerson {
    NewPerson {
        name: "Fatima".to_owned(),
        email: email.to_owned(),
        role,
        password: password.map(str::to_owned),
    }
}

async fn sessions_open_lapse_and_close(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&firm(&store, "Acme").await);
    let member = tenant.add_person(person("f@acme.example", Role::Buyer, None)).await.unwrap();
    let organisation = tenant.who().organisation();
    let open = store.open_session(&member.id, organisation, HOUR).await.unwrap();
    let session = store.session(&open.token).await.unwrap().unwrap();
    assert_eq!((session.who.role(), session.who.organisation()), (Role::Buyer, organisation));
    assert_eq!((session.csrf, session.name.as_str()), (open.csrf.clone(), "Fatima"));
    assert_ne!(open.csrf, open.token);
    for wrong in ["", "x", &open.token[1..], &format!("{}0", open.token), &"a".repeat(10_000)] {
        assert!(store.session(wrong).await.unwrap().is_none());
    }
    let dump = place.dump(&store).await;
    assert!(!format!("{dump:?}").contains(&open.token), "the token itself is kept nowhere");
    tenant
        .update_person(&member.id, PersonPatch { role: Some(Role::Viewer), ..PersonPatch::default() })
        .await
        .unwrap();
    assert!(
        store.session(&open.token).await.unwrap().is_none(),
        "a changed role ends what was opened under the old"
    );
    let open = store.open_session(&member.id, organisation, HOUR).await.unwrap();
    store.close_session(&open.token).await.unwrap();
    assert!(store.session(&open.token).await.unwrap().is_none());
    store.close_session(&open.token).await.unwrap();
    let open = store.open_session(&member.id, organisation, HOUR).await.unwrap();
    let later = place.open_later(SignedDuration::from_hours(2)).await;
    assert!(later.session(&open.token).await.unwrap().is_none(), "lapsed");
    assert!(store.session(&open.token).await.unwrap().is_some());
    let local = store.local().await.unwrap();
    let stranger = store.open_session(&member.id, local.organisation(), HOUR).await;
    assert_eq!(stranger.unwrap_err().code(), "PRP-2120", "no session where one does not belong");
}

async fn passwords(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&firm(&store, "Acme").await);
    assert!(!store.has_logins().await.unwrap());
    let short = tenant.add_person(person("f@acme.example", Role::Buyer, Some("short"))).await.unwrap_err();
    assert_eq!(short.code(), "PRP-2105");
    let good = "correct horse battery";
    let member = tenant.add_person(person(" F@Acme.example ", Role::Buyer, Some(good))).await.unwrap();
    assert!(store.has_logins().await.unwrap() && member.has_password);
    assert_eq!(store.sign_in("f@ACME.example", good).await.unwrap().person, member.id);
    for (email, password) in [
        ("f@acme.example", "correct horse batterz"),
        ("g@acme.example", good),
        ("", ""),
        ("admin' OR 1=1 --", good),
    ] {
        assert_eq!(store.sign_in(email, password).await.unwrap_err().code(), "PRP-2120", "{email}");
    }
    let hash = format!("{:?}", place.dump(&store).await["people"]);
    assert!(hash.contains("$argon2id$v=19$m=19456,t=2,p=1$") && !hash.contains(good));
    let open = store.open_session(&member.id, tenant.who().organisation(), HOUR).await.unwrap();
    let own = store.tenant(&open.who);
    own.set_password(&member.id, "another fine password").await.unwrap();
    assert!(store.session(&open.token).await.unwrap().is_none(), "a new password ends every session");
    assert!(store.sign_in("f@acme.example", good).await.is_err());
    store.sign_in("f@acme.example", "another fine password").await.unwrap();
    let disable = PersonPatch { state: Some(PersonState::Disabled), ..PersonPatch::default() };
    tenant.update_person(&member.id, disable).await.unwrap();
    assert_eq!(
        store.sign_in("f@acme.example", "another fine password").await.unwrap_err().code(),
        "PRP-2120"
    );
    let again = tenant.add_person(person("f@acme.example", Role::Buyer, None)).await.unwrap_err();
    assert_eq!(again.code(), "PRP-2103");
}

async fn keys_are_shown_once(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let soon = jiff::Timestamp::now() + SignedDuration::from_hours(1);
    let (key, secret) = tenant.add_api_key("ci", Role::Analyst, Some(soon)).await.unwrap();
    assert!(secret.starts_with("ppk_") && secret.starts_with(&key.hint) && secret.len() == 68);
    let who = store.api_key(&secret).await.unwrap().unwrap();
    assert_eq!(
        (who.role(), who.key_id(), who.trace()),
        (Role::Analyst, Some(&key.id), format!("key/{}", key.id))
    );
    assert!(tenant.api_keys(&Page::default()).await.unwrap().items[0].last_used_at.is_some());
    for wrong in ["", "ppk_", "ppk_0", &secret[4..], &format!("{secret}a"), &secret.to_uppercase()] {
        assert!(store.api_key(wrong).await.unwrap().is_none(), "{wrong}");
    }
    assert!(!format!("{:?}", place.dump(&store).await).contains(&secret));
    let later = place.open_later(SignedDuration::from_hours(2)).await;
    assert!(later.api_key(&secret).await.unwrap().is_none(), "lapsed");
    assert_eq!(
        store.tenant(&who).add_api_key("more", Role::Viewer, None).await.unwrap_err().code(),
        "PRP-2104"
    );
    tenant.delete_api_key(&key.id).await.unwrap();
    assert!(store.api_key(&secret).await.unwrap().is_none());
    assert_eq!(tenant.delete_api_key(&key.id).await.unwrap_err().code(), "PRP-2101");
    assert_eq!(ApiKeyId::parse("../../etc").unwrap_err().code(), "PRP-2101");
}

async fn logins_by_a_provider(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&firm(&store, "Acme").await);
    let login = OidcLogin {
        state: "s".repeat(43),
        nonce: "n".to_owned(),
        pkce_verifier: "v".repeat(43),
        next: "/deals".to_owned(),
    };
    store.begin_oidc(&login).await.unwrap();
    assert_eq!(store.take_oidc("another").await.unwrap(), None);
    assert_eq!(store.take_oidc(&login.state).await.unwrap(), Some(login.clone()));
    assert_eq!(store.take_oidc(&login.state).await.unwrap(), None, "once");
    store.begin_oidc(&login).await.unwrap();
    let later = place.open_later(SignedDuration::from_hours(1)).await;
    assert_eq!(later.take_oidc(&login.state).await.unwrap(), None, "lapsed");

    let member = tenant.add_person(person("f@acme.example", Role::Bank, None)).await.unwrap();
    let (here, there) = ("https://id.example/x", "https://evil.example");
    let unknown = store.sign_in_oidc(here, "7", None).await.unwrap_err();
    assert_eq!(unknown.code(), "PRP-2120", "no verified e-mail");
    assert!(store.sign_in_oidc(here, "7", Some("nobody@acme.example")).await.is_err());
    let signed_in = store.sign_in_oidc(here, "7", Some("F@acme.example")).await.unwrap();
    assert_eq!((signed_in.person, signed_in.memberships[0].1), (member.id.clone(), Role::Bank));
    let again = store.sign_in_oidc(here, "7", None).await.unwrap();
    assert_eq!(again.person, member.id, "known by the provider's name for them from now on");
    assert!(store.sign_in_oidc(there, "7", None).await.is_err(), "another provider's 7 is another");
}

async fn roles_bind(place: Place) {
    let store = place.open().await;
    let admin = store.tenant(&firm(&store, "Acme").await);
    let viewer = admin.add_person(person("v@acme.example", Role::Viewer, None)).await.unwrap();
    let open = store.open_session(&viewer.id, admin.who().organisation(), HOUR).await.unwrap();
    let tenant = store.tenant(&open.who);
    assert!(tenant.needs(None, &Page::default()).await.is_ok());
    let need = store::NewNeed { text: "x".to_owned(), ..store::NewNeed::default() };
    let refused = [
        tenant.add_need(need).await.map(drop),
        tenant.add_answer(store::NewAnswer::default()).await.map(drop),
        tenant.add_person(person("w@acme.example", Role::Admin, None)).await.map(drop),
        tenant
            .update_person(&viewer.id, PersonPatch { role: Some(Role::Admin), ..PersonPatch::default() })
            .await
            .map(drop),
        tenant.add_api_key("k", Role::Viewer, None).await.map(drop),
        tenant.api_keys(&Page::default()).await.map(drop),
        tenant.audit(&Page::default()).await.map(drop),
        tenant.set_setting("a", &1.into()).await,
        tenant.secret("a").await.map(drop),
        tenant.export_page("needs", None).await.map(drop),
        tenant.erase_organisation("Acme").await.map(drop),
        tenant.set_password(admin.who().person_id().unwrap(), "a very fine password").await,
        tenant.add_hook("https://a.example", &[]).await.map(drop),
        tenant.add_job(store::NewJob { kind: "scan".to_owned(), ..store::NewJob::default() }).await.map(drop),
    ];
    for (at, refused) in refused.into_iter().enumerate() {
        assert_eq!(refused.unwrap_err().code(), "PRP-2104", "{at}");
    }
    let (_, secret) = admin.add_api_key("viewer", Role::Viewer, None).await.unwrap();
    let by_key = store.tenant(&store.api_key(&secret).await.unwrap().unwrap());
    assert_eq!(by_key.add_answer(store::NewAnswer::default()).await.unwrap_err().code(), "PRP-2104");
}

async fn the_last_admin_stays(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&firm(&store, "Acme").await);
    let me = tenant.who().person_id().unwrap().clone();
    let lower = || PersonPatch { role: Some(Role::Viewer), ..PersonPatch::default() };
    let disable = PersonPatch { state: Some(PersonState::Disabled), ..PersonPatch::default() };
    assert_eq!(tenant.update_person(&me, lower()).await.unwrap_err().code(), "PRP-2119");
    assert_eq!(tenant.update_person(&me, disable).await.unwrap_err().code(), "PRP-2119");
    assert_eq!(tenant.remove_person(&me).await.unwrap_err().code(), "PRP-2119");
    assert_eq!(tenant.erase_person(&me).await.unwrap_err().code(), "PRP-2119");
    assert_eq!(tenant.person(&me).await.unwrap().role, Role::Admin, "what was refused left nothing");
    tenant.add_person(person("second@acme.example", Role::Admin, None)).await.unwrap();
    tenant.update_person(&me, lower()).await.unwrap();
    // A person of two firms: neither firm's admin may rename them or set their password.
    let other = store.tenant(&firm(&store, "Other").await);
    let shared = other.add_person(person("second@acme.example", Role::Viewer, None)).await.unwrap();
    let rename = PersonPatch { name: Some("Mallory".to_owned()), ..PersonPatch::default() };
    assert_eq!(other.update_person(&shared.id, rename).await.unwrap_err().code(), "PRP-2105");
    assert_eq!(other.set_password(&shared.id, "a very fine password").await.unwrap_err().code(), "PRP-2105");
    other.remove_person(&shared.id).await.unwrap();
    assert_eq!(tenant.person(&shared.id).await.unwrap().role, Role::Admin);
}
