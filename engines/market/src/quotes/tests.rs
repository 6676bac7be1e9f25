use super::*;
use crate::testing::{economies, economy};

fn today() -> Date {
    domain::calendar::parse_date("2026-11-22").unwrap()
}

/// Cells are separated by `|`.
fn table(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|it| it.trim().to_owned()).collect()).collect()
}

fn read(text: &str) -> (Vec<Quote>, Report) {
    let rows = table(text);
    let result = parse(&Table { name: "quotes.csv", rows: &rows, lines: &[] }, &economies(), today());
    let report = &result.1;
    assert_eq!(report.rows, report.accepted + report.repaired + report.duplicate + report.rejected);
    result
}

const HEADER: &str =
    "Supplier|HS code|Price|Unit|Currency|Incoterm|Place|Country|Lead time|MOQ|Valid until|Certificates";

/// One row under the usual header.
fn row(text: &str) -> (Vec<Quote>, Report) {
    read(&format!("{HEADER}\n{text}"))
}

#[test]
fn a_sound_row_becomes_an_offer() {
    let (quotes, report) =
        row("Magnetic Works|850511|12.50|kg|USD|FOB|CNNGB|China|30 days|500 kg|2026-12-31|ISO 9001; EUR.1");
    assert_eq!((report.accepted, report.notes.len()), (1, 0));
    let offer = &quotes[0].offer;
    assert_eq!(offer.id, "quote:2");
    assert_eq!(offer.firm.as_deref(), Some("Magnetic Works"));
    assert_eq!(offer.economy, economy("CN"));
    assert_eq!(offer.place.as_ref().unwrap().locode.unwrap().code(), "CNNGB");
    assert_eq!(offer.price_per_kg, Some(Interval::exact(12.5)));
    assert_eq!((offer.currency, offer.incoterm), (Currency::USD, Incoterm::Fob));
    assert_eq!(offer.lead_days, Some(Interval::exact(30.0)));
    assert_eq!(offer.minimum_kg, Some(500.0));
    assert_eq!(offer.valid_until.unwrap().to_string(), "2026-12-31");
    assert_eq!(offer.certificates, ["ISO 9001", "EUR.1"]);
    assert_eq!(offer.because.basis, Basis::Observed);
    assert_eq!(offer.because.source.title, "quotes.csv");
    assert_eq!(offer.because.stated.as_deref(), Some("line 2: 12.50 USD per kg"));
}

#[test]
fn prices_are_read_as_people_write_them() {
    let check = |text: &str, expect: f64, fate: Fate| {
        let (quotes, report) = row(text);
        let got = quotes.first().unwrap_or_else(|| panic!("{text}: {:?}", report.notes));
        let price = got.offer.price_per_kg.unwrap().mid;
        assert!((price - expect).abs() < 1e-9, "{text}: {price}");
        assert_eq!(report.fates[0].1, fate, "{text}: {:?}", report.notes);
    };
    check("A|850511|12500|t|USD|FOB||CN", 12.5, Fate::Accepted);
    check("A|850511|\"1,250.50|100 kg|USD|FOB||CN".replace('"', "").as_str(), 12.505, Fate::Repaired);
    check("A|850511|USD 12,500/MT|||FOB||CN", 12.5, Fate::Repaired);
    check("A|850511|$12.5 per kg|||FOB||CN", 12.5, Fate::Accepted);
    check("A|850511|90.7184740|100 lb|pounds|FOB||CN", 2.0, Fate::Accepted);
    check("A|850511|88|公斤|人民币|FOB||中国", 88.0, Fate::Accepted);
}

#[test]
fn unit_and_currency_may_stand_in_the_header() {
    let (quotes, report) = read(
        "供应商|海关编码|单价（美元/公斤）|贸易术语|国家|交货期（周）|起订量（吨）\n甲厂|850511|12.5|FOB 宁波|中国|4-6|1",
    );
    assert_eq!(report.accepted, 1, "{:?}", report.notes);
    let offer = &quotes[0].offer;
    assert_eq!((offer.price_per_kg, offer.currency), (Some(Interval::exact(12.5)), Currency::USD));
    assert_eq!(offer.lead_days, Some(Interval::new(28.0, 35.0, 42.0)));
    assert_eq!(offer.minimum_kg, Some(1000.0));
    assert_eq!(offer.place.as_ref().unwrap().name, "宁波");
}

