//! The tree of commands. Help is in the words of the trade, with examples at its end.

use clap::{Args, Parser, Subcommand, ValueHint};

pub use desk::sheet::Format;

/// Opportunity radar for cross-border trade: from a need to ranked plans, every figure with its source.
///
/// Who could supply it, by which route, on which terms, at what landed cost, how soon and how surely.
/// What cannot or may not be done is counted with its reason. Planning estimates, not rulings.
#[derive(Debug, Parser)]
#[command(
    name = "periplus",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "\
Examples:
  periplus radar scan \"buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP\"
  periplus radar why CN-sea-1.duty          where that figure comes from
  periplus radar why-not air                what became of the plans by air
  periplus plan show CN-sea-1               landed cost line by line
  periplus tariff duty --importer GB --origin CN --hs 850511 --value \"95000 GBP\"
  periplus doctor                           is everything in place?

Data goes to stdout, talk to stderr. Exit codes: 0 ok, 2 usage, 3 not found, 4 bad input,
5 no feasible plan (an answer, with what would make one feasible), 6 data missing or stale,
10 verification mismatch. `periplus explain PRP-1203` expands an error code."
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags that every command takes.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "For every command")]
pub struct Global {
    /// How the answer is written: table, json, jsonl, csv, parquet, xlsx or html
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
    /// Decide as of this day (YYYY-MM-DD): laws, rates and prices in force then
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Seed of the shared scenarios; same seed, same answer
    #[arg(long, global = true, value_name = "NUMBER")]
    pub seed: Option<String>,
    /// Show the evidence behind each figure
    #[arg(long, global = true)]
    pub explain: bool,
    /// Do not use the network
    #[arg(long, global = true)]
    pub offline: bool,
    /// Language of the answer: en, zh, fr, ar or es
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// Columns to fit the answer into
    #[arg(long, global = true, value_name = "COLUMNS")]
    pub width: Option<String>,
    /// Colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<String>,
    /// Folder of imported books and kept answers
    #[arg(long, global = true, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub data_dir: Option<String>,
    /// Say more on stderr: how the need was understood, what was written where
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// Nouns.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// From a need to ranked plans, and why they are what they are
    #[command(subcommand, arg_required_else_help = true)]
    Radar(Radar),
    /// One plan in full: landed cost line by line, legs, proofs; check and export
    #[command(subcommand, arg_required_else_help = true)]
    Plan(Plan),
    /// Tariff lines, and the duty and tax on a consignment
    #[command(subcommand, arg_required_else_help = true)]
    Tariff(Tariff),
    /// Ways between two places: distance, days, passages
    #[command(subcommand, arg_required_else_help = true)]
    Route(Route),
    /// Who supplies the world, and at what unit values
    #[command(subcommand, arg_required_else_help = true)]
    Market(Market),
    /// Official files into books: import, status, verify, roll back, pull
    #[command(subcommand, arg_required_else_help = true)]
    Data(Data),
    /// The workbench and the API on a port of this computer
    #[command(after_help = "\
Examples:
  periplus serve
  periplus serve --port 8080 --open
  periplus serve --data-dir /srv/periplus --host 0.0.0.0 --store postgres://periplus@db/periplus

Without login it listens on this computer only. Ctrl-C or SIGTERM ends it after open requests are answered.")]
    Serve(Serve),
    /// Who may sign in to the server: add, list, set a password
    #[command(subcommand, arg_required_else_help = true)]
    People(People),
    /// Whether the server's audit trail is whole
    #[command(subcommand, arg_required_else_help = true)]
    Audit(Audit),
    /// Write everything that is kept into one file, while the server runs
    #[command(
        after_help = "Examples:\n  periplus backup --out periplus.backup\n  periplus backup --out b.backup --store postgres://periplus@db/periplus"
    )]
    Backup {
        /// The file to write
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: std::path::PathBuf,
        /// As of `serve`
        #[arg(long, value_name = "URL")]
        store: Option<String>,
    },
    /// Read a backup into an empty store
    #[command(after_help = "Examples:\n  periplus restore periplus.backup --data-dir /srv/new")]
    Restore {
        /// What `backup` wrote
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: std::path::PathBuf,
        /// As of `serve`
        #[arg(long, value_name = "URL")]
        store: Option<String>,
    },
    /// Tools for assistants on stdin and stdout (Model Context Protocol)
    #[command(after_help = "Examples:\n  periplus mcp        as a command in the settings of an assistant")]
    Mcp {
        /// As of `serve`
        #[arg(long, value_name = "URL")]
        store: Option<String>,
    },
    /// Check that everything is in place
    #[command(after_help = "Examples:\n  periplus doctor\n  periplus doctor --json")]
    Doctor,
    /// What an error or finding code means and how to mend it
    #[command(
        after_help = "Examples:\n  periplus explain PRP-1010\n  periplus explain 1203\n  periplus explain        lists all codes"
    )]
    Explain {
        /// PRP-1203, or 1203
        code: Option<String>,
    },
    /// Settings in force
    #[command(subcommand, arg_required_else_help = true)]
    Config(Config),
    /// Completions for a shell: bash, zsh, fish, elvish or powershell
    #[command(
        after_help = "Examples:\n  periplus completions bash > ~/.local/share/bash-completion/completions/periplus"
    )]
    Completions {
        /// The shell to complete for
        shell: clap_complete::Shell,
    },
}

