//! The bundled books answered as published tables say.

use std::path::Path;

use domain::{Coordinates, Interval, Place};
use rayon::ThreadPoolBuilder;

use super::*;
use crate::lead::SMALL_SHIP_CANALS;
use crate::matrix::{distances, snapped_metres};

#[expect(clippy::disallowed_methods, reason = "tests read the bundled books")]
fn book(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn network() -> SeaNetwork {
    SeaNetwork::from_csv(&book("sea-network/nodes.csv"), &book("sea-network/edges.csv")).unwrap()
}

fn lead() -> LeadTimeBook {
    LeadTimeBook::from_csv(LeadTimeTables {
        parameters: &book("lead-times/parameters.csv"),
        vessels: &book("lead-times/vessels.csv"),
        limits: &book("lead-times/limits.csv"),
        borders: &book("lead-times/borders.csv"),
        shocks: &book("lead-times/shocks.csv"),
        landmasses: &book("lead-times/landmasses.csv"),
    })
    .unwrap()
}

fn at(lat: f64, lon: f64) -> Coordinates {
    Coordinates::new(lat, lon).unwrap()
}

fn shanghai() -> Coordinates {
    at(31.23, 121.49)
}
fn rotterdam() -> Coordinates {
    at(51.95, 4.14)
}
fn los_angeles() -> Coordinates {
    at(33.74, -118.26)
}
fn honolulu() -> Coordinates {
    at(21.31, -157.87)
}
fn suva() -> Coordinates {
    at(-18.13, 178.42)
}

fn shut(keys: &str) -> PassageSet {
    DEFAULT_CLOSED.union(PassageSet::parse(keys).unwrap())
}

/// Distances between ports as published: Shanghai-Rotterdam about 10,600 nm by Suez and 13,800 nm by the Cape;
/// Shanghai-Los Angeles, Yokohama-Vancouver, Suva-Honolulu (over the antimeridian) and Colombo-Hamburg as in
/// "Distances Between Ports" (NGA Pub. 151).
#[test]
fn distances_are_those_of_the_published_tables_within_three_percent() {
    let network = network();
    let check = |from, to, closed: &str, expect: f64| {
        let nm = network.distance(from, to, shut(closed)).unwrap().nm();
        assert!((nm / expect - 1.0).abs() <= 0.03, "{nm:.0} nm, published {expect} nm, closed {closed}");
    };
    check(shanghai(), rotterdam(), "", 10_600.0);
    check(shanghai(), rotterdam(), "suez", 13_800.0);
    check(shanghai(), rotterdam(), "bab-el-mandeb", 13_800.0);
    check(shanghai(), los_angeles(), "", 5_693.0);
    check(at(35.45, 139.65), at(49.29, -123.11), "", 4_303.0);
    check(suva(), honolulu(), "", 2_779.0);
    check(at(6.95, 79.85), at(53.54, 9.97), "", 7_129.0);
}

#[test]
fn with_suez_shut_ships_go_round_the_cape_and_not_through_panama() {
    let network = network();
    for closed in ["suez", "bab-el-mandeb", "suez+bab-el-mandeb"] {
        let way = network.path(shanghai(), rotterdam(), shut(closed)).unwrap();
        assert!(way.passages.contains(Passage::GoodHope), "{}", way.passages);
        assert!(!way.passages.contains(Passage::Panama) && !way.passages.contains(Passage::Suez));
    }
    let new_york = at(40.68, -74.04);
    let way = network.path(shanghai(), new_york, shut("suez")).unwrap();
    assert!(way.passages.contains(Passage::Panama), "{}", way.passages);
}

/// One point on each side of every passage: open, the way goes through it; shut, it does not.
#[test]
fn every_passage_can_be_shut() {
    let network = network();
    let check = |passage: &str, a: (f64, f64), b: (f64, f64)| {
        let (a, b) = (at(a.0, a.1), at(b.0, b.1));
        let gate = PassageSet::parse(passage).unwrap();
        let open = network.path(a, b, PassageSet::EMPTY).unwrap();
        assert!(open.passages.meets(gate), "{passage}: {}", open.passages);
        match network.path(a, b, gate) {
            Ok(round) => {
                assert!(!round.passages.meets(gate) && round.distance_nm > open.distance_nm, "{passage}")
            }
            Err(error) => assert!(matches!(error, RouteError::NoRoute { .. }), "{error}"),
        }
    };
    check("suez", (31.2, 32.35), (29.85, 32.55));
    check("panama", (9.4, -79.93), (8.85, -79.52));
    check("bab-el-mandeb", (12.7, 45.0), (14.5, 42.5));
    check("hormuz", (25.1, 56.6), (25.3, 55.1));
    check("malacca", (1.2, 103.6), (5.8, 97.0));
    check("sunda", (-6.5, 104.9), (-5.3, 106.2));
    check("lombok", (-9.2, 115.8), (-7.9, 115.8));
    check("torres", (-10.6, 141.0), (-9.6, 144.5));
    check("taiwan-strait", (25.8, 120.2), (23.3, 119.0));
    check("gibraltar", (35.9, -6.2), (36.0, -4.8));
    check("dardanelles", (39.9, 25.9), (40.5, 27.2));
    check("bosporus", (41.3, 29.2), (40.9, 28.9));
    check("kerch", (44.9, 36.5), (45.7, 36.8));
    check("dover", (50.6, 0.8), (51.5, 2.2));
    check("kiel", (53.88, 8.9), (54.5, 10.3));
    check("oresund", (56.2, 12.4), (55.4, 12.8));
    check("great-belt", (55.8, 10.9), (54.9, 10.8));
    check("corinth", (38.0, 22.8), (37.8, 23.2));
    check("magellan", (-52.5, -68.2), (-53.3, -70.6));
    check("cape-horn", (-56.5, -64.0), (-56.5, -70.0));
    check("good-hope", (-34.5, 18.0), (-35.0, 21.0));
    check("bering", (64.0, -170.0), (67.5, -169.0));
    check("northwest-passage", (72.5, -125.0), (74.0, -80.0));
    check("northern-sea-route", (76.0, 90.0), (75.0, 125.0));
    check("st-lawrence-seaway", (45.7, -73.4), (44.1, -76.8));
}

#[test]
fn no_way_is_an_error_and_never_zero() {
    let network = network();
    let error = network.path(at(25.1, 56.6), at(25.3, 55.1), shut("hormuz")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "PRP-1102: no sea route from 25.10N 56.60E to 25.30N 55.10E with Strait of Hormuz, Kiel Canal, Corinth Canal, \
         Northwest Passage, Northern Sea Route closed; open a passage or use another mode"
    );
    let all: PassageSet = Passage::ALL.into_iter().collect();
    assert!(matches!(network.distance(los_angeles(), rotterdam(), all), Err(RouteError::NoRoute { .. })));
    assert!(matches!(
        network.distance_by_tree(los_angeles(), rotterdam(), all),
        Err(RouteError::NoRoute { .. })
    ));
}

#[test]
fn the_arctic_is_shut_unless_opened() {
    let network = network();
    let (yokohama, rotterdam) = (at(35.45, 139.65), rotterdam());
    let usual = network.distance(yokohama, rotterdam, DEFAULT_CLOSED).unwrap();
    let arctic = network.distance(yokohama, rotterdam, SMALL_SHIP_CANALS).unwrap();
    assert!(usual.passages.contains(Passage::Suez) && arctic.passages.contains(Passage::NorthernSeaRoute));
    assert!(arctic.metres < usual.metres);
}

#[test]
fn passages_are_read_in_english_and_chinese_and_misspelt_ones_suggest() {
    for (word, passage) in [
        ("Suez", Passage::Suez),
        ("suez canal", Passage::Suez),
        ("苏伊士运河", Passage::Suez),
        ("Bab el-Mandeb", Passage::BabElMandeb),
        ("霍尔木兹", Passage::Hormuz),
        ("Bosphorus", Passage::Bosporus),
        ("the Cape", Passage::GoodHope),
        ("NSR", Passage::NorthernSeaRoute),
    ] {
        assert_eq!(word.parse::<Passage>().unwrap(), passage, "{word}");
    }
    let error = PassageSet::parse("suez, mallaca").unwrap_err().to_string();
    assert!(
        error.starts_with(
            "PRP-1101: 'mallaca' is not a passage; did you mean malacca?; known passages: suez, "
        ),
        "{error}"
    );
    assert_eq!(
        PassageSet::parse("suez+巴拿马；hormuz".replace('；', ";").as_str()).unwrap().keys(),
        "suez+panama+hormuz"
    );
    for (bit, passage) in Passage::ALL.into_iter().enumerate() {
        assert_eq!(passage as usize, bit);
        assert_eq!(passage.key().parse::<Passage>().unwrap(), passage);
    }
}

#[test]
fn swapped_and_missing_coordinates_are_refused() {
    assert!(Coordinates::new(121.49, 31.23).unwrap_err().to_string().contains("look swapped"));
    assert!(Coordinates::new(f64::NAN, 31.23).is_err());
}

/// Labels, trees and paths are three ways to the same lengths; ways are as long there as back, and no detour is shorter.
#[test]
fn labels_agree_with_dijkstra_and_distances_are_a_metric() {
    let network = network();
    for closed in [DEFAULT_CLOSED, shut("suez"), shut("panama+malacca")] {
        let (labels, topology) = (network.labels(closed), network.topology());
        let handicap = labels::Handicap::of(closed);
        let count = network.graph().len() as u32;
        for source in [7, count / 3, count - 5] {
            let (tree, passages) = network.graph().tree_with_passages(source, closed, handicap);
            for node in (0..count).step_by(17) {
                let expect = tree[node as usize];
                let cost = labels.cost(topology, source, node).min(labels::FAR);
                assert_eq!(cost, expect, "{source}-{node}");
                if expect < labels::FAR && handicap == labels::Handicap::NONE {
                    assert_eq!(labels.metres(topology, node, source), expect);
                }
                let _ = passages[node as usize];
            }
        }
    }
    let ends =
        [shanghai(), rotterdam(), los_angeles(), honolulu(), suva(), at(-33.86, 151.2), at(29.73, -95.27)];
    let metres = |a, b| network.distance(a, b, DEFAULT_CLOSED).unwrap().metres;
    for a in ends {
        for b in ends {
            assert_eq!(metres(a, b), metres(b, a));
            assert!(f64::from(metres(a, b)) >= a.great_circle_km(b) * 999.0);
            for c in ends {
                let snaps: u32 = 2 * network.snap(b).unwrap().metres;
                assert!(metres(a, c) <= metres(a, b) + metres(b, c) + snaps);
            }
        }
    }
}

#[test]
fn a_path_is_as_long_as_its_legs() {
    let network = network();
    let way = network.path(shanghai(), los_angeles(), DEFAULT_CLOSED).unwrap();
    let legs: f64 = way.waypoints.windows(2).map(|it| it[0].great_circle_km(it[1])).sum();
    let km = way.distance_nm * 1.852;
    assert!(legs <= km * 1.001 && legs >= km * 0.97, "{legs} {km}");
    assert_eq!(way.waypoints.first(), Some(&shanghai()));
    assert_eq!(way.waypoints.last(), Some(&los_angeles()));
}

#[test]
fn near_points_are_joined_directly_and_inland_ones_are_refused() {
    let network = network();
    let (a, b) = (at(51.95, 4.14), at(51.96, 4.15));
    let way = network.distance(a, b, DEFAULT_CLOSED).unwrap();
    assert!((way.km() - a.great_circle_km(b)).abs() < 0.01);
    let error = network.snap(at(46.0, 87.0)).unwrap_err().to_string();
    assert!(
        error.starts_with("PRP-1103: 46.00N 87.00E is ") && error.contains("give a port on the coast"),
        "{error}"
    );
}

#[test]
fn a_torn_table_says_where() {
    let error = SeaNetwork::from_csv("lat,lon\n1,2\n3,x\n", "a,b,metres,passages\n").unwrap_err().to_string();
    assert_eq!(
        error,
        "PRP-1104: sea network nodes cannot be read, line 3: not a number; rebuild it with `xtask books`"
    );
    let error =
        SeaNetwork::from_csv("lat,lon\n1,2\n", "a,b,metres,passages\n0,5,10,\n").unwrap_err().to_string();
    assert!(error.contains("line 2: an end is not a node"), "{error}");
}

/// The consensus of three public networks and a published table, on 2,500 pairs of ports.
#[test]
#[expect(clippy::disallowed_methods, reason = "the reference file lies outside the repository")]
fn the_reference_pairs_are_met() {
    let shared = std::env::var_os("PERIPLUS_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), Into::into);
    let path = shared.join("data/reference/sea_distances_consensus_dev.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", path.display());
        return;
    };
    let network = network();
    let mut errors = Vec::new();
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').rev().collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        // from the right: consensus, b_lon, b_lat, b_country, b, a_lon, a_lat
        let (from, to) = (at(number(6), number(5)), at(number(2), number(1)));
        let nm = network.distance(from, to, DEFAULT_CLOSED).unwrap().nm();
        errors.push((nm / number(0) - 1.0).abs());
    }
    errors.sort_by(f64::total_cmp);
    let within = errors.iter().filter(|it| **it <= 0.03).count() as f64 / errors.len() as f64;
    let median = errors[errors.len() / 2];
    assert!(
        errors.len() >= 2_500 && within >= 0.99 && median <= 0.007,
        "{within} within 3 %, median {median}"
    );
}

