//! Sea routes, distance matrices and accuracy, beside two Python packages on the same pairs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::{Coordinates, Draws, Purpose};
use lake::Library;
use routes::lead::DEFAULT_CLOSED;
use routes::{LeadTimeBook, LeadTimeTables, PortBook, SeaNetwork, Snap};
use serde_json::Value;

use crate::process::Scratch;
use crate::report::{Report, Target, plain};
use crate::timing::{cpu_seconds, median, median_of, timed};

type Pair = (Coordinates, Coordinates);

/// How many pairs the peers get: the slower one answers some tens a second.
const PEER_PAIRS: usize = 400;
/// Routes with path to time.
const ROUTES: usize = 50_000;
const MATRIX_PAIRS: usize = 5_000_000;

/// Pairs of ports with the distance that references agree on, where it is known.
struct Pairs {
    ends: Vec<Pair>,
    consensus_nm: Vec<f64>,
}

/// The reference where it can be read, else ports of the bundled book paired at random.
fn pairs(report: &mut Report, library: &Library, data: Option<&PathBuf>) -> Pairs {
    if let Some(text) =
        data.and_then(|it| std::fs::read_to_string(it.join("reference/sea_distances_consensus_dev.csv")).ok())
    {
        return reference(&text);
    }
    report.skipped(
        "accuracy of sea distances",
        "no reference; set PERIPLUS_SHARED to the folder that holds data/",
    );
    let ports = PortBook::from_csv(&library.table("ports", "ports.csv").unwrap()).unwrap();
    let all = ports.list_all();
    let draws = Draws::new(1);
    let port =
        |number: u32, key| all[(draws.bits(number, Purpose::Travel, key) % all.len() as u64) as usize].at;
    Pairs {
        ends: (0..2_500).map(|number| (port(number, 0), port(number, 1))).collect(),
        consensus_nm: Vec::new(),
    }
}

fn reference(text: &str) -> Pairs {
    let mut made = Pairs { ends: Vec::new(), consensus_nm: Vec::new() };
    for row in text.lines().skip(1).filter(|it| !it.is_empty()) {
        // from the right, as names hold commas: consensus, b_lon, b_lat, b_country, b, a_lon, a_lat
        let cells: Vec<&str> = row.rsplitn(8, ',').collect();
        let number = |place: usize| cells[place].parse::<f64>().unwrap();
        let at = |lat, lon| Coordinates::new(number(lat), number(lon)).unwrap();
        made.ends.push((at(6, 5), at(2, 1)));
        made.consensus_nm.push(number(0));
    }
    made
}

fn lead_times(library: &Library) -> LeadTimeBook {
    let table = |file: &str| library.table("lead-times", file).unwrap();
    LeadTimeBook::from_csv(LeadTimeTables {
        parameters: &table("parameters.csv"),
        vessels: &table("vessels.csv"),
        limits: &table("limits.csv"),
        borders: &table("borders.csv"),
        shocks: &table("shocks.csv"),
        landmasses: &table("landmasses.csv"),
    })
    .unwrap()
}

