//! Codes of the Harmonized System and its national extensions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::DomainError;

/// A goods code of 2, 4, 6, 8 or 10 digits: chapter, heading, subheading, and national lines below it.
/// Odd lengths are refused: they are usually a code that lost its leading zero in a spreadsheet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HsCode {
    /// Left-aligned: 850511 is 8505110000, so that codes order as in the book.
    padded: u64,
    digits: u8,
}

/// Which edition of the nomenclature a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HsRevision {
    Hs1992,
    Hs1996,
    Hs2002,
    Hs2007,
    Hs2012,
    Hs2017,
    Hs2022,
}

impl HsCode {
    pub fn digits(self) -> usize {
        usize::from(self.digits)
    }

    /// Chapter (2 digits).
    pub fn chapter(self) -> u8 {
        (self.padded / 100_000_000) as u8
    }

    /// The code cut to `digits`, when it is that long.
    pub fn cut(self, digits: u8) -> Option<Self> {
        if digits > self.digits || digits == 0 {
            return None;
        }
        let unit = 10_u64.pow(u32::from(10 - digits));
        Some(Self { padded: self.padded / unit * unit, digits })
    }

    /// The international six digits, when the code has them.
    pub fn subheading(self) -> Option<Self> {
        self.cut(6)
    }

    /// Whether `self` is `other` or an ancestor of it: 8505 covers 850511.
    pub fn covers(self, other: Self) -> bool {
        other.cut(self.digits) == Some(self)
    }

    /// The code and its ancestors, longest first: 850511, 8505, 85.
    pub fn ancestry(self) -> impl Iterator<Item = Self> {
        (1..=self.digits / 2).rev().filter_map(move |half| self.cut(half * 2))
    }

    /// Left-aligned to ten digits: 850511 is 8505110000. A sort key and a key for tables.
    pub fn padded(self) -> u64 {
        self.padded
    }

    /// The inverse of [`Self::padded`]: 8505110000 with 6 digits is 850511. `None` when that is not a code.
    pub fn from_padded(padded: u64, digits: u8) -> Option<Self> {
        let whole = matches!(digits, 2 | 4 | 6 | 8 | 10) && (100_000_000..10_000_000_000).contains(&padded);
        let unit = 10_u64.pow(u32::from(10_u8.saturating_sub(digits)));
        (whole && padded.is_multiple_of(unit)).then_some(Self { padded, digits })
    }

    /// Mends a code of a spreadsheet that lost its leading zero ("10121" for 010121). `None` when the length is not odd.
    pub fn with_lost_zero(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|it| !matches!(it, '.' | ' ')).collect();
        if digits.len().is_multiple_of(2) || digits.len() > 9 {
            return None;
        }
        format!("0{digits}").parse().ok()
    }

    /// 8505.11.0000, as tariff books print it.
    pub fn dotted(self) -> String {
        let plain = self.to_string();
        match plain.len() {
            0..=4 => plain,
            5..=6 => format!("{}.{}", &plain[..4], &plain[4..]),
            7..=8 => format!("{}.{}.{}", &plain[..4], &plain[4..6], &plain[6..]),
            _ => format!("{}.{}.{}", &plain[..4], &plain[4..6], &plain[6..]),
        }
    }
}

impl FromStr for HsCode {
    type Err = DomainError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = |why| DomainError::Hs { given: text.trim().to_owned(), why };
        let mut padded = 0_u64;
        let mut digits = 0_u8;
        for letter in text.trim().chars() {
            match letter {
                '0'..='9' if digits == 10 => return Err(refuse("it has more than ten digits")),
                '0'..='9' => {
                    padded = padded * 10 + u64::from(letter as u8 - b'0');
                    digits += 1;
                }
                '.' | ' ' if digits > 0 => {}
                _ => return Err(refuse("it has something other than digits and dots")),
            }
        }
        if digits < 2 {
            return Err(refuse("it has fewer than two digits"));
        }
        if digits % 2 == 1 {
            return Err(refuse("it has an odd number of digits; a leading zero may be lost"));
        }
        padded *= 10_u64.pow(u32::from(10 - digits));
        if padded < 100_000_000 {
            return Err(refuse("there is no chapter 00"));
        }
        Ok(Self { padded, digits })
    }
}

impl TryFrom<String> for HsCode {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<HsCode> for String {
    fn from(code: HsCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = format!("{:010}", self.padded);
        f.pad(&all[..usize::from(self.digits)])
    }
}

impl fmt::Debug for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hs(text: &str) -> HsCode {
        text.parse().unwrap()
    }

    #[test]
    fn codes_are_read_with_and_without_dots() {
        for (given, expect) in
            [("850511", "850511"), ("8505.11", "850511"), (" 0101.21.00 ", "01012100"), ("85", "85")]
        {
            assert_eq!(hs(given).to_string(), expect);
        }
    }

    #[test]
    fn a_padded_code_is_read_back() {
        for code in ["85", "8505", "850511", "85051100", "0101210010"] {
            assert_eq!(HsCode::from_padded(hs(code).padded(), code.len() as u8), Some(hs(code)));
        }
        for (padded, digits) in [(8_505_110_000, 4), (8_505_110_000, 5), (1, 10), (10_000_000_000, 2)] {
            assert_eq!(HsCode::from_padded(padded, digits), None);
        }
    }

    #[test]
    fn bad_codes_say_why() {
        let check = |text: &str, expect: &str| {
            let error = text.parse::<HsCode>().unwrap_err().to_string();
            assert!(error.contains(expect), "{error}");
        };
        check("10121", "a leading zero may be lost");
        check("85051100001", "more than ten digits");
        check("magnets", "something other than digits");
        check("", "fewer than two digits");
        check("0011", "no chapter 00");
    }

    #[test]
    fn ancestors_cover_descendants() {
        assert!(hs("8505").covers(hs("850511")));
        assert!(!hs("8506").covers(hs("850511")));
        assert!(!hs("85051110").covers(hs("850511")));
        assert_eq!(
            hs("850511").ancestry().map(|it| it.to_string()).collect::<Vec<_>>(),
            ["850511", "8505", "85"]
        );
    }

    #[test]
    fn a_lost_zero_is_put_back() {
        assert_eq!(HsCode::with_lost_zero("10121"), Some(hs("010121")));
        assert_eq!(HsCode::with_lost_zero("850511"), None);
    }

    #[test]
    fn codes_order_as_in_the_book() {
        let mut codes = [hs("850519"), hs("8505"), hs("0101"), hs("850511")];
        codes.sort();
        assert_eq!(codes.map(|it| it.to_string()), ["0101", "8505", "850511", "850519"]);
    }
}