#[test]
fn answers_do_not_depend_on_threads() {
    let network = network();
    let ends = [shanghai(), rotterdam(), los_angeles(), honolulu(), suva()];
    let pairs: Vec<_> = (0..5_000).map(|it| (ends[it % 5], ends[(it / 5) % 5])).collect();
    let run = |threads| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| matrix(&pairs, DEFAULT_CLOSED, &network, &lead()).unwrap())
    };
    let one = run(1);
    assert_eq!(one, run(3));
    assert!(one.iter().flatten().all(|it| it.days_p90 >= it.days_p50));
    let snaps: Vec<_> =
        pairs.iter().map(|it| (network.snap(it.0).unwrap(), network.snap(it.1).unwrap())).collect();
    let bare = snapped_metres(&snaps, DEFAULT_CLOSED, &network);
    for ((row, metres), snap) in distances(&pairs, DEFAULT_CLOSED, &network).iter().zip(bare).zip(snaps) {
        if snap.0.node != snap.1.node {
            assert_eq!(row.as_ref().unwrap().metres, metres);
        }
    }
}

#[test]
fn ships_do_not_pass_canals_that_are_too_small() {
    let lead = lead();
    let refused = |class: &str, day: &str| lead.too_small_for(lead.get_vessel(class).unwrap(), day).keys();
    assert_eq!(refused("feeder", "2026-01-01"), "oresund+corinth+st-lawrence-seaway");
    assert!(refused("panamax", "2026-01-01").contains("kiel"));
    assert!(!refused("neopanamax", "2026-01-01").contains("panama"));
    assert!(refused("neopanamax", "2016-01-01").contains("panama"), "the new locks opened in June 2016");
    assert!(refused("ultra-large", "2026-01-01").contains("panama"));
    assert!(refused("vlcc", "2026-01-01").contains("suez"));
    let error = lead.get_vessel("panamaks").unwrap_err().to_string();
    assert!(error.contains("did you mean panamax?"), "{error}");
}

