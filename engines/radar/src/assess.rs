//! A complete plan, judged: every line with its payer and evidence, the arrival over the shared scenarios, carbon, findings.
//! The amounts are those of `cost`, which the search used; here they get their words.

use std::collections::BTreeMap;

use customs::{DutyAnswer, PreferenceState};
use domain::calendar::add_days;
use domain::deal::{Arrival, Assessment, Carbon, LegView, PreferenceView, Stop};
use domain::incoterm::Party;
use domain::{
    Basis, CostKind, CostLine, Direction, DomainError, Evidence, Finding, Interval, Mode, Money, Severity,
    Total,
};
use finance::Hedge;
use routes::Sampler;

use crate::assumptions::Name;
use crate::cost::{self, Part, Parts};
use crate::decide::{Board, Chosen, Draw, Placed};
use crate::dossier::{Role, WayLeg};
use crate::facts::Facts;
use crate::lanes;
use crate::money::{self, Funding};
use crate::rank::{self, Scale};

/// Where a plan sits in the answer.
pub(crate) struct Seat {
    pub(crate) id: String,
    pub(crate) rank: u32,
    pub(crate) first_percent: f64,
    pub(crate) look_alikes: u64,
}

/// Scenarios behind the days of a single leg, for people.
const LEG_SCENARIOS: u32 = 128;

/// Judges one plan.
pub(crate) fn assess(
    board: &Board<'_>,
    placed: &Placed<'_>,
    scale: &Scale,
    draw: &Draw,
    seat: Seat,
) -> Result<Assessment, DomainError> {
    let facts = board.facts;
    let chosen = &placed.chosen;
    let need = &facts.dossier.need;
    let parts = lanes::middle(facts, &chosen.prepared.ground, chosen.cover);
    let duty = duty(facts, chosen, &parts);
    let mut lines = goods_and_carriage(facts, chosen, &parts);
    lines.extend(customs_lines(chosen, &parts, duty.as_ref()));
    lines.extend(money_lines(board, chosen));
    let landed = Total::of(&lines, need.currency)?;
    let money = |minor: f64| Money::from_minor(minor.round() as i64, need.currency);
    let (cost_range, cost_at_risk) = spread(draw, need.currency);
    let quantity: f64 = need.quantity.amount.try_into().unwrap_or(1.0);
    Ok(Assessment {
        plan: chosen.plan(),
        rank: seat.rank,
        origin: chosen.prepared.ground.origin,
        destination: chosen.prepared.ground.importer,
        labels: labels(chosen),
        incoterm: chosen.rule,
        modes: modes(chosen),
        per_unit: money(landed.bound().minor() as f64 / quantity),
        cost_range: cost_range.filter(|_| landed.is_exact()),
        cost_at_risk: cost_at_risk.filter(|_| landed.is_exact()),
        legs: chosen
            .way
            .legs
            .iter()
            .zip(&chosen.prepared.carbon.legs)
            .map(|(leg, carbon)| leg_view(facts, leg, carbon))
            .collect(),
        arrival: arrival(facts, draw),
        carbon: carbon(facts, chosen, &parts),
        expected: placed.standing[0].filter(|_| landed.is_exact()).map(money),
        exposure: money(placed.standing[3].unwrap_or(0.0)),
        cash_month: money(placed.standing[4].unwrap_or(0.0)),
        preferences: duty.as_ref().map(preferences).unwrap_or_default(),
        findings: findings(facts, chosen, duty.as_ref()),
        first_percent: seat.first_percent,
        look_alikes: seat.look_alikes,
        thresholds: Vec::new(),
        score: placed.score,
        score_parts: placed.parts.clone(),
        axes: rank::places(&placed.standing, scale),
        id: seat.id,
        lines,
        landed,
    })
}

fn duty(facts: &Facts<'_>, chosen: &Chosen<'_>, parts: &Parts) -> Option<DutyAnswer> {
    let ground = &chosen.prepared.ground;
    if facts.within_one_territory(ground.origin, ground.importer) {
        return None;
    }
    let question = cost::question(facts, ground, parts)?;
    Some(customs::duty_under(&question, facts.regime(ground.importer), &facts.customs))
}

