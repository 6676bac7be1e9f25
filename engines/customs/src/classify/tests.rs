use super::*;

const TABLE: &str = "code,description\n\
    01,Animals; live\n\
    0101,\"Horses, asses, mules and hinnies; live\"\n\
    010121,\"Horses; live, pure-bred breeding animals\"\n\
    010129,\"Horses; live, other than pure-bred breeding animals\"\n\
    28,Inorganic chemicals\n\
    2804,\"Hydrogen, rare gases and other non-metals\"\n\
    280461,\"Silicon; containing by weight not less than 99.99% of silicon\"\n\
    280469,\"Silicon; containing by weight less than 99.99% of silicon\"\n\
    2836,Carbonates\n\
    283691,Lithium carbonates\n\
    283692,Strontium carbonate\n\
    85,Electrical machinery\n\
    8505,Electro-magnets and permanent magnets\n\
    850511,\"Magnets; permanent magnets and articles intended to become permanent magnets after magnetization, of metal\"\n\
    850519,\"Magnets; permanent magnets, other than of metal\"\n\
    8507,Electric accumulators\n\
    850760,\"Electric accumulators; lithium-ion\"\n\
    999999,Commodities not specified according to kind\n";
const NAMES: &str = "code,name\n850511,neodymium magnets\n850511,永磁体\n850511,钕铁硼磁体\n283691,碳酸锂\n280469,silicon metal\n850760,锂离子电池\n999999,nothing\n";
const ENDED: &str = "code,description\n850512,\"Magnets; as they were\"\n";

fn book() -> Nomenclature {
    Nomenclature::from_csv(TABLE).unwrap().with_names(NAMES).unwrap().with_ended(ENDED).unwrap()
}

#[test]
fn words_find_their_code_in_both_languages() {
    let book = book();
    let check = |text: &str, expect: &str| {
        let found = book.classify(text, 5);
        assert_eq!(found.first().map(|it| it.hs.to_string()).as_deref(), Some(expect), "{text}: {found:?}");
    };
    check("lithium carbonate", "283691");
    check("Lithium Carbonates, battery grade", "283691");
    check("permanent magnets of metal", "850511");
    check("neodymium magnet", "850511");
    check("永磁体", "850511");
    check("高性能钕铁硼永磁体", "850511");
    check("碳酸锂", "283691");
    check("锂离子电池", "850760");
    check("lithium-ion accumulators", "850760");
    check("silicon metal", "280469");
    check("live horses", "010121");
}

#[test]
fn an_exact_name_scores_one_and_says_so() {
    let book = book();
    let found = book.classify("Neodymium magnets", 3);
    assert!((found[0].score - 1.0).abs() < 1e-9);
    assert_eq!(found[0].why, "'Neodymium magnets' is a name of it");
    assert!(found.windows(2).all(|it| it[0].score >= it[1].score));
    assert!(clear(&found).is_some());
    assert_eq!(found, book.classify("Neodymium magnets", 3));
}

#[test]
fn what_fits_several_codes_is_not_clear() {
    let book = book();
    assert!(clear(&book.classify("silicon", 5)).is_none());
    assert!(book.classify("wombats", 5).is_empty());
    assert!(
        book.classify("commodities not specified according to kind", 5)
            .iter()
            .all(|it| it.hs.to_string() != "999999")
    );
    assert!(book.classify("", 5).is_empty());
}

#[test]
fn descriptions_are_found_for_national_lines_too() {
    let book = book();
    assert_eq!(book.describe("283691".parse().unwrap()), Some("Lithium carbonates"));
    assert_eq!(book.describe("2836910010".parse().unwrap()), Some("Lithium carbonates"));
    assert_eq!(book.describe("2836".parse().unwrap()), Some("Carbonates"));
    assert_eq!(book.ancestry("283691".parse().unwrap()).len(), 3);
}

#[test]
fn unknown_codes_suggest_their_neighbours() {
    let book = book();
    let check = |text: &str, expect: &str| {
        assert_eq!(book.check_text(text).unwrap_err().to_string(), expect, "{text}");
    };
    check(
        "283693",
        "PRP-1280: HS 283693 does not exist in HS 2022; did you mean 283691 (Lithium carbonates) or 283692 (Strontium carbonate)?",
    );
    check(
        "238691",
        "PRP-1280: HS 238691 does not exist in HS 2022; did you mean 283691 (Lithium carbonates)?",
    );
    check(
        "999999",
        "PRP-1280: HS 999999 does not exist in HS 2022; look it up by name, for example 'permanent magnets'",
    );
    check(
        "854420",
        "PRP-1280: HS 854420 does not exist in HS 2022; did you mean 850760 (Electric accumulators; lithium-ion) or \
         850519 (Magnets; permanent magnets, other than of metal) or \
         850511 (Magnets; permanent magnets and articles intended to become...)?",
    );
    check(
        "magnets",
        "PRP-1005: 'magnets' is not an HS code: it has something other than digits and dots; write 2 to 10 digits, for example 850511 or 8505.11",
    );
    check(
        "850512",
        "PRP-1282: HS 850512 ended with HS 2017 ('Magnets; as they were'); HS 2022 has \
         850511 (Magnets; permanent magnets and articles intended to become...) or 850519 (Magnets; permanent magnets, other than of metal)",
    );
}

#[test]
fn a_lost_zero_is_put_back_and_told() {
    let checked = book().check_text("10121").unwrap();
    assert_eq!(checked.hs.to_string(), "010121");
    assert_eq!(checked.findings[0].text, "'10121' is read as HS 010121: the leading zero was lost");
    assert!(book().check_text("50511").is_err());
}

#[test]
fn a_bad_table_names_its_line() {
    let check = |text: &str, expect: &str| {
        let error = Nomenclature::from_csv(text).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    check("", "line 1: it is empty");
    check("hs,text", "line 1: the header must be code,description");
    check("code,description", "it has no rows");
    check("code,description\n850511,a,b", "line 2: it has 3 fields instead of 2");
    check("code,description\n85051,a", "line 2: PRP-1005");
    check("code,description\n85,\n", "line 2: the description is empty");
    check("code,description\n85,a\n85,b", "85 is there twice");
}
