//! Makes the papers of an answer file, to look at: `cargo run -p papers --example paper ANSWER.json zh OUT`.
#![allow(clippy::unwrap_used, reason = "a tool for people who change the papers")]
#![allow(clippy::print_stderr, reason = "it talks to a person")]

use std::time::Instant;

use desk::words::{Lang, Words};
use domain::deal::Deals;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [answer, lang, out] = args.as_slice() else { return eprintln!("ANSWER.json LANG OUT") };
    let text = std::fs::read_to_string(answer).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let deals: Deals = serde_json::from_value(value["deals"].clone()).unwrap();
    let words = Words::new(Lang::of_tag(lang).unwrap());
    let made = |ending: &str, make: &dyn Fn() -> Vec<u8>| {
        make();
        let start = Instant::now();
        let bytes = make();
        eprintln!("{ending}: {:?}, {} bytes", start.elapsed(), bytes.len());
        std::fs::write(format!("{out}.{ending}"), bytes).unwrap();
    };
    made("pdf", &|| papers::pdf::answer(&deals, None, &words).unwrap());
    made("html", &|| papers::html::answer(&deals, None, &words).into_bytes());
    made("xlsx", &|| papers::xlsx::answer(&deals, None, &words).unwrap());
}
