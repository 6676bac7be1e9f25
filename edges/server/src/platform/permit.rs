//! Who may do what: one table of routes. A route without a row is refused, and a test compares the table with the document of the API.

use store::Permission;

/// What a route asks of whoever calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Nothing: signing in, and what the outside must know.
    Nothing,
    /// To be somebody.
    SomeBody,
    /// To be allowed it.
    May(Permission),
}

use Asks::{May, Nothing, SomeBody};
use Permission as P;

/// Method, pattern below /api/v1 (names of parts do not matter), and what it asks.
const TABLE: &[(&str, &str, Asks)] = &[
    ("GET", "/me", Nothing),
    ("POST", "/session", Nothing),
    ("DELETE", "/session", SomeBody),
    ("GET", "/oidc/login", Nothing),
    ("GET", "/oidc/callback", Nothing),
    ("GET", "/explain", Nothing),
    ("GET", "/explain/{}", Nothing),
    // the firm
    ("GET", "/organisation", May(P::Read)),
    ("PATCH", "/organisation", May(P::EditSettings)),
    ("GET", "/people", May(P::EditPeople)),
    ("POST", "/people", May(P::EditPeople)),
    ("GET", "/people/{}", May(P::EditPeople)),
    ("PATCH", "/people/{}", May(P::EditPeople)),
    ("DELETE", "/people/{}", May(P::EditPeople)),
    ("GET", "/api-keys", May(P::EditKeys)),
    ("POST", "/api-keys", May(P::EditKeys)),
    ("DELETE", "/api-keys/{}", May(P::EditKeys)),
    ("GET", "/audit", May(P::ReadAudit)),
    ("POST", "/audit/verify", May(P::ReadAudit)),
    ("GET", "/export", May(P::Export)),
    ("POST", "/erase", May(P::Erase)),
    // the radar
    ("POST", "/needs/read", May(P::Read)),
    ("POST", "/scans", May(P::Scan)),
    ("GET", "/answers", May(P::Read)),
    ("GET", "/answers/sample", May(P::Read)),
    ("GET", "/answers/{}", May(P::Read)),
    ("DELETE", "/answers/{}", May(P::Scan)),
    ("GET", "/answers/{}/plans", May(P::Read)),
    ("GET", "/answers/{}/plans/{}", May(P::Read)),
    ("GET", "/answers/{}/map", May(P::Read)),
    ("GET", "/answers/{}/drops", May(P::Read)),
    ("GET", "/answers/{}/why-not", May(P::Read)),
    ("GET", "/answers/{}/why", May(P::Read)),
    ("GET", "/answers/{}/dossier", May(P::Read)),
    ("POST", "/answers/{}/verify", May(P::Read)),
    ("GET", "/answers/{}/diff", May(P::Read)),
    ("GET", "/answers/{}/paper", May(P::Read)),
    ("GET", "/places", May(P::Read)),
    ("GET", "/hs", May(P::Read)),
    ("GET", "/economies", May(P::Read)),
    ("GET", "/routes", May(P::Read)),
    ("GET", "/tariffs/{}/{}", May(P::Read)),
    ("POST", "/duties", May(P::Read)),
    ("GET", "/markets/suppliers", May(P::Read)),
    ("GET", "/markets/price", May(P::Read)),
    // books
    ("GET", "/books", May(P::Read)),
    ("GET", "/books/{}", May(P::Read)),
    ("GET", "/books/{}/tables/{}", May(P::Read)),
    ("GET", "/books/{}/editions", May(P::Read)),
    ("GET", "/books/{}/diff", May(P::Read)),
    ("POST", "/books/import", May(P::EditBooks)),
    ("POST", "/books/{}/rollback", May(P::EditBooks)),
    ("POST", "/books/verify", May(P::Read)),
    // quotes
    ("POST", "/quote-sheets", May(P::EditQuotes)),
    ("GET", "/quote-sheets", May(P::Read)),
    ("GET", "/quote-sheets/{}", May(P::Read)),
    ("DELETE", "/quote-sheets/{}", May(P::EditQuotes)),
    ("PUT", "/quote-sheets/{}/mapping", May(P::EditQuotes)),
    ("POST", "/quote-sheets/{}/accept", May(P::EditQuotes)),
    ("GET", "/quotes", May(P::Read)),
    ("POST", "/quotes", May(P::EditQuotes)),
    ("GET", "/quotes/{}", May(P::Read)),
    ("PATCH", "/quotes/{}", May(P::EditQuotes)),
    ("DELETE", "/quotes/{}", May(P::EditQuotes)),
    ("GET", "/suppliers", May(P::Read)),
    // needs and deals
    ("GET", "/needs", May(P::Read)),
    ("POST", "/needs", May(P::EditNeeds)),
    ("GET", "/needs/{}", May(P::Read)),
    ("PATCH", "/needs/{}", May(P::EditNeeds)),
    ("DELETE", "/needs/{}", May(P::EditNeeds)),
    ("GET", "/deals", May(P::Read)),
    ("POST", "/deals", May(P::EditDeals)),
    ("GET", "/deals/{}", May(P::Read)),
    ("PATCH", "/deals/{}", May(P::EditDeals)),
    ("POST", "/deals/{}/events", May(P::EditDeals)),
    ("GET", "/deals/{}/history", May(P::Read)),
    ("GET", "/deals/{}/papers", May(P::Read)),
    ("POST", "/deals/{}/papers", May(P::EditDeals)),
    ("GET", "/deals/{}/papers/{}", May(P::Read)),
    // watches
    ("GET", "/watches", May(P::Read)),
    ("POST", "/watches", May(P::EditWatches)),
    ("GET", "/watches/{}", May(P::Read)),
    ("PATCH", "/watches/{}", May(P::EditWatches)),
    ("DELETE", "/watches/{}", May(P::EditWatches)),
    ("GET", "/alerts", May(P::Read)),
    ("POST", "/alerts/{}/seen", May(P::EditWatches)),
    // jobs and hooks
    ("GET", "/jobs", May(P::Read)),
    ("GET", "/jobs/{}", May(P::Read)),
    ("DELETE", "/jobs/{}", May(P::RunJobs)),
    ("GET", "/jobs/{}/events", May(P::Read)),
    ("GET", "/webhooks", May(P::EditHooks)),
    ("POST", "/webhooks", May(P::EditHooks)),
    ("GET", "/webhooks/dead", May(P::EditHooks)),
    ("POST", "/webhooks/dead/{}/retry", May(P::EditHooks)),
    ("GET", "/webhooks/{}", May(P::EditHooks)),
    ("DELETE", "/webhooks/{}", May(P::EditHooks)),
    ("GET", "/webhooks/{}/deliveries", May(P::EditHooks)),
];

