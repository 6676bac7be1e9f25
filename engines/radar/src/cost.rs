//! What a way costs before the money choices, in numbers: the one place where the order of dependencies between the
//! engines stands. Used by the search with middle values, by the scenarios with drawn factors, and by `assess`, which
//! adds the words. All amounts are minor units of the need's currency.

use std::collections::BTreeMap;

use customs::DutyQuestion;
use domain::incoterm::Party;
use domain::{CostKind, Currency, Direction, Economy, Incoterm, Interval, Mode, Money, Quantity, Task, Unit};
use finance::Clauses;

use crate::assumptions::Name;
use crate::dossier::{Role, Supply, Way, WayLeg};
use crate::facts::Facts;

/// What a scenario multiplies: 1 everywhere is the middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factors {
    pub goods: f64,
    pub freight: f64,
    /// Value of the invoice currency in the need's currency.
    pub exchange: f64,
}

impl Factors {
    pub const MIDDLE: Self = Self { goods: 1.0, freight: 1.0, exchange: 1.0 };
}

/// The cargo covers that are proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    ClausesA,
    ClausesC,
    None,
}

impl Cover {
    pub const ALL: [Self; 3] = [Self::ClausesA, Self::ClausesC, Self::None];

    pub fn clauses(self) -> Option<Clauses> {
        match self {
            Self::ClausesA => Some(Clauses::A),
            Self::ClausesC => Some(Clauses::C),
            Self::None => None,
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::ClausesA => "cargo insurance ICC (A)",
            Self::ClausesC => "cargo insurance ICC (C)",
            Self::None => "no cargo insurance",
        }
    }
}

/// One part of a cost: not there, not known, or so much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Absent,
    Unknown,
    Known(i64),
}

impl Part {
    pub fn known(self) -> Option<i64> {
        match self {
            Self::Absent => Some(0),
            Self::Unknown => None,
            Self::Known(minor) => Some(minor),
        }
    }

    fn of(amount: Option<f64>) -> Self {
        amount.filter(|it| it.is_finite()).map_or(Self::Unknown, |it| Self::Known(it.round() as i64))
    }
}

/// The parts of a cost in the order of [`CostKind`], without bank charges, financing and hedging.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub goods: Part,
    pub origin_carriage: Part,
    pub origin_terminal: Part,
    pub export_clearance: Part,
    pub main_carriage: Part,
    pub insurance: Part,
    pub destination_terminal: Part,
    pub destination_carriage: Part,
    pub import_clearance: Part,
    /// Base, additional and anti-dumping duty together.
    pub duty: Part,
    pub fees: Part,
    /// Tax that does not come back.
    pub tax: Part,
}

impl Parts {
    pub fn list(&self) -> [(CostKind, Part); 12] {
        [
            (CostKind::Goods, self.goods),
            (CostKind::OriginCarriage, self.origin_carriage),
            (CostKind::OriginTerminal, self.origin_terminal),
            (CostKind::ExportClearance, self.export_clearance),
            (CostKind::MainCarriage, self.main_carriage),
            (CostKind::Insurance, self.insurance),
            (CostKind::DestinationTerminal, self.destination_terminal),
            (CostKind::DestinationCarriage, self.destination_carriage),
            (CostKind::ImportClearance, self.import_clearance),
            (CostKind::Duty, self.duty),
            (CostKind::CustomsFee, self.fees),
            (CostKind::Tax, self.tax),
        ]
    }

    /// The sum of what is known, and whether that is all.
    pub fn sum(&self) -> (i64, bool) {
        self.list().iter().fold((0, true), |(sum, exact), (_, part)| match part.known() {
            Some(minor) => (sum + minor, exact),
            None => (sum, false),
        })
    }

    /// What the buyer pays the seller under a rule: the price of the goods and the tasks that the rule puts on the seller.
    /// Unknown parts are left out; the total then already says "at least".
    pub fn invoice(&self, rule: Incoterm) -> i64 {
        let seller = |kind: CostKind| task_of(kind).is_none_or(|task| rule.payer(task) == Party::Seller);
        let goods = self.goods.known().map_or(0, i64::abs);
        goods
            + self
                .list()
                .iter()
                .filter(|(kind, _)| *kind != CostKind::Goods && seller(*kind))
                .filter_map(|(_, part)| part.known())
                .sum::<i64>()
    }
}

