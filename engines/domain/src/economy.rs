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
    /// Other names by which people call it, folded when looked up ("UK", "Great Britain", "英国").
    pub aliases: Vec<String>,
}

/// All economies, found by any code or name.
#[derive(Clone, Debug, Default)]
pub struct EconomyBook {
    rows: Vec<EconomyRow>,
    by_code: BTreeMap<Economy, usize>,
    by_word: BTreeMap<String, usize>,
}

impl EconomyBook {
    /// The first row that claims a word keeps it.
    pub fn new(rows: Vec<EconomyRow>) -> Arc<Self> {
        let mut by_code = BTreeMap::new();
        let mut by_word = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            by_code.entry(row.economy).or_insert(index);
            let names = [&row.name_en, &row.name_zh, &row.name_fr, &row.name_ar, &row.name_es, &row.alpha3];
            for word in names.into_iter().chain(&row.aliases).filter(|it| !it.is_empty()) {
                by_word.entry(fold(word)).or_insert(index);
            }
            by_word.entry(fold(row.economy.code())).or_insert(index);
        }
        Arc::new(Self { rows, by_code, by_word })
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

    pub fn find_m49(&self, m49: u16) -> Option<Economy> {
        self.rows.iter().find(|row| row.m49 == m49).map(|row| row.economy)
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
}
