//! Tariff expressions from any text: read, told back, worked out on goods.
#![no_main]

use customs::parse_expression;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse_expression(text) {
        Ok(it) => {
            let _ = (it.is_free(), it.is_on_top(), it.includes_base(), it.percent());
            assert_eq!(parse_expression(text).as_ref(), Ok(&it), "read twice, read otherwise");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