/// The mean of an Erlang distribution is its parameter; its deviation with two phases is the mean over the root of two.
#[test]
fn delays_have_the_mean_that_the_book_says() {
    let books = Books::read();
    let answer = books.ask(country("China", "CN"), birmingham(), 5_000.0, "");
    let mut leg = answer.options[0].legs[0].clone();
    leg.time.on_time_share = 0.0;
    let mut punctual = leg.clone();
    punctual.time.on_time_share = 1.0;
    let draws = domain::Draws::new(42);
    let n = 4_000;
    let (late, on_time) = (Sampler::new(&leg), Sampler::new(&punctual));
    let mean = (0..n).map(|it| late.days(draws, it) - on_time.days(draws, it)).sum::<f64>() / f64::from(n);
    let expect = leg.time.late_mean_days;
    let error = expect / 2.0_f64.sqrt() / f64::from(n).sqrt();
    assert!((mean - expect).abs() < 4.0 * error, "{mean} is not {expect}");
}

struct Books {
    network: SeaNetwork,
    ports: PortBook,
    airports: AirportBook,
    lead: LeadTimeBook,
    freight: FreightBook,
}

impl Books {
    fn read() -> Self {
        Self {
            network: network(),
            ports: PortBook::from_csv(&book("ports/ports.csv")).unwrap(),
            airports: AirportBook::from_csv(&book("airports/airports.csv")).unwrap(),
            lead: lead(),
            freight: FreightBook::from_csv(&book("freight-rates/rates.csv")).unwrap(),
        }
    }

