use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use customs::classify::Nomenclature;
use domain::{Currency, Date, EconomyBook, Incoterm, Limits, Money, Need, Ppm, Quantity, Unit, Wishes};
use proptest::prelude::*;
use routes::places::PlaceBook;

use super::*;

struct Books {
    economies: Arc<EconomyBook>,
    places: PlaceBook,
    nomenclature: Nomenclature,
}

/// The bundled books: what is understood depends on them.
fn books() -> AskBooks<'static> {
    static BOOKS: OnceLock<Books> = OnceLock::new();
    let all = BOOKS.get_or_init(|| Books {
        economies: EconomyBook::from_csv(include_str!("../../../../books/economies/economies.csv")).unwrap(),
        places: PlaceBook::from_tables([
            include_str!("../../../../books/places/places.csv"),
            include_str!("../../../../books/places/names.csv"),
            include_str!("../../../../books/places/names_own.csv"),
            include_str!("../../../../books/places/names_zh.csv"),
        ])
        .unwrap(),
        nomenclature: Nomenclature::from_csv(include_str!("../../../../books/hs/hs2022.csv"))
            .unwrap()
            .with_names(include_str!("../../../../books/hs/search_terms.csv"))
            .unwrap()
            .with_names(include_str!("../../../../books/hs/names_own.csv"))
            .unwrap()
            .with_ended(include_str!("../../../../books/hs/ended_2017.csv"))
            .unwrap(),
    });
    AskBooks { economies: &all.economies, places: &all.places, nomenclature: &all.nomenclature }
}

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn ask(text: &str) -> Asked {
    parse(text, &books(), today()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A need in short: direction hs quantity place incoterm currency deadline, then limits.
fn short(need: &Need) -> String {
    let mut text = format!(
        "{} {} {} {}",
        if need.direction == domain::Direction::Buy { "buy" } else { "sell" },
        need.hs,
        need.quantity,
        need.place.locode.map_or_else(|| need.place.name.clone(), |it| it.to_string())
    );
    if let Some(term) = need.incoterm {
        write!(text, " {term}").unwrap();
    }
    write!(text, " {}", need.currency).unwrap();
    if let Some(day) = need.deadline {
        write!(text, " {day}").unwrap();
    }
    let limits = &need.limits;
    if let Some(it) = limits.landed_at_most {
        write!(text, " <={it}").unwrap();
    }
    if let Some(it) = limits.on_time_at_least {
        write!(text, " >={it}").unwrap();
    }
    if let Some(it) = limits.co2e_kg_at_most {
        write!(text, " co2e<={it}").unwrap();
    }
    for (mark, list) in [("+", &limits.origins_only), ("-", &limits.origins_never)] {
        for it in list {
            write!(text, " {mark}{it}").unwrap();
        }
    }
    for it in &limits.modes_only {
        write!(text, " {it}").unwrap();
    }
    for it in &limits.passages_shut {
        write!(text, " x{it}").unwrap();
    }
    text
}

#[test]
fn sentences_in_either_language_become_needs() {
    let check = |text: &str, expect: &str| {
        let asked = ask(text);
        assert_eq!(short(&asked.need), expect, "{text}\n{:#?}", asked.findings);
        let lost: Vec<_> = asked.findings.iter().filter(|it| it.code.0 == "PRP-1830").collect();
        assert!(lost.is_empty(), "{text}: {lost:?}");
    };
    check(
        "buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP",
        "buy 850511 5 t GBBHM DAP GBP 2027-03-15",
    );
    check(
        "buy 5 t HS 850511 DAP Birmingham, in 12 weeks, pay in pounds",
        "buy 850511 5 t GBBHM DAP GBP 2027-02-14",
    );
    check("buy 200 t of lithium carbonate to Rotterdam", "buy 283691 200 t NLRTM EUR");
    check("Buy 1,000 t of silicon metal to Los Angeles in USD", "buy 280469 1000 t USLAX USD");
    check("sell 500 t of copper cathodes from Antofagasta, paid in USD", "sell 740311 500 t CLANF USD");
    check("采购5吨永磁体，DAP伯明翰，2027年3月15日前，英镑付款", "buy 850511 5 t GBBHM DAP GBP 2027-03-15");
    check("采购200吨碳酸锂到鹿特丹，12周内", "buy 283691 200 t NLRTM EUR 2027-02-14");
    check("从安托法加斯塔出售500吨阴极铜，以美元结算", "sell 740311 500 t CLANF USD");
    check("我们想进口一千吨工业硅，运到洛杉矶，苏伊士关闭", "buy 280469 1000 t USLAX USD xsuez");
    check("buy 5吨 钕铁硼 to Birmingham, GB 十二周内 in GBP", "buy 850511 5 t GBBHM GBP 2027-02-14");
    check(
        "I need 20 t of lithium-ion cells delivered to Casablanca by 15 March 2027, pay in dirham",
        "buy 850760 20 t MACAS MAD 2027-03-15",
    );
    check(
        "buy 20 t of lithium-ion cells, HS 850760, delivered to Casablanca by 15 March, pay in dirham",
        "buy 850760 20 t MACAS MAD 2027-03-15",
    );
    check("采购5吨永磁体到伯明翰，3月15日前", "buy 850511 5 t GBBHM GBP 2027-03-15");
    check("buy by March 15, 20 t HS 850760 to MACAS", "buy 850760 20 t MACAS MAD 2027-03-15");
    check("buy by 15 December 20 t HS 850760 to MACAS", "buy 850760 20 t MACAS MAD 2026-12-15");
    check("buy 20 t HS 850760 to MACAS by 22 November", "buy 850760 20 t MACAS MAD 2027-11-22");
    check("buy 20 t HS 850760 to MACAS by 29 February", "buy 850760 20 t MACAS MAD 2028-02-29");
    check("buy 20 t HS 850760 to MACAS by 15 March 2028", "buy 850760 20 t MACAS MAD 2028-03-15");
    check(
        "采购 5吨 permanent magnets HS 850511 to 伯明翰 DAP before 2027-03-15 英镑",
        "buy 850511 5 t GBBHM DAP GBP 2027-03-15",
    );
    check(
        "buy 5吨 永磁体 HS 850511 运到 Birmingham, GB 3月15日前 不超过20万 GBP",
        "buy 850511 5 t GBBHM GBP 2027-03-15 <=200000.00 GBP",
    );
    check("buy 5 t 永磁体 到 伯明翰 by 15 March 2027 GBP", "buy 850511 5 t GBBHM GBP 2027-03-15");
    check(
        "采购 5 t magnets HS 850511 DAP 伯明翰, 2027年3月15日前, in GBP",
        "buy 850511 5 t GBBHM DAP GBP 2027-03-15",
    );
    check("to Hamburg please: 5 t HS 8505.11, buy", "buy 850511 5 t DEHAM EUR");
    check("buy 5 t HS 850511 to GBBHM, avoid China, not from Russia", "buy 850511 5 t GBBHM GBP -CN -RU");
    check("buy 5 t HS 850511 to GBBHM only from Japan or Germany", "buy 850511 5 t GBBHM GBP +JP +DE");
    check("采购5吨永磁体到伯明翰，只从日本或德国采购，不要中国", "buy 850511 5 t GBBHM GBP +JP +DE -CN");
    check("buy 5 t permanent magnets from Japan to GBBHM", "buy 850511 5 t GBBHM GBP +JP");
    check("buy 5 t HS 850511 to GBBHM by air only", "buy 850511 5 t GBBHM GBP air");
    check("buy 5 t HS 850511 to GBBHM by sea or rail", "buy 850511 5 t GBBHM GBP sea rail");
    check("采购5吨永磁体到伯明翰，只能空运", "buy 850511 5 t GBBHM GBP air");
    check("buy 5 t HS 850511 to GBBHM, no air freight", "buy 850511 5 t GBBHM GBP sea rail road");
    check("buy 5 t HS 850511 to GBBHM, Suez shut", "buy 850511 5 t GBBHM GBP xsuez");
    check(
        "buy 5 t HS 850511 to GBBHM with Suez and Bab-el-Mandeb closed",
        "buy 850511 5 t GBBHM GBP xsuez xbab-el-mandeb",
    );
    check("buy 5 t HS 850511 to GBBHM avoiding the Suez Canal", "buy 850511 5 t GBBHM GBP xsuez");
    check("采购5吨永磁体到伯明翰，苏伊士运河和曼德海峡关闭", "buy 850511 5 t GBBHM GBP xsuez xbab-el-mandeb");
    check(
        "buy 5 t HS 850511 to GBBHM at most 200000 GBP, at least 90 % on time",
        "buy 850511 5 t GBBHM GBP <=200000.00 GBP >=90 %",
    );
    check(
        "采购5吨永磁体到伯明翰，不超过20万英镑，准时率至少90%",
        "buy 850511 5 t GBBHM GBP <=200000.00 GBP >=90 %",
    );
    check(
        "buy 5 t HS 850511 to GBBHM, budget £200,000, at most 5 t CO2e",
        "buy 850511 5 t GBBHM GBP <=200000.00 GBP co2e<=5000",
    );
    check("采购5吨永磁体到伯明翰，碳排放不超过5吨", "buy 850511 5 t GBBHM GBP co2e<=5000");
    check("buy 5 t HS 850511 to 52.48,-1.9", "buy 850511 5 t 52.48,-1.9 GBP");
    check("buy 5 t 850511 Birmingham, GB", "buy 850511 5 t GBBHM GBP");
    check("buy 500 kg HS 10121 to Rotterdam", "buy 010121 500 kg NLRTM EUR");
    check(
        "buy 3 thousand pcs HS 871200 to Hamburg within 2 months",
        "buy 871200 3000 pcs DEHAM EUR 2027-01-22",
    );
}

#[test]
fn wishes_weigh_the_ranking() {
    let check = |words: &str, expect: [u8; 5]| {
        let Wishes { cost, arrival, carbon, resilience, cash } =
            ask(&format!("buy 5 t HS 850511 to GBBHM {words}")).need.wishes;
        assert_eq!([cost, arrival, carbon, resilience, cash], expect, "{words}");
    };
    check("", [50, 50, 0, 0, 0]);
    check("cheapest", [100, 25, 0, 0, 0]);
    check("as fast as possible", [25, 100, 0, 0, 0]);
    check("greenest and cheapest", [100, 25, 100, 0, 0]);
    check("，最便宜", [100, 25, 0, 0, 0]);
    check("，尽快", [25, 100, 0, 0, 0]);
    check("weighing cost 70, arrival 30", [70, 30, 0, 0, 0]);
}

#[test]
fn what_is_assumed_or_left_over_is_told() {
    let check = |text: &str, code: &str, expect: &str| {
        let findings = ask(text).findings;
        let found =
            findings.iter().find(|it| it.code.0 == code).unwrap_or_else(|| panic!("{text}: {findings:#?}"));
        assert!(found.text.contains(expect), "{}", found.text);
    };
    check("buy 5 t HS 850511 to Birmingham in GBP", "PRP-1128", "because of the currency");
    check("buy 5 t HS 850511 to GBBHM", "PRP-1831", "taken as GBP, the currency of the place");
    check("buy 200 t of lithium carbonate to NLRTM", "PRP-1832", "'lithium carbonate' is taken as HS 283691");
    check("buy 5 t HS 850511 from Japan to GBBHM", "PRP-1833", "'from Japan' is taken as only from Japan");
    check("buy 5 t HS 850511 to GBBHM, 200000 GBP", "PRP-1834", "200000.00 GBP is taken as the most");
    check("5 t HS 850511 to GBBHM", "PRP-1835", "taken as buying");
    check("buy 5 t HS 850511 \"magnets\" to GBBHM, painted blue", "PRP-1830", "'painted blue'");
    check("buy 5 t HS 850511 to GBBHM by next friday", "PRP-1830", "'next friday'");
    check("buy 5 t of HS 850511 to Birmingham Alabama in USD", "PRP-1830", "'Alabama'");
    check("buy 5 t HS 850511 to GBBHM FOB Shanghai", "PRP-1836", "FOB Shanghai");
    check(
        "buy 5 t HS 850511 to GBBHM by 15 March",
        "PRP-1837",
        "'by 15 March' is taken as 2027-03-15, the next such day",
    );
    check("buy 5 t HS 10121 to GBBHM", "PRP-1283", "the leading zero was lost");
}

#[test]
fn every_part_that_was_understood_is_shown() {
    let asked = ask("buy 5 t HS 850511 to Rotterdam by 2027-03-15");
    let spans: Vec<(&str, &str)> =
        asked.understood.iter().map(|it| (it.text.as_str(), it.meaning.as_str())).collect();
    assert_eq!(spans[0], ("buy", "buy"));
    assert_eq!(spans[1], ("5 t", "quantity 5 t"));
    assert!(spans[2].1.starts_with("HS 850511: Magnets"));
    assert_eq!(spans[3], ("to Rotterdam", "place Rotterdam (NLRTM)"));
    assert_eq!(spans[4], ("by 2027-03-15", "deadline 2027-03-15"));
}

#[test]
fn bad_needs_say_what_and_how_to_mend_it() {
    let faults = std::cell::RefCell::new(Vec::new());
    let check = |text: &str, expect: &str| {
        let error = match parse(text, &books(), today()) {
            Ok(it) => short(&it.need),
            Err(error) => error.to_string(),
        };
        if !error.contains(expect) {
            faults.borrow_mut().push(format!("{text}: {error}"));
        }
    };
    check("", "PRP-1811: nothing is asked for; write for example");
    check(&"buy ".repeat(600), "PRP-1810: the need has 2400 characters, more than 2000");
    check("buy 5 t HS 850511", "PRP-1812: the need does not say to where (a place); write for example");
    check("buy HS 850511 to GBBHM", "PRP-1812: the need does not say how much (a quantity with its unit)");
    check("buy 5 t to GBBHM", "PRP-1812: the need does not say what (goods or an HS code)");
    check("hello", "how much (a quantity with its unit)");
    check(
        "buy 5 HS 850511 to GBBHM",
        "PRP-1010: '5' has no unit; write for example '5 t', '500 kg' or '200 pcs'",
    );
    check("buy 5 tonns of permanent magnets to GBBHM", "PRP-1011: 'tonns' is not a unit");
    check("采购5永磁体到伯明翰", "PRP-1010: '5' has no unit");
    check(
        "buy 1,5 t HS 850511 to GBBHM",
        "PRP-1002: cannot read '1,5' as an amount: it is not a plain number",
    );
    check("buy NaN t HS 850511 to GBBHM", "PRP-1002: cannot read 'NaN' as an amount");
    check("buy -5 t HS 850511 to GBBHM", "a quantity must be more than nothing");
    check("buy 5 t HS 850511 to San Antonio", "PRP-1121: 'San Antonio' could be ");
    check(
        "buy 5 t HS 850511 to Roterdam",
        "PRP-1120: no place called 'Roterdam' is known; did you mean Rotterdam (NLRTM)",
    );
    check(
        "buy 5 t HS 850511 to Germany",
        "PRP-1122: 'Germany' is a whole economy; name a place in it, for example Hamburg (DEHAM)",
    );
    check(
        "buy 5 t HS 850511 to 121.47,31.23",
        "PRP-1008: '121.47,31.23' is not a point on Earth: latitude comes first, and the two look swapped; did you mean '31.23,121.47'?",
    );
    check("buy 5 t HS 850599 to GBBHM", "PRP-1280: HS 850599 does not exist in HS 2022; did you mean 850590");
    check(
        "buy 5 t HS 8505 to GBBHM",
        "PRP-1818: HS 8505 is wider than a subheading; write six digits, for example 850511",
    );
    check(
        "buy 5 t of wombats to GBBHM",
        "PRP-1817: no goods of the Harmonized System are known as 'wombats'",
    );
    check("buy 5 t of silicon to GBBHM", "PRP-1816: 'silicon' may be several goods:\n  HS ");
    check(
        "buy 5 t HS 850511 to GBBHM by 2026-03-15",
        "PRP-1814: the deadline 2026-03-15 is past: today is 2026-11-22",
    );
    check(
        "buy 5 t HS 850511 to GBBHM by 15/03/2027",
        "PRP-1815: '15/03/2027' is not taken as a date: day and month may be the other way round; write it as YYYY-MM-DD",
    );
    check("buy 5 t HS 850511 to GBBHM by 15.03.27", "a year of two digits may be another century");
    check("buy 5 t HS 850511 to GBBHM by 27-03-15", "a year of two digits may be another century");
    check(
        "buy 5 t HS 850511 to GBBHM by 2027-02-30",
        "'2027-02-30' is not taken as a date: there is no such day",
    );
    check("buy 5 t HS 850511 to GBBHM by 30 February", "there is no such day");
    check("buy 5 t HS 850511 to GBBHM by 15 March 27", "a year of two digits may be another century");
    check(
        "buy 5 t HS 850511 to GBBHM by 15/3",
        "'15/3' is not taken as a date: day and month may be the other way",
    );
    check("buy 5 t HS 850511 to GBBHM in XYZ", "PRP-1001: 'XYZ' is not a currency");
    check("buy 5 t HS 850511 to GBBHM, pay in GPB", "PRP-1001: 'GPB' is not a currency");
    check("采购5吨永磁体到伯明翰，以XYZ付款", "PRP-1001: 'XYZ' is not a currency");
    check("buy 5 t HS 850511 to GBBHM at most 200000 XYZ", "PRP-1001: 'XYZ' is not a currency");
    check(
        "buy 1.000 t HS 280469 to USLAX",
        "PRP-1821: '1.000 t' may be 1000 t or 1 t, as a dot parts thousands in some countries and decimals in others; write '1000 t' or '1 t'",
    );
    check("buy 1.250 t HS 280469 to USLAX", "write '1250 t' or '1.25 t'");
    check("buy 1.125 t HS 280469 to USLAX", "write '1125 t' or '1.1250 t'");
    check(
        "buy 1.000.000 kg HS 280469 to USLAX",
        "PRP-1821: '1.000.000 kg' may be 1000000 kg or 1,000,000 kg",
    );
    check(
        "buy 5 t HS 850511 to GBBHM at most 200.000 GBP",
        "PRP-1821: '200.000 GBP' may be 200000 GBP or 200 GBP",
    );
    check("buy 5 t HS 999999 to GBBHM", "PRP-1280: HS 999999 does not exist in HS 2022");
    check(
        "buy -5 t HS 850511 to GBBHM",
        "PRP-1002: '-5 t' cannot be: a quantity must be more than nothing; write for example '5 t'",
    );
    check("kaufe 5 t Magnete HS 850511 nach Xanadu", "(English and Chinese are read)");
    check("buy 5 t HS 850511 to GBBHM, Suze shut", "PRP-1101: 'Suze' is not a passage; did you mean suez?");
    check(
        "buy 5 t HS 850511 to GBBHM, avoid Chnia",
        "PRP-1819: 'Chnia' is neither an economy nor a passage; did you mean China?",
    );
    check("buy 5 t HS 850511 to GBBHM only from Jappan", "PRP-1006: 'Jappan' is not an economy");
    check(
        "buy 5 t and 6 t HS 850511 to GBBHM",
        "PRP-1813: the need says its quantity twice: '5 t' and '6 t'",
    );
    check("buy 5 t HS 850511 to GBBHM at least 190 % on time", "a chance goes from 0 to 100 %");
    assert!(faults.borrow().is_empty(), "{:#?}", faults.borrow());
}

#[test]
fn need_files_are_read_in_every_form() {
    let toml = "direction = \"buy\"\nhs = \"850511\"\nquantity = \"5 t\"\nplace = \"Birmingham, GB\"\nincoterm = \"DAP\"\ncurrency = \"GBP\"\n\
        deadline = \"12 weeks\"\n[limits]\nlanded_at_most = \"200,000 GBP\"\non_time_at_least = \"90 %\"\nco2e_at_most = \"5 t\"\n\
        origins_never = [\"China\"]\nmodes_only = [\"sea\"]\npassages_shut = [\"Suez Canal\"]\n[facts]\n\"buyer.vat_registered\" = \"yes\"\n";
    let expect = "buy 850511 5 t GBBHM DAP GBP 2027-02-14 <=200000.00 GBP >=90 % co2e<=5000 -CN sea xsuez";
    let check = |text: &str, expect: &str| {
        let asked = read(text, &books(), today()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(short(&asked.need), expect, "{text}");
        asked.need
    };
    let need = check(toml, expect);
    check(&format!("# A deal\n\nProse.\n\n```need\n{toml}```\n\nMore prose.\n"), expect);
    check("# A deal\n\n```need\nbuy 5 t HS 850511 to GBBHM\n```\n", "buy 850511 5 t GBBHM GBP");
    check(
        "need = \"buy 5 t HS 850511 to GBBHM\"\n[limits]\norigins_never = [\"CN\"]\n",
        "buy 850511 5 t GBBHM GBP -CN",
    );
    check("{\"hs\": \"850511\", \"quantity\": \"5 t\", \"place\": \"GBBHM\"}", "buy 850511 5 t GBBHM GBP");
    check("采购5吨永磁体到伯明翰", "buy 850511 5 t GBBHM GBP");
    // What programs write reads back as it is.
    let json = serde_json::to_string_pretty(&need).unwrap();
    assert_eq!(read(&json, &books(), today()).unwrap().need, need);
}

#[test]
fn several_goods_are_listed_one_a_line_those_with_trade_first() {
    let mut error = parse("buy 5 t of silicon to GBBHM", &books(), today()).unwrap_err();
    let codes = |error: &AskError| -> Vec<String> {
        let AskError::UnclearGoods { candidates, .. } = error else { panic!("{error}") };
        candidates.iter().map(|it| it.hs.to_string()).collect()
    };
    let listed = codes(&error);
    let text = error.to_string();
    assert_eq!(text.lines().filter(|it| it.starts_with("  HS ")).count(), listed.len(), "{text}");
    assert!(!text.contains("score"), "{text}");
    assert_eq!(text.matches("; ").count(), 1, "one hint: {text}");
    let last = listed.last().unwrap().clone();
    error.with_trade_first(|it| usize::from(it.to_string() == last));
    assert_eq!(codes(&error)[0], last);
    assert_eq!(codes(&error)[1..], listed[..listed.len() - 1]);
    assert!(error.to_string().ends_with(&format!("for example 'HS {last}'")), "{error}");
}

#[test]
fn a_need_with_three_decimals_reads_back() {
    let mut need = ask("buy 5 t HS 850511 to GBBHM").need;
    need.quantity = Quantity::new(domain::Decimal::new(1125, 3), Unit::Tonne);
    let text = say(&need, Lang::En);
    assert_eq!(ask(&text).need, need, "{text}");
}

#[test]
fn bad_need_files_name_the_line() {
    let check = |text: &str, expect: &str| {
        let error = read(text, &books(), today()).map(|it| short(&it.need)).unwrap_err().to_string();
        assert!(error.contains(expect), "{text}: {error}");
    };
    check("", "PRP-1811");
    check(
        "# A deal\n\nno block\n",
        "PRP-1820: the need file cannot be read: the page has no block that begins with ```need",
    );
    check(
        "# A deal\n\n```need\nbuy",
        "PRP-1820: the need file cannot be read, line 3: the block ```need is not closed",
    );
    check("hs = \"850511\"\nquantity = \"5\"\nplace = \"GBBHM\"\n", "line 2: PRP-1010: '5' has no unit");
    check(
        "# x\n\n```need\nhs = \"850511\"\nquantity = \"5 t\"\nplace = \"Roterdam\"\n```\n",
        "line 6: PRP-1120",
    );
    check(
        "hs = \"850511\"\nquantity = \"5 t\"\nplace = \"GBBHM\"\ncolour = \"red\"\n",
        "unknown field `colour`",
    );
    check("hs = \"850511\n", "PRP-1820: the need file cannot be read, line 1");
    check(
        "{\n\"hs\": \"850511\",\n\"quantity\": \"5 t\",\n\"place\": \"GBBHM\",\n\"deadline\": \"15/03/27\"}",
        "line 5: PRP-1815",
    );
    check("{\n\"hs\": 850511,,\n}", "line 2");
    check("hs = \"850511\"\n", "PRP-1812: the need does not say how much (quantity = \"5 t\") nor where");
    check(
        "hs=\"850511\"\nquantity=\"5 t\"\nplace=\"GBBHM\"\n[limits]\npassages_shut=[\"Suze\"]\n",
        "line 5: PRP-1101",
    );
    check(
        "hs=\"850511\"\nquantity=\"1.000 t\"\nplace=\"GBBHM\"\n",
        "line 2: PRP-1821: '1.000 t' may be 1000 t or 1 t",
    );
    check("hs=\"850511\"\nquantity=\"-5 t\"\nplace=\"GBBHM\"\n", "line 2: PRP-1002: '-5 t' cannot be");
    check(&"x".repeat(MAX_FILE_BYTES + 1), "PRP-1810");
}

fn any_need() -> impl Strategy<Value = Need> {
    let all = books();
    let places: Vec<domain::Place> = all.places.list_all().step_by(97).map(|it| it.place()).collect();
    let codes: Vec<domain::HsCode> =
        all.nomenclature.list_all().map(|it| it.0).filter(|it| it.digits() == 6).step_by(53).collect();
    let economies: Vec<domain::Economy> = all.economies.list_all().iter().map(|it| it.economy).collect();
    let passages: Vec<String> = routes::Passage::ALL.iter().map(|it| it.key().to_owned()).collect();
    let basics = (
        prop_oneof![Just(domain::Direction::Buy), Just(domain::Direction::Sell)],
        proptest::sample::select(codes),
        "[a-z]{2,8}( [a-z\"=,0-9]{1,8}){0,4}|永磁体，不要中国",
        1_i64..9_999_999,
        0_u32..3,
        proptest::sample::select(vec![
            Unit::Tonne,
            Unit::Kilogram,
            Unit::Piece,
            Unit::CubicMetre,
            Unit::Pair,
        ]),
        proptest::sample::select(places),
        proptest::option::of(proptest::sample::select(Incoterm::ALL.to_vec())),
        proptest::sample::select(vec!["GBP", "USD", "EUR", "JPY", "MAD", "ALL", "TRY"]),
        proptest::option::of(1_i32..800),
    );
    let limits = (
        proptest::option::of(1_i64..99_999_999),
        proptest::option::of(0_i64..=1_000_000),
        proptest::option::of(1_u64..999_999),
        proptest::collection::btree_set(proptest::sample::select(economies.clone()), 0..3),
        proptest::collection::btree_set(proptest::sample::select(economies), 0..3),
        proptest::collection::btree_set(proptest::sample::select(domain::Mode::ALL.to_vec()), 0..3),
        proptest::collection::btree_set(proptest::sample::select(passages), 0..3),
        proptest::option::of((0_u8..=100, 0_u8..=100, 0_u8..=100, 0_u8..=100, 0_u8..=100)),
        proptest::collection::btree_map("[a-z]{3,9}\\.[a-z_]{2,9}[a-z]", "[a-z0-9\" ]{1,9}", 0..3),
    );
    (basics, limits).prop_map(|(basics, limits)| {
        let (direction, hs, goods, amount, scale, unit, place, incoterm, currency, days) = basics;
        let (money, share, co2e, only, never, modes, shut, wishes, facts) = limits;
        let currency: Currency = currency.parse().unwrap();
        Need {
            direction,
            hs,
            goods,
            quantity: Quantity::new(domain::Decimal::new(amount, scale).normalize(), unit),
            place,
            incoterm,
            currency,
            deadline: days.map(|it| today().checked_add(jiff::Span::new().days(it)).unwrap()),
            limits: Limits {
                landed_at_most: money.map(|it| Money::from_minor(it, currency)),
                on_time_at_least: share.map(Ppm),
                co2e_kg_at_most: co2e,
                origins_only: only.into_iter().collect(),
                origins_never: never.into_iter().collect(),
                modes_only: modes.into_iter().collect(),
                passages_shut: shut.into_iter().collect(),
            },
            wishes: wishes.map_or_else(Wishes::default, |(cost, arrival, carbon, resilience, cash)| Wishes {
                cost,
                arrival,
                carbon,
                resilience,
                cash,
            }),
            facts,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_reads_back(need in any_need()) {
        for lang in [Lang::En, Lang::Zh] {
            let text = say(&need, lang);
            let asked = parse(&text, &books(), today());
            prop_assert_eq!(asked.map(|it| it.need), Ok(need.clone()), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_it_fall_over(text in "\\PC{0,120}", words in proptest::collection::vec(proptest::sample::select(vec![
        "buy", "5", "t", "HS", "850511", "to", "Birmingham", "by", "2027-03-15", "in", "GBP", "采购", "吨", "到", "伯明翰", "前", "shut", "avoid",
        "only", "from", "Suez", ",", "\"", "=", "%", "at most", "NaN", "-", "万", "月", "weeks", "52.48,-1.9", "CO2e", "on time",
    ]), 0..14)) {
        let _ = parse(&text, &books(), today());
        let _ = parse(&words.join(" "), &books(), today());
        let _ = read(&text, &books(), today());
    }
}
