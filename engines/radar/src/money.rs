//! The money choices of a lane: payment x finance x hedge, each as parts that are linear in the invoice.

use domain::{Currency, Direction, Economy, Evidence, Figure, Incoterm, Interval, Money, Ppm};
use finance::{CreditRisk, DayCount, Hedge, PaymentTerms};
use payments::{PaymentAnswer, PaymentOption, PaymentQuestion};

use crate::assumptions::Name;
use crate::cost;
use crate::dossier::Supply;
use crate::facts::Facts;
use crate::search::MoneyChoice;

/// How the person's own side of the deal is funded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Funding {
    Own,
    TradeLoan,
}

impl Funding {
    pub const ALL: [Self; 2] = [Self::Own, Self::TradeLoan];

    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "own funds",
            Self::TradeLoan => "trade loan",
        }
    }
}

/// The standard normal quantile of 0.9: from a deviation to what is at risk in the worst tenth.
const TENTH: f64 = 1.281_551_565_544_6;

/// What the money choices of one supply have in common.
#[derive(Debug)]
pub struct Desk {
    pub options: Vec<PaymentOption>,
    pub dropped: Vec<payments::Dropped>,
    pub hedges: Vec<Hedge>,
    /// What the person's firm pays for money; `None`: not known, and financing is then an unknown line.
    pub borrowing: Option<finance::InterestAnswer>,
}

/// Who pays and who is paid.
fn sides(facts: &Facts<'_>, supply: &Supply) -> (Economy, Economy) {
    let need = &facts.dossier.need;
    let (seller, buyer) = cost::ends(need.place.economy, supply.offer.economy, need.direction);
    (buyer, seller)
}

/// Ways to pay, hedges and the price of money for one supply.
pub fn desk(facts: &Facts<'_>, supply: &Supply, currency_of: impl Fn(Economy) -> Option<Currency>) -> Desk {
    let need = &facts.dossier.need;
    let on = facts.dossier.as_of;
    let (buyer, seller) = sides(facts, supply);
    let mut currencies = vec![supply.offer.currency, need.currency];
    currencies.sort_unstable();
    currencies.dedup();
    let amount = supply.offer.price_per_kg.map_or(0.0, |it| it.mid * facts.dossier.mass_kg);
    let PaymentAnswer { options, dropped } = payments::options(
        &PaymentQuestion {
            buyer,
            seller,
            buyer_currency: currency_of(buyer),
            seller_currency: currency_of(seller),
            currencies: &currencies,
            terms: &PaymentTerms::USUAL,
            amount: Money::from_f64(amount, supply.offer.currency)
                .unwrap_or(Money::zero(supply.offer.currency)),
            incoterm: need.incoterm.unwrap_or(Incoterm::Fca),
            days_to_ship: lead_days(facts, supply).value.mid,
            on,
        },
        &facts.charges,
        &facts.rates,
    );
    let home = need.place.economy;
    Desk {
        options,
        dropped,
        hedges: vec![Hedge::None, Hedge::ForwardCover],
        borrowing: borrowing(facts, home),
    }
}

fn borrowing(facts: &Facts<'_>, home: Economy) -> Option<finance::InterestAnswer> {
    let dossier = facts.dossier;
    let answer = facts.interest.borrowing(home, dossier.need.currency, dossier.as_of).ok();
    match dossier.settings.borrowing_percent {
        None => answer,
        Some(percent) => {
            let rate = Ppm::from_f64(percent / 100.0);
            let because = facts
                .assumptions
                .figure(Name::TradeLoanMargin)
                .because
                .stated("set by the person: settings.borrowing_percent");
            let because = Evidence { basis: domain::Basis::Observed, ..because };
            Some(finance::InterestAnswer {
                rate: Figure::new(rate, because),
                range: (rate, rate),
                findings: Vec::new(),
            })
        }
    }
}

/// Days from order to ready goods: as offered, or assumed.
pub fn lead_days(facts: &Facts<'_>, supply: &Supply) -> Figure<Interval> {
    match supply.offer.lead_days {
        Some(days) => Figure::new(days, supply.offer.because.clone()),
        None => facts.assumptions.figure(Name::ProductionLead),
    }
}

