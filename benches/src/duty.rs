//! Duty and tax of a million lines under the bundled tariffs.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use customs::{CustomsBooks, LineReader, LineReport, OriginBook, Rates, TariffBook};
use domain::calendar::parse_date;
use domain::{Currency, Date, Decimal, Draws, Economy, Purpose};
use finance::RateBook;
use lake::Library;

use crate::process::{Scratch, command, periplus};
use crate::report::{Report, Target, plain};
use crate::timing::{cpu_seconds, median, timed};

const LINES: u32 = 1_000_000;
const ON: &str = "2026-11-22";
/// Importer, its tariff book and the currency of the lines.
const IMPORTERS: [(&str, &str, &str); 5] = [
    ("GB", "tariff-gb", "GBP"),
    ("DE", "tariff-eu", "EUR"),
    ("FR", "tariff-eu", "EUR"),
    ("US", "tariff-us", "USD"),
    ("AU", "tariff-au", "AUD"),
];
const ORIGINS: [&str; 8] = ["CN", "IN", "VN", "JP", "KR", "BR", "TR", "US"];

fn books(library: &Library, on: Date) -> CustomsBooks {
    let tariff = |book: &str| {
        let jurisdiction: Economy = book.trim_start_matches("tariff-").parse().unwrap();
        let groups = library.table(book, "groups.csv").unwrap_or(Cow::Borrowed("group,economy,from,to\n"));
        let measures = library.table(book, "measures.csv").unwrap();
        Arc::new(
            TariffBook::from_csv(jurisdiction, &measures, &groups, library.source(book).unwrap()).unwrap(),
        )
    };
    let tariffs: Vec<_> =
        ["tariff-au", "tariff-eu", "tariff-gb", "tariff-us"].into_iter().map(tariff).collect();
    let table = |file| library.table("origin-rules-gb", file).unwrap();
    let source = library.source("origin-rules-gb").unwrap();
    let origin =
        OriginBook::from_csv(&table("schemes.csv"), &table("members.csv"), &table("rules.csv"), source)
            .unwrap();
    CustomsBooks::new(tariffs, rates(library, on), Arc::new(origin))
}

fn rates(library: &Library, on: Date) -> Rates {
    let book =
        RateBook::from_csv(&library.table("rates", "rates.csv").unwrap(), library.source("rates").unwrap())
            .unwrap();
    let (euro, mut made) = (Currency::EUR, Rates::default());
    for to in book.list_currencies() {
        if let Some(rate) = book.rate(euro, to, on).and_then(|it| Decimal::try_from(it).ok()) {
            made = made.with(euro, to, rate.round_dp(8), book.source());
        }
    }
    made
}

/// Codes of eight digits or more that the tariff has a line of its own for.
fn codes(library: &Library, book: &str) -> Vec<String> {
    let table = library.table(book, "measures.csv").unwrap();
    let mut codes: Vec<String> = table
        .lines()
        .skip(1)
        .filter_map(|it| it.split(',').next())
        .filter(|it| it.len() >= 8 && it.bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Lines of so many kinds of goods, a kind being importer, code and origin, drawn from all codes of all tariffs. `None`: each line is
/// drawn by itself, the hardest case, as neighbours have little in common.
fn lines(library: &Library, kinds: Option<u32>) -> String {
    let draws = Draws::new(1);
    let codes: Vec<Vec<String>> = IMPORTERS.iter().map(|it| codes(library, it.1)).collect();
    let mut text = String::from("importer,origin,hs,value,currency,quantity,unit,date\n");
    for line in 0..LINES {
        let kind = kinds.map_or(line, |it| (draws.bits(line, Purpose::Travel, 0) % u64::from(it)) as u32);
        let pick = |key: u64, of: usize| {
            let row = if key < 3 { kind } else { line };
            (draws.bits(row, Purpose::GoodsPrice, key) % of as u64) as usize
        };
        let importer = pick(0, IMPORTERS.len());
        let (economy, _, currency) = IMPORTERS[importer];
        let (origin, code) =
            (ORIGINS[pick(1, ORIGINS.len())], &codes[importer][pick(2, codes[importer].len())]);
        let (value, kg) = (1_000 + pick(3, 99_000), 50 + pick(4, 20_000));
        let _ =
            writeln!(text, "{economy},{origin},{code},{value}.{:02},{currency},{kg},kg,{ON}", pick(5, 100));
    }
    text
}

fn on_all_cores(text: &str, on: Date, books: &CustomsBooks) -> LineReport {
    let (reader, body) = LineReader::of(text, on).unwrap();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = customs::lines::split(body, 2, cores);
    std::thread::scope(|scope| {
        let running: Vec<_> =
            parts.iter().map(|(line, part)| scope.spawn(|| reader.run(part, *line, books))).collect();
        let mut all = LineReport::default();
        for it in running {
            all.append(it.join().unwrap());
        }
        all
    })
}

pub(crate) fn run(report: &mut Report, workspace: &Path, library: &Library) {
    let on = parse_date(ON).unwrap();
    let (opening, books) = timed(|| books(library, on));
    report.add("opening four tariffs, rates and rules of origin", opening * 1e3, "ms", Target::None);
    report.command("`customs::LineReader::run` on a million lines over the four bundled tariffs, one part per core, median of 5");
    for (words, kinds) in
        [("of 5,000 kinds of goods", Some(5_000)), ("each drawn from all codes and origins", None)]
    {
        let text = lines(library, kinds);
        let mut wall = Vec::new();
        let mut busy = Vec::new();
        let mut answer = LineReport::default();
        for _ in 0..5 {
            let start = cpu_seconds();
            let (took, made) = timed(|| on_all_cores(&text, on, &books));
            wall.push(took);
            busy.push(cpu_seconds() - start);
            answer = made;
        }
        assert_eq!(answer.rows, LINES as usize, "lines are lost");
        let what = format!("duty and tax of {} lines {words}, all cores", plain(f64::from(LINES)));
        report.add(&what, median(&mut wall), "s", Target::AtMost(1.0));
        report.note(format!(
            "Lines {words}: {} CPU-seconds; {} have an amount that is not known (the reason is in the row), {} could not be read.",
            plain(median(&mut busy)),
            plain(answer.unknown as f64),
            answer.findings.iter().filter(|it| it.1.severity == domain::Severity::Barrier).count()
        ));
        if kinds.is_some() {
            whole_process(report, workspace, &text);
        }
    }
}

fn whole_process(report: &mut Report, workspace: &Path, text: &str) {
    let Some(program) = periplus() else {
        return report.skipped("periplus tariff duty", "there is no periplus beside this program");
    };
    let scratch = Scratch::new("duty");
    let file = scratch.path().join("lines.csv");
    std::fs::write(&file, text).unwrap();
    let data = scratch.path().join("data");
    let args = ["tariff", "duty", "--lines", file.to_str().unwrap(), "--format", "csv"];
    let mut runs: Vec<f64> =
        (0..3).map(|_| wall_ms_any(&mut command(&program, workspace, &data, &args))).collect();
    report.command("`periplus tariff duty --lines FILE --format csv` on the same lines, median of 3");
    report.add(
        "the same as a whole process, books and files included",
        median(&mut runs) / 1e3,
        "s",
        Target::None,
    );
}

/// Lines whose duty is not known end in a verdict of their own, so the exit code is not looked at here.
fn wall_ms_any(command: &mut std::process::Command) -> f64 {
    timed(|| command.status().unwrap()).0 * 1e3
}