fn labels(chosen: &Chosen<'_>) -> BTreeMap<String, String> {
    let offer = &chosen.supply.offer;
    let supplier = offer.firm.clone().unwrap_or_else(|| chosen.supply.economy_name.clone());
    [
        ("supplier", supplier),
        ("economy", chosen.supply.economy_name.clone()),
        ("route", chosen.way.key.clone()),
        ("way", chosen.way.name()),
        ("corridor", chosen.way.corridor.clone()),
        ("terms", chosen.rule.code().to_owned()),
        ("payment", chosen.option.terms.to_string()),
        ("payment_currency", chosen.option.invoice_currency.code().to_owned()),
        ("payment_path", chosen.option.path_description.to_owned()),
        ("finance", chosen.funding.label().to_owned()),
        ("hedge", chosen.hedge.word().to_owned()),
        ("cover", chosen.cover.label().to_owned()),
    ]
    .into_iter()
    .map(|(name, label)| (name.to_owned(), label))
    .collect()
}

fn modes(chosen: &Chosen<'_>) -> Vec<Mode> {
    let mut all: Vec<Mode> = Vec::new();
    for leg in &chosen.way.legs {
        if all.last() != Some(&leg.leg.mode) {
            all.push(leg.leg.mode);
        }
    }
    all
}

/// A line of a known or unknown part; nothing where there is nothing to pay.
struct LineMaker<'a> {
    chosen: &'a Chosen<'a>,
    currency: domain::Currency,
}

impl LineMaker<'_> {
    fn payer(&self, kind: CostKind) -> Party {
        match (kind, cost::task_of(kind)) {
            (_, Some(task)) => self.chosen.rule.payer(task),
            (CostKind::Goods, None) => Party::Seller,
            _ => Party::Buyer,
        }
    }

    /// `range` is relative to the middle: what the ends are of it.
    fn line(
        &self,
        kind: CostKind,
        label: String,
        part: Part,
        range: Option<(f64, f64)>,
        because: Evidence,
    ) -> Option<CostLine> {
        let amount = match part {
            Part::Absent => return None,
            Part::Unknown => None,
            Part::Known(minor) => Some(Money::from_minor(minor, self.currency)),
        };
        let range = amount.zip(range).filter(|(_, (low, high))| low < high).map(|(amount, (low, high))| {
            let at =
                |share: f64| Money::from_minor((amount.minor() as f64 * share).round() as i64, self.currency);
            if amount.minor() < 0 { (at(high), at(low)) } else { (at(low), at(high)) }
        });
        Some(CostLine { kind, label, amount, range, payer: self.payer(kind), recoverable: false, because })
    }
}

fn relative(range: Interval) -> Option<(f64, f64)> {
    (range.mid > 0.0).then(|| (range.low / range.mid, range.high / range.mid))
}