/// The task of Incoterms 2020 that a line pays for; `None` for the goods and for the money lines.
pub fn task_of(kind: CostKind) -> Option<Task> {
    Some(match kind {
        CostKind::OriginCarriage => Task::OriginCarriage,
        CostKind::OriginTerminal => Task::OriginTerminal,
        CostKind::ExportClearance => Task::ExportClearance,
        CostKind::MainCarriage => Task::MainCarriage,
        CostKind::Insurance => Task::Insurance,
        CostKind::DestinationTerminal => Task::DestinationTerminal,
        CostKind::DestinationCarriage => Task::DestinationCarriage,
        CostKind::ImportClearance => Task::ImportClearance,
        CostKind::Duty
        | CostKind::AdditionalDuty
        | CostKind::AntiDumping
        | CostKind::CustomsFee
        | CostKind::Tax
        | CostKind::CarbonBorder => Task::DutyAndTax,
        CostKind::Goods
        | CostKind::BankCharges
        | CostKind::Financing
        | CostKind::Hedging
        | CostKind::Currency => return None,
    })
}

/// What of a way does not change with cover, terms or scenario: looked up once.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Units of the need's minor currency for a unit of the offer's currency and for a US dollar; `None`: no rate.
    pub offer_rate: Option<f64>,
    pub usd_rate: Option<f64>,
    pub goods: Option<Interval>,
    pub origin_carriage: Option<f64>,
    pub origin_terminal: Option<f64>,
    pub export_clearance: Option<f64>,
    pub main_carriage: Option<f64>,
    pub destination_terminal: Option<f64>,
    pub destination_carriage: Option<f64>,
    pub import_clearance: Option<f64>,
    pub mode: Mode,
    pub importer: Economy,
    pub origin: Economy,
    pub dispatched_from: Economy,
}

/// Minor units of the need's currency for one major unit of `from`.
pub fn minor_rate(facts: &Facts<'_>, from: Currency) -> Option<f64> {
    let to = facts.dossier.need.currency;
    let minor = 10_f64.powi(to.minor_digits() as i32);
    if from == to {
        return Some(minor);
    }
    facts.rates.rate(from, to, facts.dossier.as_of).map(|it| it * minor)
}

/// Looks up the ground of a way.
pub fn ground(facts: &Facts<'_>, supply: &Supply, way: &Way) -> Ground {
    let dossier = facts.dossier;
    let need = &dossier.need;
    let mass = dossier.mass_kg;
    let selling = need.direction == Direction::Sell;
    let usd_rate = minor_rate(facts, Currency::USD);
    let usd = |amount: f64| usd_rate.map(|rate| rate * amount);
    let offer_rate = minor_rate(facts, supply.offer.currency);
    // The rule a price was stated under says what is already in it. A seller's own price has nothing in it but the goods.
    let priced = if selling { Incoterm::Fca } else { supply.offer.incoterm };
    let open =
        |task: Task, cost: Option<f64>| if priced.payer(task) == Party::Seller { Some(0.0) } else { cost };
    let carriage = |role: Role| {
        let legs = way.legs.iter().filter(|leg| leg.role == role);
        legs.map(|leg| leg_usd(facts, leg)).sum::<Option<f64>>().and_then(usd)
    };
    let mode = way.main_mode();
    let terminal = terminal_usd_per_tonne(facts, mode).and_then(|rate| usd(rate.mid * mass / 1000.0));
    let terminal = if mode == Mode::Road { Some(0.0) } else { terminal };
    let clearance = |name| usd(facts.assumptions.get(name).mid);
    let (origin, importer) = ends(need.place.economy, supply.offer.economy, need.direction);
    let inland = facts.within_one_territory(origin, importer);
    Ground {
        offer_rate,
        usd_rate,
        goods: supply.offer.price_per_kg,
        origin_carriage: open(Task::OriginCarriage, carriage(Role::PreCarriage)),
        origin_terminal: open(Task::OriginTerminal, terminal),
        export_clearance: if inland {
            Some(0.0)
        } else {
            open(Task::ExportClearance, clearance(Name::ExportClearance))
        },
        main_carriage: open(Task::MainCarriage, carriage(Role::Main)),
        destination_terminal: open(Task::DestinationTerminal, terminal),
        destination_carriage: open(Task::DestinationCarriage, carriage(Role::OnCarriage)),
        import_clearance: if inland {
            Some(0.0)
        } else {
            open(Task::ImportClearance, clearance(Name::ImportClearance))
        },
        mode,
        importer,
        origin,
        dispatched_from: way.main_leg().map_or(origin, |it| it.leg.from.economy),
    }
}

