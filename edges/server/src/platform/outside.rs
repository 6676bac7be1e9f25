//! The way out: the only place from which the server calls an address that somebody gave. It goes to public addresses alone, to the
//! very address that was checked, follows nothing, and waits and reads within bounds.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url};

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);
/// Nobody needs a longer answer: a hook's is thrown away, and a provider's keys are some kilobytes.
const ANSWER_BYTES: usize = 256 << 10;

/// Where calls may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Also this machine, and without TLS: for trying things out.
    pub loopback: bool,
    /// Also private networks: only for addresses that whoever runs the server wrote into its settings.
    pub private: bool,
}

/// Why a call was not made, or had no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{0} is no address that can be called")]
    Address(String),
    #[error("only https is called, not {0}")]
    Scheme(String),
    #[error("the address holds a name and password; they would be sent in the clear to whoever answers")]
    Login,
    #[error("{host} is at {address}, which is not a public address")]
    NotPublic { host: String, address: IpAddr },
    #[error("no address is known for {0}")]
    Unknown(String),
    #[error("{0}")]
    Failed(String),
    #[error("the answer is longer than {ANSWER_BYTES} bytes")]
    TooLong,
}

/// An answer from outside.
#[derive(Clone, Debug)]
pub struct Heard {
    pub status: u16,
    pub kind: Option<String>,
    pub body: Vec<u8>,
}

type Found = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;
/// Looks a name up.
pub type LookUp = Arc<dyn Fn(String) -> Found + Send + Sync>;

/// A client that goes only where it may.
#[derive(Clone)]
pub struct Outside {
    reach: Reach,
    client: Client,
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outside").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl Outside {
    /// # Errors
    /// The certificates of the system cannot be read.
    pub fn new(reach: Reach) -> Result<Self, Refusal> {
        Self::with(reach, Arc::new(|host| Box::pin(system(host))))
    }

    fn with(reach: Reach, look_up: LookUp) -> Result<Self, Refusal> {
        // Set once for the process; whoever was first chose the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            // A kept connection would go where a name pointed once.
            .pool_max_idle_per_host(0)
            .https_only(!reach.loopback)
            .user_agent(concat!("periplus/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(Checked { reach, look_up }))
            .build()
            .map_err(|it| Refusal::Failed(chain(&it)))?;
        Ok(Self { reach, client })
    }

    /// An address that may be called, as far as it can be told before its name is looked up.
    ///
    /// # Errors
    /// It may not.
    pub fn check(&self, address: &str) -> Result<Url, Refusal> {
        let url = Url::parse(address).map_err(|_| Refusal::Address(address.chars().take(80).collect()))?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if host.is_empty() {
            return Err(Refusal::Address(address.chars().take(80).collect()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Login);
        }
        // An address in numbers is never looked up, so it is checked here; the parser has read 0x7f.1 and 2130706433 already.
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let number: Option<IpAddr> = bare.parse().ok();
        if let Some(address) = number.filter(|it| !self.reach.admits(*it)) {
            return Err(Refusal::NotPublic { host, address });
        }
        let near = number.is_some_and(|it| it.to_canonical().is_loopback()) || host == "localhost";
        match url.scheme() {
            "https" => Ok(url),
            "http" if self.reach.loopback && near => Ok(url),
            other => Err(Refusal::Scheme(other.to_owned())),
        }
    }

    /// Sends and reads the answer, within bounds.
    ///
    /// # Errors
    /// It may not go there, nobody answered in time, or too much came back.
    pub async fn send(
        &self,
        method: &str,
        address: &str,
        headers: &[(String, String)],
        body: Vec<u8>,
    ) -> Result<Heard, Refusal> {
        let url = self.check(address)?;
        let method = method.parse().map_err(|_| Refusal::Failed(format!("{method} is no method")))?;
        let mut request = self.client.request(method, url).body(body);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let mut answer = request.send().await.map_err(|it| because(&it))?;
        let kind = answer.headers().get("content-type").and_then(|it| it.to_str().ok()).map(str::to_owned);
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|it| because(&it))? {
            if body.len() + chunk.len() > ANSWER_BYTES {
                return Err(Refusal::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Heard { status, kind, body })
    }
}

/// What went wrong, without the address: it may hold a token.
fn because(error: &reqwest::Error) -> Refusal {
    if error.is_timeout() {
        return Refusal::Failed(format!("no answer within {} s", WHOLE.as_secs()));
    }
    Refusal::Failed(chain(error))
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}

/// Looks names up and hands on only addresses that were checked; the connection is made to those and to no others.
struct Checked {
    reach: Reach,
    look_up: LookUp,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, host) = (self.reach, name.as_str().to_owned());
        let found = (self.look_up)(host.clone());
        Box::pin(async move {
            let found = found.await.map_err(|_| Refusal::Unknown(host.clone()))?;
            // One that is not public spoils all: the name means to reach inside.
            if let Some(address) = found.iter().copied().find(|it| !reach.admits(*it)) {
                return Err(Refusal::NotPublic { host, address }.into());
            }
            if found.is_empty() {
                return Err(Refusal::Unknown(host).into());
            }
            let all: Addrs = Box::new(found.into_iter().map(|it| SocketAddr::new(it, 0)));
            Ok(all)
        })
    }
}

async fn system(host: String) -> std::io::Result<Vec<IpAddr>> {
    Ok(tokio::net::lookup_host((host.as_str(), 0)).await?.map(|it| it.ip()).collect())
}

impl Reach {
    pub fn admits(self, address: IpAddr) -> bool {
        self.private || is_public(address) || (self.loopback && address.to_canonical().is_loopback())
    }
}

/// Networks of IPv4 that are not of the public internet (IANA special-purpose registry), and two public addresses behind which
/// clouds keep their own services.
#[expect(clippy::ip_constant, reason = "a table reads better in one manner")]
const CLOSED_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Networks within 2000::/3, the only public part of IPv6, that are not public or hide an IPv4 address.
const CLOSED_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether an address is one of the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(it) => !CLOSED_V4.iter().any(|(net, bits)| within(it.to_bits(), net.to_bits(), 32 - bits)),
        IpAddr::V6(it) => {
            let global = it.segments()[0] & 0xe000 == 0x2000;
            global && !CLOSED_V6.iter().any(|(net, bits)| within(it.to_bits(), net.to_bits(), 128 - bits))
        }
    }
}

fn within<T: Copy + PartialEq + std::ops::Shr<u32, Output = T>>(address: T, net: T, free: u32) -> bool {
    address >> free == net >> free
}

#[cfg(test)]
mod tests;
