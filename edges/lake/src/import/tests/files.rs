//! Files that are not what they should be: each shows its message.

use super::*;

const RATES: &str = "Date,USD,JPY,GBP\n2026-04-13,1.1684,186.75,0.87058\n2026-04-10,1.1711,186.43,0.87105\n";

fn message(name: &str, bytes: &[u8]) -> String {
    let made = Input::new(name, bytes.to_vec()).and_then(|it| import(Some("ecb-rates"), &it, &options()));
    made.unwrap_err().to_string()
}

#[test]
fn an_empty_file() {
    assert_eq!(message("a.csv", b""), "PRP-1401: a.csv is empty (0 bytes); get it again from its publisher");
    assert_eq!(
        message("a.csv", b" \n \n"),
        "PRP-1401: a.csv (blank) is empty (0 bytes); get it again from its publisher"
    );
}

#[test]
fn a_truncated_archive() {
    let whole = RATES.repeat(2000);
    for (name, packed) in [
        ("a.csv.zst", zstandard(whole.as_bytes())),
        ("a.csv.gz", gzipped(whole.as_bytes())),
        ("a.zip", zipped(&[("a.csv", whole.as_bytes())])),
    ] {
        assert!(Input::new(name, packed.clone()).is_ok(), "{name}");
        let told = message(name, &packed[..packed.len() * 2 / 3]);
        assert!(told.starts_with(&format!("PRP-1402: {name} is cut short or damaged: ")), "{told}");
        assert!(told.ends_with("get it again and compare its size with the publisher's"), "{told}");
    }
}

#[test]
fn packed_files_are_unpacked_by_what_they_are() {
    for (name, packed) in [
        ("eurofxref.csv.zst", zstandard(RATES.as_bytes())),
        ("eurofxref.csv.gz", gzipped(RATES.as_bytes())),
        ("misnamed.csv", zipped(&[("eurofxref.csv", RATES.as_bytes()), ("README.txt", b"notes")])),
        ("twice.csv.gz.zst", zstandard(&gzipped(RATES.as_bytes()))),
    ] {
        let input = Input::new(name, packed).unwrap();
        assert_eq!(input.bytes, RATES.as_bytes(), "{name}");
        assert_eq!(import(None, &input, &options()).unwrap().report.accepted, 2, "{name}");
    }
    let two_frames = [zstandard(b"one,"), zstandard(b"two")].concat();
    assert_eq!(input("x.zst", &two_frames).bytes, b"one,two");
}

#[test]
fn a_bomb() {
    let zeros = vec![b'0'; 40 << 20];
    for (name, packed) in
        [("a.zip", zipped(&[("a.csv", &zeros)])), ("a.gz", gzipped(&zeros)), ("a.zst", zstandard(&zeros))]
    {
        assert!(packed.len() < 1 << 20, "{name}: {}", packed.len());
        let told = message(name, &packed);
        assert!(told.starts_with(&format!("PRP-1403: {name} unpacks to more than ")), "{told}");
        assert!(told.ends_with("unpack it yourself and import the part that is needed"), "{told}");
    }
}

#[test]
fn an_archive_that_leads_outside() {
    for member in ["../../etc/passwd", "/etc/passwd", "..\\evil.csv", "C:\\evil.csv"] {
        assert_eq!(
            message("a.zip", &zipped(&[(member, RATES.as_bytes())])),
            format!(
                "PRP-1408: a.zip holds a member that would be written outside its folder ('{member}'); such an archive is not opened"
            )
        );
    }
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.as_gnu_mut().unwrap().name[..7].copy_from_slice(b"../evil");
    header.set_size(2);
    header.set_cksum();
    builder.append(&header, &b"x\n"[..]).unwrap();
    let tar = builder.into_inner().unwrap();
    let told = tar_members("a.tar", &tar).unwrap_err().to_string();
    assert!(
        told.starts_with(
            "PRP-1408: a.tar holds a member that would be written outside its folder ('../evil')"
        ),
        "{told}"
    );
}

#[test]
fn an_archive_of_several_tables() {
    assert_eq!(
        message("a.zip", &zipped(&[("a.csv", b"x"), ("b.csv", b"y")])),
        "PRP-1409: a.zip holds 2 files (a.csv, b.csv); one is expected here; unpack it and import the one that is meant"
    );
}

#[test]
fn missing_columns() {
    assert_eq!(
        message("a.csv", b"Day,EUR\n2026-04-13,1\n"),
        "PRP-1405: a.csv lacks the column Date, USD; looked for Date, USD; found Day, EUR; check that it is a file of kind ecb-rates \
and that its header line is there"
    );
}

#[test]
fn a_header_and_nothing_else() {
    assert_eq!(
        message("a.csv", b"Date,USD,JPY,GBP\r\n"),
        "PRP-1406: a.csv has a header and no rows; get the file again, the old book stays in force"
    );
}

#[test]
fn no_usable_row() {
    assert_eq!(
        message("a.csv", b"Date,USD\nyesterday,1.1\n2026-04-13,\n"),
        "PRP-1411: no row of a.csv could be used: a day without any rate (1 rows), not a date (1 rows); the old book stays in force"
    );
}

#[test]
fn binary_files_and_nul_bytes() {
    let told = message("a.csv", b"\x7fELF\x02\x01\x01\xff\xfe\x80");
    assert!(told.starts_with("PRP-1404: a.csv is not text: "), "{told}");
    let noise: Vec<u8> = b"Date,USD\n".iter().copied().chain((0..200).map(|it| it % 9)).collect();
    let told = message("a.csv", &noise);
    assert!(told.starts_with("PRP-1404: a.csv is not text: "), "{told}");
    let mut one_nul = RATES.repeat(20);
    one_nul.insert(20, '\0');
    let made = import_text("a.csv", &one_nul);
    assert_eq!(made.report.findings[0].text, "1 NUL bytes were taken out");
}

