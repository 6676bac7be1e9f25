//! How the platform is to run: what whoever runs the server decides.

use std::fmt;
use std::time::Duration;

use super::limit::Rate;

/// Settings of the platform. The defaults are those of one person on one machine.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `https://periplus.example.com`: how the server is reached from outside, where a proxy ends TLS before it.
    pub public_url: Option<String>,
    /// A proxy stands before the server and says in `X-Forwarded-For` for whom it asks.
    pub behind_proxy: bool,
    pub oidc: Option<OidcSettings>,
    /// Webhooks may call this machine, without TLS: for trying them out.
    pub hooks_to_loopback: bool,
    /// How many jobs run at once; 0 leaves them to other processes on the same store.
    pub workers: usize,
    pub session: Duration,
    /// For everyone who is signed in.
    pub rate: Rate,
    /// For an address from which nobody is signed in.
    pub rate_unknown: Rate,
    /// Wrong passwords of one account, and of one address.
    pub rate_account: Rate,
    pub rate_door: Rate,
    /// One line of JSON for each request.
    pub log_requests: bool,
}

/// Where people prove who they are.
#[derive(Clone)]
pub struct OidcSettings {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// E-mail domains whose people are let in at their first login, each with the organisation they join.
    pub domains: Vec<(String, String)>,
}

impl fmt::Debug for OidcSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcSettings")
            .field("issuer", &self.issuer)
            .field("domains", &self.domains)
            .finish_non_exhaustive()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: None,
            behind_proxy: false,
            oidc: None,
            hooks_to_loopback: false,
            workers: 1,
            session: Duration::from_hours(12),
            rate: Rate { burst: 600, every: Duration::from_millis(5) },
            rate_unknown: Rate { burst: 120, every: Duration::from_millis(100) },
            rate_account: Rate { burst: 8, every: Duration::from_mins(1) },
            rate_door: Rate { burst: 30, every: Duration::from_secs(10) },
            log_requests: false,
        }
    }
}

impl Settings {
    /// From the environment; `get` reads a variable.
    ///
    /// # Errors
    /// A value cannot be used; which, and what is expected.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut it = Self::default();
        let flag = |name: &str| match get(name).as_deref() {
            None | Some("" | "0" | "false" | "no") => Ok(false),
            Some("1" | "true" | "yes") => Ok(true),
            Some(other) => Err(format!("{name} is `{other}`; expected yes or no")),
        };
        it.public_url = get("PERIPLUS_PUBLIC_URL").map(|url| url.trim_end_matches('/').to_owned());
        if let Some(url) = it.public_url.as_deref().filter(|it| !it.starts_with("https://") && !is_near(it)) {
            return Err(format!(
                "PERIPLUS_PUBLIC_URL is `{url}`; expected an address that begins with https://"
            ));
        }
        it.behind_proxy = flag("PERIPLUS_BEHIND_PROXY")?;
        it.hooks_to_loopback = flag("PERIPLUS_HOOKS_TO_LOOPBACK")?;
        it.log_requests = flag("PERIPLUS_LOG_REQUESTS")?;
        if let Some(text) = get("PERIPLUS_WORKERS") {
            let bad = || format!("PERIPLUS_WORKERS is `{text}`; expected 0 to 64");
            it.workers = text.parse().ok().filter(|it| *it <= 64).ok_or_else(bad)?;
        }
        it.oidc = oidc(&get)?;
        Ok(it)
    }

    /// Whether browsers reach the server over TLS, so that cookies may go over nothing else.
    pub fn is_tls(&self) -> bool {
        self.public_url.as_deref().is_some_and(|it| it.starts_with("https://"))
    }
}

fn is_near(url: &str) -> bool {
    ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|it| url.starts_with(it))
}

fn oidc(get: &impl Fn(&str) -> Option<String>) -> Result<Option<OidcSettings>, String> {
    let names = ["PERIPLUS_OIDC_ISSUER", "PERIPLUS_OIDC_CLIENT_ID", "PERIPLUS_OIDC_CLIENT_SECRET"];
    let values = names.map(|it| get(it).filter(|it| !it.is_empty()));
    if values.iter().all(Option::is_none) {
        return Ok(None);
    }
    if let Some((name, _)) = names.iter().zip(&values).find(|it| it.1.is_none()) {
        return Err(format!("{name} is missing; all of {} are needed", names.join(", ")));
    }
    let [issuer, client_id, client_secret] = values.map(Option::unwrap_or_default);
    let text = get("PERIPLUS_OIDC_DOMAINS").unwrap_or_default();
    let domains = text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(|pair| {
        let (domain, organisation) = pair.split_once('=').ok_or_else(|| {
            format!("PERIPLUS_OIDC_DOMAINS holds `{pair}`; expected domain=organisation, such as example.com=Example")
        })?;
        Ok((domain.trim().to_lowercase(), organisation.trim().to_owned()))
    });
    Ok(Some(OidcSettings {
        issuer,
        client_id,
        client_secret,
        domains: domains.collect::<Result<_, String>>()?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, String> {
        Settings::from_env(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.to_owned()))
    }

    #[test]
    fn half_a_provider_is_refused_and_its_secret_is_never_shown() {
        let all = [
            ("PERIPLUS_OIDC_ISSUER", "https://login.example.com"),
            ("PERIPLUS_OIDC_CLIENT_ID", "periplus"),
            ("PERIPLUS_OIDC_CLIENT_SECRET", "geheim"),
            ("PERIPLUS_OIDC_DOMAINS", "Example.com = Example Ltd"),
        ];
        let settings = read(&all).unwrap();
        assert_eq!(
            settings.oidc.as_ref().unwrap().domains,
            [("example.com".to_owned(), "Example Ltd".to_owned())]
        );
        assert!(!format!("{settings:?}").contains("geheim"));
        assert!(read(&all[..2]).unwrap_err().contains("CLIENT_SECRET"));
        assert!(read(&[("PERIPLUS_PUBLIC_URL", "http://periplus.example.com")]).is_err());
        assert!(read(&[("PERIPLUS_PUBLIC_URL", "https://periplus.example.com/")]).unwrap().is_tls());
        assert!(read(&[("PERIPLUS_BEHIND_PROXY", "maybe")]).is_err());
    }
}