    fn ask(&self, from: Place, to: Place, mass_kg: f64, closed: &str) -> RouteAnswer {
        let question = RouteQuestion {
            origin: from,
            destination: to,
            mass_kg,
            closed: PassageSet::parse(closed).unwrap(),
            vessel: None,
            as_of: "2026-11-01".into(),
        };
        let books = RouteBooks {
            network: &self.network,
            ports: &self.ports,
            airports: &self.airports,
            lead: &self.lead,
            freight: &self.freight,
        };
        alternatives(&question, books).unwrap()
    }
}

fn country(name: &str, code: &str) -> Place {
    Place { name: name.into(), economy: code.parse().unwrap(), locode: None, at: None }
}

fn birmingham() -> Place {
    Place { locode: "GBBHM".parse().ok(), at: Some(at(52.48, -1.9)), ..country("Birmingham", "GB") }
}

#[test]
fn magnets_from_china_to_birmingham_go_by_sea_air_and_rail() {
    let books = Books::read();
    let answer = books.ask(country("China", "CN"), birmingham(), 5_000.0, "");
    let find =
        |mode: Mode| answer.options.iter().find(|it| it.legs.iter().any(|leg| leg.mode == mode)).unwrap();
    let (sea, air, rail) = (find(Mode::Sea), find(Mode::Air), find(Mode::Rail));
    assert!(air.days.mid < rail.days.mid && rail.days.mid < sea.days.mid);
    assert!(air.freight_usd.mid > sea.freight_usd.mid);
    assert!(
        answer
            .options
            .iter()
            .any(|it| it.id.ends_with("/no-suez") && it.passages.contains(Passage::GoodHope))
    );
    assert!(answer.options.iter().all(|it| it.days.low <= it.days.mid && it.days.mid <= it.days.high));
    assert!((25.0..75.0).contains(&sea.days.mid), "{:?}", sea.days);
    assert!((2.0..14.0).contains(&air.days.mid), "{:?}", air.days);
    let sea_legs: Vec<_> = sea.legs.iter().map(|it| it.mode).collect();
    assert_eq!(sea_legs.last(), Some(&Mode::Road), "the last miles to Birmingham are by road");
    assert!(answer.dropped.iter().all(|it| !it.reason.is_empty()) && !answer.dropped.is_empty());
}

