//! The book `hs`: the Harmonized System 2022 with other names of goods in English and Chinese.

use std::collections::{BTreeMap, BTreeSet};

use domain::csv::records;
use domain::{Basis, HsCode};
use lake::csv_text::Table;

use crate::context::{About, Context, Error, Made};

const HS: &str = "nomenclature/harmonized-system_datahub.csv.zst";
const HS17: &str = "nomenclature/baci_product_codes_HS17.csv.zst";
const TERMS: &str = "nomenclature/uk_fpo_search_references.json";
/// Our own list; kept in the folder of the book, read and written back in order.
const OWN: &str = "names_own.csv";
/// A search reference longer than this is a sentence about a product, not a name of goods.
const TERM_CHARS: usize = 60;

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("hs");
    let hs = headings(&book.text(HS)?)?;
    let (terms, left_out) = terms(&book.text(TERMS)?, &hs)?;
    let ended = ended(&book.text(HS17)?, &hs);
    book.input_terms(HS, "Datopian (datahub.io harmonized-system, from UN Statistics Division)", "PDDL");
    book.input_terms(HS17, "CEPII", "Etalab 2.0");
    book.input_terms(TERMS, "HM Revenue and Customs", "OGL v3");
    let own = own(&cx.book_text("hs", OWN)?, &hs)?;
    book.table(
        "hs2022.csv",
        two_columns(["code", "description"], hs.iter().map(|(hs, text)| (hs.to_string(), text.clone()))),
    );
    book.table("search_terms.csv", two_columns(["code", "name"], terms));
    book.table("ended_2017.csv", two_columns(["code", "description"], ended));
    book.table(OWN, own);
    let how = format!(
        "hs2022.csv: chapters, headings and subheadings of HS 2022 with the descriptions of UN Comtrade. search_terms.csv: names that traders \
search for in the UK tariff, each cut to the longest code of two, four or six digits that HS 2022 has; left out: {left_out} names that are \
longer than {TERM_CHARS} characters or whose code HS 2022 does not have. ended_2017.csv: subheadings of HS 2017 that HS 2022 does not have. \
names_own.csv: names in English and Chinese for goods that the bundled trade flows cover, a list of our own. Not there: legal notes, \
national lines, and the concordance between editions.",
    );
    Ok(vec![book.finish(&About {
        title: "Harmonized System 2022 with other names of goods",
        publisher: "Datopian, HM Revenue and Customs, CEPII",
        licence: "PDDL; search_terms.csv OGL v3; ended_2017.csv Etalab 2.0",
        licence_url: Some("https://opendatacommons.org/licenses/pddl/1-0/"),
        vintage: "2026-07",
        basis: Basis::Observed,
        how: &how,
    })])
}

/// `section,hscode,description,parent,level`.
fn headings(text: &str) -> Result<BTreeMap<HsCode, String>, Error> {
    let mut found = BTreeMap::new();
    for (line, cells) in records(text).skip(1) {
        let [_, code, description, ..] = cells.as_slice() else {
            return Err(format!("{HS}, line {line}: too few columns").into());
        };
        // "TOTAL" and the residues of statistics (99 9999AA) are not goods.
        if let Ok(hs) = code.parse::<HsCode>() {
            found.insert(hs, description.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    if found.len() < 6_000 {
        return Err(format!("{HS}: only {} codes", found.len()).into());
    }
    Ok(found)
}

/// Search references with the longest code that exists, and how many were left out.
fn terms(text: &str, hs: &BTreeMap<HsCode, String>) -> Result<(Vec<(String, String)>, usize), Error> {
    let all: BTreeMap<String, String> = serde_json::from_str(text)?;
    let mut found = BTreeSet::new();
    let mut left_out = 0;
    for (term, code) in all {
        let code = code.parse::<HsCode>().ok().and_then(|it| it.ancestry().find(|it| hs.contains_key(it)));
        match code {
            Some(code) if term.chars().count() <= TERM_CHARS && !term.trim().is_empty() => {
                found.insert((code, term.trim().to_lowercase()));
            }
            _ => left_out += 1,
        }
    }
    Ok((found.into_iter().map(|(code, term)| (code.to_string(), term)).collect(), left_out))
}

/// Subheadings of HS 2017 that HS 2022 no longer has.
fn ended(text: &str, hs: &BTreeMap<HsCode, String>) -> Vec<(String, String)> {
    let mut found = BTreeMap::new();
    for (_, cells) in records(text).skip(1) {
        let (Some(code), Some(description)) = (cells.first(), cells.get(1)) else { continue };
        let Ok(code) = format!("{code:0>6}").parse::<HsCode>() else { continue };
        if code.digits() == 6 && !hs.contains_key(&code) {
            let short: String =
                description.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(90).collect();
            found.insert(code, short);
        }
    }
    found.into_iter().map(|(code, text)| (code.to_string(), text)).collect()
}

/// Our own list in the order of codes; a code that does not exist is an error, so that a slip is seen.
fn own(text: &str, hs: &BTreeMap<HsCode, String>) -> Result<String, Error> {
    let mut rows = Vec::new();
    for (line, cells) in records(text).skip(1) {
        let (Some(code), Some(name)) = (cells.first(), cells.get(1)) else { continue };
        let code: HsCode = code.parse().map_err(|error| format!("{OWN}, line {line}: {error}"))?;
        if !hs.contains_key(&code) {
            return Err(format!("{OWN}, line {line}: HS 2022 has no {code}").into());
        }
        rows.push((code, name.to_string()));
    }
    rows.sort_by_key(|it| it.0);
    Ok(two_columns(["code", "name"], rows.into_iter().map(|(code, name)| (code.to_string(), name))))
}

fn two_columns(header: [&str; 2], rows: impl IntoIterator<Item = (String, String)>) -> String {
    let mut table = Table::new(&header);
    for (left, right) in rows {
        table.row([left.as_str(), right.as_str()]);
    }
    table.finish()
}
