//! The rules of one importing country on one day, looked up once and used for many lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Basis, Currency, Date, Decimal, Economy, Evidence, Figure, HsCode, Mode};
use rules::{RuleBook, Rulepack};

use crate::book::{TariffBook, day};
use crate::expression::{Expression, Rates, parse_expression};
use crate::origin::OriginBook;
use crate::rulepacks;

/// Everything customs looks things up in. Tariffs by jurisdiction: one for the European Union.
#[derive(Clone, Debug)]
pub struct CustomsBooks {
    pub tariffs: BTreeMap<Economy, Arc<TariffBook>>,
    pub rules: Arc<RuleBook>,
    /// For duties in a money other than that of the value.
    pub rates: Rates,
    pub origin: Arc<OriginBook>,
}

impl CustomsBooks {
    /// With the shipped rulepacks.
    pub fn new(
        tariffs: impl IntoIterator<Item = Arc<TariffBook>>,
        rates: Rates,
        origin: Arc<OriginBook>,
    ) -> Self {
        Self {
            tariffs: tariffs.into_iter().map(|it| (it.jurisdiction(), it)).collect(),
            rules: rulepacks::shipped(),
            rates,
            origin,
        }
    }

    /// The tariff that applies to goods for `importer` on a day, when it is loaded.
    pub fn find_tariff(&self, importer: Economy, on: Date) -> Option<&Arc<TariffBook>> {
        self.tariffs.get(&jurisdiction_of(importer, on, &self.rules))
    }
}

/// The customs territory a country belongs to on a day: `EU` for its member states, the country itself where no rule says otherwise.
pub fn jurisdiction_of(importer: Economy, on: Date, rules: &RuleBook) -> Economy {
    let holds = |pack: &&Arc<Rulepack>| {
        pack.list("members", on).is_some_and(|it| it.values.iter().any(|it| it == importer.code()))
    };
    rules.of_kind("territory", on).find(holds).and_then(|it| it.jurisdiction.parse().ok()).unwrap_or(importer)
}

/// Which costs of carriage belong to the customs value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Valuation {
    /// Price, carriage and insurance to the border.
    Cif,
    /// Price without carriage and insurance between countries.
    Fob,
}

#[derive(Clone, Debug)]
pub(crate) struct Tax {
    pub(crate) name: String,
    /// Per cent; `None`: not known for the country and day.
    pub(crate) standard: Option<Figure<Decimal>>,
    pub(crate) base: TaxBase,
    pub(crate) base_because: Evidence,
}

/// What the tax is charged on, on top of customs value, duties and fees of customs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaxBase {
    /// Incidental costs to the first place of destination.
    Inland,
    /// Carriage and insurance to the place of consignment.
    Transport,
}

/// Whether there is a tax on imports.
#[derive(Clone, Debug)]
pub(crate) enum TaxRule {
    Charged(Box<Tax>),
    /// The law has none.
    None,
    Unknown,
}

#[derive(Clone, Debug)]
pub(crate) struct Fee {
    pub(crate) label: String,
    pub(crate) rate: Figure<Decimal>,
    pub(crate) minimum: Option<Figure<Decimal>>,
    pub(crate) maximum: Option<Figure<Decimal>>,
    pub(crate) mode: Option<Mode>,
    pub(crate) exempt_programmes: Vec<String>,
    /// Money of the minimum and maximum.
    pub(crate) currency: Option<Currency>,
}

#[derive(Clone, Debug)]
pub(crate) struct Relief {
    pub(crate) threshold: Figure<Decimal>,
    pub(crate) currency: Currency,
    pub(crate) fees: bool,
    pub(crate) tax: bool,
    excluded: Vec<HsCode>,
    suspended_origins: Vec<String>,
}

impl Relief {
    pub(crate) fn covers(&self, hs: HsCode, origin: Economy) -> bool {
        !self.excluded.iter().any(|it| it.covers(hs))
            && !self.suspended_origins.iter().any(|it| it == origin.code())
    }
}

/// A preference that an agreement grants for all goods, so that no tariff line is needed to know it.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) scheme: String,
    /// The scheme of the origin book whose members and rules are asked.
    pub(crate) rules: String,
    pub(crate) text: String,
    pub(crate) expression: Expression,
    pub(crate) reference: String,
    pub(crate) because: Evidence,
    origins: Vec<String>,
    except: Vec<HsCode>,
}

impl Grant {
    pub(crate) fn covers(
        &self,
        hs: HsCode,
        origin: Economy,
        importer: Economy,
        on: Date,
        book: &OriginBook,
    ) -> bool {
        if self.except.iter().any(|it| it.covers(hs)) {
            return false;
        }
        if self.origins.is_empty() {
            return book.of(importer, origin, on).any(|it| it.code == self.rules);
        }
        self.origins.iter().any(|it| it == origin.code())
    }
}

/// The rules of one importing country on one day.
#[derive(Clone, Debug)]
pub struct Regime {
    pub(crate) importer: Economy,
    pub(crate) jurisdiction: Economy,
    pub(crate) day: i32,
    /// Money of the importing country, when a rule says so.
    pub(crate) money: Option<Currency>,
    /// Money in which "$" of the tariff is meant.
    pub(crate) home: Option<Currency>,
    pub(crate) book: Option<Arc<TariffBook>>,
    /// Rows of the book for all goods that are in force on the day.
    pub(crate) for_all_goods: Vec<u32>,
    pub(crate) valuation: Option<(Valuation, Evidence)>,
    pub(crate) tax: TaxRule,
    pub(crate) fees: Vec<Fee>,
    pub(crate) relief: Option<Relief>,
    /// There was a relief, and it has ended without the new rule being loaded.
    pub(crate) relief_ended: Option<String>,
    pub(crate) grants: Vec<Grant>,
}

