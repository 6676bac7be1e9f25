//! The comparison of the UK Global Tariff with the EU Common External Tariff that the UK government published in May 2020: one
//! JSON file that makes the book of either.

use domain::{Basis, Date, Economy};

use super::codes::line_code;
use super::json::{parse, text};
use super::measure::{Measure, MeasureKind, Member, groups_csv, measures_csv, tidy};
use crate::error::LakeError;
use crate::import::text::decode;
use crate::import::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported,
};

pub const IMPORTER: Importer = Importer {
    kind: Kind::UkgtAndCet,
    name: "ukgt-cet-2020",
    what: "UK Global Tariff and EU Common External Tariff compared (gov.uk, May 2020); --economy EU makes the EU book",
    guess,
    import,
};

const fn about(title: &'static str, how: &'static str) -> About {
    About {
        title,
        publisher: "UK Department for International Trade",
        licence: "Open Government Licence v3.0",
        licence_url: Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
        basis: Basis::Observed,
        how,
    }
}

const UK: About = about(
    "UK Global Tariff as announced in May 2020",
    "Third country duty by commodity code of eight digits (nomenclature of 2020) as announced, in force from 2021-01-01. Later \
     changes, preferences, quotas, suspensions and trade remedies are not in the file.",
);
const EU: About = about(
    "EU Common External Tariff of 2020 as compared by the UK",
    "Conventional duty by CN code of eight digits (nomenclature of 2020). Preferences, quotas, suspensions and trade remedies are \
     not in the file. EA, AD S/Z and AD F/M (agricultural components) and EP (entry price) are named and not resolved.",
);

/// Which of the two tariffs of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Uk,
    Eu,
}

impl Side {
    fn column(self) -> &'static str {
        match self {
            Self::Uk => "ukgt_duty_rate",
            Self::Eu => "cet_duty_rate",
        }
    }

    /// First day of the rates: the UK left the EU customs territory at the end of 2020; CN 2020 began on 1 January 2020
    /// (Regulation (EU) 2019/1776).
    fn from(self) -> Date {
        match self {
            Self::Uk => Date::constant(2021, 1, 1),
            Self::Eu => Date::constant(2020, 1, 1),
        }
    }

    fn reference(self) -> &'static str {
        match self {
            Self::Uk => "UKGT 2020-05",
            Self::Eu => "CN 2020",
        }
    }
}

fn guess(glimpse: &Glimpse<'_>) -> Score {
    if glimpse.head.contains("\"cet_duty_rate\"") && glimpse.head.contains("\"ukgt_duty_rate\"") {
        95
    } else {
        0
    }
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let side = if options.economy == Some(Economy::new(*b"EU")) { Side::Eu } else { Side::Uk };
    let text = decode(input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let measures = read(&input.given, &text.text, side, &mut tally)?;
    let (book, about) = if side == Side::Eu { ("tariff-eu", &EU) } else { ("tariff-gb", &UK) };
    let tables = vec![
        ("measures.csv".to_owned(), measures_csv(measures)),
        ("groups.csv".to_owned(), groups_csv(Vec::<Member>::new())),
    ];
    let draft = Draft { book, about, vintage: "2020-05", tables };
    Ok(imported(&IMPORTER, input, options, draft, &tally)?.read_as(&text))
}

/// Reads one side. `line` in the report is the running number of the entry.
pub fn read(file: &str, json: &str, side: Side, tally: &mut Tally) -> Result<Vec<Measure>, LakeError> {
    let document = parse(file, json, IMPORTER.name)?;
    let entries = document["data"].as_array().ok_or_else(|| LakeError::Form {
        file: file.to_owned(),
        kind: IMPORTER.name.to_owned(),
        why: "it has no list named data".to_owned(),
    })?;
    let mut measures = Vec::with_capacity(entries.len());
    let mut repairs = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let line = index as u64 + 1;
        let given = text(&entry["commodity"]);
        let hs = match line_code(&given, "commodity", &mut repairs) {
            Ok(hs) => hs,
            Err(reason) => {
                tally.reject(line, "commodity", reason, &given);
                continue;
            }
        };
        let stated = text(&entry[side.column()]);
        let duty = mended_unit(&tidy(&stated));
        if duty.is_empty() {
            tally.reject(line, side.column(), "no rate", &given);
            continue;
        }
        if duty != tidy(&stated) {
            repairs.push(crate::import::report::Repair {
                column: "duty rate",
                reason: "square metre lost its superscript to a wrong encoding; put back",
                found: stated.into_owned(),
                to: duty.clone(),
            });
        }
        measures.push(
            Measure::new(Some(hs), MeasureKind::Mfn, duty)
                .between(Some(side.from()), None)
                .reference(side.reference()),
        );
        tally.take(line, &mut repairs);
    }
    Ok(measures)
}

/// One rate of the published file ends in a superscript that was decoded wrongly before it was published.
fn mended_unit(duty: &str) -> String {
    match duty.strip_suffix("/m\u{fffd}\u{fffd}").or_else(|| duty.strip_suffix("/m\u{fffd}")) {
        Some(rest) => format!("{rest}/m2"),
        None => duty.to_owned(),
    }
}
