//! Currencies of ISO 4217 and their minor units.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::DomainError;
use crate::suggest::nearest;

/// A currency by its ISO 4217 alphabetic code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Active codes of ISO 4217 (list one), without funds and metals.
const KNOWN: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS \
INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS \
SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";
/// Words for currencies that people write instead of the code, in English and Chinese.
const WORDS: &[(&str, &str)] = &[
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("us dollar", "USD"),
    ("us dollars", "USD"),
    ("$", "USD"),
    ("us$", "USD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("€", "EUR"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("sterling", "GBP"),
    ("£", "GBP"),
    ("yen", "JPY"),
    ("¥", "JPY"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rmb", "CNY"),
    ("dirham", "MAD"),
    ("美元", "USD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("人民币", "CNY"),
    ("元", "CNY"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("澳元", "AUD"),
    ("加元", "CAD"),
    ("迪拉姆", "MAD"),
    ("卢比", "INR"),
    ("韩元", "KRW"),
];

impl Currency {
    pub const USD: Self = Self(*b"USD");
    pub const EUR: Self = Self(*b"EUR");
    pub const GBP: Self = Self(*b"GBP");
    pub const CNY: Self = Self(*b"CNY");
    pub const AUD: Self = Self(*b"AUD");
    pub const JPY: Self = Self(*b"JPY");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// How many decimal digits the minor unit has: 2 for USD, 0 for JPY, 3 for KWD.
    pub const fn minor_digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Reads a code or an everyday word for a currency ("pounds", "人民币").
    pub fn from_word(word: &str) -> Result<Self, DomainError> {
        let word = word.trim();
        if let Ok(found) = word.parse() {
            return Ok(found);
        }
        let lower = word.to_lowercase();
        WORDS.iter().find(|(name, _)| *name == lower).map_or_else(|| word.parse(), |(_, code)| code.parse())
    }
}

impl FromStr for Currency {
    type Err = DomainError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim().to_ascii_uppercase();
        let known = KNOWN.split_ascii_whitespace().any(|it| it == code);
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(letters) if known => Ok(Self(letters)),
            _ => Err(DomainError::Currency {
                given: text.trim().to_owned(),
                nearest: nearest(&code, KNOWN.split_ascii_whitespace()).map(str::to_owned),
            }),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_are_read() {
        for (given, expect) in
            [("usd", "USD"), (" GBP ", "GBP"), ("pounds", "GBP"), ("人民币", "CNY"), ("dirham", "MAD")]
        {
            assert_eq!(Currency::from_word(given).unwrap().code(), expect);
        }
    }

    #[test]
    fn an_unknown_code_says_so_and_suggests() {
        let error = "USDD".parse::<Currency>().unwrap_err().to_string();
        assert_eq!(
            error,
            "PRP-1001: 'USDD' is not a currency of ISO 4217; write its three letters, for example USD; did you mean USD?"
        );
    }

    #[test]
    fn minor_units_follow_iso_4217() {
        for (code, digits) in [("USD", 2), ("JPY", 0), ("KWD", 3), ("MAD", 2), ("VND", 0)] {
            assert_eq!(code.parse::<Currency>().unwrap().minor_digits(), digits, "{code}");
        }
    }
}
