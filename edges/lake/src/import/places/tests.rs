use super::*;

const PART: &str = ",\"GB\",,\".UNITED KINGDOM\",,,,,,,,\n\
    ,\"GB\",\"BHM\",\"Birmingham\",\"Birmingham\",\"BIR\",\"-2345---\",\"AF\",\"1401\",\"BHX\",\"5228N 00155W\",\"\"\n\
    ,\"GB\",\"ASO\",\"Aston\",\"Aston\",\"HRT\",\"--3-----\",\"AF\",\"9704\",,,\n\
    ,\"GB\",\"RQX\",\"Somewhere\",\"Somewhere\",\"\",\"--3-----\",\"RQ\",\"9704\",,\"5228N 00155W\",\n\
    \"X\",\"GB\",\"OLD\",\"Old\",\"Old\",\"\",\"1-------\",\"XX\",\"9704\",,\"5228N 00155W\",\n\
    \"=\",\"PT\",,\"Lisbon = Lisboa\",\"Lisbon = Lisboa\",,,,,,,\n\
    ,\"GB\",\"B0D\",\"Bad\",\"Bad\",\"\",\"1-------\",\"AF\",\"9704\",,\"5228N 00155W\",\n\
    ,\"GB\",\"FXT\",\"Felixstowe\",\"Felixstowe\",\"\",\"1-------\",\"AF\",\"9704\",,\"5199N 00120E\",\n\
    ,\"GB\",\"BHM\",\"Birmingham again\",\"Birmingham\",\"BIR\",\"-2345---\",\"AF\",\"1401\",\"BHX\",\"5228N 00155W\",\"\"\n\
    ,\"GB\",\"PST\",\"Post\",\"Post\",\"\",\"----5---\",\"AF\",\"9704\",,\"5228N 00155W\",\n";

fn input(text: &[u8]) -> Input {
    Input::new("2024-2 UNLOCODE CodeListPart2.csv", text.to_vec()).unwrap()
}

#[test]
fn every_row_is_taken_or_counted_with_its_reason() {
    let input = input(PART.as_bytes());
    let sheet = Sheet::read("unlocode", &input, None).unwrap();
    let mut tally = Tally::default();
    let found = read(&sheet, &mut tally).unwrap();
    let codes: Vec<&str> = found.entries.iter().map(|it| it.locode.code()).collect();
    assert_eq!(codes, ["GBBHM", "GBFXT"]);
    assert_eq!(found.entries[0].functions, "2345");
    assert_eq!(found.entries[0].rank, 3);
    assert_eq!(found.entries[1].at, None);
    assert_eq!(found.references, [("PT".to_owned(), "Lisbon".to_owned(), "Lisboa".to_owned())]);
    let reasons = tally.reasons();
    assert!(reasons.contains("not a UN/LOCODE"), "{reasons}");
}

#[test]
fn the_table_has_the_layout_of_the_book_of_places() {
    let made = super::super::import(Some("unlocode"), &input(PART.as_bytes()), &Options::default()).unwrap();
    assert_eq!(
        (made.book.as_str(), made.tables[0].0.as_str(), made.keeps_others),
        ("places", "unlocode-gb-gb.csv", true)
    );
    assert_eq!(
        made.tables[0].1,
        "locode,name,lat,lon,functions,rank\nGBBHM,Birmingham,52.47,-1.92,2345,3\nGBFXT,Felixstowe,,,1,2\n"
    );
}

#[test]
fn both_layouts_are_known_by_their_form() {
    let headed = "Change,Country,Location,Name,NameWoDiacritics,Subdivision,Status,Function,Date,IATA,Coordinates,Remarks\n\
        ,GB,BHM,Birmingham,Birmingham,BIR,AF,-2345---,1401,BHX,5228N 00155W,\n";
    for text in [PART, headed] {
        let input = input(text.as_bytes());
        let made = super::super::import(None, &input, &Options::default()).unwrap();
        assert_eq!(made.source.made_by, "periplus data import unlocode");
        assert!(made.tables[0].1.contains("GBBHM,Birmingham,52.47,-1.92,2345,3"), "{}", made.tables[0].1);
    }
}

#[test]
fn latin_1_names_are_read() {
    let mut bytes = b",\"SE\",\"GOT\",\"G\xf6teborg\",\"Goteborg\",\"\",\"12345---\",\"AF\",\"0401\",,\"5743N 01158E\",\"\"\n".to_vec();
    bytes.extend_from_slice(b",\"SE\",\"STO\",\"Stockholm\",\"Stockholm\",\"\",\"12345---\",\"AF\",\"0401\",,\"5920N 01803E\",\"\"\n");
    let made = super::super::import(Some("unlocode"), &input(&bytes), &Options::default()).unwrap();
    assert!(made.tables[0].1.contains("Göteborg"), "{}", made.tables[0].1);
}

#[test]
fn a_file_without_places_leaves_the_old_book() {
    let error = super::super::import(
        Some("unlocode"),
        &input(b",\"GB\",,\".UNITED KINGDOM\",,,,,,,,\n"),
        &Options::default(),
    )
    .unwrap_err();
    assert!(error.to_string().contains("old book stays"), "{error}");
}

#[test]
fn degrees_and_minutes_are_read() {
    let check = |text: &str, expect: Option<(f64, f64)>| {
        let got =
            point(text).map(|it| ((it.lat() * 100.0).round() / 100.0, (it.lon() * 100.0).round() / 100.0));
        assert_eq!(got, expect, "{text}");
    };
    check("5228N 00155W", Some((52.47, -1.92)));
    check("0045S 00927E", Some((-0.75, 9.45)));
    check("5260N 00155W", None);
    check("00155W 5228N", None);
    check("NaN NaN", None);
    check("", None);
}
