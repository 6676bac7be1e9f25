//! The dossier's extracts as typed books, opened once before deciding.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use carbon::{ProductCarbonBook, TransportBook};
use compliance::ComplianceBook;
use customs::{CustomsBooks, OriginBook, Rates, Regime, TariffBook};
use domain::{Basis, Currency, Date, Decimal, Direction, Economy, Evidence, Source, Unit};
use finance::{ChargeBook, InsuranceBook, InterestBook, RateBook};
use routes::FreightBook;
use thiserror::Error;

use crate::assumptions::{self, Assumptions};
use crate::cost;
use crate::dossier::{Dossier, Extract};

/// A dossier that cannot be decided from: a table is missing or cannot be read.
#[derive(Debug, Error)]
pub enum FactsError {
    /// PRP-1801
    #[error("PRP-1801: the dossier has no table {table}; gather it again with a complete set of books")]
    Missing { table: String },
    /// PRP-1802
    #[error("PRP-1802: the dossier's table {table} cannot be read: {why}")]
    Unreadable { table: String, why: String },
}

/// Books of one dossier.
#[derive(Debug)]
pub struct Facts<'d> {
    pub dossier: &'d Dossier,
    pub assumptions: Assumptions,
    pub customs: CustomsBooks,
    pub rules: Arc<ComplianceBook>,
    pub rates: Arc<RateBook>,
    pub interest: InterestBook,
    pub charges: ChargeBook,
    pub insurance: InsuranceBook,
    pub transport: TransportBook,
    pub product: Option<ProductCarbonBook>,
    pub freight: FreightBook,
    /// The day on which duties are counted.
    pub duty_date: Date,
    pub measures: Vec<(Unit, Decimal)>,
    /// Yearly volatility of the need's currency against each other one, where the rates tell.
    volatility: BTreeMap<Currency, f64>,
    regimes: BTreeMap<Economy, Regime>,
    territories: BTreeMap<Economy, Economy>,
}

/// Books that a dossier must carry: (book, file).
pub const NEEDED: &[(&str, &str)] = &[
    assumptions::BOOK,
    ("rates", "rates.csv"),
    ("bank-charges", "charges.csv"),
    ("cargo-insurance", "rates.csv"),
    ("freight-factors", "factors.csv"),
    ("freight-rates", "rates.csv"),
];

/// Books that it carries when there are any: an unknown fact is then named where it is missed.
pub const WELCOME: &[(&str, &str)] = &[
    ("wdi", "fr.inr.lend.csv"),
    ("key-rates", "key-rates.csv"),
    ("product-carbon", "factors.csv"),
    ("origin-rules-gb", "schemes.csv"),
    ("origin-rules-gb", "members.csv"),
    ("origin-rules-gb", "rules.csv"),
];