#[test]
fn with_the_red_sea_shut_every_sea_option_is_longer() {
    let books = Books::read();
    let best = |closed: &str| {
        let answer = books.ask(country("China", "CN"), birmingham(), 5_000.0, closed);
        answer.options.into_iter().find(|it| it.legs.iter().any(|leg| leg.mode == Mode::Sea)).unwrap()
    };
    let (usual, shut) = (best(""), best("suez+bab-el-mandeb"));
    assert!(usual.passages.contains(Passage::Suez) && shut.passages.contains(Passage::GoodHope));
    assert!(shut.days.mid > usual.days.mid + 4.0 && shut.freight_usd.mid > usual.freight_usd.mid);
}

#[test]
fn plans_that_share_a_canal_fail_together() {
    let books = Books::read();
    let answer = books.ask(country("China", "CN"), birmingham(), 5_000.0, "");
    let by_suez: Vec<&RouteOption> =
        answer.options.iter().filter(|it| it.passages.contains(Passage::Suez)).collect();
    assert!(by_suez.len() >= 2);
    let shock =
        by_suez[0].legs.iter().flat_map(|it| &it.time.shocks).find(|it| it.corridor == "suez").unwrap();
    let hit = |scenario: u32| leg::is_struck(shock, domain::Draws::new(9), scenario);
    let struck = (0..5_000).find(|it| hit(*it)).unwrap();
    let without = |option: &RouteOption| {
        let mut legs = option.legs.clone();
        for leg in &mut legs {
            leg.time.shocks.retain(|it| it.corridor != "suez");
        }
        legs
    };
    let draws = domain::Draws::new(9);
    let delays: Vec<f64> = by_suez
        .iter()
        .map(|it| sample_days(&it.legs, draws, struck) - sample_days(&without(it), draws, struck))
        .collect();
    assert!(delays[0] > 0.0 && delays.iter().all(|it| (it - delays[0]).abs() < 1e-9), "{delays:?}");
}