/// Verbs of the radar.
#[derive(Debug, Subcommand)]
pub enum Radar {
    /// Ranked plans for a need
    #[command(after_help = "\
Examples:
  periplus radar scan \"buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP\"
  periplus radar scan \"采购5吨永磁体 HS 850511 运到伯明翰 DAP 2027-03-15前 英镑支付\" --lang zh
  periplus radar scan deals/magnets-birmingham.md --json
  periplus radar scan need.toml --quotes quotes.xlsx --plans 10 --out answer.json

The answer is kept, so that `radar why`, `radar why-not` and `plan show` need no file.")]
    Scan {
        /// A sentence, or a file (.md, .toml, .json or .txt); - reads stdin
        #[arg(required = true, num_args = 1.., value_name = "NEED")]
        need: Vec<String>,
        /// Quotes of suppliers: CSV or XLSX (supplier, HS or goods, price, unit, currency, Incoterm, place, lead time, ...)
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        quotes: Vec<String>,
        /// Plans shown at most
        #[arg(long, value_name = "NUMBER")]
        plans: Option<usize>,
        /// Write the whole answer, dossier included, to this file
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Option<String>,
        /// Put the dossier into the JSON on stdout too
        #[arg(long)]
        dossier: bool,
    },
    /// Where a figure comes from: formula, source, vintage, reference
    #[command(after_help = "\
Examples:
  periplus radar why CN-sea-1.duty
  periplus radar why CN-sea-1.landed
  periplus radar why 1.arrival              the plan of rank 1
  periplus radar why CN-sea-1               lists the figures one may ask about")]
    Why {
        /// PLAN or PLAN.FIGURE: landed, goods, main_carriage, duty, tax, arrival, carbon, exposure, first, ...
        figure: String,
        #[command(flatten)]
        answer: AnswerFile,
    },
    /// What became of plans that are not shown
    #[command(
        name = "why-not",
        after_help = "\
Examples:
  periplus radar why-not CN                 an economy
  periplus radar why-not air                a mode
  periplus radar why-not deadline           a reason
  periplus radar why-not CN-sea-2           a plan"
    )]
    WhyNot {
        /// Economy, mode, passage, reason or plan; nothing lists all reasons
        what: Option<String>,
        #[command(flatten)]
        answer: AnswerFile,
    },
    /// What changed between two answers
    #[command(
        after_help = "Examples:\n  periplus radar diff monday.json friday.json\n  periplus radar diff monday.json        against the last answer"
    )]
    Diff {
        /// An answer file
        before: String,
        /// Another; the last answer when left out
        after: Option<String>,
    },
}

/// Which answer is meant.
#[derive(Clone, Debug, Default, Args)]
pub struct AnswerFile {
    /// An answer file written with `radar scan --out`; the last answer when left out
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub answer: Option<String>,
}

/// Verbs of a plan.
#[derive(Debug, Subcommand)]
pub enum Plan {
    /// Landed cost line by line with sources, legs with days, findings, what must be proved
    #[command(
        after_help = "Examples:\n  periplus plan show CN-sea-1\n  periplus plan show 1 --explain\n  periplus plan show VN-sea-1 --answer monday.json --json"
    )]
    Show {
        /// Plan id, or its rank; the first when left out
        id: Option<String>,
        #[command(flatten)]
        answer: AnswerFile,
    },
    /// Decide again from the dossier in an answer file and compare byte by byte
    #[command(
        after_help = "Examples:\n  periplus plan verify answer.json\n  periplus plan verify                   the last answer\n\nExit code 10 when the two differ."
    )]
    Verify {
        /// An answer file; the last answer when left out
        file: Option<String>,
    },
    /// The answer as a page, a PDF, a workbook with live formulas, or JSON
    #[command(
        after_help = "Examples:\n  periplus plan export --out plans.html\n  periplus plan export CN-sea-1 --out plan.pdf\n  periplus plan export CN-sea-1 --out plan.xlsx\n  periplus plan export --format json > answer.json"
    )]
    Export {
        /// Only this plan; all when left out
        id: Option<String>,
        /// File to write; its ending says the format (.html, .pdf, .xlsx, .json)
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Option<String>,
        #[command(flatten)]
        answer: AnswerFile,
    },
}

