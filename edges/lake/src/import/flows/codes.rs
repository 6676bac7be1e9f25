//! Countries as trade statistics number them.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Economy, EconomyBook, EconomyRow};
use market::UNSPECIFIED;

/// What a country cell means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Partner {
    Economy(Economy),
    /// The world or a group of economies, which are listed one by one as well.
    Total,
    Unknown,
}

/// Numbers of UN Comtrade and BACI that are not those of ISO 3166, for tables of economies that do not list them.
const NUMBERS: &[(u16, &[u8; 2])] = &[
    (58, b"BE"),
    (251, b"FR"),
    (280, b"DE"),
    (381, b"IT"),
    (490, b"TW"),
    (579, b"NO"),
    (699, b"IN"),
    (736, b"SD"),
    (757, b"CH"),
    (842, b"US"),
];

/// "Areas not elsewhere specified" of UN Comtrade and BACI: regional remainders, bunkers, free zones, special categories.
const AREAS: &[u16] =
    &[129, 221, 290, 471, 472, 473, 492, 527, 568, 577, 636, 637, 697, 711, 837, 838, 839, 849, 879, 899];

/// Looks codes up, each text once.
pub(super) struct Codes<'a> {
    economies: &'a EconomyBook,
    known: BTreeMap<String, (Partner, u16)>,
}

impl<'a> Codes<'a> {
    pub(super) fn new(economies: &'a EconomyBook) -> Self {
        Self { economies, known: BTreeMap::new() }
    }

    /// What the code means, and a number that is the same for the same code: several areas share one [`UNSPECIFIED`],
    /// and flows with each of them are different flows.
    pub(super) fn find(&mut self, text: &str) -> (Partner, u16) {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let found = (self.look_up(text), u16::try_from(self.known.len()).unwrap_or(u16::MAX));
        self.known.insert(text.to_owned(), found);
        found
    }

    fn look_up(&self, text: &str) -> Partner {
        let text = text.strip_suffix(".0").unwrap_or(text);
        match text.parse::<u16>() {
            Ok(number) => self.by_number(number),
            Err(_) => self.by_letters(&text.to_ascii_uppercase()),
        }
    }

    fn by_number(&self, number: u16) -> Partner {
        if matches!(number, 0 | 97) {
            return Partner::Total;
        }
        let special = NUMBERS.iter().find(|it| it.0 == number).map(|it| Economy::new(*it.1));
        if let Some(economy) = self.economies.find_m49(number).or(special) {
            return Partner::Economy(economy);
        }
        if AREAS.contains(&number) { Partner::Economy(UNSPECIFIED) } else { Partner::Unknown }
    }

    fn by_letters(&self, code: &str) -> Partner {
        match code {
            "W00" | "WLD" | "EUR" | "EUN" => return Partner::Total,
            "S19" => return Partner::Economy(Economy::new(*b"TW")),
            "_X" | "XX" | "X1" | "X2" | "A79" | "A49" | "E19" | "F19" | "O19" | "R20" | "ZA1" => {
                return Partner::Economy(UNSPECIFIED);
            }
            _ => {}
        }
        let economy = if code.len() == 3 { self.economies.find_alpha3(code) } else { None };
        economy.or_else(|| self.economies.find_word(code)).map_or(Partner::Unknown, Partner::Economy)
    }
}

/// The economies of CEPII's country file (`country_codes_V....csv`: country_code, country_name, country_iso2, country_iso3),
/// by code only: for making books when the table of economies is not made yet. Rows without an ISO code are left out.
pub fn baci_economies(text: &str) -> Arc<EconomyBook> {
    let mut rows: BTreeMap<String, EconomyRow> = BTreeMap::new();
    for record in csv::ReaderBuilder::new().from_reader(text.as_bytes()).into_records().flatten() {
        let cell = |at: usize| record.get(at).unwrap_or("").trim();
        // Readers that take "NA" for "not available" have lost Namibia's code from the published file.
        let alpha2 = if cell(3) == "NAM" { "NA" } else { cell(2) };
        let (Ok(number), Ok(economy)) = (cell(0).parse::<u16>(), alpha2.parse::<Economy>()) else { continue };
        match rows.get_mut(alpha2) {
            Some(row) => row.trade_codes.push(number),
            None => {
                rows.insert(alpha2.to_owned(), bare_row(economy, number, cell(1), cell(3)));
            }
        }
    }
    EconomyBook::new(rows.into_values().collect())
}

fn bare_row(economy: Economy, number: u16, name: &str, alpha3: &str) -> EconomyRow {
    EconomyRow {
        economy,
        alpha3: alpha3.to_owned(),
        m49: number,
        name_en: name.to_owned(),
        name_zh: String::new(),
        name_fr: String::new(),
        name_ar: String::new(),
        name_es: String::new(),
        currency: None,
        region: String::new(),
        subregion: String::new(),
        least_developed: false,
        landlocked_developing: false,
        trade_codes: Vec::new(),
        aliases: Vec::new(),
    }
}