/// Outside /api/v1.
const ROOT: &[(&str, &str, Asks)] = &[
    ("GET", "/api/openapi.json", Nothing),
    ("GET", "/errors/{}", Nothing),
    ("GET", "/events", May(P::Read)),
    // Each tool asks for what it does.
    ("GET", "/mcp", May(P::Read)),
    ("POST", "/mcp", May(P::Read)),
    ("DELETE", "/mcp", May(P::Read)),
    ("GET", "/metrics", Nothing),
    ("GET", "/healthz", Nothing),
    ("GET", "/readyz", Nothing),
];

/// What a route asks; `None` for one that the table does not have.
pub fn asks(method: &str, pattern: &str) -> Option<Asks> {
    let method = if method == "HEAD" { "GET" } else { method };
    let (rows, pattern) = match pattern.strip_prefix("/api/v1") {
        Some(rest) => (TABLE, rest),
        None => (ROOT, pattern),
    };
    rows.iter().find(|(it, known, _)| *it == method && same(known, pattern)).map(|it| it.2)
}

/// Whether the table has a row of this address for any method.
pub fn knows(pattern: &str) -> bool {
    let (rows, pattern) = match pattern.strip_prefix("/api/v1") {
        Some(rest) => (TABLE, rest),
        None => (ROOT, pattern),
    };
    rows.iter().any(|(_, known, _)| same(known, pattern))
}

/// Whether two patterns are the same whatever their parts are called: `/people/{}` and `/people/{id}`.
fn same(known: &str, pattern: &str) -> bool {
    let mut parts = known.split('/').zip(pattern.split('/'));
    known.split('/').count() == pattern.split('/').count()
        && parts.all(|(a, b)| a == b || (a == "{}" && b.starts_with('{') && b.ends_with('}')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_do_not_matter_and_unknown_routes_have_no_row() {
        assert_eq!(asks("DELETE", "/api/v1/people/{person}"), Some(May(P::EditPeople)));
        assert_eq!(asks("HEAD", "/api/v1/answers/{id}"), Some(May(P::Read)));
        assert_eq!(asks("GET", "/api/v1/answers/sample"), Some(May(P::Read)));
        assert_eq!(asks("POST", "/api/v1/answers/{id}"), None);
        assert_eq!(asks("GET", "/people"), None, "not below /api/v1");
    }

    #[test]
    fn no_row_stands_twice() {
        for (at, (method, path, _)) in TABLE.iter().enumerate() {
            assert!(TABLE[..at].iter().all(|it| (it.0, it.1) != (*method, *path)), "{method} {path}");
        }
    }

    #[test]
    fn whatever_changes_something_asks_for_more_than_reading() {
        // Questions that are too long for an address.
        const QUESTIONS: &[&str] =
            &["/session", "/needs/read", "/duties", "/answers/{}/verify", "/books/verify", "/audit/verify"];
        for (method, path, asks) in TABLE.iter().filter(|it| it.0 != "GET") {
            let open = matches!(asks, Nothing | SomeBody | May(P::Read | P::ReadAudit));
            assert!(!open || QUESTIONS.contains(path), "{method} {path}");
        }
    }
}
