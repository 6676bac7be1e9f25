//! One paper, three writers: every figure must be in each of them.

use std::process::{Command, Stdio};

use calamine::{Data, Reader as _};
use domain::deal::Deals;
use testkit::fixture;

use desk::words::{Lang, Words};

use crate::paper::{PLANS_IN_FULL, Paper, Value};
use crate::{html, pdf, xlsx};

/// Text of a PDF as poppler reads it, without spaces: a cell may break a figure where a line ends.
fn pdf_text(bytes: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("papers-{}-{}.pdf", std::process::id(), bytes.len()));
    std::fs::write(&path, bytes).unwrap();
    let output = Command::new("pdftotext")
        .args(["-enc", "UTF-8"])
        .arg(&path)
        .arg("-")
        .stderr(Stdio::null())
        .output()
        .expect("pdftotext reads the PDF back: apt-get install poppler-utils");
    std::fs::remove_file(&path).unwrap();
    squeeze(&String::from_utf8(output.stdout).unwrap())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// Every cell of every sheet.
fn cells(bytes: &[u8]) -> Vec<Data> {
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let sheets = book.sheet_names();
    let range = |name: &String| book.worksheet_range(name).unwrap();
    sheets.iter().map(range).flat_map(|it| it.cells().map(|it| it.2.clone()).collect::<Vec<_>>()).collect()
}

fn numbers(cells: &[Data]) -> Vec<f64> {
    let number = |it: &Data| match it {
        Data::Float(value) => Some(*value),
        Data::Int(value) => Some(*value as f64),
        Data::DateTime(day) => Some(day.as_f64()),
        _ => None,
    };
    cells.iter().filter_map(number).collect()
}

/// Days as a spreadsheet counts them.
fn serial(day: domain::Date) -> f64 {
    let first: domain::Date = "1899-12-30".parse().unwrap();
    f64::from(first.until(day).unwrap().get_days())
}

fn check(deals: &Deals, lang: Lang) {
    let words = Words::new(lang);
    let paper = Paper::of(deals, None, &words);
    let figures = paper.figures();
    let page = squeeze(&html::of_paper(&paper, &words));
    let read = pdf_text(&pdf::of_paper(&paper, &words).unwrap());
    let sheet = numbers(&cells(&xlsx::of_paper(&paper, &words).unwrap()));
    for figure in figures {
        let text = squeeze(&figure.text);
        let escaped = text.replace('<', "&lt;").replace('>', "&gt;");
        assert!(page.contains(&escaped), "{lang:?}: {} is not in the HTML", figure.text);
        assert!(read.contains(&text), "{lang:?}: {} is not in the PDF", figure.text);
        let value = match figure.value {
            Value::Money { money, .. } => money.to_f64(),
            Value::Real { value, .. } => value,
            Value::Percent(value) => value / 100.0,
            Value::Whole(count) => count as f64,
            Value::Day(day) => serial(day),
        };
        let near = |it: &f64| (it - value).abs() <= 1e-9 * value.abs().max(1.0);
        assert!(sheet.iter().any(near), "{lang:?}: {} ({value}) is not in the workbook", figure.text);
    }
    assert!(read.contains(&squeeze(&paper.footer)) && read.contains(&paper.dossier), "{read}");
}

/// The answers of two needs over the bundled books, as the command line wrote them.
fn real() -> [Deals; 2] {
    [include_str!("../tests/magnets-birmingham.json"), include_str!("../tests/copper-which-market.json")]
        .map(|it| serde_json::from_str(it).unwrap())
}

#[test]
fn every_figure_is_in_every_format() {
    let [buy, sell] = real();
    for deals in [fixture::deals(), fixture::none_feasible(), buy, sell] {
        check(&deals, Lang::En);
        check(&deals, Lang::Zh);
    }
}

#[test]
fn figures_are_those_of_the_answer() {
    let [buy, sell] = real();
    for deals in [fixture::deals(), buy, sell] {
        let turned = if deals.need.direction == domain::Direction::Sell { -1.0 } else { 1.0 };
        for lang in [Lang::En, Lang::Zh] {
            let paper = Paper::of(&deals, None, &Words::new(lang));
            for (row, plan) in paper.ranking.iter().zip(&deals.plans) {
                let Value::Money { money, .. } = row.landed.value else { panic!("{row:?}") };
                assert!((money.to_f64() - turned * plan.landed.bound().to_f64()).abs() < 1e-9);
                assert_eq!(row.exact, plan.landed.is_exact());
            }
            for (written, plan) in paper.plans.iter().zip(&deals.plans) {
                for (line, read) in written.lines.iter().zip(&plan.lines) {
                    assert_eq!(line.amount.is_some(), read.amount.is_some(), "unknown is not zero");
                    assert_eq!(line.recoverable, read.recoverable);
                }
            }
        }
    }
}

