//! Quantities, dates, money and codes from any text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = text.parse::<domain::Quantity>();
    let _ = text.parse::<domain::HsCode>();
    let _ = text.parse::<domain::Locode>();
    let _ = text.parse::<domain::Incoterm>();
    let _ = domain::Currency::from_word(text);
    let _ = domain::calendar::parse_date(text);
    let _ = domain::Money::parse(text, domain::Currency::USD);
    let _ = domain::suggest::fold(text);
});