#[test]
fn a_letterhead_above_the_header_is_passed_over() {
    let text = format!("Magnetic Works Ltd\nQuotation 17|||\n\n{HEADER}\nA|850511|1|kg|USD|FOB||CN");
    let (quotes, report) = read(&text);
    assert_eq!((quotes.len(), report.rows, quotes[0].line), (1, 1, 5));
}

/// Column, reason and way to mend of a row that is not taken.
#[test]
fn bad_rows_say_column_and_reason() {
    let check = |text: &str, column: &str, expect: &str| {
        let (quotes, report) = row(text);
        assert_eq!((quotes.len(), report.rejected), (0, 1), "{text}");
        let note = report.notes.iter().find(|it| it.kind == NoteKind::Rejection).unwrap();
        assert_eq!((note.line, note.column.as_str()), (2, column), "{text}");
        assert!(note.finding.text.contains(expect), "{}", note.finding.text);
        assert!(note.finding.hint.is_some(), "{text}");
    };
    check("A|850511|12.5||USD|FOB||CN", "Unit", "the price has no unit");
    check("A|850511|12.5|kgg|USD|FOB||CN", "Unit", "did you mean kg?");
    check("A|850511|12.5|kg||FOB||CN", "Currency", "the price has no currency");
    check("A|850511|12.5|kg|USDD|FOB||CN", "Currency", "did you mean USD?");
    check("A|850511|12.5|kg|USD|FOBB||CN", "Incoterm", "did you mean FOB?");
    check("A|850511|12.5|kg|USD|||CN", "Incoterm", "no rule of delivery");
    check("A|850511||kg|USD|FOB||CN", "Price", "there is no price");
    check("A|850511|1,25,3|kg|USD|FOB||CN", "Price", "a comma may mean thousands or decimals");
    check("A|850511|1.25,00|kg|USD|FOB||CN", "Price", "a comma may mean thousands or decimals");
    check("A|850511|10-12|kg|USD|FOB||CN", "Price", "it is a range");
    check("A|850511|NaN|kg|USD|FOB||CN", "Price", "it is not a number");
    check("A|850511|-3|kg|USD|FOB||CN", "Price", "more than nothing");
    check("A|850511|0|kg|USD|FOB||CN", "Price", "more than nothing");
    check("A|magnets|12.5|kg|USD|FOB||CN", "HS code", "something other than digits");
    check("A||12.5|kg|USD|FOB||CN", "HS code", "neither a goods code nor a description");
    check("A|850511|12.5|kg|USD|FOB||Chima", "Country", "did you mean China (CN)?");
    check("A|850511|12.5|kg|USD|FOB|TOKYO|", "Country", "which country");
    check("A|850511|12.5|kg|USD|FOB||CN|soon", "Lead time", "cannot read 'soon' as a time");
    check("A|850511|12.5|kg|USD|FOB||CN||ten", "MOQ", "not a plain number");
    check("A|850511|12.5|kg|USD|FOB||CN|||31/12/26", "Valid until", "a year of two digits");
    check("A|850511|12.5|kg|USD|FOB||CN|||26-12-31", "Valid until", "a year of two digits");
    check("A|850511|12.5|kg|USD|FOB||CN|||03/04/2027", "Valid until", "the day first or the month first");
    check("A|850511|12.5|kg|USD|FOB||CN|||2027-02-30", "Valid until", "not a day of the calendar");
}

#[test]
fn what_is_mended_is_told() {
    let check = |text: &str, column: &str, expect: &str| {
        let (quotes, report) = row(text);
        assert_eq!((quotes.len(), report.repaired), (1, 1), "{text}: {:?}", report.notes);
        assert_eq!(report.notes[0].column, column);
        assert!(report.notes[0].finding.text.contains(expect), "{}", report.notes[0].finding.text);
    };
    check("A|10121|12.5|kg|USD|FOB||CN", "HS code", "leading zero of the goods code put back: 010121");
    check("A|850511|12,500|t|USD|FOB||CN", "Price", "thousands separators taken out: 12500");
    check("A|850511|38,90|kg|EUR|FOB||CN", "Price", "decimal comma read as a point: 38.90");
    check("A|850511|1,5|kg|EUR|FOB||CN", "Price", "decimal comma read as a point: 1.5");
    check("A|850511|1.250,00|t|EUR|FOB||CN", "Price", "decimal comma read as a point: 1250.00");
    check("A|850511|EUR 1.012.250,5/t|||FOB||CN", "Price", "decimal comma read as a point: 1012250.5");
    check("A|850511|12.5|kg|USD|FOB||CN||500", "MOQ", "taken as 500 kg, the unit of the price");
    check("A|850511|12.5|kg|USD|FOB||CN|||2027/3/5", "Valid until", "read as 2027-03-05");
    check("A|850511|12.5|kg|USD|FOB||CN|||2027年3月5日", "Valid until", "read as 2027-03-05");
}