/// Verbs of the tariff.
#[derive(Debug, Subcommand)]
pub enum Tariff {
    /// The lines of a tariff under a code, with all their rates
    #[command(
        after_help = "Examples:\n  periplus tariff get GB 850511\n  periplus tariff get US 2836.91 --origin CN --as-of 2026-06-01"
    )]
    Get {
        /// Importing economy: GB, US, AU, EU member or EU
        importer: String,
        /// HS code, 2 to 10 digits
        hs: String,
        /// Only the rates that apply to goods of this origin
        #[arg(long, value_name = "ECONOMY")]
        origin: Option<String>,
    },
    /// Duty, additional duties, tax and fees on a consignment, or on each line of a file
    #[command(after_help = "\
Examples:
  periplus tariff duty --importer GB --origin CN --hs 8505110090 --value \"95000 GBP\" --quantity \"5 t\"
  periplus tariff duty --lines lines.csv --format csv > duties.csv

Columns of the file: importer, origin, hs, value, currency, quantity, unit, date.
Columns added: duty, taxes, basis, expression.")]
    Duty {
        /// File of lines: importer, origin, hs, value, currency, quantity, unit, date
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["importer", "origin", "hs", "value", "quantity"])]
        lines: Option<String>,
        /// Importing economy
        #[arg(long, value_name = "ECONOMY", required_unless_present = "lines")]
        importer: Option<String>,
        /// Economy of origin
        #[arg(long, value_name = "ECONOMY", required_unless_present = "lines")]
        origin: Option<String>,
        /// HS code, 6 to 10 digits
        #[arg(long, value_name = "CODE", required_unless_present = "lines")]
        hs: Option<String>,
        /// Customs value with its currency: "95000 GBP"
        #[arg(long, value_name = "AMOUNT", required_unless_present = "lines")]
        value: Option<String>,
        /// Quantity with its unit: "5 t"
        #[arg(long, value_name = "QUANTITY")]
        quantity: Option<String>,
        /// How the goods arrive: sea, air, rail, road; some fees are for one mode only
        #[arg(long, value_name = "MODE")]
        mode: Option<String>,
        /// A fact you declare and could prove: --fact origin.wholly_obtained=yes
        #[arg(long = "fact", value_name = "NAME=VALUE")]
        facts: Vec<String>,
    },
}

/// Verbs of routes.
#[derive(Debug, Subcommand)]
pub enum Route {
    /// The ways between two places that are worth a choice
    #[command(
        after_help = "Examples:\n  periplus route find CNSHA NLRTM\n  periplus route find Ningbo Felixstowe --shut Suez --shut Bab-el-Mandeb\n  periplus route find 31.2,121.5 51.9,4.1"
    )]
    Find {
        /// UN/LOCODE, name, or latitude,longitude
        #[arg(allow_hyphen_values = true)]
        from: String,
        /// UN/LOCODE, name, or latitude,longitude
        #[arg(allow_hyphen_values = true)]
        to: String,
        /// A passage that is shut: Suez, Panama, Bab-el-Mandeb, Hormuz, Malacca, ...
        #[arg(long = "shut", value_name = "PASSAGE")]
        shut: Vec<String>,
        /// How much is carried: decides between part loads and full containers
        #[arg(long, value_name = "QUANTITY", default_value = "20 t")]
        mass: String,
        /// Only these modes: sea, air, rail, road
        #[arg(long = "mode", value_name = "MODE")]
        modes: Vec<String>,
    },
    /// Sea distance and days for each pair of a file
    #[command(after_help = "\
Examples:
  periplus route matrix --pairs pairs.csv --format csv > distances.csv

Columns of the file: a_lat, a_lon, b_lat, b_lon (others are carried along).
Columns added: distance_nm, days_p50, days_p90, snap_km, passages.")]
    Matrix {
        /// File of pairs: a_lat, a_lon, b_lat, b_lon
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        pairs: String,
        /// A passage that is shut
        #[arg(long = "shut", value_name = "PASSAGE")]
        shut: Vec<String>,
    },
}

/// Verbs of the market.
#[derive(Debug, Subcommand)]
pub enum Market {
    /// Who exports the goods: share, growth, unit value, capacity
    #[command(
        after_help = "Examples:\n  periplus market suppliers 850511\n  periplus market suppliers 283691 --to NL --format csv"
    )]
    Suppliers {
        /// HS code, 6 digits
        hs: String,
        /// As seen from this importing economy
        #[arg(long, value_name = "ECONOMY")]
        to: Option<String>,
    },
    /// The band of unit values, with outliers set aside
    #[command(
        after_help = "Examples:\n  periplus market price 850511 --from CN\n  periplus market price 280469 --from BR --to US"
    )]
    Price {
        /// HS code, 6 digits
        hs: String,
        /// Exporting economy
        #[arg(long, value_name = "ECONOMY")]
        from: Option<String>,
        /// Importing economy
        #[arg(long, value_name = "ECONOMY")]
        to: Option<String>,
    },
}