#[test]
fn encodings_are_told_and_reported() {
    let check = |bytes: &[u8], label: Option<&str>, encoding: &str, expect: &str| {
        let input = input("a.csv", bytes);
        let text = text::decode(&input, label).unwrap();
        assert_eq!((text.encoding, text.text.as_ref()), (encoding, expect));
        assert_eq!(text.findings.is_empty(), encoding == "UTF-8", "{encoding}");
    };
    let wide = |text: &str, big: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|it| if big { it.to_be_bytes() } else { it.to_le_bytes() }).collect()
    };
    let table = "name,value\nZürich,1\n";
    check(table.as_bytes(), None, "UTF-8", table);
    check(format!("\u{feff}{table}").as_bytes(), None, "UTF-8", table);
    check(&wide(table, false, true), None, "UTF-16LE", table);
    check(&wide(table, true, true), None, "UTF-16BE", table);
    check(&wide(table, false, false), None, "UTF-16LE", table);
    check(b"name,value\nZ\xfcrich,1\n", None, "windows-1252", table);
    let chinese = "名称,数值\n永磁体,一\n稀土氧化物,二\n";
    let (packed, _, _) = encoding_rs::GB18030.encode(chinese);
    check(&packed, None, "gb18030", chinese);
    let (packed, _, _) = encoding_rs::SHIFT_JIS.encode("名前,値\n");
    check(&packed, Some("shift_jis"), "Shift_JIS", "名前,値\n");
    let input = input("a.csv", b"x");
    assert_eq!(
        text::decode(&input, Some("klingon")).unwrap_err().to_string(),
        "PRP-1426: 'klingon' is not a name of a text encoding; write for example utf-8, windows-1252, gb18030 or shift_jis"
    );
}

#[test]
fn glitches_in_utf_8_are_counted() {
    let mut bytes = "é".repeat(100).into_bytes();
    bytes.push(0xff);
    let input = input("a.csv", &bytes);
    let text = text::decode(&input, None).unwrap();
    assert_eq!(text.findings[0].text, "1 characters are not sound UTF-8 and show as \u{FFFD}");
}

#[test]
fn a_kind_that_cannot_be_told_or_does_not_exist() {
    let told = guess(&input("a.csv", b"colour,size\nred,3\n")).unwrap_err().to_string();
    assert!(
        told.starts_with(
            "PRP-1407: cannot tell what a.csv is (its first line is 'colour,size'); name its kind: "
        ),
        "{told}"
    );
    let told = find_importer("ecb-rate").unwrap_err().to_string();
    assert!(told.starts_with("PRP-1425: 'ecb-rate' is not a kind of file; known: "), "{told}");
    assert!(told.ends_with("; did you mean ecb-rates?"), "{told}");
}

#[test]
fn delimiters_and_line_ends() {
    for text in [
        "Date;USD;JPY;GBP\r\n2026-04-13;1,1684;186,75;0,87058\r\n",
        "Date\tUSD\tJPY\tGBP\r2026-04-13\t1.1684\t186.75\t0.87058\r",
        "Date|USD|JPY|GBP\n\n2026-04-13|1.1684|186.75|0.87058\n\n",
    ] {
        let made = import_text("a.csv", text);
        assert_eq!(
            made.tables[0].1,
            "date,currency,units_per_eur\n2026-04-13,GBP,0.87058\n2026-04-13,JPY,186.75\n2026-04-13,USD,1.1684\n"
        );
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let once = import_text("a.csv", RATES);
    let again = import_text("a.csv", RATES);
    assert_eq!(once.tables, again.tables);
    assert_eq!(once.source.to_text().unwrap(), again.source.to_text().unwrap());
    let read = SourceToml::parse("source.toml", &once.source.to_text().unwrap()).unwrap();
    assert_eq!(read, once.source);
}

#[test]
fn rows_that_a_separator_has_shifted() {
    let made = import_text(
        "a.csv",
        "Date,USD,JPY,GBP\n2026-04-13,1.1,1,186.75,0.87\n2026-04-10,1.1,\"1,186.75\",0.87\n",
    );
    assert_eq!((made.report.accepted, made.report.repaired, made.report.rejected), (0, 1, 1));
    assert_eq!(made.report.rows[0].reason, "more cells than the header has (a separator outside quotes?)");
    assert_eq!(made.report.rows[0].found, "2026-04-13,1.1,1,186.75,0.87");
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    let text = format!("{RATES}2026-04-09,\"1.1,186,0.8\n{}", "2026-04-08,1.1,186,0.8\n".repeat(300));
    assert_eq!(
        message("a.csv", text.as_bytes()),
        "PRP-1412: a.csv cannot be read as ecb-rates: a quotation mark opened on line 4 is not closed; close it or \
take it out"
    );
}

#[test]
fn a_table_that_breaks_off() {
    let made = import_text("a.csv", &RATES[..RATES.len() - 12]);
    assert_eq!(made.report.findings[0].text, "the last line has 3 cells where the header has 4");
    assert_eq!(
        made.report.findings[0].hint.as_deref(),
        Some("the file may be cut short; compare its size with the publisher's")
    );
    assert!(import_text("a.csv", RATES.trim_end()).report.findings.is_empty());
}

#[test]
fn a_workbook_is_read_like_a_table() {
    let Some(path) = shared("macro/wb_lpi.xlsx") else {
        return;
    };
    let input = Input::open(&path).unwrap();
    let told = import(Some("ecb-rates"), &input, &options()).unwrap_err().to_string();
    assert!(told.starts_with("PRP-1405: wb_lpi.xlsx lacks the column Date, USD; "), "{told}");
}