/// Middle of what a leg costs, US dollars; `None` when no rate is known.
fn leg_usd(facts: &Facts<'_>, leg: &WayLeg) -> Option<f64> {
    leg_cost(facts, leg).map(|it| it.usd.mid)
}

/// What a leg costs, as a range with its formula.
pub fn leg_cost(facts: &Facts<'_>, leg: &WayLeg) -> Option<routes::FreightCost> {
    routes::freight_cost_usd(&leg.leg, facts.dossier.mass_kg, &facts.freight).ok()
}

/// Handling at one terminal, US dollars a tonne; none on the road.
pub fn terminal_usd_per_tonne(facts: &Facts<'_>, mode: Mode) -> Option<Interval> {
    terminal_name(mode).map(|name| facts.assumptions.get(name))
}

/// The assumption that prices a terminal of a mode.
pub fn terminal_name(mode: Mode) -> Option<Name> {
    match mode {
        Mode::Sea => Some(Name::TerminalSea),
        Mode::Air => Some(Name::TerminalAir),
        Mode::Rail => Some(Name::TerminalRail),
        Mode::Road => None,
    }
}

/// (origin, importer) of a deal.
pub fn ends(place: Economy, other: Economy, direction: Direction) -> (Economy, Economy) {
    match direction {
        Direction::Buy => (other, place),
        Direction::Sell => (place, other),
    }
}

/// The parts of the cost of a way under a cover and a scenario, in the order in which they depend on each other:
/// goods, carriage, insurance (needs both), duty (needs all three), tax (needs duty).
pub fn parts(facts: &Facts<'_>, ground: &Ground, cover: Cover, factors: Factors) -> Parts {
    let need = &facts.dossier.need;
    let goods_value = ground
        .goods
        .zip(ground.offer_rate)
        .map(|(price, rate)| price.mid * factors.goods * factors.exchange * facts.dossier.mass_kg * rate);
    let freight = |cost: Option<f64>| cost.map(|it| it * factors.freight);
    let main = freight(ground.main_carriage);
    let mut parts = Parts {
        goods: Part::of(goods_value.map(|it| if need.direction == Direction::Sell { -it } else { it })),
        origin_carriage: absent_if_none(freight(ground.origin_carriage)),
        origin_terminal: absent_if_none(ground.origin_terminal),
        export_clearance: absent_if_none(ground.export_clearance),
        main_carriage: absent_if_none(main),
        destination_terminal: absent_if_none(ground.destination_terminal),
        destination_carriage: absent_if_none(freight(ground.destination_carriage)),
        import_clearance: absent_if_none(ground.import_clearance),
        ..Parts::default()
    };
    parts.insurance = insurance(facts, ground, cover, &parts);
    if !facts.within_one_territory(ground.origin, ground.importer) {
        let regime = facts.regime(ground.importer);
        let amounts =
            question(facts, ground, &parts).map(|it| customs::duty_amounts(&it, regime, &facts.customs));
        let minor = |amount: Option<Option<Money>>| match amount {
            Some(Some(money)) if money.is_zero() => Part::Absent,
            Some(Some(money)) => Part::Known(money.minor()),
            Some(None) | None => Part::Unknown,
        };
        parts.duty = minor(amounts.as_ref().map(|it| it.duty));
        parts.fees = minor(amounts.as_ref().map(|it| it.fees));
        parts.tax = minor(amounts.as_ref().map(|it| match (it.tax, it.recoverable) {
            (Some(tax), Some(back)) => tax.checked_sub(back).ok(),
            // A tax that comes back is no cost, known or not.
            (None, None) => Some(Money::zero(it.money)),
            _ => None,
        }));
    }
    parts
}

