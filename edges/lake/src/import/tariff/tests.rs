use std::io::Write as _;
use std::path::PathBuf;

use customs::TariffBook;
use domain::{Date, Economy, HsCode, Source};

use super::measure::{Measure, MeasureKind, groups_csv, join_tables, measures_csv, tidy};
use super::roll_up::roll_up;
use super::{australia, origin_rules, uk_api, ukgt, us_lists, usitc};
use crate::error::LakeError;
use crate::import::report::Fate;
use crate::import::sheet::Sheet;
use crate::import::{Imported, Input, Options, Tally, guess, import};

fn input(name: &str, text: &str) -> Input {
    Input::new(name, text.as_bytes().to_vec()).unwrap()
}

fn run(name: &str, text: &str) -> Result<Imported, LakeError> {
    import(None, &input(name, text), &Options::default())
}

fn table<'a>(made: &'a Imported, name: &str) -> &'a str {
    made.tables.iter().find(|(file, _)| file == name).map(|(_, text)| text.as_str()).unwrap()
}

/// The tables of an import must be a book that the customs engine reads.
fn book(made: &Imported) -> TariffBook {
    let (measures, groups) =
        join_tables(made.tables.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let source = Source {
        title: String::new(),
        publisher: String::new(),
        vintage: String::new(),
        book: None,
        licence: None,
    };
    TariffBook::from_csv(Economy::new(*b"US"), &measures, &groups, source.into()).unwrap()
}

fn hs(text: &str) -> HsCode {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// An official file, or `None` with a word on stderr where there are none.
fn shared(file: &str) -> Option<Input> {
    let folder = std::env::var_os("PERIPLUS_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = folder.join("data/tariffs").join(file);
    if path.exists() {
        return Some(Input::open(&path).unwrap());
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", path.display());
    let _ = writeln!(std::io::stderr(), "skipped: {} is not there", path.display());
    None
}

#[test]
fn headers_are_those_that_the_engine_reads() {
    assert_eq!(super::measure::MEASURES_HEADER, customs::book::MEASURES_HEADER);
    assert_eq!(super::measure::GROUPS_HEADER, customs::book::GROUPS_HEADER);
    for kind in [
        MeasureKind::Mfn,
        MeasureKind::Preference,
        MeasureKind::Suspension,
        MeasureKind::Quota,
        MeasureKind::Additional,
        MeasureKind::Safeguard,
        MeasureKind::AntiDumping,
        MeasureKind::Countervailing,
        MeasureKind::Excise,
        MeasureKind::Vat,
        MeasureKind::Restriction,
        MeasureKind::Prohibition,
    ] {
        assert!(customs::MeasureKind::find_word(kind.word()).is_some(), "{}", kind.word());
    }
}

const USITC: &str = "\
hts8,brief_description,quantity_1_code,quantity_2_code,mfn_text_rate,usmca_indicator,usmca_rate_type_code,\
colombia_indicator,colombia_rate_type_code,colombia_ad_val_rate,israel_fta_indicator,col2_text_rate,begin_effect_date,end_effective_date
28369100,Lithium carbonates,KG,,3.7%,S,0,CO,7,0.002,IL,25%,7/1/20,12/31/50
1012100,Horses,NO,,Free,,,,,,,Free,1/1/89,12/31/2050
99038803,Articles of China,,,The duty provided in the applicable subheading + 25%,,,,,,,,5/10/19,12/31/50
2836910,Too short,KG,,3.7%,,,,,,,25%,7/1/20,12/31/50
28369200,No rate,KG,,,,,,,,,25%,7/1/20,12/31/50
28369910,Backwards,KG,,4.2%,,,,,,,25%,7/1/26,12/31/25
95089999,Unseen,NO,,as the Secretary may say,,,,,,,35%,7/1/20,12/31/50
";

#[test]
fn the_native_layout_is_read_with_programmes_and_column_2() {
    let made = run("hts.csv", USITC).unwrap();
    assert_eq!(made.report.kind, "us-tariff");
    let counts = (made.report.accepted, made.report.repaired, made.report.set_aside, made.report.rejected);
    assert_eq!(counts, (3, 1, 0, 3), "{:?}", made.report.reasons);
    assert!(table(&made, "provisions.csv").contains("9903.88.03,2019-05-10,,The duty provided"));
    let measures = format!("{}{}", table(&made, "measures.csv"), table(&made, "measures-special.csv"));
    for expect in [
        "28369100,*!COL2,mfn,,3.7%,KG,2020-07-01,,,,,",
        "28369100,COL2,mfn,,25%,,2020-07-01,,,,,",
        "28369100,USMCA,preference,USMCA,Free,,2020-07-01,,,,HTSUS GN 11,",
        "28369100,CO,preference,FTA-CO,0.2%,,2020-07-01,,,,HTSUS GN 34,",
        "28369100,IL,preference,FTA-IL,Free,,2020-07-01,,,,HTSUS GN 8,",
        "01012100,*!COL2,mfn,,Free,NO,1989-01-01,,,,,",
        "95089999,*!COL2,mfn,,as the Secretary may say,NO,2020-07-01,,,,,",
    ] {
        assert!(measures.lines().any(|it| it == expect), "{expect}\n{measures}");
    }
    let book = book(&made);
    assert_eq!(book.list_unread().len(), 1, "only the unseen text is unread: {:?}", book.list_unread());
}

#[test]
fn a_newer_column_1_leaves_special_programmes_and_additional_duties_in_force() {
    let folder = std::env::temp_dir().join(format!("periplus-tariff-{}", std::process::id()));
    let mut library = crate::Library::open(&folder).unwrap();
    let before = library.tables("tariff-us").unwrap();
    let column_1 = "hts8,brief_description,quantity_1_code,quantity_2_code,mfn_text_rate,begin_effect_date,end_effective_date\n28369100,Lithium carbonates,KG,,3.7%,7/1/20,12/31/50\n";
    library.install(run("hts.csv", column_1).unwrap()).unwrap();
    assert_eq!(library.tables("tariff-us").unwrap(), before);
    let measures = library.table("tariff-us", "measures.csv").unwrap();
    assert_eq!(measures.lines().count(), 2, "column 1 is the new one");
    let of_china = library.table("tariff-us", "measures-301.csv").unwrap();
    assert!(of_china.contains(",CN,additional,301,25%"));
    let tariff = library.source_toml("tariff-us").unwrap();
    library.install(run("s301.csv", "hts8,list,ch99_code\n28369100,3,9903.88.03\n").unwrap()).unwrap();
    let laid_over = library.source_toml("tariff-us").unwrap();
    assert_eq!(
        (&laid_over.title, &laid_over.vintage),
        (&tariff.title, &tariff.vintage),
        "it stays what it was"
    );
    assert!(laid_over.how.contains("Laid over it: Section 301"), "{}", laid_over.how);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn broken_files_say_what_is_wrong() {
    let check = |name: &str, text: &str, kind: Option<&str>, expect: &str| {
        let error = import(kind, &input(name, text), &Options::default()).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    check(
        "a.csv",
        "hts8,brief_description\n01012100,x\n",
        Some("us-tariff"),
        "lacks the column mfn_text_rate",
    );
    check("a.csv", "hts8,mfn_text_rate\n", Some("us-tariff"), "has a header and no rows");
    check("a.csv", "hts8,mfn_text_rate\nabc,Free\n", Some("us-tariff"), "no row of a.csv could be used");
    check("a.json", "{\"data\": [ {\"commodity\": \"0101", Some("ukgt-cet-2020"), "is cut short");
    check("a.json", "{\"rows\": []}", Some("ukgt-cet-2020"), "no list named data");
    check("a.json", "{\"goods_nomenclature_item_id\": \"07\"}", Some("uk-commodity"), "PRP-1412");
    check("a.json", "[1, 2", Some("au-schedule-3"), "is cut short");
    check("a.json", "{}", Some("au-schedule-3"), "not a list of sections");
    check("a.json", "{}", Some("uk-origin-rules"), "no list named rule_sets");
    check(
        "a.csv",
        "HTS_Code,Section,Rate_General\n7208,steel,50\n",
        Some("us-section-232"),
        "lacks the column Rate_UK",
    );
}

#[test]
fn days_that_are_one_early_are_put_right() {
    let text = "hts8,mfn_text_rate,begin_effect_date,end_effective_date\n\
                85051100,2.1%,2020-06-30,2050-12-30\n85076000,3.4%,2024-12-31,2025-12-30\n";
    let made = run("x.csv", text).unwrap();
    let measures = table(&made, "measures.csv");
    assert!(measures.contains("85051100,*!COL2,mfn,,2.1%,,2020-07-01,,"), "{measures}");
    assert!(measures.contains("85076000,*!COL2,mfn,,3.4%,,2025-01-01,2025-12-31,"), "{measures}");
    assert_eq!(made.report.repaired, 2);
}

#[test]
fn a_windows_1252_file_is_read() {
    let mut bytes = b"hts8,brief_description,mfn_text_rate\n85051100,Caf\xe9,6.8\xa2/kg\n".to_vec();
    bytes.push(b'\n');
    let made = import(None, &Input::new("x.csv", bytes).unwrap(), &Options::default()).unwrap();
    assert!(table(&made, "measures.csv").contains("6.8¢/kg"));
    assert_eq!(made.report.encoding, "windows-1252");
}

#[test]
fn codes_that_lost_their_zero_are_told_by_the_nomenclature() {
    let entry = |code: &str| format!("{{\"hts8\":\"{code}\",\"mfn_text_rate\":\"Free\"}}");
    let text = format!(
        "{{\"count\":4,\"entries\":[{},{},{},{}]}}",
        entry("51110000"),
        entry("51111120"),
        entry("51119090"),
        entry("40120200")
    );
    let mut tally = Tally::default();
    let read = usitc::read_segments(&input("tariff-511.json", &text), &mut tally).unwrap();
    let codes: Vec<_> = read.measures.iter().filter_map(|it| it.hs).map(|it| it.to_string()).collect();
    assert!(codes.contains(&"05111000".to_owned()) && codes.contains(&"04012020".to_owned()), "{codes:?}");
    assert_eq!(tally.count(Fate::Repaired), 2);
    let wrong = text.replace("\"count\":4", "\"count\":5");
    let error = usitc::read_segments(&input("tariff-511.json", &wrong), &mut Tally::default()).unwrap_err();
    assert!(error.to_string().contains("says 5 entries and has 4"), "{error}");
}

#[test]
fn section_301_lists_give_dated_duties_on_china() {
    let made = run("s301.csv", "hts8,list,ch99_code\n85051100,biden_jan26,9903.91.06\n1012100,4A,9903.88.15\n95030000,4B,9903.88.16\n28369100,9,9903.99.99\n").unwrap();
    let measures = table(&made, "measures-301.csv");
    assert!(
        measures.contains("85051100,CN,additional,301,25%,,2026-01-01,,,,HTSUS 9903.91.06,"),
        "{measures}"
    );
    assert!(
        measures.contains("01012100,CN,additional,301,7.5%,,2020-02-14,,,,HTSUS 9903.88.15,"),
        "{measures}"
    );
    let counts = (made.report.accepted, made.report.repaired, made.report.set_aside, made.report.rejected);
    assert_eq!(counts, (1, 1, 1, 1));
    assert!(made.keeps_others);
    let plain =
        run("lists.csv", "HTS_Code,Description,List\n0101.21.00,Horses,4a\n2836.91.00,Lithium,3\n").unwrap();
    assert!(table(&plain, "measures-301.csv").contains("28369100,CN,additional,301,25%,,2019-05-10,"));
}

#[test]
fn section_232_lists_have_the_lower_rate_of_the_united_kingdom() {
    let text = "HTS_Code,Description,Section,Product_Type,Rate_General,Rate_UK,Quota_Countries,Chapter_99_Codes,Notes\n\
                # Chapter 72\n7208,Flat,232_steel,steel,50,25,\"EU,UK\",\"9903.80.01,9903.80.05\",x\n9903.80.01,x,232_steel,steel,50,50,all,,x\n7209,y,232_steel,steel,much,25,,,\n";
    let made = run("s232.csv", text).unwrap();
    let measures = table(&made, "measures-232.csv");
    assert!(measures.contains("7208,*,additional,232-steel,50%,,2025-06-04,2026-04-05,"), "{measures}");
    assert!(measures.contains("7208,GB,additional,232-steel,25%,,2025-06-04,2026-04-05,"), "{measures}");
    assert_eq!((made.report.accepted, made.report.set_aside, made.report.rejected), (1, 2, 1));
    let made = run(
        "d.csv",
        "hts_prefix,ch99_code,derivative_type,effective_date\n04029968,9903.85.08,aluminum,2025-08-18\n",
    )
    .unwrap();
    let measures = table(&made, "measures-232-derivatives.csv");
    assert!(measures.contains("50% upon the value of the aluminum content,,2025-08-18"), "{measures}");
    assert!(book(&made).list_unread().is_empty());
}

#[test]
fn exempt_products_are_longer_rows_that_owe_nothing() {
    let made = run("ieepa.csv", "hts10\n2836910000\n850511007000\n").unwrap();
    let measures = table(&made, "measures-ieepa-exempt.csv");
    assert!(
        measures.contains("2836910000,*,additional,IEEPA-reciprocal,Free,,2025-04-05,2026-02-23,"),
        "{measures}"
    );
    assert_eq!(made.report.rejected, 1);
    let text = "# comment\nch99_code,hts10,effective_date_start,effective_date_end,source,note\n\
                9903.01.77,2804.69.10,2025-08-06,,EO 14323 Annex I,x\n";
    let made = run("country.csv", text).unwrap();
    assert!(
        table(&made, "measures-ieepa-country.csv")
            .contains("28046910,BR,additional,IEEPA-BR,Free,,2025-08-06,2026-02-23,")
    );
    assert_eq!(made.report.rows_read, 1);
}

const UKGT: &str = r#"{"data": [
  {"commodity": "85051100", "description": "x", "cet_duty_rate": "2.20%", "ukgt_duty_rate": "0.00%", "change": "Liberalised"},
  {"commodity": "1022910", "description": "x", "cet_duty_rate": "10.2 + 93.1 EUR/100 kg", "ukgt_duty_rate": "10.00% + 73.94 GBP/100kg", "change": "x"},
  {"commodity": "57011090", "description": "x", "cet_duty_rate": "8 MAX 2.8 EUR/m\ufffd\ufffd", "ukgt_duty_rate": "8.00% + 2.22 GBP/msq", "change": "x"},
  {"commodity": "57011099", "description": "x", "cet_duty_rate": "", "ukgt_duty_rate": "", "change": "x"}
]}"#;

#[test]
fn one_file_makes_the_british_and_the_european_book() {
    let made = run("data.json", UKGT).unwrap();
    assert_eq!(
        (made.book.as_str(), made.report.accepted, made.report.repaired, made.report.rejected),
        ("tariff-gb", 2, 1, 1)
    );
    assert!(table(&made, "measures.csv").contains("85051100,*,mfn,,0.00%,,2021-01-01,,,,UKGT 2020-05,"));
    let options = Options { economy: Some(Economy::new(*b"EU")), ..Options::default() };
    let made = import(None, &input("data.json", UKGT), &options).unwrap();
    assert_eq!(made.book, "tariff-eu");
    let measures = table(&made, "measures.csv");
    assert!(measures.contains("01022910,*,mfn,,10.2 + 93.1 EUR/100 kg,,2020-01-01"), "{measures}");
    assert!(measures.contains("8 MAX 2.8 EUR/m2"), "{measures}");
    assert!(book(&made).list_unread().is_empty());
}

const SCHEDULE_3: &str = r#"[{"number":"I","chapters":[{"number":1,"headings":[{"code":"8505","classifications":[
  {"referenceNumber":"8505.11","statisticalCode":"","unit":"","description":"Permanent","dutyRate":""},
  {"referenceNumber":"8505.11.00","statisticalCode":"13","unit":"..","description":"-- Of metal","dutyRate":"5%"},
  {"referenceNumber":"8505.11.00","statisticalCode":"14","unit":"..","description":"-- Split","dutyRate":""},
  {"referenceNumber":"\u200b\u200b0714.20.10*","statisticalCode":"1","unit":"kg","description":"x","dutyRate":"5% DCSFree CAFree DCT5%"},
  {"referenceNumber":"3923.10.10","statisticalCode":"1","unit":"No","description":"x","dutyRate":"5% CAFree From 1 July 2018 2.5% CA Free From1July2019 Free"},
  {"referenceNumber":"2707.10.00","statisticalCode":"1","unit":"L","description":"x","dutyRate":"$0.526/L NZ/PG/FI/DC/LDC/SG $0.526/L"},
  {"referenceNumber":"12","statisticalCode":"1","unit":"L","description":"x","dutyRate":"5%"}
]}]}]}]"#;

