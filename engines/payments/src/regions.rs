//! Which economies share a payment area, restrict payments abroad, or are watched by banks. Dated where they changed.

use domain::calendar::parse_date;
use domain::{Currency, Date, Economy};

/// Geographical scope of the SEPA schemes (European Payments Council, EPC409-09): the European Economic Area with the territories
/// that belong to it, Switzerland, the United Kingdom and its Crown Dependencies, and the European microstates.
const SEPA: &str = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH GB AD MC SM VA \
GI GG JE IM AX BL GF GP MF MQ PM RE YT";
/// Joined later, with the day from which their banks can be reached at the earliest.
const SEPA_LATER: [(&str, &str); 5] = [
    ("AL", "2025-10-05"),
    ("ME", "2025-10-05"),
    ("MD", "2025-10-05"),
    ("MK", "2025-10-05"),
    ("RS", "2026-05-05"),
];
/// Currencies that are not delivered outside their economy, and trade abroad only as non-deliverable forwards.
const NOT_DELIVERABLE: &str =
    "ARS BDT BRL CLP COP DZD EGP ETB IDR INR KRW LKR MAD MYR NGN PHP PKR TND TWD UYU VND PEN NPR MMK";
/// Currencies in which third parties invoice each other.
const VEHICLES: &str = "USD EUR GBP JPY CHF CNY";
/// Economies that control payments abroad, so that a bank asks for papers before it pays (IMF, Annual Report on Exchange
/// Arrangements and Exchange Restrictions, "controls on payments for imports").
const EXCHANGE_CONTROL: &str = "BD CN DZ ET IN LK MA NG NP PK TN VN ZA";
/// FATF, "High-Risk Jurisdictions subject to a Call for Action", with the day each was listed.
const CALL_FOR_ACTION: [(&str, &str); 3] = [("KP", "2011-02-25"), ("IR", "2020-02-21"), ("MM", "2022-10-21")];
/// Economies whose banks are widely cut off or whose payments banks examine one by one.
const WATCHED: &str = "BY CU IR KP RU SY VE MM";

fn has(list: &str, code: &str) -> bool {
    list.split_ascii_whitespace().any(|it| it == code)
}

fn since(list: &[(&str, &str)], economy: Economy, on: Date) -> bool {
    list.iter().any(|(code, day)| *code == economy.code() && parse_date(day).is_ok_and(|it| it <= on))
}

/// Whether banks of the economy take part in SEPA on that day.
pub fn in_sepa(economy: Economy, on: Date) -> bool {
    has(SEPA, economy.code()) || since(&SEPA_LATER, economy, on)
}

pub fn deliverable(currency: Currency) -> bool {
    !has(NOT_DELIVERABLE, currency.code())
}

pub fn is_vehicle(currency: Currency) -> bool {
    has(VEHICLES, currency.code())
}

pub fn controls_payments(economy: Economy) -> bool {
    has(EXCHANGE_CONTROL, economy.code())
}

pub fn called_for_action(economy: Economy, on: Date) -> bool {
    since(&CALL_FOR_ACTION, economy, on)
}

pub fn watched(economy: Economy) -> bool {
    has(WATCHED, economy.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// European Payments Council, list of SEPA scheme countries (EPC409-09): 41 countries in 2026.
    #[test]
    fn sepa_is_its_members_on_the_day() {
        let check = |code: &str, day: &str, expect: bool| {
            assert_eq!(in_sepa(code.parse().unwrap(), parse_date(day).unwrap()), expect, "{code} {day}");
        };
        for member in ["DE", "NL", "GB", "CH", "NO", "BG", "MC", "VA"] {
            check(member, "2026-11-22", true);
        }
        for other in ["US", "CN", "TR", "UA", "MA", "BA"] {
            check(other, "2026-11-22", false);
        }
        check("AL", "2025-10-04", false);
        check("AL", "2025-10-05", true);
        check("RS", "2026-01-01", false);
        // 36 countries before 2025 and thirteen territories with codes of their own.
        assert_eq!(SEPA.split_ascii_whitespace().count(), 36 + 13);
        assert_eq!(36 + SEPA_LATER.len(), 41);
    }

    #[test]
    fn listings_have_their_day() {
        let myanmar: Economy = "MM".parse().unwrap();
        assert!(!called_for_action(myanmar, parse_date("2022-10-20").unwrap()));
        assert!(called_for_action(myanmar, parse_date("2022-10-21").unwrap()));
    }
}
