//! `data pull`: where official files are published, and fetching one with the system's `curl`.
//!
//! No HTTP client is linked: the program must work where there is no network, and a file brought by hand is imported alike.

use std::io::{ErrorKind, Read};
use std::process::{Command, Stdio};

use serde::Serialize;

use crate::error::LakeError;
use crate::import::Input;
use crate::import::input::MAX_PLAIN_BYTES;

/// How long one download may take. The largest direct file here (the BACI archive) needs a quarter of an hour at 20 Mbit/s.
const TIMEOUT_SECONDS: u32 = 900;
/// How long to wait for the other side to answer at all.
const CONNECT_SECONDS: u32 = 15;
const AGENT: &str = concat!("periplus/", env!("CARGO_PKG_VERSION"));

/// Where an official file is published.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Origin {
    /// Name for `data pull NAME`.
    pub name: &'static str,
    /// Importer that reads it, where it can be told beforehand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    pub publisher: &'static str,
    pub what: &'static str,
    /// Of the file itself, or of the page on which a person chooses it.
    pub url: &'static str,
    /// Why a person must fetch it; `None` when the address is the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<&'static str>,
    /// Name under which the file is imported, where the address does not end in one.
    #[serde(skip)]
    pub file_name: &'static str,
}

const CHOOSE: Option<&str> = Some("the page asks which year, table or format is wanted");

/// Every address that is known, direct ones first.
pub const ORIGINS: &[Origin] = &[
    Origin {
        name: "ecb-rates",
        kind: Some("ecb-rates"),
        publisher: "European Central Bank",
        what: "euro reference rates, all days since 1999",
        url: "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip",
        by_hand: None,
        file_name: "eurofxref-hist.zip",
    },
    indicator(
        "lending-rates",
        "lending interest rate, percent",
        "https://api.worldbank.org/v2/en/indicator/FR.INR.LEND?downloadformat=csv",
    ),
    indicator(
        "lead-time-export",
        "lead time to export, median days",
        "https://api.worldbank.org/v2/en/indicator/LP.EXP.DURS.MD?downloadformat=csv",
    ),
    indicator(
        "lead-time-import",
        "lead time to import, median days",
        "https://api.worldbank.org/v2/en/indicator/LP.IMP.DURS.MD?downloadformat=csv",
    ),
    indicator(
        "logistics-performance",
        "logistics performance index",
        "https://api.worldbank.org/v2/en/indicator/LP.LPI.OVRL.XQ?downloadformat=csv",
    ),
    Origin {
        name: "airports",
        kind: Some("airports"),
        publisher: "OpenFlights",
        what: "airports (ODbL 1.0)",
        url: "https://raw.githubusercontent.com/jpatokal/openflights/master/data/airports.dat",
        by_hand: None,
        file_name: "airports.dat",
    },
    Origin {
        name: "air-routes",
        kind: Some("air-routes"),
        publisher: "OpenFlights",
        what: "air routes as of 2014 (ODbL 1.0)",
        url: "https://raw.githubusercontent.com/jpatokal/openflights/master/data/routes.dat",
        by_hand: None,
        file_name: "routes.dat",
    },
    page(
        "baci",
        "CEPII",
        "bilateral flows by HS6, yearly (BACI)",
        "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
    ),
    page(
        "geodist",
        "CEPII",
        "bilateral distances (GeoDist)",
        "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=6",
    ),
    page(
        "us-tariff",
        "USITC",
        "Harmonized Tariff Schedule of the United States, export",
        "https://hts.usitc.gov/export",
    ),
    page(
        "us-tariff-database",
        "USITC",
        "annual tariff data with agreement rates",
        "https://dataweb.usitc.gov/tariff/annual",
    ),
    page(
        "uk-tariff",
        "HM Revenue and Customs",
        "UK integrated online tariff, measures as CSV",
        "https://www.data.gov.uk/dataset/uk-integrated-online-tariff",
    ),
    page("places", "UNECE", "UN/LOCODE code list", "https://unece.org/trade/cefact/UNLOCODE-Download"),
    page(
        "connectivity",
        "UNCTAD",
        "liner shipping connectivity, quarterly",
        "https://unctadstat.unctad.org/datacentre/",
    ),
    page("chokepoints", "IMF PortWatch", "daily transit calls at chokepoints", "https://portwatch.imf.org"),
    page(
        "grid-intensity",
        "Ember",
        "yearly electricity data",
        "https://ember-energy.org/data/yearly-electricity-data/",
    ),
    page(
        "freight-factors",
        "UK Department for Energy Security and Net Zero",
        "greenhouse gas conversion factors, yearly workbook",
        "https://www.gov.uk/government/collections/government-conversion-factors-for-company-reporting",
    ),
];