#[test]
fn australian_rates_are_split_by_day_and_by_origin() {
    let made = run("au.json", SCHEDULE_3).unwrap();
    let counts = (made.report.accepted, made.report.repaired, made.report.set_aside, made.report.rejected);
    assert_eq!(counts, (3, 1, 2, 1), "{:?}", made.report.reasons);
    let measures = table(&made, "measures.csv");
    for expect in [
        "85051100,*,mfn,,5%,,,,,,,",
        "07142010,*,mfn,,5%,kg,,,,,,DCS Free DCT 5%",
        "07142010,CA,preference,SCHEDULE-3,Free,,,,,,Customs Tariff Act 1995 Sch. 3,",
        "39231010,*,mfn,,5%,No,,2018-06-30,,,,",
        "39231010,*,mfn,,2.5%,No,2018-07-01,2019-06-30,,,,",
        "39231010,*,mfn,,Free,No,2019-07-01,,,,,",
        "27071000,AU-FI,preference,SCHEDULE-3,$0.526/L,,,,,,Customs Tariff Act 1995 Sch. 3,",
        "27071000,SG,preference,SCHEDULE-3,$0.526/L,,,,,,Customs Tariff Act 1995 Sch. 3,",
    ] {
        assert!(measures.lines().any(|it| it == expect), "{expect}\n{measures}");
    }
    book(&made);
}

