//! Economies (countries and customs territories with an ISO 3166 code) and their table.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::error::DomainError;
use crate::suggest::{fold, nearest};

/// An economy by its ISO 3166-1 alpha-2 code. Whether the code exists is for [`EconomyBook`] to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Economy([u8; 2]);

impl Economy {
    /// From two capital letters known when the program is written.
    pub const fn new(code: [u8; 2]) -> Self {
        Self(code)
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl FromStr for Economy {
    type Err = DomainError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim().to_ascii_uppercase();
        match <[u8; 2]>::try_from(code.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(DomainError::Economy { given: text.trim().to_owned(), nearest: None }),
        }
    }
}

impl TryFrom<String> for Economy {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Economy> for String {
    fn from(economy: Economy) -> Self {
        economy.code().to_owned()
    }
}

impl fmt::Display for Economy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Economy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One economy: its codes in the systems that trade data use, its names and its currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EconomyRow {
    pub economy: Economy,
    /// ISO 3166-1 alpha-3, or empty.
    pub alpha3: String,
    /// UN M49 / ISO numeric.
    pub m49: u16,
    pub name_en: String,
    pub name_zh: String,
    pub name_fr: String,
    pub name_ar: String,
    pub name_es: String,
    pub currency: Option<Currency>,
    /// UN M49 region ("Europe") and sub-region ("Northern Europe").
    pub region: String,
    pub subregion: String,
    pub least_developed: bool,
    pub landlocked_developing: bool,
    /// Numbers other than M49 that trade statistics use for it: 842 for the United States, 490 ("Other Asia, nes") for Taiwan.
    pub trade_codes: Vec<u16>,
    /// Other names by which people call it, folded when looked up ("UK", "Great Britain", "英国").
    pub aliases: Vec<String>,
}

/// All economies, found by any code or name.
#[derive(Clone, Debug, Default)]
pub struct EconomyBook {
    rows: Vec<EconomyRow>,
    by_code: BTreeMap<Economy, usize>,
    by_word: BTreeMap<String, usize>,
    by_number: BTreeMap<u16, usize>,
}

const HEADER: [&str; 15] = [
    "iso2",
    "iso3",
    "m49",
    "en",
    "zh",
    "fr",
    "ar",
    "es",
    "currency",
    "region",
    "subregion",
    "ldc",
    "lldc",
    "trade_codes",
    "aliases",
];

impl EconomyBook {
    /// The first row that claims a word keeps it.
    pub fn new(rows: Vec<EconomyRow>) -> Arc<Self> {
        let mut by_code = BTreeMap::new();
        let mut by_word = BTreeMap::new();
        let mut by_number = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            by_code.entry(row.economy).or_insert(index);
            let names = [&row.name_en, &row.name_zh, &row.name_fr, &row.name_ar, &row.name_es, &row.alpha3];
            for word in names.into_iter().chain(&row.aliases).filter(|it| !it.is_empty()) {
                by_word.entry(fold(word)).or_insert(index);
            }
            by_word.entry(fold(row.economy.code())).or_insert(index);
            by_number.entry(row.m49).or_insert(index);
        }
        // An economy's own number wins over another's number of trade statistics.
        for (index, row) in rows.iter().enumerate() {
            for &code in &row.trade_codes {
                by_number.entry(code).or_insert(index);
            }
        }
        Arc::new(Self { rows, by_code, by_word, by_number })
    }

    /// Reads the table of `books/economies`: a header, then one economy a line; lists within a field are separated by `|`.
    pub fn from_csv(text: &str) -> Result<Arc<Self>, DomainError> {
        let mut records = crate::csv::records(text);
        let (line, header) = records.next().ok_or_else(|| refuse(1, "it is empty"))?;
        if header != HEADER {
            return Err(refuse(line, format!("the header must be {}", HEADER.join(","))));
        }
        let rows = records.map(|(line, fields)| row(line, &fields)).collect::<Result<Vec<_>, _>>()?;
        if rows.is_empty() {
            return Err(refuse(line, "it has no rows"));
        }
        Ok(Self::new(rows))
    }

    pub fn list_all(&self) -> &[EconomyRow] {
        &self.rows
    }

    pub fn find(&self, economy: Economy) -> Option<&EconomyRow> {
        self.by_code.get(&economy).map(|&index| &self.rows[index])
    }

    pub fn find_alpha3(&self, alpha3: &str) -> Option<Economy> {
        self.by_word
            .get(&fold(alpha3))
            .map(|&index| &self.rows[index])
            .filter(|row| row.alpha3 == alpha3)
            .map(|row| row.economy)
    }

    /// By UN M49 number, or by the number that trade statistics use instead of it (842 for the United States).
    pub fn find_m49(&self, m49: u16) -> Option<Economy> {
        self.by_number.get(&m49).map(|&index| self.rows[index].economy)
    }

    /// By code (two or three letters) or by name in any of the table's languages.
    pub fn find_word(&self, word: &str) -> Option<Economy> {
        self.by_word.get(&fold(word)).map(|&index| self.rows[index].economy)
    }

    /// As [`Self::find_word`], with the nearest name in the error.
    pub fn get_word(&self, word: &str) -> Result<Economy, DomainError> {
        self.find_word(word).ok_or_else(|| DomainError::Economy {
            given: word.trim().to_owned(),
            nearest: nearest(word, self.by_word.keys().map(String::as_str))
                .and_then(|it| self.by_word.get(it))
                .map(|&index| format!("{} ({})", self.rows[index].name_en, self.rows[index].economy)),
        })
    }

