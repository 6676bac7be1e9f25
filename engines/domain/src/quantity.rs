//! Quantities with their units. A quantity without a unit is refused, never guessed.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::DomainError;
use crate::suggest::nearest;

/// Units in which trade measures goods. Conversion is exact and only within a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Unit {
    Gram,
    Kilogram,
    /// 100 kg: "DTN" of the EU and UK tariffs.
    Decitonne,
    Tonne,
    /// International avoirdupois pound, 0.45359237 kg.
    Pound,
    Litre,
    /// 100 l: "HLT" of the EU and UK tariffs.
    Hectolitre,
    CubicMetre,
    Metre,
    SquareMetre,
    Piece,
    Pair,
    Dozen,
    KilowattHour,
    Carat,
}

/// What a unit measures; quantities convert only within one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Mass,
    Volume,
    Length,
    Area,
    Count,
    Energy,
}

struct UnitRow {
    unit: Unit,
    symbol: &'static str,
    kind: Kind,
    /// How many of the kind's base unit (g, l, m, m2, piece, kWh) one of this is: mantissa and decimals.
    base: (i64, u32),
    words: &'static [&'static str],
}

const KNOWN: &str = "kg, g, t, lb, dtn, l, hl, m3, m, m2, pcs, pairs, doz, kWh, ct";
const UNITS: &[UnitRow] = &[
    UnitRow {
        unit: Unit::Gram,
        symbol: "g",
        kind: Kind::Mass,
        base: (1, 0),
        words: &["g", "gram", "grams", "grm", "克"],
    },
    UnitRow {
        unit: Unit::Kilogram,
        symbol: "kg",
        kind: Kind::Mass,
        base: (1000, 0),
        words: &["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kgm", "公斤", "千克"],
    },
    UnitRow {
        unit: Unit::Decitonne,
        symbol: "dtn",
        kind: Kind::Mass,
        base: (100_000, 0),
        words: &["dtn", "100 kg", "100kg", "decitonne", "decitonnes"],
    },
    UnitRow {
        unit: Unit::Tonne,
        symbol: "t",
        kind: Kind::Mass,
        base: (1_000_000, 0),
        words: &[
            "t",
            "mt",
            "tonne",
            "tonnes",
            "ton",
            "tons",
            "metric ton",
            "metric tons",
            "metric tonnes",
            "tne",
            "吨",
            "公吨",
        ],
    },
    UnitRow {
        unit: Unit::Pound,
        symbol: "lb",
        kind: Kind::Mass,
        base: (45_359_237, 5),
        words: &["lb", "lbs", "pound", "lbr", "磅"],
    },
    UnitRow {
        unit: Unit::Carat,
        symbol: "ct",
        kind: Kind::Mass,
        base: (2, 1),
        words: &["ct", "carat", "carats", "ctm", "克拉"],
    },
    UnitRow {
        unit: Unit::Litre,
        symbol: "l",
        kind: Kind::Volume,
        base: (1, 0),
        words: &["l", "litre", "litres", "liter", "liters", "ltr", "升"],
    },
    UnitRow {
        unit: Unit::Hectolitre,
        symbol: "hl",
        kind: Kind::Volume,
        base: (100, 0),
        words: &["hl", "hlt", "hectolitre", "hectolitres"],
    },
    UnitRow {
        unit: Unit::CubicMetre,
        symbol: "m3",
        kind: Kind::Volume,
        base: (1000, 0),
        words: &["m3", "m³", "cbm", "mtq", "cubic metre", "cubic metres", "立方米"],
    },
    UnitRow {
        unit: Unit::Metre,
        symbol: "m",
        kind: Kind::Length,
        base: (1, 0),
        words: &["m", "metre", "metres", "meter", "meters", "mtr", "米"],
    },
    UnitRow {
        unit: Unit::SquareMetre,
        symbol: "m2",
        kind: Kind::Area,
        base: (1, 0),
        words: &["m2", "m²", "sqm", "mtk", "square metre", "square metres", "平方米"],
    },
    UnitRow {
        unit: Unit::Piece,
        symbol: "pcs",
        kind: Kind::Count,
        base: (1, 0),
        words: &["pcs", "pc", "piece", "pieces", "unit", "units", "nar", "no", "ea", "件", "个", "只", "台"],
    },
    UnitRow {
        unit: Unit::Pair,
        symbol: "pairs",
        kind: Kind::Count,
        base: (2, 0),
        words: &["pair", "pairs", "npr", "pa", "双"],
    },
    UnitRow {
        unit: Unit::Dozen,
        symbol: "doz",
        kind: Kind::Count,
        base: (12, 0),
        words: &["doz", "dozen", "dozens", "dz", "打"],
    },
    UnitRow {
        unit: Unit::KilowattHour,
        symbol: "kWh",
        kind: Kind::Energy,
        base: (1, 0),
        words: &["kwh", "kilowatt hour", "kilowatt hours", "千瓦时"],
    },
];