#[test]
fn what_an_agreement_does_not_list_is_free() {
    let text = r#"{"Schedule 4":[{"schedule":"Schedule 4","ftaName":"CONCESSIONAL","hsCode":"9999.32.04","description":"x","dutyRate":"Free"}],
      "Schedule 6A":[{"schedule":"Schedule 6A","ftaName":"Peru","hsCode":"2005.91.00","description":"2005.91.00","dutyRate":"From 11 February 2020&#58; 3.7%"}],
      "Schedule 8B":[{"schedule":"Schedule 8B","ftaName":"CPTPP","hsCode":"0406.10.00","description":"0406.10.00 (Rate No. 002) United Kingdom&#58;","dutyRate":"From 24 December 2024&#58; $0.998/kg"}]}"#;
    let made = run("fta.json", text).unwrap();
    let measures = table(&made, "measures-agreements.csv");
    assert!(
        measures
            .contains("*,PE,preference,PAFTA,Free,,2020-02-11,,,,Customs Tariff Act 1995 s 16 and Sch. 6A,"),
        "{measures}"
    );
    assert!(measures.contains("20059100,PE,preference,PAFTA,3.7%,,2020-02-11,"), "{measures}");
    assert!(measures.contains("04061000,GB,preference,CPTPP,$0.998/kg,,2024-12-24,"), "{measures}");
    assert_eq!((made.report.accepted, made.report.set_aside), (2, 1));
    book(&made);
}

