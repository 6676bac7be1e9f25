use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn chinese() -> Words {
    Words::new(Lang::Zh)
}

#[test]
fn every_english_sentence_can_be_recognised() {
    let (sentences, wrong) = Sentences::of(ENGLISH);
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(sentences.by_key.len(), sentences.patterns.len(), "a key stands twice");
}

/// A sentence filled with arguments is taken apart into the same arguments and put together to the same sentence.
#[test]
fn a_sentence_is_taken_apart_and_put_together_again() {
    for pattern in &Sentences::get().patterns {
        let mut given: Vec<(String, String)> = Vec::new();
        for slot in pattern.slots() {
            let value = match slot.kind {
                Kind::Number => "12.5",
                Kind::Money => "131056.72 GBP",
                Kind::Date => "2026-12-31",
                Kind::Code => "8505.11",
                Kind::Economy => "China",
                Kind::Mode => "rail",
                Kind::Name => "Ningbo",
                Kind::Quote => "words, of; others",
                Kind::Said => "own funds",
                Kind::List | Kind::Semis => "own funds",
                Kind::Passages => "Suez Canal, Kiel Canal",
            };
            given.push((slot.name.clone(), value.to_owned()));
        }
        given.dedup();
        let text = pattern.fill(&given);
        let mut back = Vec::new();
        let fits = pattern.matches(&text, &mut |taken| {
            back = taken.iter().map(|it| (it.0.name.clone(), it.1.to_owned())).collect();
            true
        });
        assert!(fits, "{}: {text}", pattern.key);
        assert_eq!(pattern.fill(&back), text, "{}", pattern.key);
    }
}

/// Every code that an engine gives to a finding has a sentence in the phrasebook.
#[test]
fn every_finding_of_the_sources_is_in_the_phrasebook() {
    let known: Vec<&str> = Sentences::get().by_key.keys().map(String::as_str).collect();
    let mut missing = BTreeMap::new();
    let mut found = 0;
    for folder in ["engines", "edges/lake", "edges/desk"] {
        sources(&workspace().join(folder), &mut |path, text| {
            for code in codes(text) {
                found += 1;
                // The code of a hit is that of its rulepack's kind; what it says is checked below.
                let prefix = format!("finding-{code}");
                if !known
                    .iter()
                    .any(|it| it.strip_prefix(&prefix).is_some_and(|it| it.is_empty() || it.starts_with('-')))
                {
                    missing.insert(code, path.display().to_string());
                }
            }
        });
    }
    assert!(found > 60, "only {found} findings were found in the sources");
    assert!(missing.is_empty(), "no sentence in locales/en/phrases.ftl for {missing:#?}");
}