/// The choices on a lane with so many days from shipment to arrival.
pub fn choices(facts: &Facts<'_>, supply: &Supply, desk: &Desk, days_in_transit: f64) -> Vec<MoneyChoice> {
    let days_to_ship = lead_days(facts, supply).value.mid;
    let mut all = Vec::with_capacity(desk.options.len() * 4);
    for (payment, option) in desk.options.iter().enumerate() {
        for (finance, &funding) in Funding::ALL.iter().enumerate() {
            let financing =
                financing_share(facts, desk, option.terms, funding, days_to_ship, days_in_transit);
            for (hedge, &kind) in desk.hedges.iter().enumerate() {
                // Nothing to hedge when the invoice is in the person's own currency: the second hedge would be the first again.
                let home = option.invoice_currency == facts.dossier.need.currency;
                if home && kind == Hedge::ForwardCover {
                    continue;
                }
                let (hedging, open) = hedging_share(facts, supply, option, kind, days_to_ship);
                let bank = bank_sheet(facts, option);
                all.push(MoneyChoice {
                    payment: payment as u16,
                    finance: finance as u16,
                    hedge: hedge as u16,
                    bank_fixed: bank.map_or(0.0, |it| it.0),
                    bank_share: bank.map_or(0.0, |it| it.1),
                    financing_share: financing.unwrap_or(0.0),
                    hedging_share: hedging.unwrap_or(0.0),
                    lead_days: (option.lead_days.value.mid * 100.0).round() as i32,
                    exposure_share: open + credit_exposure(facts, option.terms),
                    exact: bank.is_some() && financing.is_some() && hedging.is_some(),
                });
            }
        }
    }
    all
}

/// Fixed charges in minor units of the need's currency, and their share of the invoice. Of both sides: what its banks charge the
/// seller will be in the price. A seller who asks sees only his own.
pub fn bank_sheet(facts: &Facts<'_>, option: &PaymentOption) -> Option<(f64, f64)> {
    let sheet = bank_charges(facts, option)?;
    let rate = cost::minor_rate(facts, option.invoice_currency)?;
    Some((sheet.fixed.mid * rate, sheet.share.mid))
}

/// The same in the invoice currency, with its range.
pub fn bank_charges(facts: &Facts<'_>, option: &PaymentOption) -> Option<finance::ChargeSheet> {
    match facts.dossier.need.direction {
        Direction::Buy => Some(option.buyer_sheet?.plus(option.seller_sheet?)),
        Direction::Sell => option.seller_sheet,
    }
}

/// Cost of money and trust, as a share of the invoice: interest on what the buyer pays before the goods are there, and what the
/// seller's waiting and risk cost, which will be in the price (at the buyer's own rate, for want of the seller's).
pub fn financing_share(
    facts: &Facts<'_>,
    desk: &Desk,
    terms: PaymentTerms,
    funding: Funding,
    days_to_ship: f64,
    days_in_transit: f64,
) -> Option<f64> {
    let need = &facts.dossier.need;
    let rate = yearly_rate(facts, desk, funding)?;
    let basis = DayCount::of(need.currency).basis();
    let waiting = finance::supplier_credit_scalar(1.0, terms, days_to_ship, rate, basis);
    let risk = seller_risk(facts, terms);
    Some(match need.direction {
        Direction::Buy => {
            finance::terms_cost_scalar(1.0, terms, days_to_ship, days_in_transit, rate, basis)
                + waiting
                + risk
        }
        Direction::Sell => waiting + risk,
    })
}

/// What a seller adds for relying on the buyer alone, as a share of the invoice.
fn seller_risk(facts: &Facts<'_>, terms: PaymentTerms) -> f64 {
    let unsecured = facts.assumptions.get(Name::SellerCreditCost).mid;
    match terms.credit_risk() {
        CreditRisk::SellerOnBuyer => unsecured,
        CreditRisk::SellerOnBuyerTakingUp => unsecured / 2.0,
        _ => 0.0,
    }
}