const RESOLVED: &str = r#"{"goods_nomenclature_item_id":"0702000007","meta":{"duty_calculator":{"source":"uk"}},"import_measures":[
 {"effective_start_date":"2021-01-01T00:00:00.000Z","effective_end_date":null,"duty_expression":{"base":"8.00 %"},
  "measure_type":{"id":"103","description":"Third country duty","measure_type_series_id":"C"},
  "geographical_area":{"id":"1011","children_geographical_areas":[]},"excluded_countries":[],"legal_acts":[{"regulation_code":"C0000/21"}]},
 {"effective_start_date":"2021-01-01","effective_end_date":"2021-03-31","duty_expression":{"base":"0.00 %"},
  "measure_type":{"id":"142","description":"Tariff preference","measure_type_series_id":"C"},
  "geographical_area":{"id":"1013","children_geographical_areas":[{"id":"FR"},{"id":"DE"}]},"excluded_countries":[]},
 {"effective_start_date":"2021-01-01","effective_end_date":null,"duty_expression":{"base":"144.10 GBP / 1000 kg"},"additional_code":{"code":"C490"},
  "measure_type":{"id":"552","description":"Definitive anti-dumping duty","measure_type_series_id":"D"},
  "geographical_area":{"id":"1011"},"excluded_countries":[{"id":"CA"},{"id":"US"}]},
 {"effective_start_date":"2021-01-01","effective_end_date":null,"duty_expression":{"base":"25.00 %"},
  "measure_type":{"id":"696","description":"Additional duties (safeguard)","measure_type_series_id":"J"},
  "geographical_area":{"id":"5050","children_geographical_areas":[]},"excluded_countries":[]},
 {"effective_start_date":"2021-01-01","effective_end_date":null,"duty_expression":{"base":"20.00 %"},"order_number":{"number":"054003"},
  "measure_type":{"id":"122","description":"Non preferential tariff quota","measure_type_series_id":"C"},
  "geographical_area":{"id":"1011"},"excluded_countries":[]},
 {"effective_start_date":"2021-01-01","effective_end_date":null,"duty_expression":{"base":"0.00 %"},
  "measure_type":{"id":"VTZ","description":"VAT zero rate","measure_type_series_id":"P"},
  "geographical_area":{"id":"1011"},"excluded_countries":[]},
 {"effective_start_date":"2021-01-01","effective_end_date":null,"duty_expression":{"base":""},"measure_conditions":[{"document_code":"N853"}],
  "measure_type":{"id":"410","description":"Veterinary control","measure_type_series_id":"B"},
  "geographical_area":{"id":"1011"},"excluded_countries":[]},
 {"effective_start_date":"2021-01-01","effective_end_date":null,"duty_expression":{"base":""},
  "measure_type":{"id":"999","description":"Surveillance","measure_type_series_id":"N"},
  "geographical_area":{"id":"1011"},"excluded_countries":[]}
]}"#;