fn goods_and_carriage(facts: &Facts<'_>, chosen: &Chosen<'_>, parts: &Parts) -> Vec<CostLine> {
    let need = &facts.dossier.need;
    let maker = LineMaker { chosen, currency: need.currency };
    let ground = &chosen.prepared.ground;
    let offer = &chosen.supply.offer;
    let mass = facts.dossier.mass_kg;
    let goods = offer.because.clone().formula(match offer.price_per_kg {
        Some(price) => format!(
            "{mass:.0} kg x {:.4} {}/kg x {:.6} {}/{}",
            price.mid,
            offer.currency,
            ground.offer_rate.unwrap_or(f64::NAN) / minor_of(need.currency),
            need.currency,
            offer.currency
        ),
        None => "no price is known".to_owned(),
    });
    let legs = |role: Role| leg_evidence(facts, chosen, role);
    let assumed =
        |name: Name| (relative(facts.assumptions.get(name)), facts.assumptions.figure(name).because);
    let terminal = cost::terminal_name(ground.mode).map_or_else(|| assumed(Name::TerminalSea), assumed);
    let (pre, main, on) = (legs(Role::PreCarriage), legs(Role::Main), legs(Role::OnCarriage));
    let (export, import) = (assumed(Name::ExportClearance), assumed(Name::ImportClearance));
    let insurance = insurance(facts, chosen, parts);
    let word = |kind| cost::label(kind).to_owned();
    let main_label = format!("{}: {}", cost::label(CostKind::MainCarriage), chosen.way.name());
    let goods_label = match need.direction {
        Direction::Buy => format!("Goods, {} {}", offer.incoterm, chosen.supply.economy_name),
        Direction::Sell => format!("Price got in {}", chosen.supply.economy_name),
    };
    [
        maker.line(CostKind::Goods, goods_label, parts.goods, offer.price_per_kg.and_then(relative), goods),
        maker.line(
            CostKind::OriginCarriage,
            word(CostKind::OriginCarriage),
            parts.origin_carriage,
            pre.0,
            pre.1,
        ),
        maker.line(
            CostKind::OriginTerminal,
            word(CostKind::OriginTerminal),
            parts.origin_terminal,
            terminal.0,
            terminal.1.clone(),
        ),
        maker.line(
            CostKind::ExportClearance,
            word(CostKind::ExportClearance),
            parts.export_clearance,
            export.0,
            export.1,
        ),
        maker.line(CostKind::MainCarriage, main_label, parts.main_carriage, main.0, main.1),
        maker.line(
            CostKind::Insurance,
            chosen.cover.label().to_owned(),
            parts.insurance,
            insurance.0,
            insurance.1,
        ),
        maker.line(
            CostKind::DestinationTerminal,
            word(CostKind::DestinationTerminal),
            parts.destination_terminal,
            terminal.0,
            terminal.1,
        ),
        maker.line(
            CostKind::DestinationCarriage,
            word(CostKind::DestinationCarriage),
            parts.destination_carriage,
            on.0,
            on.1,
        ),
        maker.line(
            CostKind::ImportClearance,
            word(CostKind::ImportClearance),
            parts.import_clearance,
            import.0,
            import.1,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn minor_of(currency: domain::Currency) -> f64 {
    10_f64.powi(currency.minor_digits() as i32)
}

/// The range and evidence of the carriage of a role: the weakest basis of its legs, their formulas joined.
fn leg_evidence(facts: &Facts<'_>, chosen: &Chosen<'_>, role: Role) -> (Option<(f64, f64)>, Evidence) {
    let legs: Vec<_> = chosen
        .way
        .legs
        .iter()
        .filter(|it| it.role == role)
        .filter_map(|it| cost::leg_cost(facts, it))
        .collect();
    let total = legs.iter().fold(Interval::exact(0.0), |sum, it| sum.plus(it.usd));
    let formulas: Vec<&str> = legs.iter().map(|it| it.formula.as_str()).collect();
    let basis = legs.iter().map(|it| it.basis).max().unwrap_or(Basis::Assumed);
    let source = facts.freight_source();
    (relative(total), Evidence::new(basis, &source).formula(formulas.join(" + ")))
}

fn insurance(facts: &Facts<'_>, chosen: &Chosen<'_>, parts: &Parts) -> (Option<(f64, f64)>, Evidence) {
    let nothing = || (None, Evidence::new(Basis::Assumed, &facts.freight_source()));
    let Some(clauses) = chosen.cover.clauses() else { return nothing() };
    let Ok(rate) = facts.insurance.rate(clauses, chosen.prepared.ground.mode, facts.dossier.as_of) else {
        return nothing();
    };
    let value =
        cost::insured_value(parts).map(|it| Money::from_minor(it, facts.dossier.need.currency).to_string());
    let because = rate
        .because
        .formula(format!(
            "{} x 110 % x {:.3} %",
            value.unwrap_or_else(|| "unknown value".to_owned()),
            rate.value.mid * 100.0
        ))
        .reference("Incoterms 2020 CIF A5 and CIP A5 (price plus 10 %); Institute Cargo Clauses 2009");
    (relative(rate.value), because)
}

/// Duties, fees and taxes as customs tells them; one unknown line when nothing could be asked.
fn customs_lines(chosen: &Chosen<'_>, parts: &Parts, duty: Option<&DutyAnswer>) -> Vec<CostLine> {
    let payer = |kind: CostKind| cost::task_of(kind).map_or(Party::Buyer, |task| chosen.rule.payer(task));
    let Some(duty) = duty else {
        let unknown = matches!(parts.duty, Part::Unknown);
        return unknown
            .then(|| CostLine {
                kind: CostKind::Duty,
                label: "Customs duty: the goods have no known price".to_owned(),
                amount: None,
                range: None,
                payer: payer(CostKind::Duty),
                recoverable: false,
                because: chosen.supply.offer.because.clone(),
            })
            .into_iter()
            .collect();
    };
    duty.lines
        .iter()
        .map(|line| CostLine {
            kind: line.kind,
            label: line.label.clone(),
            amount: line.amount,
            range: line.range,
            payer: payer(line.kind),
            recoverable: line.recoverable,
            because: line.because.clone(),
        })
        .collect()
}

/// Bank charges, financing and hedge, each rounded by itself as the search does.
fn money_lines(board: &Board<'_>, chosen: &Chosen<'_>) -> Vec<CostLine> {
    let facts = board.facts;
    let need = &facts.dossier.need;
    let choice = chosen.money();
    let maker = LineMaker { chosen, currency: need.currency };
    let invoice = chosen.invoice;
    let words = Money::from_minor(invoice.round() as i64, need.currency);
    let part = |known: bool, amount: f64| if !known { Part::Unknown } else { nothing_is_absent(amount) };
    let bank = money::bank_sheet(facts, chosen.option);
    let bank_because = chosen
        .option
        .bank_charges
        .as_ref()
        .map_or_else(|| facts.charges_evidence(), |it| it.because.clone())
        .formula(format!(
            "{:.2} + {:.3} % x {words}",
            choice.bank_fixed / minor_of(need.currency),
            choice.bank_share * 100.0
        ));
    let range =
        chosen.option.buyer_sheet.filter(|_| need.direction == Direction::Buy).or(chosen.option.seller_sheet);
    let bank_range = range.and_then(|it| relative(it.on(words.to_f64())));
    let to_ship = money::lead_days(facts, chosen.supply).value.mid;
    let transit = chosen.prepared.transit_days;
    let financing =
        money::financing_share(facts, chosen.desk, chosen.option.terms, chosen.funding, to_ship, transit);
    let (hedging, _) = money::hedging_share(facts, chosen.supply, chosen.option, chosen.hedge, to_ship);
    [
        maker.line(
            CostKind::BankCharges,
            format!("Bank charges: {}", chosen.option.terms),
            part(bank.is_some(), choice.bank_fixed + choice.bank_share * invoice),
            bank_range,
            bank_because,
        ),
        maker.line(
            CostKind::Financing,
            format!("Financing, {}: until arrival, and the seller's credit", chosen.funding.label()),
            part(financing.is_some(), choice.financing_share * invoice),
            None,
            financing_because(facts, chosen, to_ship, transit, words),
        ),
        maker.line(
            CostKind::Hedging,
            hedge_label(facts, chosen),
            part(hedging.is_some(), choice.hedging_share * invoice),
            None,
            facts.charges_evidence().formula(format!("{:.3} % x {words}", choice.hedging_share * 100.0)),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn nothing_is_absent(amount: f64) -> Part {
    let minor = amount.round() as i64;
    if minor == 0 { Part::Absent } else { Part::Known(minor) }
}

fn hedge_label(facts: &Facts<'_>, chosen: &Chosen<'_>) -> String {
    let need = &facts.dossier.need;
    let from = chosen.option.invoice_currency;
    if from == need.currency {
        return format!(
            "Margin for the exchange that the other side makes ({})",
            chosen.supply.offer.currency
        );
    }
    match chosen.hedge {
        Hedge::None => format!("Exchange of {from} at the bank's margin"),
        Hedge::ForwardCover => format!("Forward cover of {from}: points and margin"),
    }
}

fn financing_because(
    facts: &Facts<'_>,
    chosen: &Chosen<'_>,
    to_ship: f64,
    transit: f64,
    invoice: Money,
) -> Evidence {
    let Some(borrowing) = &chosen.desk.borrowing else {
        return Evidence::new(Basis::Assumed, &facts.interest_source())
            .stated("no interest rate is known for this economy and currency");
    };
    let rate = money::yearly_rate(facts, chosen.desk, chosen.funding).unwrap_or(f64::NAN) * 100.0;
    let loan = if chosen.funding == Funding::TradeLoan { " with a loan for part of it" } else { "" };
    borrowing.rate.because.clone().at_best(Basis::Modelled).formula(format!(
        "{invoice} by {}{loan}, {to_ship:.0} days to shipment and {transit:.0} under way, at {rate:.2} % a year",
        chosen.option.terms
    ))
}

fn spread(draw: &Draw, currency: domain::Currency) -> (Option<(Money, Money)>, Option<Money>) {
    let mut sorted = draw.costs.clone();
    sorted.sort_by(f64::total_cmp);
    if sorted.is_empty() {
        return (None, None);
    }
    let money = |minor: f64| Money::from_minor(minor.round() as i64, currency);
    let middle = rank::quantile(&sorted, 0.5);
    (
        Some((money(rank::quantile(&sorted, 0.1)), money(rank::quantile(&sorted, 0.9)))),
        Some(money(rank::mean_of_worst(&sorted, 0.1) - middle)),
    )
}

fn arrival(facts: &Facts<'_>, draw: &Draw) -> Arrival {
    let as_of = facts.dossier.as_of;
    let mut sorted = draw.days.clone();
    sorted.sort_by(f64::total_cmp);
    let days = [0.1, 0.5, 0.9].map(|share| (rank::quantile(&sorted, share) * 10.0).round() / 10.0);
    let date = |days: f64| add_days(as_of, days.ceil() as i32);
    let on_time = facts.dossier.need.deadline.map(|deadline| {
        let in_time = sorted.iter().filter(|it| date(**it) <= deadline).count();
        (1000.0 * in_time as f64 / sorted.len().max(1) as f64).round() / 10.0
    });
    Arrival {
        p10: date(days[0]),
        p50: date(days[1]),
        p90: date(days[2]),
        days,
        on_time_percent: on_time,
        scenarios: sorted.len() as u32,
    }
}

fn leg_view(facts: &Facts<'_>, it: &WayLeg, carbon: &carbon::LegAnswer) -> LegView {
    let leg = &it.leg;
    let sampler = Sampler::new(leg);
    let draws = domain::Draws::new(facts.dossier.seed);
    let mut days: Vec<f64> = (0..LEG_SCENARIOS).map(|scenario| sampler.days(draws, scenario)).collect();
    days.sort_by(f64::total_cmp);
    let stop = |it: &routes::Stop| Stop { name: it.name.clone(), locode: it.locode, at: it.at };
    LegView {
        mode: leg.mode,
        from: stop(&leg.from),
        to: stop(&leg.to),
        distance_km: (leg.distance_km * 10.0).round() / 10.0,
        passages: leg.passages.iter().map(|it| it.name().to_owned()).collect(),
        days: [0.1, 0.5, 0.9].map(|share| (rank::quantile(&days, share) * 10.0).round() / 10.0),
        co2e_kg: carbon.total_kg.as_ref().map(|it| it.value),
        path: Vec::new(),
        because: facts.network_evidence(leg),
    }
}

fn carbon(facts: &Facts<'_>, chosen: &Chosen<'_>, parts: &Parts) -> Carbon {
    let answer = &chosen.prepared.carbon;
    let product = product(facts, chosen, parts);
    Carbon {
        transport_kg: answer.total_kg.as_ref().map(|it| it.value),
        transport_range_kg: answer.range_kg.map(|it| (it.low, it.high)),
        product_kg: product.as_ref().map(|it| it.0),
        transport_because: answer.total_kg.as_ref().map(|it| it.because.clone()),
        product_because: product.map(|it| it.1),
    }
}

fn product(facts: &Facts<'_>, chosen: &Chosen<'_>, parts: &Parts) -> Option<(f64, Evidence)> {
    let book = facts.product.as_ref()?;
    let need = &facts.dossier.need;
    let value = Money::from_minor(parts.goods.known()?.abs(), need.currency);
    let answer =
        carbon::product(need.hs, chosen.prepared.ground.origin, usd(facts, value).map(Money::to_f64), book);
    answer.kg.map(|it| (it.value, it.because))
}

fn usd(facts: &Facts<'_>, value: Money) -> Option<Money> {
    facts.rates.convert(value, domain::Currency::USD, facts.dossier.as_of).ok().map(|it| it.value)
}

fn preferences(duty: &DutyAnswer) -> Vec<PreferenceView> {
    let state = |it: PreferenceState| match it {
        PreferenceState::Claimed => "claimed",
        PreferenceState::Provable => "provable",
        PreferenceState::NotMet => "not_met",
        PreferenceState::Unknown => "unknown",
    };
    duty.preferences
        .iter()
        .map(|it| PreferenceView {
            scheme: it.title.clone(),
            rate: it.rate.clone(),
            state: state(it.state).to_owned(),
            saving: it.saved,
            rule_of_origin: (!it.rule_of_origin.is_empty()).then(|| it.rule_of_origin.clone()),
            must_prove: it.must_prove.clone(),
        })
        .collect()
}

/// Findings of all engines about this plan, heaviest first, each once.
fn findings(facts: &Facts<'_>, chosen: &Chosen<'_>, duty: Option<&DutyAnswer>) -> Vec<Finding> {
    let mut all = chosen.prepared.compliance.clone();
    all.extend(chosen.supply.findings.iter().cloned());
    all.extend(duty.iter().flat_map(|it| it.findings.iter().cloned()));
    all.extend(chosen.prepared.carbon.findings.iter().cloned());
    all.extend(chosen.option.findings.iter().cloned());
    all.extend(chosen.desk.borrowing.iter().flat_map(|it| it.findings.iter().cloned()));
    all.extend(expired(facts, chosen));
    all.extend(inside_a_union(facts, chosen));
    all.extend(across_a_continent(chosen));
    all.extend(facts.rates.staleness(
        chosen.supply.offer.currency,
        facts.dossier.need.currency,
        facts.dossier.as_of,
    ));
    all.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
    all.dedup();
    all
}

/// Goods in free circulation of a customs union cross its inner borders without duty; whether these are, nobody has declared.
fn inside_a_union(facts: &Facts<'_>, chosen: &Chosen<'_>) -> Option<Finding> {
    let ground = &chosen.prepared.ground;
    let within =
        ground.origin != ground.importer && facts.within_one_territory(ground.origin, ground.importer);
    within.then(|| {
        let text = format!("{} and {} are one customs territory: no duty, if the goods are in free circulation there.", ground.origin, ground.importer);
        Finding::new(1842, Severity::Note, text).hint("Ask the seller for proof of Union status when the goods were imported; VAT is accounted for by the buyer.")
    })
}

/// Beyond this a land route crosses countries that nobody named.
const CONTINENTAL_KM: f64 = 3_500.0;

/// No rail or road network is loaded: a long land route is a great circle, and what it crosses is not known.
fn across_a_continent(chosen: &Chosen<'_>) -> Option<Finding> {
    let far =
        |it: &&WayLeg| matches!(it.leg.mode, Mode::Rail | Mode::Road) && it.leg.distance_km > CONTINENTAL_KM;
    let leg = chosen.way.legs.iter().find(far)?;
    let text = format!(
        "The {} route {} - {} is modelled without a network; the countries of transit are not known, and neither sanctions nor insurance there are looked at.",
        leg.leg.mode, leg.leg.from.name, leg.leg.to.name
    );
    Some(Finding::new(1843, Severity::Caution, text).hint("Between China and Europe trains run through Kazakhstan, Russia and Belarus, or round them over the Caspian: ask the carrier which, and the insurer whether."))
}

fn expired(facts: &Facts<'_>, chosen: &Chosen<'_>) -> Option<Finding> {
    let until = chosen.supply.offer.valid_until?;
    (until < facts.dossier.as_of).then(|| {
        Finding::new(1840, Severity::Caution, format!("The quote was valid until {until}."))
            .hint("Ask for a new one.")
    })
}
