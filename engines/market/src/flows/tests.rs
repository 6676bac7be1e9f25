use super::*;
use crate::testing::{book, economy, flows, source};

const TABLE: &str = "hs,exporter,importer,usd_2022,usd_2024,kg_2024
850511,CN,GB,900,1000,50
,,US,,2000,
,JP,GB,300,,
850519,CN,DE,,10,0.5
";

fn hs(text: &str) -> HsCode {
    text.parse().unwrap()
}

#[test]
fn the_compact_table_goes_in_and_comes_out() {
    let book = FlowBook::from_csv(TABLE, source()).unwrap();
    assert_eq!(book.len(), 5);
    assert_eq!(book.to_csv(), TABLE);
    assert_eq!(book.list_goods(), [hs("850511"), hs("850519")]);
    assert_eq!(book.list_years(hs("850511")), [2022, 2024]);
    assert_eq!(book.list_years(hs("010121")), Vec::<u16>::new());
}

#[test]
fn unknown_quantity_is_not_zero() {
    let book = FlowBook::from_csv(TABLE, source()).unwrap();
    let find = |year, from: &str, to: &str| book.find(hs("850511"), year, economy(from), economy(to));
    assert_eq!(find(2024, "CN", "GB").unwrap().kg, Some(50.0));
    assert_eq!(find(2024, "CN", "US").unwrap().kg, None);
    assert_eq!(find(2022, "CN", "US"), None);
    assert_eq!(find(2024, "GB", "CN"), None);
    let total = book.slice(hs("850511"), 2024).total();
    assert_eq!((total.usd, total.flows, total.unweighed_flows), (3000, 2, 1));
    assert_eq!(
        (total.kg(), total.kg_extrapolated(), total.unit_value()),
        (Some(50.0), Some(150.0), Some(20.0))
    );
    assert_eq!(book.slice(hs("850511"), 2022).total().kg(), None);
}

#[test]
fn goods_are_found_at_their_level() {
    let book = FlowBook::from_csv(TABLE, source()).unwrap();
    let usd = |code: &str| book.slice(hs(code), 2024).total().usd;
    for (code, expect) in
        [("850511", 3000), ("85051100", 3000), ("8505", 3010), ("85", 3010), ("8504", 0), ("86", 0)]
    {
        assert_eq!(usd(code), expect, "{code}");
    }
    let mut rows = flows("850511", "2024 CN GB 1 1");
    rows.extend(flows("8505", "2024 CN GB 100 1"));
    let mixed = FlowBook::new(rows, source());
    assert_eq!(mixed.slice(hs("8505"), 2024).total().usd, 100, "a heading and its subheading are not added");
}

#[test]
fn parts_of_one_flow_are_summed_and_order_does_not_matter() {
    let a = book("850511", "2024 CN GB 1 1\n2024 CN GB 2 2\n2024 JP GB 5 -\n2024 JP GB 5 7");
    let b = book("850511", "2024 JP GB 5 7\n2024 CN GB 2 2\n2024 JP GB 5 -\n2024 CN GB 1 1");
    assert_eq!(a.to_csv(), b.to_csv());
    assert_eq!(a.to_csv(), "hs,exporter,importer,usd_2024,kg_2024\n850511,CN,GB,3,3\n,JP,GB,10,\n");
}

#[test]
fn slices_by_side_hold_every_flow_once() {
    let book = FlowBook::from_csv(TABLE, source()).unwrap();
    let slice = book.slice(hs("8505"), 2024);
    for side in [Side::Exporter, Side::Importer] {
        assert_eq!(slice.by(side).values().map(Vec::len).sum::<usize>(), slice.iter().count());
        assert_eq!(slice.tallies(side).values().map(|it| it.usd).sum::<i64>(), slice.total().usd);
    }
}

#[test]
fn a_bad_table_says_where() {
    let check = |text: &str, expect: &str| {
        let error = FlowBook::from_csv(text, source()).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    check(
        "a,b\n",
        "PRP-1301: the flow book cannot be read, line 1: the header must begin with hs,exporter,importer",
    );
    check("hs,exporter,importer,eur_2024\n", "column 'eur_2024' is neither usd_YYYY nor kg_YYYY");
    check(
        "hs,exporter,importer,usd_2024\n,CN,GB,1\n",
        "line 2: it has no goods code and there is none above",
    );
    check("hs,exporter,importer,usd_2024\n850511,,GB,1\n", "line 2: it has no exporter");
    check("hs,exporter,importer,usd_2024\n850511,CN,GB,1.5\n", "line 2: value '1.5' is not a whole number");
    check(
        "hs,exporter,importer,usd_2024,kg_2024\n850511,CN,GB,,3\n",
        "line 2: there is a quantity for 2024 and no value",
    );
    check("hs,exporter,importer,usd_2024\n850511,CN,GB,1,2\n", "line 2: it has more cells than the header");
}
