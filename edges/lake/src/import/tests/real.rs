//! The publishers' own files, where this machine has them.

use super::*;

/// File, kind that must be guessed, least rows in the book, most share of rejected rows in a thousand.
const FILES: &[(&str, &str, u64, u64)] = &[
    ("fx_prices/eurofxref-hist.zip", "ecb-rates", 6900, 0),
    ("fx_prices/ecb_sdmx_usd_eur_monthly.csv", "ecb-rates", 300, 0),
    ("macro/wdi/fr.inr.lend.csv", "world-bank", 4000, 0),
    ("macro/wdi/lp.exp.durs.md.csv", "world-bank", 600, 0),
    ("macro/wdi/lp.imp.durs.md.csv", "world-bank", 600, 0),
    ("macro/wdi/lp.lpi.ovrl.xq.csv", "world-bank", 1000, 0),
    ("macro/wdi/is.shp.good.tu.csv", "world-bank", 1800, 0),
    ("macro/wb_lpi.xlsx", "world-bank", 800, 0),
    ("emissions/owid_ember_carbon_intensity_electricity.csv", "grid-intensity", 5000, 0),
    ("locations/openflights_airports.dat.zst", "airports", 6000, 0),
    ("locations/openflights_routes.dat.zst", "air-routes", 50_000, 1),
    ("events/portwatch_chokepoints_daily.csv.zst", "chokepoints", 11_000, 0),
    ("locations/unctad_country_lsci_quarterly.csv", "connectivity", 12_000, 30),
    ("locations/unctad_port_lsci_quarterly.csv.zst", "port-connectivity", 60_000, 30),
    ("macro/cepii_geodist_full.csv.zst", "geodist", 45_000, 40),
    ("macro/dist_cepii.zip", "geodist", 45_000, 40),
];

/// The economies of the repository, as the program has them.
fn options() -> Options {
    crate::Library::bundled().options()
}

#[test]
fn official_files_are_recognised_and_read() {
    let options = options();
    assert!(options.economies.is_some(), "the book economies is not bundled");
    for &(file, kind, least, most_rejected) in FILES {
        let Some(path) = shared(file) else {
            continue;
        };
        let input = Input::open(&path).unwrap();
        assert_eq!(guess(&input).unwrap().name, kind, "{file}");
        let made = import(None, &input, &options).unwrap_or_else(|error| panic!("{file}: {error}"));
        let report = &made.report;
        let usable = report.accepted + report.repaired;
        assert!(usable >= least, "{file}: {usable} of {} rows: {:?}", report.rows_read, report.reasons);
        let share = report.rejected * 1000 / report.rows_read;
        assert!(
            share <= most_rejected,
            "{file}: {share} in a thousand rejected: {:?} {:?}",
            report.reasons,
            report.rows
        );
        assert_eq!(report.rows_read, usable + report.set_aside + report.rejected, "{file}");
    }
}

/// One second for a flow file of 25,000 rows or a tariff of 13,000 lines, unpacking and reading included. Only an optimised
/// build is held to it.
#[test]
fn large_files_take_less_than_a_second() {
    let options = options();
    for file in [
        "trade/baci_crm_2022.csv.zst",
        "tariffs/us_hts8_mfn_2025_2026.csv.zst",
        "macro/cepii_geodist_full.csv.zst",
    ] {
        let Some(path) = shared(file) else {
            continue;
        };
        let start = std::time::Instant::now();
        let input = Input::open(&path).unwrap();
        let made = import(None, &input, &options).unwrap_or_else(|error| panic!("{file}: {error}"));
        let seconds = start.elapsed().as_secs_f64();
        assert!(made.report.rows_read > 10_000, "{file}: {} rows", made.report.rows_read);
        assert!(cfg!(debug_assertions) || seconds < 1.0, "{file}: {seconds:.2} s");
    }
}

/// An import takes the place of a bundled book: its tables have the same columns, and those it does not bring stay.
#[test]
fn an_import_can_stand_in_for_the_bundled_book() {
    let library = crate::Library::bundled();
    let options = options();
    for file in [
        "fx_prices/eurofxref-hist.zip",
        "macro/wdi/fr.inr.lend.csv",
        "emissions/owid_ember_carbon_intensity_electricity.csv",
        "trade/baci_crm_2024.csv.zst",
        "trade/baci_hs17_2024_crm.parquet",
        "locations/unlocode_2024-2_CodeListPart2.csv.zst",
        "tariffs/us_hts8_mfn_2025_2026.csv.zst",
        "tariffs/au_schedule3.json.zst",
    ] {
        let Some(path) = shared(file) else {
            continue;
        };
        let made = import(None, &Input::open(&path).unwrap(), &options).unwrap();
        let bundled = library.source_toml(&made.book).unwrap_or_else(|error| panic!("{file}: {error}"));
        for table in bundled.tables {
            let ours = library.table(&made.book, &table.file).unwrap();
            match made.tables.iter().find(|(name, _)| *name == table.file) {
                Some((name, text)) => assert_eq!(columns(text), columns(&ours), "{file}: {name}"),
                None => assert!(made.keeps_others, "{file} would take {} of {} away", table.file, made.book),
            }
        }
    }
}

/// Column names of a table; those of single years (`usd_2024`) differ with the years of a file.
fn columns(text: &str) -> Vec<&str> {
    let header = text.lines().next().unwrap();
    header.split(',').filter(|it| !it.starts_with("usd_") && !it.starts_with("kg_")).collect()
}