impl<'d> Facts<'d> {
    /// Opens all extracts.
    ///
    /// # Errors
    /// A table is missing or cannot be read.
    pub fn open(dossier: &'d Dossier) -> Result<Self, FactsError> {
        let shelf = Extracts { dossier };
        let rates =
            shelf.read(("rates", "rates.csv"), |it| RateBook::from_csv(&it.text, Arc::clone(&it.source)))?;
        let customs = shelf.customs(&rates)?;
        let product = shelf
            .find(("product-carbon", "factors.csv"))
            .map(|_| {
                shelf.read(("product-carbon", "factors.csv"), |it| {
                    ProductCarbonBook::from_csv(&it.text, it.basis, Arc::clone(&it.source))
                })
            })
            .transpose()?;
        let mut facts = Self {
            dossier,
            assumptions: shelf
                .read(assumptions::BOOK, |it| Assumptions::from_csv(&it.text, Arc::clone(&it.source)))?,
            interest: shelf.interest()?,
            charges: shelf.read(("bank-charges", "charges.csv"), |it| {
                ChargeBook::from_csv(&it.text, it.basis, Arc::clone(&it.source))
            })?,
            insurance: shelf.read(("cargo-insurance", "rates.csv"), |it| {
                InsuranceBook::from_csv(&it.text, it.basis, Arc::clone(&it.source))
            })?,
            transport: shelf.read(("freight-factors", "factors.csv"), |it| {
                TransportBook::from_csv(&it.text, it.basis, Arc::clone(&it.source))
            })?,
            freight: shelf.read(("freight-rates", "rates.csv"), |it| FreightBook::from_csv(&it.text))?,
            product,
            rules: compliance::shipped().map_err(|why| FactsError::Unreadable {
                table: "rulepacks of compliance".to_owned(),
                why: why.to_string(),
            })?,
            customs,
            rates,
            duty_date: dossier.as_of,
            measures: cost::measures(dossier.need.quantity),
            volatility: BTreeMap::new(),
            regimes: BTreeMap::new(),
            territories: BTreeMap::new(),
        };
        let ends = dossier.supplies.iter().map(|it| it.offer.economy).chain([dossier.need.place.economy]);
        facts.territories = ends
            .map(|it| (it, customs::jurisdiction_of(it, facts.duty_date, &facts.customs.rules)))
            .collect();
        // It is asked for by every plan, and takes a year of rates.
        let home = dossier.need.currency;
        let volatility = |from| Some((from, facts.rates.fx_vol(from, home, dossier.as_of).ok()?.value));
        facts.volatility = facts.rates.list_currencies().into_iter().filter_map(volatility).collect();
        facts.regimes = facts
            .importers()
            .into_iter()
            .map(|it| (it, Regime::of(it, facts.duty_date, &facts.customs)))
            .collect();
        Ok(facts)
    }

    fn importers(&self) -> Vec<Economy> {
        let need = &self.dossier.need;
        match need.direction {
            Direction::Buy => vec![need.place.economy],
            Direction::Sell => self.dossier.supplies.iter().map(|it| it.offer.economy).collect(),
        }
    }

    /// Standard deviation of a year's relative changes of `from` against the need's currency.
    pub fn volatility(&self, from: Currency) -> Option<f64> {
        self.volatility.get(&from).copied()
    }

    fn source_of(&self, book: &str) -> Arc<Source> {
        let prefix = format!("{book}/");
        let found = self.dossier.tables.iter().find(|(name, _)| name.starts_with(&prefix));
        found.map_or_else(|| nothing(book), |(_, it)| Arc::clone(&it.source))
    }

    /// What freight rates rest on.
    pub fn freight_source(&self) -> Arc<Source> {
        self.source_of("freight-rates")
    }

    /// What bank charges and margins rest on.
    pub fn charges_evidence(&self) -> Evidence {
        Evidence::new(self.charges.basis(), self.charges.source())
    }

    /// What interest rates rest on.
    pub fn interest_source(&self) -> Arc<Source> {
        self.source_of("wdi")
    }

    /// What the distance of a leg rests on.
    pub fn network_evidence(&self, leg: &routes::Leg) -> Evidence {
        let because = Evidence::new(leg.distance_basis.basis(), &self.dossier.network);
        match leg.distance_basis {
            routes::DistanceBasis::SeaNetwork => {
                because.formula("shortest way on the sea network, passages as allowed")
            }
            routes::DistanceBasis::GreatCircleTimesFactor { factor_percent, error_percent } => {
                because.at_best(Basis::Modelled).formula(format!(
                    "great circle x {factor_percent} %, within {error_percent} % of real distances (assumed)"
                ))
            }
        }
    }

    /// Whether two economies are one customs territory, so that goods cross between them without customs.
    pub fn within_one_territory(&self, a: Economy, b: Economy) -> bool {
        let territory = |it| self.territories.get(&it).copied().unwrap_or(it);
        a == b || territory(a) == territory(b)
    }

    /// The customs rules of an importer of this dossier, looked up when it was opened.
    ///
    /// # Panics
    /// When asked for an economy that is not an importer of this dossier.
    pub fn regime(&self, importer: Economy) -> &Regime {
        &self.regimes[&importer]
    }
}

/// The dossier's tables by name.
struct Extracts<'d> {
    dossier: &'d Dossier,
}