#[test]
fn the_same_answer_gives_the_same_bytes() {
    let (deals, words) = (fixture::deals(), Words::new(Lang::Zh));
    let once = || (pdf::answer(&deals, None, &words).unwrap(), xlsx::answer(&deals, None, &words).unwrap());
    assert!(once() == once(), "bytes differ");
}

#[test]
fn the_pdf_is_tagged_and_claims_its_standard() {
    let bytes = pdf::answer(&fixture::deals(), None, &Words::english()).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    for expect in ["/StructTreeRoot", "/Marked true", "/Lang", "pdfuaid:part"] {
        assert!(text.contains(expect), "{expect}");
    }
}

#[test]
fn a_character_without_a_face_is_said_and_counted() {
    let mut deals = fixture::deals();
    deals.plans[0].labels.insert("supplier".into(), "Ship \u{1f6a2} شركة النور".into());
    let read = pdf_text(&pdf::answer(&deals, None, &Words::english()).unwrap());
    assert!(read.contains("[U+1F6A2]") && read.contains("PRP-2201:1character"), "{read}");
    let page = html::answer(&deals, None, &Words::english());
    assert!(page.contains('\u{1f6a2}') && !page.contains("PRP-2201"));
}

#[test]
fn the_faces_have_every_character_of_our_own_words() {
    for lang in [Lang::En, Lang::Zh] {
        let words = Words::new(lang);
        for deals in real() {
            let read = pdf_text(&pdf::answer(&deals, None, &words).unwrap());
            assert!(!read.contains("PRP-2201"), "{lang:?}");
        }
    }
}

#[test]
fn words_of_others_stay_words() {
    let mut deals = fixture::deals();
    let evil = "=HYPERLINK(\"http://x\")<script>alert(1)</script>\u{202e}";
    deals.plans[0].labels.insert("supplier".into(), evil.into());
    deals.plans[0].id = "=cmd|' /C calc'!A0".into();
    deals.plans[0].lines[0].label = "@SUM(A1)".into();
    let words = Words::english();
    let page = html::answer(&deals, None, &words);
    assert!(!page.contains("<script") && !page.contains('\u{202e}'), "{page}");
    let bytes = xlsx::answer(&deals, None, &words).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(bytes.clone())).unwrap();
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        let bad = formulas.used_cells().find(|it| it.2.contains("HYPERLINK") || it.2.contains("cmd"));
        // The plan's own sheet is named after it, without what Excel forbids; a reference to it is quoted.
        assert!(bad.is_none_or(|it| it.2.starts_with('\'')), "{bad:?}");
    }
    let risky = |it: &Data| matches!(it, Data::String(text) if text.starts_with(['=', '@', '+']));
    assert!(!cells(&bytes).iter().any(risky));
    pdf::answer(&deals, None, &words).unwrap();
}

#[test]
fn a_great_answer_stays_a_paper() {
    let mut deals = fixture::deals();
    let first = deals.plans[0].clone();
    deals.plans = (1..=520_u32)
        .map(|rank| domain::deal::Assessment { id: format!("CN-sea-{rank}"), rank, ..first.clone() })
        .collect();
    deals.plans[0].lines[0].because.stated = None;
    deals.plans[0].labels.insert("supplier".into(), "长".repeat(100_000));
    let words = Words::english();
    let paper = Paper::of(&deals, None, &words);
    assert_eq!((paper.plans.len(), paper.ranking.len(), paper.not_in_table), (PLANS_IN_FULL, 500, 20));
    let bytes = pdf::of_paper(&paper, &words).unwrap();
    assert!(bytes.len() < 4_000_000, "{}", bytes.len());
    let read = pdf_text(&bytes);
    assert!(
        read.contains("488moreplansareinthetableonly.20moreplansarenotinthispaper"),
        "it says what it leaves out"
    );
    assert!(read.contains("CN-sea-500") && !read.contains("CN-sea-501"));
}

#[test]
fn the_faces_are_those_that_were_made() {
    let made = include_str!("../fonts/source.toml");
    for (name, bytes) in pdf::faces() {
        let digest = domain::ContentHash::of(bytes).to_string();
        assert!(
            made.contains(&digest) && made.contains(name),
            "{name} is not what source.toml says: {digest}"
        );
    }
}