/// Nothing to pay is no line; a cost that is not known is one.
fn absent_if_none(cost: Option<f64>) -> Part {
    match cost {
        Some(0.0) => Part::Absent,
        cost => Part::of(cost),
    }
}

fn insurance(facts: &Facts<'_>, ground: &Ground, cover: Cover, parts: &Parts) -> Part {
    let Some(clauses) = cover.clauses() else { return Part::Absent };
    let value = insured_value(parts);
    let rate = facts.insurance.rate(clauses, ground.mode, facts.dossier.as_of).ok().map(|it| it.value.mid);
    Part::of(value.zip(rate).map(|(value, rate)| finance::premium_scalar(value as f64, rate)))
}

/// Price plus carriage to the destination: what insurance is taken on.
pub fn insured_value(parts: &Parts) -> Option<i64> {
    let carriage =
        parts.origin_carriage.known()? + parts.origin_terminal.known()? + parts.main_carriage.known()?;
    Some(parts.goods.known()?.abs() + carriage)
}

/// What customs is asked about these parts; `None` when the goods have no price.
pub fn question<'f>(facts: &'f Facts<'_>, ground: &Ground, parts: &Parts) -> Option<DutyQuestion<'f>> {
    let need = &facts.dossier.need;
    let money = |minor: i64| Money::from_minor(minor, need.currency);
    let goods = parts.goods.known()?.abs();
    let before_border =
        parts.origin_carriage.known()? + parts.origin_terminal.known()? + parts.export_clearance.known()?;
    let sum = |list: &[Part]| list.iter().map(|it| it.known()).sum::<Option<i64>>().map(money);
    Some(DutyQuestion {
        importer: ground.importer,
        origin: ground.origin,
        dispatched_from: ground.dispatched_from,
        hs: need.hs,
        on: facts.duty_date,
        mode: Some(ground.mode),
        price: money(goods + before_border),
        freight_to_border: sum(&[parts.main_carriage]),
        insurance: sum(&[parts.insurance]),
        freight_inland: sum(&[parts.destination_terminal, parts.destination_carriage]),
        consignment: Some(money(goods)),
        quantity: Some(need.quantity),
        net_kg: domain::Decimal::try_from(facts.dossier.mass_kg).ok(),
        measures: &facts.measures,
        facts: &need.facts,
    })
}

/// Supplementary quantities of a need, for duties by the piece or the litre.
pub fn measures(quantity: Quantity) -> Vec<(Unit, domain::Decimal)> {
    vec![(quantity.unit, quantity.amount)]
}

/// Labels of the parts by kind, for lines and for "unknown" lists.
pub fn label(kind: CostKind) -> &'static str {
    match kind {
        CostKind::Goods => "Goods",
        CostKind::OriginCarriage => "Carriage to the port of departure",
        CostKind::OriginTerminal => "Terminal handling at departure",
        CostKind::ExportClearance => "Export clearance",
        CostKind::MainCarriage => "Main carriage",
        CostKind::Insurance => "Cargo insurance",
        CostKind::DestinationTerminal => "Terminal handling at arrival",
        CostKind::DestinationCarriage => "Carriage to the place of delivery",
        CostKind::ImportClearance => "Import clearance",
        CostKind::Duty => "Customs duty",
        CostKind::AdditionalDuty => "Additional duty",
        CostKind::AntiDumping => "Anti-dumping duty",
        CostKind::CustomsFee => "Customs fee",
        CostKind::CarbonBorder => "Carbon border charge",
        CostKind::Tax => "Import tax",
        CostKind::BankCharges => "Bank charges",
        CostKind::Financing => "Financing until arrival",
        CostKind::Hedging => "Currency hedge",
        CostKind::Currency => "Currency conversion",
    }
}

/// Facts of the need with the defaults of a business buyer added; what was added is told in a finding.
pub fn with_defaults(given: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut all = given.clone();
    all.entry("buyer.vat_registered".to_owned()).or_insert_with(|| "yes".to_owned());
    all
}