const fn indicator(name: &'static str, what: &'static str, url: &'static str) -> Origin {
    Origin {
        name,
        kind: Some("world-bank"),
        publisher: "World Bank",
        what,
        url,
        by_hand: None,
        file_name: "world-bank.zip",
    }
}

const fn page(name: &'static str, publisher: &'static str, what: &'static str, url: &'static str) -> Origin {
    Origin { name, kind: None, publisher, what, url, by_hand: CHOOSE, file_name: "" }
}

/// The origin of this name; the error lists what is known.
pub fn find_origin(name: &str) -> Result<&'static Origin, LakeError> {
    let wanted = name.trim().to_lowercase();
    ORIGINS.iter().find(|it| it.name == wanted).ok_or_else(|| {
        let nearest = domain::suggest::nearest(&wanted, ORIGINS.iter().map(|it| it.name));
        LakeError::KindName {
            given: name.to_owned(),
            known: ORIGINS.iter().map(|it| it.name).collect::<Vec<_>>().join(", "),
            hint: nearest.map(|it| format!("; did you mean {it}?")).unwrap_or_default(),
        }
    })
}

/// Fetches the file of `origin`. Nothing is written to disk; the caller imports what comes back.
pub fn fetch(origin: &Origin) -> Result<Input, LakeError> {
    if let Some(why) = origin.by_hand {
        return Err(LakeError::ByHand {
            what: origin.what.to_owned(),
            url: origin.url.to_owned(),
            why: why.to_owned(),
        });
    }
    let bytes = fetch_with("curl", origin.url)?;
    Input::new(origin.file_name, bytes)
}

/// Runs `program` as curl; a parameter so that its absence can be tested.
fn fetch_with(program: &str, url: &str) -> Result<Vec<u8>, LakeError> {
    let failed = |why: String| LakeError::Download { url: url.to_owned(), why };
    let spawned = Command::new(program)
        .args([
            "--fail",
            "--location",
            "--silent",
            "--show-error",
            "--proto",
            "=https,file",
            "--proto-redir",
            "=https",
        ])
        .args(["--connect-timeout", &CONNECT_SECONDS.to_string()])
        .args(["--max-time", &TIMEOUT_SECONDS.to_string()])
        .args(["--max-filesize", &MAX_PLAIN_BYTES.to_string()])
        .args(["--user-agent", AGENT, "--", url])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(LakeError::NoCurl { url: url.to_owned() });
        }
        child => child.map_err(|it| failed(it.to_string()))?,
    };
    let mut bytes = Vec::new();
    if let Some(out) = child.stdout.take() {
        // curl cannot bound a body whose length the server does not tell.
        out.take(MAX_PLAIN_BYTES + 1).read_to_end(&mut bytes).map_err(|it| failed(it.to_string()))?;
    }
    if bytes.len() as u64 > MAX_PLAIN_BYTES {
        let _ = child.kill();
        let _ = child.wait();
        return Err(failed(format!("it is larger than {MAX_PLAIN_BYTES} bytes")));
    }
    let mut words = String::new();
    if let Some(err) = child.stderr.take() {
        err.take(4096).read_to_string(&mut words).map_err(|it| failed(it.to_string()))?;
    }
    let status = child.wait().map_err(|it| failed(it.to_string()))?;
    if status.success() {
        return Ok(bytes);
    }
    Err(curl_fault(url, status.code(), words.trim()))
}

/// curl's exit codes (`man curl`, EXIT CODES): which of them mean that there is no way to the other side at all.
fn curl_fault(url: &str, code: Option<i32>, words: &str) -> LakeError {
    let why = words.strip_prefix("curl: ").unwrap_or(words).to_owned();
    match code {
        // 5 proxy name, 6 host name, 7 connect, 35 TLS connect, 97 proxy handshake.
        Some(5 | 6 | 7 | 35 | 97) => {
            LakeError::NoNetwork { host: host_of(url).to_owned(), url: url.to_owned(), why }
        }
        // A proxy that lets nothing through answers for the host (56 after CONNECT was refused).
        Some(56) if why.contains("CONNECT") => {
            LakeError::NoNetwork { host: host_of(url).to_owned(), url: url.to_owned(), why }
        }
        Some(28) => LakeError::Download { url: url.to_owned(), why: format!("it took too long: {why}") },
        _ => LakeError::Download { url: url.to_owned(), why },
    }
}

fn host_of(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or(url)
}

#[cfg(test)]
mod tests;
