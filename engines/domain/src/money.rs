//! Money as an integer of minor units with its currency. No float ever holds an amount.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::error::DomainError;
use crate::rate::Ppm;

/// An amount in minor units of one currency (cents, pence, fils; yen themselves).
/// Two currencies never add: arithmetic between them is an error, not a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// How money is written in JSON: a decimal string and a code, so that no reader rounds it.
#[derive(Serialize, Deserialize)]
struct Written {
    amount: String,
    currency: Currency,
}

impl Money {
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    pub const fn minor(self) -> i64 {
        self.minor
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Rounds half away from zero to the minor unit, as customs and invoices do unless a rule says otherwise.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Self, DomainError> {
        let digits = currency.minor_digits();
        let rounded = amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
        let scaled = rounded
            .checked_mul(Decimal::from(10_i64.pow(digits)))
            .ok_or(DomainError::Overflow { what: "money" })?;
        let minor = i64::try_from(scaled.trunc().mantissa() / 10_i128.pow(scaled.trunc().scale()))
            .map_err(|_| DomainError::Overflow { what: "money" })?;
        Ok(Self { minor, currency })
    }

    /// The amount in major units, exactly: 1234 minor units of USD are 12.34.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.minor_digits())
    }

    /// The amount in major units, for statistics and plots only; never for a figure that is shown as money.
    pub fn to_f64(self) -> f64 {
        self.minor as f64 / 10_f64.powi(self.currency.minor_digits() as i32)
    }

    /// The nearest amount to a statistic in major units.
    pub fn from_f64(amount: f64, currency: Currency) -> Result<Self, DomainError> {
        let minor = (amount * 10_f64.powi(currency.minor_digits() as i32)).round();
        if !minor.is_finite() || minor.abs() >= 9.0e18 {
            return Err(DomainError::Overflow { what: "money" });
        }
        Ok(Self { minor: minor as i64, currency })
    }

    /// Reads "1234.50"; thousands separators are refused because "1,234" means different sums in different countries.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, DomainError> {
        let text = text.trim();
        let refuse = |why| DomainError::Amount { given: text.to_owned(), why };
        if text.contains(',') {
            return Err(refuse("a comma may mean thousands or decimals"));
        }
        let amount: Decimal = text.parse().map_err(|_| refuse("it is not a number"))?;
        if amount.normalize().scale() > currency.minor_digits() {
            return Err(refuse("it has more decimals than the currency"));
        }
        Self::from_decimal(amount, currency)
    }

    pub fn checked_add(self, other: Self) -> Result<Self, DomainError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(DomainError::Overflow { what: "sum" })?;
        Ok(Self { minor, ..self })
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, DomainError> {
        self.same_currency(other)?;
        let minor =
            self.minor.checked_sub(other.minor).ok_or(DomainError::Overflow { what: "difference" })?;
        Ok(Self { minor, ..self })
    }

    /// `rate` of this amount, rounded half away from zero to the minor unit.
    #[must_use]
    pub fn share(self, rate: Ppm) -> Self {
        let product = i128::from(self.minor) * i128::from(rate.0);
        let half = if product < 0 { -500_000 } else { 500_000 };
        Self { minor: i64::try_from((product + half) / 1_000_000).unwrap_or(i64::MAX), ..self }
    }

    /// Order within one currency; `None` across currencies.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.minor.cmp(&other.minor))
    }

    fn same_currency(self, other: Self) -> Result<(), DomainError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(DomainError::CurrencyMismatch {
            left: self.currency.to_string(),
            right: other.currency.to_string(),
        })
    }
}

impl TryFrom<Written> for Money {
    type Error = DomainError;
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        Self::parse(&written.amount, written.currency)
    }
}

impl From<Money> for Written {
    fn from(money: Money) -> Self {
        Self { amount: money.to_decimal().to_string(), currency: money.currency }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_go_in_and_come_out_exactly() {
        for (text, code, expect) in
            [("12.34", "USD", "12.34 USD"), ("1200", "JPY", "1200 JPY"), ("0.5", "KWD", "0.500 KWD")]
        {
            assert_eq!(Money::parse(text, code.parse().unwrap()).unwrap().to_string(), expect);
        }
    }

    #[test]
    fn bad_amounts_say_why() {
        let check =
            |text, expect| assert_eq!(Money::parse(text, Currency::USD).unwrap_err().to_string(), expect);
        check(
            "1,234",
            "PRP-1002: cannot read '1,234' as an amount: a comma may mean thousands or decimals; write digits with a decimal point, for example 1234.50",
        );
        check(
            "NaN",
            "PRP-1002: cannot read 'NaN' as an amount: it is not a number; write digits with a decimal point, for example 1234.50",
        );
        check(
            "1.234",
            "PRP-1002: cannot read '1.234' as an amount: it has more decimals than the currency; write digits with a decimal point, for example 1234.50",
        );
    }

    #[test]
    fn currencies_do_not_mix() {
        let error =
            Money::from_minor(1, Currency::USD).checked_add(Money::from_minor(1, Currency::EUR)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "PRP-1003: cannot put USD and EUR together: they are different currencies; convert one first"
        );
    }

    #[test]
    fn shares_round_half_away_from_zero() {
        let check = |minor, ppm, expect| {
            assert_eq!(Money::from_minor(minor, Currency::USD).share(Ppm(ppm)).minor(), expect)
        };
        check(1_00, 5_000, 1); // 0.5 cents
        check(-1_00, 5_000, -1);
        check(1_015_000, 100_000, 101_500);
    }

    #[test]
    fn json_keeps_the_decimal_as_text() {
        let json = serde_json::to_string(&Money::from_minor(123_450, Currency::GBP)).unwrap();
        assert_eq!(json, r#"{"amount":"1234.50","currency":"GBP"}"#);
        assert_eq!(serde_json::from_str::<Money>(&json).unwrap().minor(), 123_450);
    }
}