    /// English name, or the code when it is not in the table.
    pub fn name(&self, economy: Economy) -> String {
        self.find(economy).map_or_else(|| economy.to_string(), |row| row.name_en.clone())
    }
}

fn refuse(line: usize, why: impl Into<String>) -> DomainError {
    DomainError::EconomyTable { line, why: why.into() }
}

fn row(line: usize, fields: &[std::borrow::Cow<'_, str>]) -> Result<EconomyRow, DomainError> {
    let [iso2, iso3, m49, en, zh, fr, ar, es, currency, region, subregion, ldc, lldc, trade_codes, aliases] =
        fields
    else {
        return Err(refuse(line, format!("it has {} fields instead of {}", fields.len(), HEADER.len())));
    };
    let number =
        |text: &str| text.parse::<u16>().map_err(|_| refuse(line, format!("'{text}' is not an M49 number")));
    let list =
        |text: &str| text.split('|').filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let currency = (!currency.is_empty())
        .then(|| currency.parse().map_err(|error: DomainError| refuse(line, error.to_string())))
        .transpose()?;
    Ok(EconomyRow {
        economy: iso2.parse().map_err(|error: DomainError| refuse(line, error.to_string()))?,
        alpha3: iso3.to_string(),
        m49: number(m49)?,
        name_en: en.to_string(),
        name_zh: zh.to_string(),
        name_fr: fr.to_string(),
        name_ar: ar.to_string(),
        name_es: es.to_string(),
        currency,
        region: region.to_string(),
        subregion: subregion.to_string(),
        least_developed: ldc == "x",
        landlocked_developing: lldc == "x",
        trade_codes: list(trade_codes).iter().map(|it| number(it)).collect::<Result<_, _>>()?,
        aliases: list(aliases),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Arc<EconomyBook> {
        let row = |code: &str, alpha3: &str, m49, en: &str, zh: &str, alias: &[&str]| EconomyRow {
            economy: code.parse().unwrap(),
            alpha3: alpha3.into(),
            m49,
            name_en: en.into(),
            name_zh: zh.into(),
            name_fr: String::new(),
            name_ar: String::new(),
            name_es: String::new(),
            currency: None,
            region: String::new(),
            subregion: String::new(),
            least_developed: false,
            landlocked_developing: false,
            trade_codes: Vec::new(),
            aliases: alias.iter().map(|&it| it.to_owned()).collect(),
        };
        EconomyBook::new(vec![
            row("CN", "CHN", 156, "China", "中国", &[]),
            row("GB", "GBR", 826, "United Kingdom", "英国", &["UK", "Great Britain"]),
        ])
    }

    #[test]
    fn every_code_and_name_finds_its_economy() {
        let book = book();
        for word in ["GB", "gbr", "uk", "Great Britain", "英国", "united kingdom"] {
            assert_eq!(book.find_word(word).map(|it| it.to_string()).as_deref(), Some("GB"), "{word}");
        }
        assert_eq!(book.find_m49(156), Some(Economy::new(*b"CN")));
        assert_eq!(book.find_alpha3("CHN"), Some(Economy::new(*b"CN")));
    }

    #[test]
    fn an_unknown_economy_suggests_the_nearest() {
        let error = book().get_word("Chima").unwrap_err().to_string();
        assert!(error.ends_with("did you mean China (CN)?"), "{error}");
    }

    const CSV: &str = "iso2,iso3,m49,en,zh,fr,ar,es,currency,region,subregion,ldc,lldc,trade_codes,aliases\n\
        US,USA,840,United States,美国,États-Unis,الولايات المتحدة,Estados Unidos,USD,Americas,Northern America,,,842,USA|America\n\
        TW,TWN,158,Taiwan,台湾,Taïwan,تايوان,Taiwán,TWD,Asia,Eastern Asia,,,490,\"Chinese Taipei|Other Asia, nes\"\n";

    #[test]
    fn the_table_is_read_with_the_numbers_of_trade_statistics() {
        let book = EconomyBook::from_csv(CSV).unwrap();
        assert_eq!(book.find_m49(842), Some(Economy::new(*b"US")));
        assert_eq!(book.find_m49(840), Some(Economy::new(*b"US")));
        assert_eq!(book.find_m49(490), Some(Economy::new(*b"TW")));
        assert_eq!(book.find_word("chinese taipei"), Some(Economy::new(*b"TW")));
        assert_eq!(book.list_all()[0].currency, Some(Currency::USD));
    }

    #[test]
    fn a_bad_table_names_its_line() {
        let check = |text: &str, expect: &str| {
            let error = EconomyBook::from_csv(text).unwrap_err().to_string();
            assert!(error.contains(expect), "{error}");
        };
        check("", "line 1: it is empty");
        check("a,b\n", "line 1: the header must be iso2,");
        check(&CSV.replace(",840,", ",eight,"), "line 2: 'eight' is not an M49 number");
        check(&format!("{CSV}GB,GBR\n"), "line 4: it has 2 fields instead of 15");
        check(&CSV.replace(",TWD,", ",TWX,"), "line 3: PRP-1001");
        check(CSV.lines().next().unwrap(), "it has no rows");
    }
}
