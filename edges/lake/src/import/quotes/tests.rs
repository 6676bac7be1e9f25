use domain::Currency;
use rust_xlsxwriter::Workbook;

use super::*;
use crate::import::guess as guess_kind;

fn options() -> Options {
    let economies =
        EconomyBook::from_csv(include_str!("../../../../../books/economies/economies.csv")).unwrap();
    Options { economies: Some(economies), retrieved: Some("2026-11-22".into()), ..Options::default() }
}

fn read_bytes(name: &str, bytes: Vec<u8>) -> ReadQuotes {
    let input = Input::new(name, bytes).unwrap();
    assert_eq!(guess_kind(&input).unwrap().name, "quotes", "{name}");
    let options = options();
    read(&input, &options, options.economies.as_ref().unwrap(), today(&options)).unwrap()
}

const ENGLISH: &str =
    "Supplier,HS code,Unit price,Unit,Currency,Incoterm,Port,Country,Lead time,MOQ,Valid until
Magnetic Works,850511,\"12,500\",MT,USD,FOB,Ningbo,China,30 days,500 kg,2026-12-31
Magnetic Works,850511,\"12,500\",MT,USD,FOB,Ningbo,China,30 days,500 kg,2026-12-31
Hitachi,850511,48,kg,USDD,FCA,Osaka,Japan,6 weeks,100 kg,2026-12-31
Vacuum,850511,55,kg,EUR,FCA,Hanau,Germany,6 weeks,100 kg,2026-10-31
Lost,10121,9,kg,EUR,FCA,Hanau,Germany,6 weeks,100 kg,31/12/26
";

#[test]
fn a_table_in_english_with_every_fate() {
    let read = read_bytes("offers.csv", ENGLISH.as_bytes().to_vec());
    let report = &read.report;
    assert_eq!(
        (report.rows, report.accepted, report.repaired, report.duplicate, report.rejected),
        (5, 1, 1, 1, 2)
    );
    assert_eq!(read.quotes[0].offer.id, "quote:2");
    let findings = read.findings();
    assert_eq!(findings[0].text, "line 5: the quote expired on 2026-10-31");
}

#[test]
fn an_import_makes_a_book_that_reads_back() {
    let input = Input::new("offers.csv", ENGLISH.as_bytes().to_vec()).unwrap();
    let made = import(&input, &options()).unwrap();
    let report = &made.report;
    assert_eq!(
        (report.rows_read, report.accepted, report.repaired, report.set_aside, report.rejected),
        (5, 1, 1, 1, 2)
    );
    let words: Vec<String> =
        report.rows.iter().map(|it| format!("{} {}: {}", it.line, it.column, it.reason)).collect();
    assert!(words[0].starts_with("2 Unit price: thousands separators taken out: 12500"), "{words:?}");
    assert_eq!(words[1], "3 : the row repeats line 2");
    assert!(
        words[2].starts_with("4 Currency: PRP-1001") && words[2].contains("did you mean USD?"),
        "{words:?}"
    );
    assert!(words.last().is_some_and(|it| it.contains("a year of two digits")), "{words:?}");
    assert_eq!(made.book, "quotes");
    let options = options();
    let economies = options.economies.as_ref().unwrap();
    let (quotes, again) = read_book("quotes.csv", &made.tables[0].1, economies, today(&options));
    assert_eq!((quotes.len(), again.accepted), (2, 2), "{:?}", again.notes);
    assert_eq!(quotes[0].offer.price_per_kg.unwrap(), domain::Interval::exact(12.5));
}

