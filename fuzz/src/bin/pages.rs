//! Pages of Markdown from any text: rulepacks with their examples, and scenarios.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(book) = rules::RuleBook::read([("fuzz.md", text)]) {
        let on = domain::calendar::parse_date("2026-11-22").unwrap();
        for pack in book.list_all() {
            let _ = pack.in_force(on);
            for name in pack.parameters().keys() {
                let _ = (pack.param(name, on), pack.word(name, on), pack.list(name, on));
            }
        }
    }
    if let Ok(scenario) = testkit::Scenario::parse(text) {
        assert_eq!(testkit::Scenario::parse(text).as_ref(), Ok(&scenario));
    }
});