#[test]
fn an_expired_quote_stays_with_a_remark() {
    let (quotes, report) = row("A|850511|12.5|kg|USD|FOB||CN|||2026-11-21");
    assert_eq!((quotes.len(), report.accepted), (1, 1));
    assert_eq!(report.notes[0].finding.text, "the quote expired on 2026-11-21");
    assert!(row("A|850511|12.5|kg|USD|FOB||CN|||2026-11-22").1.notes.is_empty());
}

#[test]
fn a_price_per_piece_is_unknown_by_mass_unless_the_weight_is_given() {
    let (quotes, report) = row("A|850511|3.20|pcs|USD|FOB||CN");
    assert_eq!(quotes[0].offer.price_per_kg, None);
    assert!(report.notes[0].finding.text.contains("the price of a kilogram is unknown"));
    let (quotes, _) = read(
        "Supplier|HS|Price|Unit|Currency|Incoterm|Country|Weight per piece (g)\nA|850511|3.20|pcs|USD|FOB|CN|80",
    );
    assert!((quotes[0].offer.price_per_kg.unwrap().mid - 40.0).abs() < 1e-9);
}

#[test]
fn beside_a_decimal_comma_three_digits_may_be_either() {
    let (quotes, report) = read(&format!(
        "{HEADER}\nA|850511|38,90|kg|EUR|FOB||CN\nB|850511|1,250|kg|EUR|FOB||CN\nC|850511|1.250|kg|EUR|FOB||CN"
    ));
    assert_eq!((quotes.len(), report.repaired, report.rejected), (1, 1, 2), "{:?}", report.notes);
    assert!(report.notes[1].finding.text.contains("other prices here have a decimal comma"));
}

#[test]
fn all_that_is_wrong_with_a_row_is_told() {
    let (_, report) = row("A|magnets|abc||USDD|FOBB||Chima|soon||31/12/26");
    let columns: Vec<&str> = report.notes.iter().map(|it| it.column.as_str()).collect();
    assert_eq!(
        columns,
        ["HS code", "Price", "Currency", "Unit", "Incoterm", "Country", "Lead time", "Valid until"],
        "{:?}",
        report.notes
    );
    let (_, report) = row("A|850511|12.5|kg|USD|FOB|Springfield||||2025-01-31");
    let said: Vec<&str> = report.notes.iter().map(|it| it.finding.text.as_str()).collect();
    assert!(said.iter().any(|it| it.contains("which country")), "{said:?}");
    assert!(said.iter().any(|it| it.contains("expired on 2025-01-31")), "{said:?}");
    assert_eq!((report.rejected, report.rows), (1, 1));
}

#[test]
fn the_place_of_a_seller_says_the_country() {
    let ningbo = |text: &str| {
        let locode: Locode = "CNNGB".parse().unwrap();
        let place =
            Place { name: "Ningbo".into(), economy: locode.economy(), locode: Some(locode), at: None };
        (text == "Ningbo").then_some(place)
    };
    let check = |text: &str| {
        let rows = table(&format!("{HEADER}\n{text}"));
        parse_with(&Table { name: "quotes.csv", rows: &rows, lines: &[] }, &economies(), &ningbo, today())
    };
    for text in ["A|850511|12.5|kg|USD|FOB Ningbo||", "A|850511|12.5|kg|USD|FCA|Ningbo|"] {
        let (quotes, report) = check(text);
        let offer = &quotes.first().unwrap_or_else(|| panic!("{text}: {:?}", report.notes)).offer;
        assert_eq!(offer.economy, economy("CN"));
        assert_eq!(offer.place.as_ref().unwrap().locode.unwrap().code(), "CNNGB");
        assert_eq!(report.notes[0].kind, NoteKind::Remark);
        let said = &report.notes[0].finding.text;
        assert!(said.contains("taken as China, where Ningbo (CNNGB) lies (assumed)"), "{said}");
    }
    // Where the goods go says nothing of where they come from.
    assert_eq!(check("A|850511|12.5|kg|USD|DAP Ningbo||").1.rejected, 1);
    assert!(check("A|850511|12.5|kg|USD|FOB Ningbo||CN").1.notes.is_empty());
}