impl Regime {
    /// Looks up the rules of `importer` on a day.
    pub fn of(importer: Economy, on: Date, books: &CustomsBooks) -> Self {
        let rules = &books.rules;
        let jurisdiction = jurisdiction_of(importer, on, rules);
        let code = jurisdiction.code();
        let find = |kind: &str| rules.of(code, kind, on);
        let territory = find("territory");
        let home = territory.and_then(|it| it.word("currency", on)).and_then(|it| it.value.parse().ok());
        let relief = find("relief");
        Self {
            importer,
            jurisdiction,
            day: day(on),
            money: territory.map_or(home, |pack| money_of(pack, importer, home, on)),
            home,
            for_all_goods: books
                .tariffs
                .get(&jurisdiction)
                .map_or_else(Vec::new, |it| it.for_all_goods(day(on))),
            book: books.tariffs.get(&jurisdiction).cloned(),
            valuation: find("valuation").and_then(|it| valuation_of(it, on)),
            tax: find("tax").map_or(TaxRule::Unknown, |it| tax_of(it, importer, on)),
            fees: rules
                .of_kind("fee", on)
                .filter(|it| it.jurisdiction == code)
                .filter_map(|it| fee_of(it, on))
                .collect(),
            relief: relief.and_then(|it| relief_of(it, on)),
            relief_ended: relief
                .filter(|it| it.param("threshold", on).is_none() && ended(it, on))
                .map(|it| it.reference.clone()),
            grants: find("preference").map_or_else(Vec::new, |it| grants_of(it, on)),
        }
    }

    pub fn importer(&self) -> Economy {
        self.importer
    }

    /// The customs territory: `EU` for a member state.
    pub fn jurisdiction(&self) -> Economy {
        self.jurisdiction
    }

    /// Money of the importing country, when a rule says so.
    pub fn money(&self) -> Option<Currency> {
        self.money
    }

    pub fn tariff(&self) -> Option<&Arc<TariffBook>> {
        self.book.as_ref()
    }
}

fn money_of(pack: &Rulepack, importer: Economy, home: Option<Currency>, on: Date) -> Option<Currency> {
    match pack.rows("currency", on).find(|it| it.cell("economy") == importer.code()) {
        Some(row) => row.cell("currency").parse().ok(),
        None => home,
    }
}

fn valuation_of(pack: &Rulepack, on: Date) -> Option<(Valuation, Evidence)> {
    let word = pack.word("basis", on)?;
    let valuation = match word.value.as_str() {
        "CIF" => Valuation::Cif,
        "FOB" => Valuation::Fob,
        _ => return None,
    };
    Some((valuation, word.because))
}

fn tax_of(pack: &Rulepack, importer: Economy, on: Date) -> TaxRule {
    let (Some(name), Some(base)) = (pack.word("name", on), pack.word("base", on)) else {
        return TaxRule::Unknown;
    };
    let kind = match base.value.as_str() {
        "none" => return TaxRule::None,
        "value+duty+inland" => TaxBase::Inland,
        "value+duty+transport" => TaxBase::Transport,
        _ => return TaxRule::Unknown,
    };
    TaxRule::Charged(Box::new(Tax {
        name: name.value,
        standard: pack.param(&format!("standard_rate.{importer}"), on),
        base: kind,
        base_because: base.because,
    }))
}

fn fee_of(pack: &Rulepack, on: Date) -> Option<Fee> {
    let mode =
        pack.word("mode", on).and_then(|it| Mode::ALL.into_iter().find(|mode| mode.word() == it.value));
    let unit =
        pack.find_value("minimum", on).and_then(|it| it.unit.as_deref()).and_then(|it| it.parse().ok());
    Some(Fee {
        label: pack.word("label", on)?.value,
        rate: pack.param("rate", on)?,
        minimum: pack.param("minimum", on),
        maximum: pack.param("maximum", on),
        mode,
        exempt_programmes: pack.list("exempt_programmes", on).map_or_else(Vec::new, |it| it.values.clone()),
        currency: unit,
    })
}

fn relief_of(pack: &Rulepack, on: Date) -> Option<Relief> {
    let value = pack.find_value("threshold", on)?;
    let covers = pack.word("covers", on)?.value;
    let words = |name: &str| pack.list(name, on).map_or_else(Vec::new, |it| it.values.clone());
    Some(Relief {
        currency: value.unit.as_deref()?.parse().ok()?,
        threshold: pack.param("threshold", on)?,
        fees: covers.contains("fees"),
        tax: covers.contains("tax"),
        excluded: words("excluded").iter().filter_map(|it| it.parse().ok()).collect(),
        suspended_origins: words("suspended_origins"),
    })
}

/// Whether the threshold of a relief ended before the day.
fn ended(pack: &Rulepack, on: Date) -> bool {
    pack.parameters()
        .get("threshold")
        .is_some_and(|it| it.iter().any(|it| it.days.to.is_some_and(|to| to < on)))
}

fn grants_of(pack: &Rulepack, on: Date) -> Vec<Grant> {
    let grant = |row: &rules::Row| {
        let words =
            |name: &str| row.cell(name).split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>();
        Some(Grant {
            scheme: row.cell("scheme").to_owned(),
            rules: row.cell("rules").to_owned(),
            text: row.cell("expression").to_owned(),
            expression: parse_expression(row.cell("expression")).ok()?,
            reference: row.reference.clone(),
            because: Evidence::new(Basis::Observed, &pack.source)
                .stated(row.cell("expression"))
                .reference(row.reference.as_str()),
            origins: words("origins"),
            except: words("except").iter().filter_map(|it| it.parse().ok()).collect(),
        })
    };
    pack.rows("free", on).filter_map(grant).collect()
}