impl Unit {
    fn row(self) -> &'static UnitRow {
        UNITS.iter().find(|row| row.unit == self).unwrap_or(&UNITS[0])
    }

    pub fn symbol(self) -> &'static str {
        self.row().symbol
    }

    pub fn kind(self) -> Kind {
        self.row().kind
    }

    fn base(self) -> Decimal {
        let (mantissa, scale) = self.row().base;
        Decimal::new(mantissa, scale)
    }
}

impl FromStr for Unit {
    type Err = DomainError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = text.trim().to_lowercase();
        UNITS.iter().find(|row| row.words.contains(&word.as_str())).map(|row| row.unit).ok_or_else(|| {
            DomainError::Unit {
                given: text.trim().to_owned(),
                known: KNOWN,
                nearest: nearest(&word, UNITS.iter().flat_map(|row| row.words.iter().copied()))
                    .map(str::to_owned),
            }
        })
    }
}

impl TryFrom<String> for Unit {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.symbol().to_owned()
    }
}

/// An amount of goods in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    pub amount: Decimal,
    pub unit: Unit,
}

impl Quantity {
    pub fn new(amount: Decimal, unit: Unit) -> Self {
        Self { amount, unit }
    }

    /// The same quantity in another unit of the same kind, exactly.
    pub fn to(self, unit: Unit) -> Result<Self, DomainError> {
        if self.unit.kind() != unit.kind() {
            return Err(DomainError::UnitMismatch { from: self.unit.symbol(), to: unit.symbol() });
        }
        let amount = self
            .amount
            .checked_mul(self.unit.base())
            .and_then(|it| it.checked_div(unit.base()))
            .ok_or(DomainError::Overflow { what: "quantity" })?;
        Ok(Self { amount, unit })
    }

    /// Mass in kilograms, when the quantity is a mass.
    pub fn kilograms(self) -> Option<f64> {
        let kilograms = self.to(Unit::Kilogram).ok()?;
        kilograms.amount.try_into().ok()
    }
}

impl FromStr for Quantity {
    type Err = DomainError;
    /// "5 t", "1,000 kg", "200pcs". A comma before exactly three digits is a thousands separator; any other is refused.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let split = text
            .find(|it: char| !matches!(it, '0'..='9' | '.' | ',' | ' ' | '_' | '-' | '+'))
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let refuse = |why| DomainError::Amount { given: number.trim().to_owned(), why };
        let amount = plain_number(number.trim()).ok_or_else(|| refuse("it is not a plain number"))?;
        if unit.trim().is_empty() {
            return Err(DomainError::QuantityWithoutUnit { given: text.to_owned() });
        }
        if amount <= Decimal::ZERO {
            return Err(refuse("a quantity must be more than nothing"));
        }
        Ok(Self { amount, unit: unit.parse()? })
    }
}

/// Digits with an optional decimal point; commas, blanks and underscores only between groups of three digits.
pub fn plain_number(text: &str) -> Option<Decimal> {
    let mut parts = text.split([',', ' ', '_']);
    let first = parts.next()?;
    let mut digits = first.to_owned();
    let rest: Vec<&str> = parts.collect();
    for (index, part) in rest.iter().enumerate() {
        let whole = if index + 1 == rest.len() { part.split('.').next().unwrap_or(part) } else { part };
        if whole.len() != 3 || first.contains('.') || first.is_empty() {
            return None;
        }
        digits.push_str(part);
    }
    digits.parse().ok()
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount.normalize(), self.unit.symbol())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_and_converted_exactly() {
        let check = |text: &str, unit, expect: &str| {
            assert_eq!(text.parse::<Quantity>().unwrap().to(unit).unwrap().to_string(), expect)
        };
        check("5 t", Unit::Kilogram, "5000 kg");
        check("1,000 kg", Unit::Tonne, "1 t");
        check("2.5公吨", Unit::Kilogram, "2500 kg");
        check("1 lb", Unit::Kilogram, "0.45359237 kg");
        check("16,320 kg", Unit::Decitonne, "163.2 dtn");
        check("3 doz", Unit::Piece, "36 pcs");
    }

    #[test]
    fn bad_quantities_say_why() {
        let check = |text: &str, expect: &str| {
            let error = text.parse::<Quantity>().unwrap_err().to_string();
            assert!(error.contains(expect), "{error}");
        };
        check("5", "'5' has no unit");
        check("5 tonns", "did you mean tonnes?");
        check("1,5 t", "not a plain number");
        check("0 kg", "more than nothing");
        check("t", "not a plain number");
        check("-4 kg", "more than nothing");
    }

    #[test]
    fn kinds_do_not_mix() {
        assert_eq!(
            "5 t".parse::<Quantity>().unwrap().to(Unit::Litre).unwrap_err().to_string(),
            "PRP-1012: cannot turn t into l: they measure different things; give the quantity in a unit of the same kind"
        );
    }
}