#[test]
fn tables_in_chinese_and_in_gb18030() {
    let text = "供应商;海关编码;品名;单价;单位;币种;贸易术语;装运港;国家;交货期;起订量;有效期;证书\n\
                宁波磁业有限公司;850511;钕铁硼永磁体;88.5;公斤;人民币;FOB;宁波;中国;45天;1吨;2026年12月31日;ISO 9001、原产地证\n\
                包头稀土磁材公司;850511;烧结钕铁硼永磁体;92.0;公斤;人民币;FOB;天津;中国;30天;2吨;2026年12月31日;ISO 9001\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    for (bytes, encoding) in [(text.as_bytes().to_vec(), "UTF-8"), (bytes.into_owned(), "gb18030")] {
        let read = read_bytes("报价.csv", bytes);
        assert_eq!((read.quotes.len(), read.encoding.as_str()), (2, encoding), "{:?}", read.report.notes);
        let offer = &read.quotes[0].offer;
        assert_eq!(offer.firm.as_deref(), Some("宁波磁业有限公司"));
        assert_eq!((offer.currency, offer.minimum_kg), (Currency::CNY, Some(1000.0)));
        assert_eq!(offer.certificates, ["ISO 9001", "原产地证"]);
        assert_eq!(offer.valid_until.unwrap().to_string(), "2026-12-31");
    }
}

/// A workbook with a letterhead, the quotations on its second sheet, a code and a day as numbers.
#[test]
fn a_workbook_is_read_where_its_quotations_are() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("cover").unwrap().write(0, 0, "Magnetic Works Ltd").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("offer").unwrap().write(1, 0, "Quotation 17").unwrap();
    let header = ["Supplier", "HS", "Price (USD/kg)", "Incoterms", "Country of origin", "Valid until"];
    for (column, name) in header.iter().enumerate() {
        sheet.write(3, column as u16, *name).unwrap();
    }
    sheet.write(4, 0, "Horse Fair").unwrap().write(4, 1, 10121).unwrap().write(4, 2, 12.5).unwrap();
    sheet.write(4, 3, "FCA Hanau").unwrap().write(4, 4, "Germany").unwrap();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 12, 31).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_datetime_with_format(4, 5, &day, &format).unwrap();
    let read = read_bytes("offer.xlsx", book.save_to_buffer().unwrap());
    assert_eq!((read.report.rows, read.report.repaired), (1, 1), "{:?}", read.report.notes);
    let quote = &read.quotes[0];
    assert_eq!((quote.line, quote.hs.unwrap().to_string().as_str()), (5, "010121"));
    assert_eq!(quote.offer.place.as_ref().unwrap().name, "Hanau");
    assert_eq!(quote.offer.valid_until.unwrap().to_string(), "2026-12-31");
}

#[test]
fn a_table_without_a_usable_row_is_an_error_that_says_why() {
    let text = "Supplier,HS code,Price,Unit,Currency,Incoterm,Country\nA,850511,1,,USD,FOB,CN\nB,850511,,kg,USD,FOB,CN\n";
    let input = Input::new("offers.csv", text.as_bytes().to_vec()).unwrap();
    let error = import(&input, &options()).unwrap_err().to_string();
    assert!(
        error.contains("no unit that is known (1 rows)")
            && error.contains("no price that can be read (1 rows)"),
        "{error}"
    );
}

#[test]
fn other_tables_are_not_taken_for_quotations() {
    for text in [
        "t,i,j,k,v,q\n2023,156,826,850511,1,1\n",
        "Date,USD,JPY,GBP\n2026-04-13,1.1,160,0.85\n",
        "a,b\n1,2\n",
    ] {
        let input = Input::new("x.csv", text.as_bytes().to_vec()).unwrap();
        let kind = guess_kind(&input).map(|it| it.name).unwrap_or_default();
        assert_ne!(kind, "quotes", "{text}");
    }
}

/// As continental Europe writes it: semicolons, Latin-1, decimal commas.
#[test]
fn decimal_commas_are_read_and_told() {
    let text = "Lieferant;HS code;Price;Unit;Currency;Incoterm;Country;Supplier\nx;850511;38,90;kg;EUR;FCA;Germany;M\u{fc}ller\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let read = read_bytes("angebote.csv", bytes.into_owned());
    assert_eq!((read.report.repaired, read.report.rejected), (1, 0), "{:?}", read.report.notes);
    assert_eq!(read.quotes[0].offer.price_per_kg, Some(domain::Interval::exact(38.9)));
    assert_eq!(read.quotes[0].offer.firm.as_deref(), Some("M\u{fc}ller"));
}
