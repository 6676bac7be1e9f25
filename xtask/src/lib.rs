//! Makers of the bundled books. Each is a module of its own with `pub fn run(&Context) -> Result<Vec<Made>, Error>` and a
//! row of [`MAKERS`].

pub mod assumptions;
pub mod context;
pub mod economies;
pub mod emissions;
pub mod finance_books;
pub mod flows;
pub mod grid;
pub mod hs;
pub mod origin_rules;
pub mod places;
pub mod rates;
pub mod tariffs;
pub mod world_bank;

pub mod sea_network;

pub use context::{About, Context, Draft, Error, Made};

/// Makes one book, or a family of books.
pub type Maker = fn(&Context) -> Result<Vec<Made>, Error>;

/// Name of the book or family, and its maker. Order matters only where one reads what another made.
pub const MAKERS: &[(&str, Maker)] = &[
    ("assumptions", assumptions::run),
    ("economies", economies::run),
    ("places", places::run),
    ("hs", hs::run),
    ("flows", flows::run),
    ("rates", rates::run),
    ("wdi", world_bank::run),
    ("grid", grid::run),
    ("freight-factors", emissions::freight),
    ("product-carbon", emissions::products),
    ("bank-charges", finance_books::bank_charges),
    ("cargo-insurance", finance_books::cargo_insurance),
    ("key-rates", finance_books::key_rates),
    ("sea-network", sea_network::run),
    ("tariffs", tariffs::run),
    ("origin-rules", origin_rules::run),
    ("ports", sea_network::ports::ports),
    ("airports", sea_network::ports::airports),
    ("lead-times", sea_network::lead_times::lead_times),
    ("freight-rates", sea_network::lead_times::freight_rates),
];
