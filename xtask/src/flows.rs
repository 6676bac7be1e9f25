//! The book `flows`: bilateral trade in critical materials from CEPII BACI, 2024 with quantities and 2022 with values.

use std::sync::Arc;

use domain::{EconomyBook, Source};
use lake::Input;
use lake::import::Options;
use lake::import::flows::{BACI, ReadFlows, baci_economies, read};
use lake::import::report::Fate;
use market::{Flow, FlowBook};

use crate::context::{About, Context, Error, Made};

const WEIGHED: &str = "trade/baci_hs17_2024_crm.parquet";
const EARLIER: &str = "trade/baci_crm_2022.csv.zst";
/// The same year as [`WEIGHED`], from another extraction: the two must agree.
const CHECK: &str = "trade/baci_crm_2024.csv.zst";
const CODES: &str = "trade/country_codes_V202601.csv";
const RELEASE: &str = "HS17 V202601";

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("flows");
    let economies = baci_economies(&book.text(CODES)?);
    let weighed = taken(&book.input(WEIGHED)?, &economies)?;
    let earlier = taken(&book.input(EARLIER)?, &economies)?;
    let check = taken(&book.input(CHECK)?, &economies)?;
    agree(&weighed.book, &check.book)?;
    let flows: Vec<Flow> = weighed.book.iter().chain(earlier.book.iter()).collect();
    let goods = weighed.book.list_goods().len();
    let unknown = weighed.book.iter().filter(|it| it.kg.is_none()).count();
    let how = format!(
        "{} Release {RELEASE}, {goods} goods of six digits (critical raw materials, magnets and refined copper), all pairs of \
economies, no flow left out: {} flows of 2024 ({unknown} without quantity) and {} of 2022, for which only values could be had. \
Values of 2024 are the same in two separate extractions of the release. Columns: hs and exporter are empty where they repeat the row \
above; usd_YYYY is empty where no flow is recorded, kg_YYYY where its quantity is unknown.",
        BACI.how,
        weighed.book.len(),
        earlier.book.len(),
    );
    let text = FlowBook::new(flows, nobody()).to_csv();
    book.table("flows.csv", text);
    Ok(vec![book.finish(&About {
        title: "CEPII BACI HS17 V202601",
        publisher: BACI.publisher,
        licence: BACI.licence,
        licence_url: BACI.licence_url,
        vintage: "2024",
        basis: BACI.basis,
        how: &how,
    })])
}

/// Reads a file of which no row may be lost.
fn taken(input: &Input, economies: &EconomyBook) -> Result<ReadFlows, Error> {
    let read = read(input, &Options::default(), economies)?;
    let lost = read.tally.count(Fate::Rejected) + read.tally.count(Fate::SetAside);
    if lost > 0 {
        return Err(format!("{}: {lost} rows not taken: {}", input.given, read.tally.reasons()).into());
    }
    Ok(read)
}

/// Both books have the same flows with the same values.
fn agree(one: &FlowBook, other: &FlowBook) -> Result<(), Error> {
    let key = |it: &Flow| (it.hs, it.year, it.exporter, it.importer, it.usd);
    let (one, other): (Vec<_>, Vec<_>) = (one.iter().collect(), other.iter().collect());
    let differs = one.iter().zip(&other).find(|(left, right)| key(left) != key(right));
    match differs {
        Some((left, right)) => Err(format!("the extractions of 2024 differ: {left:?} and {right:?}").into()),
        None if one.len() != other.len() => {
            Err(format!("the extractions of 2024 differ: {} and {} flows", one.len(), other.len()).into())
        }
        None => Ok(()),
    }
}

/// The table is written without its source, which `source.toml` states.
fn nobody() -> Arc<Source> {
    Arc::new(Source {
        title: String::new(),
        publisher: String::new(),
        vintage: String::new(),
        book: None,
        licence: None,
    })
}