#[test]
fn landlocked_places_reach_the_sea_through_a_neighbour() {
    let books = Books::read();
    let zurich = Place { at: Some(at(47.37, 8.54)), ..country("Zurich", "CH") };
    let answer = books.ask(country("Chile", "CL"), zurich, 18_000.0, "");
    let sea = answer.options.iter().find(|it| it.legs.iter().any(|leg| leg.mode == Mode::Sea)).unwrap();
    assert_eq!(sea.legs.last().unwrap().to.name, "Zurich");
    assert!(answer.dropped.iter().any(|it| it.what == "road" && it.reason.starts_with("no land joins")));
}

#[test]
fn freight_never_falls_with_mass_and_has_a_least_charge() {
    let books = Books::read();
    let answer = books.ask(country("China", "CN"), birmingham(), 5_000.0, "");
    for option in &answer.options {
        for leg in &option.legs {
            let cost = |kg| freight_cost_usd(leg, kg, &books.freight).unwrap().usd.mid;
            let masses = [1.0, 100.0, 1_000.0, 5_000.0, 30_000.0, 200_000.0];
            assert!(masses.windows(2).all(|it| cost(it[0]) <= cost(it[1])), "{}", option.id);
            assert!(cost(1.0) > 50.0);
        }
    }
    let _: Interval = answer.options[0].freight_usd;
}

#[test]
fn ports_are_found_by_code_and_name_and_hubs_come_first() {
    let books = Books::read();
    let first = |code: &str| books.ports.hubs(code.parse().unwrap()).next().unwrap().locode.to_string();
    assert_eq!(first("CN"), "CNSHA");
    assert_eq!(first("SG"), "SGSIN");
    assert_eq!(first("NL"), "NLRTM");
    assert_eq!(books.ports.get_word("rotterdam").unwrap().locode.to_string(), "NLRTM");
    assert_eq!(books.ports.get_word("NLRTM").unwrap().name, "Rotterdam");
    let error = books.ports.get_word("Roterdam").unwrap_err().to_string();
    assert!(error.starts_with("PRP-1105") && error.contains("did you mean rotterdam?"), "{error}");
}
