//! What the codes of customs mean, for `explain`.

/// Number, and what it means and how to mend it.
pub const CODES: &[(u16, &str)] = &[
    (
        1201,
        "A table of a tariff or origin book has another header. The old book stays in force; make the table anew with the importer.",
    ),
    (
        1202,
        "A row of a tariff or origin book cannot be read. The old book stays in force; mend the row named or make the table anew.",
    ),
    (1203, "A tariff book has more rows than any tariff of one territory. Check that it is the right file."),
    (
        1204,
        "A duty text is not in the grammar. The duty is unknown, never zero; read the tariff line yourself and report the text.",
    ),
    (1220, "A rulepack file is too long. Cut it into several rules."),
    (1221, "A rulepack lacks a heading or its toml block. The headings and their order are in CONTRIBUTING."),
    (1222, "The toml block of a rulepack cannot be read."),
    (1223, "A date of a rulepack is not YYYY-MM-DD."),
    (1224, "A parameter of a rulepack has two values on one day."),
    (1225, "A parameter of a rulepack has no reference. Name the law, or say why it is assumed."),
    (1226, "A row under the examples of a rulepack has another number of cells than its header."),
    (
        1230,
        "The tariff of the importing territory is not loaded, so its duty is unknown: `periplus data import FILE`.",
    ),
    (
        1231,
        "No rule says which costs belong to the customs value there. Add a rulepack of the kind valuation.",
    ),
    (
        1232,
        "The tariff has no line for the code on that day. Check the code against the nearest lines named.",
    ),
    (1233, "The tariff says something that cannot be counted. The duty is unknown; the text is quoted."),
    (
        1234,
        "A fact is missing that the duty is counted on: a quantity, a strength, an exchange rate, freight or insurance. Give it.",
    ),
    (1235, "The rate of the tax on imports is not loaded for the country and day."),
    (1236, "A tax is charged on a duty that is not known, so it is not known either."),
    (1237, "The code means too many lines to work each of them out. Give eight digits."),
    (
        1238,
        "The code means several lines of the tariff. The one that owes most is taken; give the full code.",
    ),
    (1239, "The import is prohibited."),
    (1240, "The import needs a licence or certificate."),
    (1241, "Another rate would hold if a fact were declared."),
    (
        1242,
        "Trade remedies stand on longer codes than the one given, and are not counted. Give the full code.",
    ),
    (
        1243,
        "Additional duties are as of the vintage of the tariff book. Look up the latest before you commit.",
    ),
    (
        1244,
        "The buyer is taken to be registered for the tax and to get it back. Declare `buyer.vat_registered=no` if not.",
    ),
    (1245, "The standard rate of the tax is taken; a reduced rate for the goods would not be known."),
    (
        1246,
        "A relief for small consignments exists or has ended. It is taken only when the worth of the consignment is given.",
    ),
    (
        1247,
        "Preference is claimed on goods that come by way of a third country. Keep proof that they were not altered.",
    ),
    (1248, "Goods for Northern Ireland may owe the duty of the European Union."),
    (1249, "The tariff is older than the day asked for. Import a newer one."),
    (1250, "A table of lines lacks a column. It needs importer, origin, hs and value."),
    (1251, "A row of a table of lines cannot be read. It stays in the table with its reason."),
    (1252, "A code that lost its leading zero in a spreadsheet was mended."),
];

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn every_code_that_is_used_is_explained() {
        let sources = [
            include_str!("answer.rs"),
            include_str!("lines.rs"),
            include_str!("book.rs"),
            include_str!("expression/mod.rs"),
        ];
        for source in sources {
            for word in source.split(|it: char| !it.is_ascii_alphanumeric()) {
                let number =
                    word.parse::<u16>().ok().filter(|it| (1200..1300).contains(it) && word.len() == 4);
                if let Some(number) = number {
                    assert!(CODES.iter().any(|(it, _)| *it == number), "{number} is not explained");
                }
            }
        }
        assert!(CODES.windows(2).all(|it| it[0].0 < it[1].0), "codes are in order, none twice");
    }
}