#[test]
fn a_commodity_document_lays_its_measures_over_the_book() {
    let made = run("commodity.json", RESOLVED).unwrap();
    assert_eq!((made.book.as_str(), made.keeps_others), ("tariff-gb", true));
    assert_eq!(
        (made.report.accepted, made.report.set_aside, made.report.rejected),
        (7, 1, 0),
        "{:?}",
        made.report.rows
    );
    let measures = table(&made, "measures-0702000007.csv");
    for expect in [
        "0702000007,*,mfn,,8.00 %,,2021-01-01,,,,C0000/21,",
        "0702000007,AREA-1013,preference,eu,0.00 %,,2021-01-01,2021-03-31,,,,Tariff preference",
        "0702000007,*!CA!US,antidumping,552-1011,144.10 GBP / 1000 kg,,2021-01-01,,producer=C490,,,Definitive anti-dumping duty",
        "0702000007,*,quota,054003,20.00 %,,2021-01-01,,,,,Non preferential tariff quota",
        "0702000007,*,vat,zero,0.00 %,,2021-01-01,,,,,VAT zero rate",
        "0702000007,*,restriction,410-1011,,,2021-01-01,,,,,Veterinary control; papers N853",
    ] {
        assert!(measures.lines().any(|it| it == expect), "{expect}\n{measures}");
    }
    let book = book(&made);
    let unread: Vec<_> = book.list_unread().into_iter().map(|(text, _, _)| text.to_owned()).collect();
    assert_eq!(
        unread,
        ["25.00 % for area 5050 (members not in the file)"],
        "an area without members is an unknown duty"
    );
}

#[test]
fn the_form_with_included_resources_is_read_alike() {
    let text = r#"{"data":{"id":"1","type":"commodity","attributes":{"goods_nomenclature_item_id":"8505110000"},
      "relationships":{"import_measures":{"data":[{"id":"9","type":"measure"}]}},"meta":{"duty_calculator":{"source":"uk"}}},
      "included":[{"id":"9","type":"measure","attributes":{"effective_start_date":"2021-01-01T00:00:00.000Z","effective_end_date":null},
        "relationships":{"duty_expression":{"data":{"id":"9-d","type":"duty_expression"}},"measure_type":{"data":{"id":"142","type":"measure_type"}},
          "geographical_area":{"data":{"id":"2005","type":"geographical_area"}},"excluded_countries":{"data":[]}}},
       {"id":"9-d","type":"duty_expression","attributes":{"base":"0.00 %"}},
       {"id":"142","type":"measure_type","attributes":{"description":"Tariff preference","measure_type_series_id":"C"}},
       {"id":"2005","type":"geographical_area","attributes":{"description":"LDC"},"relationships":{"children_geographical_areas":{"data":[{"id":"BD","type":"geographical_area"}]}}}]}"#;
    let mut tally = Tally::default();
    let read = uk_api::read("x.json", text, &mut tally).unwrap();
    assert_eq!(read.code, Some(hs("85051100")));
    assert_eq!(read.measures[0].programme, "dcts-ldcs");
    assert_eq!(read.members[0].economy, "BD");
}