fn sources(folder: &Path, see: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            sources(&path, see);
        } else if path.extension().is_some_and(|it| it == "rs") && !name.contains("tests") {
            see(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The numbers in `Finding::new(1841, ...` and in the shorthand `finding(1230, ...` of one engine.
fn codes(text: &str) -> Vec<u16> {
    let mut all = Vec::new();
    for mark in ["Finding::new(", "finding("] {
        for (at, _) in text.match_indices(mark) {
            let digits: String =
                text[at + mark.len()..].trim_start().chars().take_while(char::is_ascii_digit).collect();
            all.extend(digits.parse::<u16>().ok().filter(|it| digits.len() == 4 && *it > 1000));
        }
    }
    all
}

/// Texts and hints of rulepacks become findings: each is a sentence of the phrasebook and is said in Chinese.
#[test]
fn every_text_of_a_rulepack_is_said_in_chinese() {
    let mut seen = 0;
    let mut missing = Vec::new();
    rulepacks(&workspace().join("rulepacks"), &mut |text| {
        for line in text.lines() {
            let Some((key, value)) = line.split_once(" = \"") else { continue };
            if !matches!(key, "text" | "hint" | "then_text") {
                continue;
            }
            seen += 1;
            let value = value.trim_end_matches('"').replace("\\\"", "\"");
            if Phrasebook::of(Lang::Zh).find(&value, &chinese()).is_none() {
                missing.push(value);
            }
        }
    });
    assert!(seen > 80, "only {seen} texts were found");
    assert!(missing.is_empty(), "{missing:#?}");
}

fn rulepacks(folder: &Path, see: &mut dyn FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rulepacks(&path, see);
        } else if path.extension().is_some_and(|it| it == "md") {
            see(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn sentences_are_said_in_chinese() {
    let words = chinese();
    for (english, expect) in [
        (
            "a limit of cost of 131056.72 GBP instead of 50000.00 GBP",
            "成本限额由 50000.00 GBP 放宽至 131056.72 GBP",
        ),
        ("Duty 2836.91 is not known: tariff of MA not loaded", "关税 2836.91 未知：未载入 MA 税则"),
        ("open Suez Canal, Kiel Canal", "开放苏伊士运河、基尔运河"),
        ("open account 60 days in EUR", "赊销 60 天（EUR）"),
        (
            "beaten on every axis, by Ningbo Magnetics by sea Ningbo - Liverpool, road to Birmingham with documentary collection, D/P (cost -12.00 USD, 67 days)",
            "各方面均不及：Ningbo Magnetics，海运：Ningbo – Liverpool，公路至 Birmingham，跟单托收 D/P（成本 -12.00 USD，67 天）",
        ),
        ("PRP-1702: The United States bars imports from Iran.", "PRP-1702：美国禁止从伊朗进口。"),
    ] {
        assert_eq!(words.say(english), expect);
        assert_eq!(Words::english().say(english), english);
    }
}

#[test]
fn what_is_no_sentence_stays() {
    let words = chinese();
    let long = "open ".repeat(5_000);
    for text in [
        "",
        "Nobody says this.",
        "open sesame",
        "关税 2836.91",
        "is not known: tariff of MA not loaded",
        long.as_str(),
    ] {
        assert_eq!(words.say(text), text);
    }
}

#[test]
fn a_hostile_text_costs_little() {
    let text = format!("{} - , to - , to (MA)", "sea x - y, road to z, rail to ".repeat(400));
    let before = std::time::Instant::now();
    let said = chinese().say(&text).into_owned();
    assert!(!said.is_empty());
    assert!(before.elapsed() < std::time::Duration::from_secs(5), "{:?}", before.elapsed());
}

#[test]
fn the_argument_of_a_sentence_is_found_in_both_languages() {
    let book = Phrasebook::of(Lang::Zh);
    for text in [
        "tariff of AE is not loaded; load it with `periplus data import FILE`",
        "未载入 AE 税则；请用 `periplus data import FILE` 导入",
    ] {
        assert_eq!(book.argument("gap-tariff", "economy", text), Some("AE"));
    }
    assert_eq!(book.argument("gap-tariff", "economy", "something else"), None);
}

/// Hints that are written out in the sources, and findings without figures, are sentences of the phrasebook to the letter.
#[test]
fn every_plain_hint_of_the_sources_is_said_in_chinese() {
    let mut seen = 0;
    let mut missing = Vec::new();
    for folder in ["engines", "edges/lake", "edges/desk"] {
        sources(&workspace().join(folder), &mut |_, text| {
            let code = text.split("#[cfg(test)]").next().unwrap_or(text);
            for hint in literals_after(code, ".hint(") {
                seen += 1;
                if Phrasebook::of(Lang::Zh).find(&hint, &chinese()).is_none() {
                    missing.push(hint);
                }
            }
        });
    }
    assert!(seen > 30, "only {seen} hints were found");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The text literals that stand right after a mark.
fn literals_after(text: &str, mark: &str) -> Vec<String> {
    let after = text.match_indices(mark).map(|(at, _)| text[at + mark.len()..].trim_start());
    after
        .filter_map(|it| it.strip_prefix('"'))
        .filter_map(|it| it.split_once('"'))
        .filter(|(it, _)| !it.contains('\\'))
        .map(|(it, _)| it.replace("\\u{FFFD}", "\u{fffd}"))
        .collect()
}

/// Every error of the engines and of the lake has its sentence.
#[test]
fn every_error_of_the_sources_is_in_the_phrasebook() {
    let known: Vec<&str> = Sentences::get().by_key.keys().map(String::as_str).collect();
    let mut missing = BTreeMap::new();
    let mut seen = 0;
    for folder in ["engines", "edges/lake"] {
        sources(&workspace().join(folder), &mut |path, text| {
            let errors =
                text.split("#[error(").skip(1).filter_map(|it| it.trim_start().strip_prefix("\"PRP-"));
            for code in errors.filter_map(|it| it.get(..4)) {
                seen += 1;
                let prefix = format!("error-{code}");
                if !known
                    .iter()
                    .any(|it| it.strip_prefix(&prefix).is_some_and(|it| it.is_empty() || it.starts_with('-')))
                {
                    missing.insert(code.to_owned(), path.display().to_string());
                }
            }
        });
    }
    assert!(seen > 60, "only {seen} errors were found");
    assert!(missing.is_empty(), "no sentence in locales/en/phrases.ftl for {missing:#?}");
}

#[test]
fn faults_are_said_in_chinese() {
    use crate::fault::{Exit, Fault};
    for (message, text, hint) in [
        (
            "PRP-1010: '5; 6' has no unit; write for example '5 t', '500 kg' or '200 pcs'",
            "“5; 6”没有单位",
            "请写例如“5 t”“500 kg”或“200 pcs”",
        ),
        (
            "PRP-1006: 'Chima' is not an economy; write its ISO 3166 code, for example CN or CHN; did you mean China (CN)?",
            "“Chima”不是经济体",
            "请写 ISO 3166 代码，例如 CN 或 CHN；是否指 China (CN)？",
        ),
        (
            "PRP-1812: the need does not say to where (a place); write for example 'buy 5 t' (English and Chinese are read)",
            "需求未说明到哪里（地点）",
            "请写例如“buy 5 t”（中英文均可）",
        ),
    ] {
        let (said, mend) = Fault::said(Exit::BadInput, message).words(&chinese());
        assert_eq!((said.as_str(), mend.as_deref()), (text, Some(hint)));
    }
}