#[test]
fn a_repeated_row_counts_once() {
    let one = "A|850511|12.5|kg|USD|FOB||CN";
    let (quotes, report) = row(&format!("{one}\n{one} \nB|850511|12.5|kg|USD|FOB||CN"));
    assert_eq!((quotes.len(), report.accepted, report.duplicate), (2, 2, 1));
    assert_eq!(report.notes[0].finding.text, "the row repeats line 2");
}

#[test]
fn a_place_may_lie_elsewhere_than_the_goods() {
    let (quotes, _) = row("A|850511|12.5|kg|EUR|DDP|Hamburg, Germany|China");
    let offer = &quotes[0].offer;
    assert_eq!((offer.economy, offer.place.as_ref().unwrap().economy), (economy("CN"), economy("DE")));
    assert_eq!(row("A|850511|12.5|kg|EUR|FOB|Ningbo, China|").0[0].offer.economy, economy("CN"));
    assert_eq!(row("A|850511|12.5|kg|EUR|FOB|Ningbo (CNNGB)|").0[0].offer.economy, economy("CN"));
}

#[test]
fn tables_without_use_say_so() {
    let (quotes, report) = read("hello\nworld");
    assert!(quotes.is_empty());
    assert!(report.findings[0].text.contains("the first row is 'hello'"), "{}", report.findings[0].text);
    let (_, report) = read("Supplier|HS code|Cost of it\nA|850511|3");
    assert!(
        report.findings[0].text.contains("columns not understood: Cost of it"),
        "{}",
        report.findings[0].text
    );
    assert_eq!((report.rows, report.rejected), (1, 1));
    assert_eq!(read("").1.rows, 0);
}

#[test]
fn offers_are_chosen_by_goods() {
    let (quotes, _) = read("Supplier|HS|Description|Price|Unit|Currency|Incoterm|Country
A|850511|magnets|1|kg|USD|FOB|CN\nB|8505|magnets|1|kg|USD|FOB|CN\nC|85051110||1|kg|USD|FOB|CN\nD||magnets|1|kg|USD|FOB|CN\nE|283691||1|kg|USD|FOB|CN");
    let firms: Vec<String> =
        offers_for(&quotes, "850511".parse().unwrap()).into_iter().filter_map(|it| it.firm).collect();
    assert_eq!(firms, ["A", "B", "C", "D"]);
}

#[test]
fn quotes_written_in_our_layout_read_back_the_same() {
    let (quotes, _) = read(&format!(
        "{HEADER}|Weight per piece (g)\nA|850511|12,500|MT|USD|FOB|Ningbo (CNNGB)|CN|30-45 days|500|2026-12-31|EUR.1; ISO 9001\n\
         B|10121|3.2|100 pcs|EUR|DDP|Hamburg, Germany|China|6 weeks|1000 pcs|||80\nC|850511|9|pcs|GBP|EXW||GB"
    ));
    assert_eq!(quotes.len(), 3);
    let rows = to_rows(&quotes);
    let (again, report) =
        parse(&Table { name: "quotes.csv", rows: &rows, lines: &[] }, &economies(), today());
    assert_eq!((report.accepted, report.repaired), (3, 0), "{:?}", report.notes);
    for (one, two) in quotes.iter().zip(&again) {
        assert_eq!(
            (one.hs, &one.offer.firm, one.price, one.minimum),
            (two.hs, &two.offer.firm, two.price, two.minimum)
        );
        assert_eq!(
            (one.offer.price_per_kg, one.offer.lead_days),
            (two.offer.price_per_kg, two.offer.lead_days)
        );
        assert_eq!((&one.offer.place, &one.offer.certificates), (&two.offer.place, &two.offer.certificates));
    }
    assert_eq!(to_rows(&again), rows);
}