#[test]
fn rules_of_origin_have_tests_thresholds_and_plain_words() {
    let text = r#"{"rule_sets":[{"heading":"8505","min":"8505000000","max":"8505999999","valid":true,"rules":[
      {"rule":"<abbr title='x'>CTH</abbr>: All non-originating materials used in the production of the good have undergone a change in tariff classification at the 4-digit level (tariff heading).","class":["CTH"],"operator":null,"import":true},
      {"rule":"A maximum of **50%** of the [ex-works&nbsp;price](/x) (EXW) is made up of non-originating parts (MAXNOM).","class":["MAXNOM"],"operator":"or","import":true},
      {"rule":"Manufacture from materials of any heading, except that of the good.","class":[],"operator":"or","import":true},
      {"rule":"Manufacture in which: - all the materials used are classified within a heading other than that of the product, - the value does not exceed **40%** of the price.","class":["MAXNOM"],"operator":"or","import":true},
      {"rule":"Export only","class":["WO"],"operator":"or","import":false}]},
      {"heading":"bad","min":"85","max":"8505999999","rules":[{"rule":"x","class":["WO"],"import":true}]}]}"#;
    let made = run("eu.json", text).unwrap();
    assert_eq!(
        (made.report.accepted, made.report.repaired, made.report.set_aside, made.report.rejected),
        (2, 2, 1, 1)
    );
    let rules = table(&made, "rules-eu.csv");
    assert!(
        rules.contains(
            "eu,8505000000,8505999999,1,CTH,,CTH: change of tariff heading of all non-originating materials."
        ),
        "{rules}"
    );
    assert!(
        rules.contains(
            "eu,8505000000,8505999999,2,MAXNOM,50,A maximum of 50% of the ex-works price (EXW) is made up"
        ),
        "{rules}"
    );
    assert!(rules.contains("eu,8505000000,8505999999,4,MAXNOM CTH,40,"), "{rules}");
    assert!(rules.contains("eu,8505000000,8505999999,3,CTH,,\"Manufacture from"), "{rules}");
    let schemes = r#"{"schemes":[{"scheme_code":"eu","title":"TCA","validity_start_date":"2021-01-01","validity_end_date":null,"countries":["EU","FR","XS"],"proofs":[{"summary":"Statement on origin"},{"summary":"Importer's knowledge"}],"links":[{"url":"https://www.gov.uk/x"}]},{"scheme_code":"","countries":[]}]}"#;
    let made = run("roo.json", schemes).unwrap();
    assert!(
        table(&made, "schemes.csv").contains(
            "eu,GB,TCA,2021-01-01,,no,Statement on origin; Importer's knowledge,https://www.gov.uk/x"
        )
    );
    assert_eq!(table(&made, "members.csv"), "scheme,economy,from,to\neu,FR,,\neu,RS,,\n");
    assert_eq!(made.report.rejected, 1);
}

#[test]
fn a_heading_stands_for_its_lines_only_when_all_agree() {
    let row = |code: &str, rate: &str| {
        Measure::new(Some(hs(code)), MeasureKind::Additional, rate).programme("301").geo("CN")
    };
    let lines = ["28041000", "28042100", "28361000", "28369100"].map(hs).into();
    let all = vec![row("28041000", "25%"), row("28042100", "25%"), row("28361000", "25%")];
    let short = roll_up(all, &lines, &[].into());
    let codes: Vec<_> = short.iter().filter_map(|it| it.hs).map(|it| it.to_string()).collect();
    assert_eq!(codes, ["2804", "28361000"]);
    let differs = vec![row("28041000", "25%"), row("28042100", "50%")];
    assert_eq!(roll_up(differs.clone(), &lines, &[].into()), differs);
}

#[test]
fn texts_lose_invisible_marks_only() {
    assert_eq!(tidy("\u{200b} 5%\u{a0} CA\u{200b}Free&#58; "), "5% CAFree:");
    assert_eq!(groups_csv([]), "group,economy,from,to\n");
    assert!(
        measures_csv(vec![Measure::new(None, MeasureKind::Mfn, "a, b")])
            .ends_with("*,*,mfn,,\"a, b\",,,,,,,\n")
    );
}

/// Rows read, accepted, repaired, set aside, rejected.
fn counts(tally: &Tally) -> [u64; 5] {
    [
        tally.rows_read(),
        tally.accepted(),
        tally.count(Fate::Repaired),
        tally.count(Fate::SetAside),
        tally.count(Fate::Rejected),
    ]
}

#[test]
fn the_official_files_are_recognised_by_their_content() {
    let files = [
        ("us_hts8_mfn_2025_2026.csv.zst", "us-tariff"),
        ("us_hts_chapter99_2025-06-09.csv", "us-tariff"),
        ("us_tariff_database_segments_2025.tar.zst", "us-tariff-segments"),
        ("us_section301_lists_dedup.csv.zst", "us-section-301"),
        ("us_tracker/s301_product_lists.csv", "us-section-301"),
        ("us_section232_enhanced.csv", "us-section-232"),
        ("us_tracker/s232_derivative_products.csv", "us-section-232"),
        ("us_tracker/ieepa_exempt_products.csv", "us-exempt-products"),
        ("us_tracker/country_eo_exempt_products.csv", "us-exempt-products"),
        ("uk_ukgt_vs_eu_cet_2020.json.zst", "ukgt-cet-2020"),
        ("au_schedule3.json.zst", "au-schedule-3"),
        ("au_schedules_fta.json.zst", "au-agreements"),
        ("uk_tariff_api/uk_0702000007.json", "uk-commodity"),
        ("uk_tariff_api/uk_7202118000.json", "uk-commodity"),
        ("uk_rules_of_origin/roo_schemes_uk.json", "uk-origin-schemes"),
        ("uk_rules_of_origin/eu.json.zst", "uk-origin-rules"),
    ];
    for (file, expect) in files {
        let Some(input) = shared(file) else { return };
        assert_eq!(guess(&input).map(|it| it.name).ok(), Some(expect), "{file}");
        let made = import(None, &input, &Options::default()).unwrap();
        if made.book.starts_with("tariff-us") && !made.keeps_others {
            book(&made);
        }
    }
}