/// What the peers say of the first pairs; the reason when there are none.
fn peers(workspace: &Path, pairs: &[Pair]) -> Result<Value, String> {
    let folder = workspace.join("benches");
    let given = std::env::var_os("BENCH_PYTHON").map(PathBuf::from);
    let python = given.unwrap_or_else(|| folder.join(".venv/bin/python"));
    if !python.is_file() {
        return Err("no Python environment with the peers; benches/run.sh makes it".to_owned());
    }
    let scratch = Scratch::new("peers");
    let file = scratch.path().join("pairs.csv");
    let mut text = String::new();
    for (a, b) in &pairs[..PEER_PAIRS.min(pairs.len())] {
        let _ = writeln!(text, "{},{},{},{}", a.lat(), a.lon(), b.lat(), b.lon());
    }
    std::fs::write(&file, text).unwrap();
    let output =
        Command::new(python).arg(folder.join("peers.py")).arg(&file).output().map_err(|it| it.to_string())?;
    serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

/// "scgraph 2.15.0: 3,600/s"
fn said(peers: &Value, name: &str, figure: &str, unit: &str) -> String {
    let it = &peers[name];
    match (it["version"].as_str(), it[figure].as_f64()) {
        (Some(version), Some(value)) => format!("{name} {version}: {}{unit}", plain(value)),
        _ => format!("{name}: {}", it["error"].as_str().unwrap_or("not measured")),
    }
}

pub(crate) fn run(report: &mut Report, workspace: &Path, library: &Library, data: Option<&PathBuf>) {
    let nodes = library.table("sea-network", "nodes.csv").unwrap();
    let edges = library.table("sea-network", "edges.csv").unwrap();
    let network = SeaNetwork::from_csv(&nodes, &edges).unwrap();
    let pairs = pairs(report, library, data);
    let peers = peers(workspace, &pairs.ends).unwrap_or_else(|why| {
        report.skipped("scgraph and searoute", &why);
        Value::Null
    });
    report.command("`benches/.venv/bin/python benches/peers.py PAIRS` for the peers: figures per CPU-second, one thread, warmed up");
    let (seconds, _) = timed(|| network.labels(DEFAULT_CLOSED));
    report.add(
        "labels of the sea network, made once for each set of closed passages",
        seconds * 1e3,
        "ms",
        Target::None,
    );
    routes_with_path(report, &network, &pairs.ends, &peers);
    matrices(report, &network, &pairs.ends, library, &peers);
    if !pairs.consensus_nm.is_empty() {
        accuracy(report, &network, &pairs, &peers);
    }
}

fn routes_with_path(report: &mut Report, network: &SeaNetwork, pairs: &[Pair], peers: &Value) {
    report.command(&format!(
        "`SeaNetwork::path` on {ROUTES} pairs of ports, one thread, CPU time, ends not snapped before"
    ));
    let mut runs: Vec<f64> = (0..5)
        .map(|_| {
            let start = cpu_seconds();
            let points: usize = pairs
                .iter()
                .cycle()
                .take(ROUTES)
                .map(|(from, to)| network.path(*from, *to, DEFAULT_CLOSED).map_or(0, |it| it.waypoints.len()))
                .sum();
            assert!(points > ROUTES, "routes have no points");
            cpu_seconds() - start
        })
        .collect();
    let seconds = median(&mut runs);
    let rates = [said(peers, "scgraph", "routes_per_s", "/s"), said(peers, "searoute", "routes_per_s", "/s")];
    report.beside(
        "sea routes with path, per CPU-second",
        ROUTES as f64 / seconds,
        "/s",
        Target::AtLeast(50_000.0),
        rates.join("; "),
    );
}

fn matrices(report: &mut Report, network: &SeaNetwork, pairs: &[Pair], library: &Library, peers: &Value) {
    let draws = Draws::new(1);
    let ends: Vec<Coordinates> = pairs.iter().map(|it| it.0).collect();
    let snaps: Vec<Snap> = ends.iter().filter_map(|it| network.snap(*it).ok()).collect();
    let pick = |number: usize, key: u64, of: usize| {
        (draws.bits(number as u32, Purpose::Travel, key) % of as u64) as usize
    };
    let snapped: Vec<(Snap, Snap)> = (0..MATRIX_PAIRS)
        .map(|it| (snaps[pick(it, 0, snaps.len())], snaps[pick(it, 1, snaps.len())]))
        .collect();
    let seconds = median_of(3, || routes::matrix::snapped_metres(&snapped, DEFAULT_CLOSED, network));
    let peer = said(peers, "scgraph", "matrix_pairs_per_s", " pairs/s");
    let rate = MATRIX_PAIRS as f64 / seconds;
    report.command(&format!("`routes::matrix::{{snapped_metres, distances, matrix}}` on {MATRIX_PAIRS} random pairs of the {} ports, all cores", ends.len()));
    report.beside(
        "port-to-port distance matrix (`snapped_metres`)",
        rate,
        "pairs/s",
        Target::AtLeast(5_000_000.0),
        peer,
    );
    let asked: Vec<Pair> =
        (0..MATRIX_PAIRS).map(|it| (ends[pick(it, 0, ends.len())], ends[pick(it, 1, ends.len())])).collect();
    let seconds = median_of(3, || routes::matrix::distances(&asked, DEFAULT_CLOSED, network));
    report.add(
        "the same from coordinates, with passages (`distances`)",
        MATRIX_PAIRS as f64 / seconds,
        "pairs/s",
        Target::None,
    );
    let book = lead_times(library);
    let seconds = median_of(3, || routes::matrix(&asked, DEFAULT_CLOSED, network, &book).unwrap());
    report.add("the same with days (`matrix`)", MATRIX_PAIRS as f64 / seconds, "pairs/s", Target::None);
}

/// Relative errors; a pair without a way is missing.
struct Errors {
    all: Vec<f64>,
    missing: usize,
}

impl Errors {
    fn of(found: impl Iterator<Item = Option<f64>>, truth: &[f64]) -> Self {
        let mut made = Self { all: Vec::new(), missing: 0 };
        for (nm, truth) in found.zip(truth) {
            match nm {
                Some(nm) => made.all.push((nm / truth - 1.0).abs() * 100.0),
                None => made.missing += 1,
            }
        }
        made
    }

    fn within(&self, percent: f64) -> f64 {
        let count = self.all.iter().filter(|it| **it <= percent).count();
        100.0 * count as f64 / (self.all.len() + self.missing) as f64
    }

    fn median(&self) -> f64 {
        median(&mut self.all.clone())
    }
}

fn accuracy(report: &mut Report, network: &SeaNetwork, pairs: &Pairs, peers: &Value) {
    let ours = pairs
        .ends
        .iter()
        .map(|(from, to)| network.distance(*from, *to, DEFAULT_CLOSED).ok().map(routes::SeaDistance::nm));
    let ours: Vec<Option<f64>> = ours.collect();
    let all = Errors::of(ours.iter().copied(), &pairs.consensus_nm);
    let peer = |name: &str| {
        let list = peers[name]["distances"].as_array()?;
        Some(Errors::of(list.iter().map(Value::as_f64), &pairs.consensus_nm))
    };
    let beside = |figure: &dyn Fn(&Errors) -> String| {
        let said = ["searoute", "scgraph"]
            .into_iter()
            .filter_map(|name| Some(format!("{name}: {}", figure(&peer(name)?))));
        said.collect::<Vec<_>>().join("; ")
    };
    report.command(&format!(
        "accuracy: `SeaNetwork::distance` on all {} pairs of `reference/sea_distances_consensus_dev.csv`; the peers on the first {PEER_PAIRS}",
        pairs.ends.len()
    ));
    let within = beside(&|it| format!("{} %", plain(it.within(3.0))));
    report.beside(
        "sea distances within 3 % of the reference",
        all.within(3.0),
        "%",
        Target::AtLeast(99.0),
        within,
    );
    let middle = beside(&|it| format!("{} %", plain(it.median())));
    report.beside("median error of sea distances", all.median(), "%", Target::AtMost(0.7), middle);
    let missing = beside(&|it| it.missing.to_string());
    report.beside("sea distances missing", all.missing as f64, "", Target::AtMost(0.0), missing);
    let first = Errors::of(ours.iter().copied().take(PEER_PAIRS), &pairs.consensus_nm);
    report.note(format!(
        "On the first {PEER_PAIRS} pairs alone, ours: {} % within 3 %, median {} %, missing {}.",
        plain(first.within(3.0)),
        plain(first.median()),
        first.missing
    ));
}