impl Extracts<'_> {
    fn find(&self, name: (&str, &str)) -> Option<&Extract> {
        self.dossier.tables.get(&key(name))
    }

    fn get(&self, name: (&str, &str)) -> Result<&Extract, FactsError> {
        self.find(name).ok_or_else(|| FactsError::Missing { table: key(name) })
    }

    fn read<T, E: Display>(
        &self,
        name: (&str, &str),
        read: impl FnOnce(&Extract) -> Result<T, E>,
    ) -> Result<T, FactsError> {
        read(self.get(name)?).map_err(|why| FactsError::Unreadable { table: key(name), why: why.to_string() })
    }

    fn text(&self, name: (&str, &str)) -> &str {
        self.find(name).map_or("", |it| it.text.as_str())
    }

    fn interest(&self) -> Result<InterestBook, FactsError> {
        let lending = ("wdi", "fr.inr.lend.csv");
        let book = match self.find(lending) {
            Some(_) => self.read(lending, |it| InterestBook::from_csv(&it.text, Arc::clone(&it.source)))?,
            None => InterestBook::from_csv("indicator,economy,year,value\n", nothing("lending rates"))
                .map_err(|why| FactsError::Unreadable { table: key(lending), why: why.to_string() })?,
        };
        let keys = ("key-rates", "key-rates.csv");
        match self.find(keys) {
            Some(it) => book
                .with_key_rates(&it.text, Arc::clone(&it.source))
                .map_err(|why| FactsError::Unreadable { table: key(keys), why: why.to_string() }),
            None => Ok(book),
        }
    }

    fn customs(&self, rates: &RateBook) -> Result<CustomsBooks, FactsError> {
        let mut tariffs = Vec::new();
        for name in self.dossier.tables.keys() {
            let Some(code) = name.strip_prefix("tariff-").and_then(|it| it.strip_suffix("/measures.csv"))
            else {
                continue;
            };
            let book = format!("tariff-{code}");
            let measures = (book.as_str(), "measures.csv");
            let jurisdiction: Economy = code.parse().map_err(|why: domain::DomainError| {
                FactsError::Unreadable { table: name.clone(), why: why.to_string() }
            })?;
            let groups = match self.text((book.as_str(), "groups.csv")) {
                "" => "group,economy,from,to\n",
                text => text,
            };
            tariffs.push(Arc::new(self.read(measures, |it| {
                TariffBook::from_csv(jurisdiction, &it.text, groups, Arc::clone(&it.source))
            })?));
        }
        Ok(CustomsBooks::new(tariffs, self.published_rates(rates), Arc::new(self.origin_rules()?)))
    }

    fn origin_rules(&self) -> Result<OriginBook, FactsError> {
        const BOOK: &str = "origin-rules-gb";
        let schemes = (BOOK, "schemes.csv");
        if self.find(schemes).is_none() {
            return Ok(OriginBook::empty(nothing("rules of origin")));
        }
        let (members, rules) = (self.text((BOOK, "members.csv")), self.text((BOOK, "rules.csv")));
        self.read(schemes, |it| OriginBook::from_csv(&it.text, members, rules, Arc::clone(&it.source)))
    }

    /// Rates between the need's currency and the others of the book, for thresholds and specific duties in another money.
    fn published_rates(&self, book: &RateBook) -> Rates {
        let (to, on) = (self.dossier.need.currency, self.dossier.as_of);
        book.list_currencies().into_iter().filter(|&from| from != to).fold(
            Rates::default(),
            |rates, from: Currency| {
                let rate = book.rate(from, to, on).and_then(|it| Decimal::try_from(it).ok());
                rate.map_or_else(
                    || rates.clone(),
                    |rate| rates.clone().with(from, to, rate.round_dp(8), book.source()),
                )
            },
        )
    }
}

/// "book/file".
pub fn key((book, file): (&str, &str)) -> String {
    format!("{book}/{file}")
}

/// Stands for a book that is not loaded.
fn nothing(what: &str) -> Arc<Source> {
    Arc::new(Source {
        title: format!("no {what} loaded"),
        publisher: "Periplus".to_owned(),
        vintage: String::new(),
        book: None,
        licence: None,
    })
}