fn find<'a>(measures: &'a [Measure], code: &str, kind: MeasureKind, geo: &str) -> Vec<&'a str> {
    measures
        .iter()
        .filter(|it| it.hs == Some(hs(code)) && it.kind == kind && it.geo == geo)
        .map(|it| it.expression.as_str())
        .collect()
}

#[test]
fn the_united_states_files_give_exact_counts_and_rates() {
    let Some(input) = shared("us_hts8_mfn_2025_2026.csv.zst") else { return };
    let mut tally = Tally::default();
    let read = usitc::read_database(&input, &mut tally).unwrap();
    assert_eq!(counts(&tally), [13_100, 0, 12_690, 410, 0]);
    for (code, rate) in [
        ("85051100", "2.1%"),
        ("28369100", "3.7%"),
        ("28046910", "5.3%"),
        ("28046950", "5.5%"),
        ("74031100", "1%"),
    ] {
        assert_eq!(find(&read.measures, code, MeasureKind::Mfn, usitc::COLUMN_1_GEO), [rate], "{code}");
    }
    let fentanyl =
        read.provisions.iter().find(|it| it.heading == "9903.01.24" && it.from == Some(date("2025-11-10")));
    assert_eq!(
        fentanyl.map(|it| it.text.as_str()),
        Some("The duty provided in the applicable subheading + 10%")
    );

    let Some(input) = shared("us_tariff_database_segments_2025.tar.zst") else { return };
    let mut tally = Tally::default();
    let read = usitc::read_segments(&input, &mut tally).unwrap();
    assert_eq!(counts(&tally), [6_381, 6_351, 30, 0, 0]);
    assert_eq!(find(&read.measures, "05111000", MeasureKind::Mfn, usitc::COLUMN_1_GEO), ["Free"]);
    assert_eq!(find(&read.measures, "28369100", MeasureKind::Preference, "USMCA"), ["Free"]);
    assert_eq!(find(&read.measures, "28046910", MeasureKind::Preference, "KR"), ["Free"]);
    assert_eq!(find(&read.measures, "28046910", MeasureKind::Mfn, usitc::COLUMN_2), ["21%"]);

    let Some(input) = shared("us_tracker/s301_product_lists.csv") else { return };
    let mut tally = Tally::default();
    let sheet = Sheet::read("us-section-301", &input, None).unwrap();
    let read = us_lists::read_301(&sheet, &mut tally).unwrap();
    assert_eq!(counts(&tally), [12_223, 10_704, 0, 1_519, 0]);
    assert_eq!(find(&read, "85051100", MeasureKind::Additional, "CN"), ["25%"]);
    assert!(find(&read, "28046910", MeasureKind::Additional, "CN").is_empty());
}

#[test]
fn the_british_european_and_australian_files_give_exact_counts_and_rates() {
    let Some(input) = shared("uk_ukgt_vs_eu_cet_2020.json.zst") else { return };
    let text = String::from_utf8_lossy(&input.bytes).into_owned();
    for (side, repaired, rates) in [
        (
            ukgt::Side::Uk,
            0,
            [("85051100", "0.00%"), ("28369100", "4.00%"), ("28046900", "4.00%"), ("74031100", "0.00%")],
        ),
        (
            ukgt::Side::Eu,
            1,
            [("85051100", "2.20%"), ("28369100", "5.50%"), ("28046900", "5.50%"), ("74031100", "0.00%")],
        ),
    ] {
        let mut tally = Tally::default();
        let read = ukgt::read("x", &text, side, &mut tally).unwrap();
        assert_eq!(counts(&tally), [9_533, 9_533 - repaired, repaired, 0, 0], "{side:?}");
        for (code, rate) in rates {
            assert_eq!(find(&read, code, MeasureKind::Mfn, "*"), [rate], "{side:?} {code}");
        }
    }
    let Some(input) = shared("au_schedule3.json.zst") else { return };
    let text = String::from_utf8_lossy(&input.bytes).into_owned();
    let mut tally = Tally::default();
    let read = australia::read_schedule_3("x", &text, &mut tally).unwrap();
    assert_eq!(tally.rows_read(), 7_671);
    assert_eq!(find(&read, "85051100", MeasureKind::Mfn, "*"), ["5%"]);
    for absent in ["28369100", "28046900", "74031100"] {
        assert!(find(&read, absent, MeasureKind::Mfn, "*").is_empty(), "the file has no chapter of {absent}");
    }
    let Some(input) = shared("au_schedules_fta.json.zst") else { return };
    let text = String::from_utf8_lossy(&input.bytes).into_owned();
    let mut tally = Tally::default();
    let read = australia::read_agreements("x", &text, &mut tally).unwrap();
    assert_eq!(tally.count(Fate::Rejected), 0, "{}", tally.reasons());
    assert_eq!(read.iter().filter(|it| it.hs.is_none()).count(), 18);
}