/// What money costs by the year: the firm's own rate, or the blend of a loan for part of the invoice and the rest from own funds.
pub fn yearly_rate(facts: &Facts<'_>, desk: &Desk, funding: Funding) -> Option<f64> {
    let own = desk.borrowing.as_ref()?.rate.value.to_f64();
    Some(match funding {
        Funding::Own => own,
        Funding::TradeLoan => {
            own + facts.assumptions.get(Name::TradeLoanShare).mid
                * facts.assumptions.get(Name::TradeLoanMargin).mid
                / 100.0
        }
    })
}

/// Share of the invoice that is the person's own money.
pub fn own_share(facts: &Facts<'_>, funding: Funding) -> f64 {
    match funding {
        Funding::Own => 1.0,
        Funding::TradeLoan => 1.0 - facts.assumptions.get(Name::TradeLoanShare).mid,
    }
}

/// Cost of a hedge, and what stays open in the worst tenth, as shares of the invoice. A home-currency invoice puts the
/// exchange on the other side, who will want the margin for it in the price.
pub fn hedging_share(
    facts: &Facts<'_>,
    supply: &Supply,
    option: &PaymentOption,
    hedge: Hedge,
    days_to_ship: f64,
) -> (Option<f64>, f64) {
    let need = &facts.dossier.need;
    let on = facts.dossier.as_of;
    let from = option.invoice_currency;
    let margin = |kind| facts.charges.share(kind, on).ok().map(|it| it.value.mid);
    if from == need.currency {
        let exchanged_by_them = supply.offer.currency != from;
        let share = if exchanged_by_them { margin(finance::ChargeKind::FxSpotMargin) } else { Some(0.0) };
        return (share, 0.0);
    }
    let days = option.terms.days_to_pay(days_to_ship);
    match hedge {
        Hedge::None => {
            let volatility = facts.volatility(from).unwrap_or(0.0);
            (margin(finance::ChargeKind::FxSpotMargin), TENTH * volatility * (days / 365.0).sqrt())
        }
        Hedge::ForwardCover => {
            let points = points_share(facts, from, days);
            let share = points.zip(margin(finance::ChargeKind::FxForwardMargin)).map(|(points, margin)| {
                // A seller sells the currency forward: what the buyer of it pays in points, he earns.
                let signed = if need.direction == Direction::Buy { points } else { -points };
                signed + margin
            });
            (share, 0.0)
        }
    }
}

fn points_share(facts: &Facts<'_>, from: Currency, days: f64) -> Option<f64> {
    let need = &facts.dossier.need;
    let answer = finance::forward(
        (from, None),
        (need.currency, Some(need.place.economy)),
        facts.dossier.as_of,
        days,
        &facts.rates,
        &facts.interest,
    );
    answer.ok().map(|it| it.points_share)
}

/// Share of the invoice that may be lost to the other side, by who trusts whom.
pub fn credit_exposure(facts: &Facts<'_>, terms: PaymentTerms) -> f64 {
    let unsecured = facts.assumptions.get(Name::AdvanceLoss).mid;
    let secured = facts.assumptions.get(Name::CreditLoss).mid;
    let advance = match terms {
        PaymentTerms::Advance { share } => share.to_f64(),
        _ => 0.0,
    };
    match facts.dossier.need.direction {
        Direction::Buy => advance * unsecured + (1.0 - advance) * secured,
        Direction::Sell => match terms.credit_risk() {
            CreditRisk::BuyerOnSeller => (1.0 - advance) * secured,
            CreditRisk::SellerOnConfirmingBank | CreditRisk::SellerOnIssuingBank => secured,
            CreditRisk::SellerOnBuyerTakingUp => f64::midpoint(secured, unsecured),
            CreditRisk::SellerOnBuyer => unsecured,
        },
    }
}

/// What payments are alike: the family by which look-alikes are folded.
pub fn family(terms: PaymentTerms) -> &'static str {
    match terms {
        PaymentTerms::Advance { .. } => "advance",
        PaymentTerms::LetterOfCredit { .. } => "letter of credit",
        PaymentTerms::DocumentsAgainstPayment | PaymentTerms::DocumentsAgainstAcceptance { .. } => {
            "collection"
        }
        PaymentTerms::OpenAccount { .. } => "open account",
    }
}
