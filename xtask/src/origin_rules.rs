//! The book `origin-rules-gb`: UK preferential schemes, who may claim them, how origin is proved, and the product rules.

use std::collections::BTreeSet;

use lake::csv_text::Table;
use lake::import::Tally;
use lake::import::tariff::origin_rules::{
    ABOUT, RULES_HEADER, Rule, members_csv, push_rules, read_rules, read_schemes, schemes_csv,
};

use crate::context::{About, Context, Error, Made};

const FOLDER: &str = "tariffs/uk_rules_of_origin";
/// Schemes with product rules at hand, and the file of each.
const RULE_FILES: [(&str, &str); 12] = [
    ("cptpp", "cptpp.json.zst"),
    ("dcts-general-enhanced", "dcts-general-enhanced.json"),
    ("dcts-ldcs", "dcts-ldcs.json"),
    ("eu", "eu.json.zst"),
    ("india", "india.json"),
    ("japan", "japan.json.zst"),
    ("mexico", "mexico.json.zst"),
    ("morocco", "morocco.json.zst"),
    ("singapore", "singapore.json.zst"),
    ("south-korea", "south-korea.json.zst"),
    ("turkey", "turkey.json.zst"),
    ("vietnam", "vietnam.json.zst"),
];
/// Chapters whose rules are bundled: minerals, ores and fuels, chemicals, precious and base metals, machinery, electrical
/// goods, vehicles. The rest would take the book over its share of the binary.
const CHAPTERS: [(u32, u32); 5] = [(25, 29), (38, 38), (71, 81), (84, 85), (87, 87)];

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("origin-rules-gb");
    let file = format!("{FOLDER}/roo_schemes_uk.json");
    let mut tally = Tally::default();
    let schemes = read_schemes(&file, &book.text(&file)?, &mut tally)?;
    let mut table = Table::new(&RULES_HEADER);
    let mut left_out = 0;
    let mut tally = Tally::default();
    for (scheme, name) in RULE_FILES {
        let file = format!("{FOLDER}/{name}");
        let mut rules = read_rules(&file, &book.text(&file)?, &mut tally)?;
        let all = rules.len();
        rules.retain(is_bundled);
        left_out += all - rules.len();
        push_rules(&mut table, scheme, &rules);
    }
    let with_rules: BTreeSet<_> = RULE_FILES.iter().map(|it| it.0).collect();
    let without = schemes.iter().filter(|it| !with_rules.contains(it.code.as_str())).count();
    book.table("rules.csv", table.finish());
    book.table("schemes.csv", schemes_csv(&schemes));
    book.table("members.csv", members_csv(&schemes));
    let how = format!(
        "{} Kept: rules of chapters 25 to 29, 38, 71 to 81, 84, 85 and 87. Left out: {left_out} rules of other chapters, and the product rules of {without} \
         schemes, which are not at hand.",
        ABOUT.how
    );
    Ok(vec![book.finish(&About {
        title: ABOUT.title,
        publisher: ABOUT.publisher,
        licence: ABOUT.licence,
        licence_url: ABOUT.licence_url,
        vintage: "2026-08",
        basis: ABOUT.basis,
        how: &how,
    })])
}

fn is_bundled(rule: &Rule) -> bool {
    let chapter = |code: &str| code.get(..2).and_then(|it| it.parse::<u32>().ok()).unwrap_or_default();
    let (first, last) = (chapter(&rule.first), chapter(&rule.last));
    CHAPTERS.iter().any(|&(from, to)| first <= to && last >= from)
}