#[test]
fn every_rule_of_origin_at_hand_is_read() {
    let files = [
        "cptpp.json.zst",
        "dcts-general-enhanced.json",
        "dcts-ldcs.json",
        "eu.json.zst",
        "india.json",
        "japan.json.zst",
        "mexico.json.zst",
        "morocco.json.zst",
        "singapore.json.zst",
        "south-korea.json.zst",
        "turkey.json.zst",
        "vietnam.json.zst",
    ];
    for file in files {
        let Some(input) = shared(&format!("uk_rules_of_origin/{file}")) else { return };
        let text = String::from_utf8_lossy(&input.bytes).into_owned();
        let mut tally = Tally::default();
        let rules = origin_rules::read_rules(file, &text, &mut tally).unwrap();
        let known = tally.usable() + tally.count(Fate::SetAside);
        assert!(known * 100 >= tally.rows_read() * 97, "{file}: {}", tally.reasons());
        let magnets =
            rules.iter().any(|it| it.first.as_str() <= "8505110000" && it.last.as_str() >= "8505110000");
        assert!(magnets, "{file} has a rule for 8505.11");
    }
}

fn bundled(name: &str, file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../books").join(name).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_bundled_tariffs_are_read_whole_by_the_engine() {
    let source = || {
        std::sync::Arc::new(Source {
            title: String::new(),
            publisher: String::new(),
            vintage: String::new(),
            book: None,
            licence: None,
        })
    };
    // Code, origin column, kind, programme, expression: what the sources say of the goods of the sample needs.
    let stated = [
        ("tariff-us", b"US", "85051100", "*!COL2", "mfn", "", "2.1%"),
        ("tariff-us", b"US", "28369100", "*!COL2", "mfn", "", "3.7%"),
        ("tariff-us", b"US", "28046910", "*!COL2", "mfn", "", "5.3%"),
        ("tariff-us", b"US", "28046910", "COL2", "mfn", "", "21%"),
        ("tariff-us", b"US", "74031100", "*!COL2", "mfn", "", "1%"),
        ("tariff-us", b"US", "85051100", "CN", "additional", "301", "25%"),
        ("tariff-us", b"US", "28046910", "FL-12", "additional", "301-forced-labour", "12.5%"),
        (
            "tariff-us",
            b"US",
            "28046910",
            "CN",
            "antidumping",
            "A-570-806",
            "rate by producer and exporter (not loaded)",
        ),
        ("tariff-gb", b"GB", "85051100", "*", "mfn", "", "0.00%"),
        ("tariff-gb", b"GB", "28369100", "*", "mfn", "", "4.00%"),
        ("tariff-gb", b"GB", "28046900", "*", "mfn", "", "4.00%"),
        ("tariff-gb", b"GB", "74031100", "*", "mfn", "", "0.00%"),
        ("tariff-eu", b"EU", "85051100", "*", "mfn", "", "2.20%"),
        ("tariff-eu", b"EU", "28369100", "*", "mfn", "", "5.50%"),
        ("tariff-eu", b"EU", "28046900", "*", "mfn", "", "5.50%"),
        ("tariff-eu", b"EU", "74031100", "*", "mfn", "", "0.00%"),
        ("tariff-au", b"AU", "85051100", "*", "mfn", "", "5%"),
        ("tariff-au", b"AU", "85051100", "CN", "preference", "ChAFTA", "Free"),
    ];
    for (name, economy) in
        [("tariff-us", b"US"), ("tariff-gb", b"GB"), ("tariff-eu", b"EU"), ("tariff-au", b"AU")]
    {
        let library = crate::Library::bundled();
        let tables = library.tables(name).unwrap();
        let tables = tables.iter().map(|it| (it.as_str(), library.table(name, it).unwrap()));
        let tables: Vec<_> = tables.collect();
        let (measures, groups) = join_tables(tables.iter().map(|(name, text)| (*name, text.as_ref())));
        let book = TariffBook::from_csv(Economy::new(*economy), &measures, &groups, source()).unwrap();
        assert_eq!(book.len() as u64, crate::csv_text::count_rows(&measures), "{name}");
        for (_, _, code, geo, kind, programme, expression) in stated.iter().filter(|it| it.0 == name) {
            let found = book.measures(hs(code)).any(|it| {
                let same = it.geo == *geo && it.kind.word() == *kind && it.programme == *programme;
                same && *it.expression.text == **expression
            });
            assert!(found, "{name} {code} {geo} {kind} {programme} {expression}");
        }
        // Rows that say themselves that the rate is unknown are meant to be; few others may be.
        let is_meant = |text: &str| ["not loaded", "not stated", "unless"].iter().any(|it| text.contains(it));
        let unread: usize = book.list_unread().iter().filter(|it| !is_meant(it.0)).map(|it| it.2).sum();
        assert!(unread * 50 < book.len(), "{name}: {unread} of {} duty texts are not read", book.len());
    }
    let rules = customs::origin::OriginBook::from_csv(
        &bundled("origin-rules-gb", "schemes.csv"),
        &bundled("origin-rules-gb", "members.csv"),
        &bundled("origin-rules-gb", "rules.csv"),
        source(),
    );
    assert!(rules.is_ok(), "{:?}", rules.err());
}