/// Verbs of the books.
#[derive(Debug, Subcommand)]
pub enum Data {
    /// An official file into a book; every row accepted, repaired or rejected with its reason
    #[command(after_help = "\
Examples:
  periplus data import eurofxref-hist.csv
  periplus data import ecb-rates eurofxref-hist.zip --json
  periplus data import us-tariff hts8.csv.zst --vintage 2026-02

A failed import leaves the old book in force.")]
    Import {
        /// [KIND] FILE...: the kind is guessed when left out
        #[arg(required = true, num_args = 1.., value_name = "[KIND] FILE")]
        what: Vec<String>,
        /// Encoding of the text, when it is not detected: windows-1252, gb18030, ...
        #[arg(long, value_name = "NAME")]
        encoding: Option<String>,
        /// Vintage of the figures, when the file does not say: YYYY[-MM[-DD]]
        #[arg(long, value_name = "DATE")]
        vintage: Option<String>,
        /// Economy whose tariff or statistics it is, when the file does not say
        #[arg(long, value_name = "ECONOMY")]
        economy: Option<String>,
    },
    /// Books in force: edition, vintage, rows, source, licence, age
    #[command(after_help = "Examples:\n  periplus data status\n  periplus data status --format csv")]
    Status,
    /// Check every book against its checksums
    #[command(after_help = "Examples:\n  periplus data verify\n  periplus data verify rates")]
    Verify {
        /// Only this book
        book: Option<String>,
    },
    /// Back to the edition before
    #[command(after_help = "Examples:\n  periplus data rollback rates")]
    Rollback {
        /// The book
        book: String,
    },
    /// Fetch official files, where there is a network
    #[command(after_help = "Examples:\n  periplus data pull\n  periplus data pull ecb-rates")]
    Pull {
        /// Only this kind; all when left out
        kind: Option<String>,
    },
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Port to listen on; 0 takes any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 8080)]
    pub port: u16,
    /// Address to listen on; others than this computer's own need a login
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: String,
    /// Where answers, deals and people are kept: a file, or postgres://...; store.db in the data folder when left out
    #[arg(long, value_name = "URL")]
    pub store: Option<String>,
    /// Open the workbench in a browser
    #[arg(long)]
    pub open: bool,
}

/// Verbs of people.
#[derive(Debug, Subcommand)]
pub enum People {
    /// Add a person; the password is read from stdin or PERIPLUS_PASSWORD
    #[command(after_help = "\
Examples:
  periplus people add --email ada@example.com --role admin
  periplus people add --email bob@example.com --role buyer --organisation \"Example Ltd\"

An admin of an organisation that is not there yet makes it. From the first person on everybody signs in.")]
    Add {
        /// With which they sign in
        #[arg(long, value_name = "ADDRESS")]
        email: String,
        /// Their name; the first part of the address when left out
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// viewer, buyer, analyst, compliance, bank or admin
        #[arg(long, value_name = "ROLE")]
        role: String,
        /// By name or id; the first there is when left out
        #[arg(long, value_name = "NAME")]
        organisation: Option<String>,
        /// They sign in through a provider alone
        #[arg(long)]
        no_password: bool,
        /// As of `serve`
        #[arg(long, value_name = "URL")]
        store: Option<String>,
    },
    /// Everybody, one JSON object a line
    #[command(after_help = "Examples:\n  periplus people list")]
    List {
        /// As of `serve`
        #[arg(long, value_name = "URL")]
        store: Option<String>,
    },
    /// Set a password, read from stdin or PERIPLUS_PASSWORD; their sessions end
    #[command(after_help = "Examples:\n  periplus people password --email ada@example.com")]
    Password {
        /// Whose
        #[arg(long, value_name = "ADDRESS")]
        email: String,
        /// As of `serve`
        #[arg(long, value_name = "URL")]
        store: Option<String>,
    },
}

/// Verbs of the audit trail.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Hash every entry anew and follow every link
    #[command(after_help = "Examples:\n  periplus audit verify")]
    Verify {
        /// As of `serve`
        #[arg(long, value_name = "URL")]
        store: Option<String>,
    },
}

/// Verbs of the settings.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Every setting and its value
    #[command(after_help = "Examples:\n  periplus config show\n  periplus config show --origin")]
    Show {
        /// And where each value came from
        #[arg(long)]
        origin: bool,
    },
}
