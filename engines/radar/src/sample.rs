//! The shared scenarios: what happens to prices, freight, exchange rates and days in each, the same for every plan.

use domain::draw::key;
use domain::{Draws, Interval, Purpose};
use finance::Hedge;
use routes::Sampler;

use crate::assumptions::Name;
use crate::cost::{self, Factors};
use crate::dossier::{Supply, Way};
use crate::facts::Facts;
use crate::money;

/// The draws of a dossier.
pub fn draws(facts: &Facts<'_>) -> Draws {
    Draws::new(facts.dossier.seed)
}

/// How long a lane takes, scenario by scenario; keys and ranges are looked up once.
#[derive(Debug)]
pub struct LaneClock<'d> {
    draws: Draws,
    ordering: Interval,
    making: Interval,
    making_key: u64,
    legs: Vec<Sampler<'d>>,
}

impl<'d> LaneClock<'d> {
    pub fn new(facts: &Facts<'d>, supply: &Supply, way: &'d Way) -> Self {
        Self {
            draws: draws(facts),
            ordering: facts.assumptions.get(Name::QuoteDelay),
            making: money::lead_days(facts, supply).value,
            making_key: key(&supply.offer.id),
            legs: way.legs.iter().map(|it| Sampler::new(&it.leg)).collect(),
        }
    }

    /// Days under way alone: from shipment to delivery.
    pub fn transit(&self, scenario: u32) -> f64 {
        self.legs.iter().map(|it| it.days(self.draws, scenario)).sum()
    }

    /// Days from the answer to arrival before the lead of the terms of payment: asking and ordering, making the goods, and every leg.
    pub fn days(&self, scenario: u32) -> f64 {
        self.before_shipment(scenario) + self.transit(scenario)
    }

    fn before_shipment(&self, scenario: u32) -> f64 {
        let of = |key| self.draws.uniform(scenario, Purpose::LeadTime, key);
        self.ordering.quantile(of(0)) + self.making.quantile(of(self.making_key))
    }

    /// (days, transit) of the first scenarios.
    pub fn first(&self, scenarios: u32) -> (Vec<f64>, f64) {
        let transits: Vec<f64> = (0..scenarios).map(|it| self.transit(it)).collect();
        let mut days: Vec<f64> = transits
            .iter()
            .enumerate()
            .map(|(it, transit)| self.before_shipment(it as u32) + transit)
            .collect();
        days.sort_by(f64::total_cmp);
        let mean = transits.iter().sum::<f64>() / transits.len().max(1) as f64;
        (days, mean)
    }
}

/// What a scenario does to the costs of a plan. Prices of all origins move together in part (a world price), freight of all lanes
/// of a mode in part (a freight market), and an open position moves with the exchange rate; forward cover and an invoice in the
/// person's own currency do not.
pub fn factors(
    facts: &Facts<'_>,
    supply: &Supply,
    way: &Way,
    open: Option<OpenPosition>,
    scenario: u32,
) -> Factors {
    let draws = draws(facts);
    let common = |name: Name| facts.assumptions.get(name).mid.clamp(0.0, 1.0);
    let blend = |shared: f64, own: f64, rho: f64| rho.sqrt() * shared + (1.0 - rho).sqrt() * own;
    let goods = supply.offer.price_per_kg.map_or(1.0, |price| {
        let world = draws.normal(scenario, Purpose::WorldPrice, 0);
        let own = draws.normal(scenario, Purpose::GoodsPrice, key(&supply.offer.id));
        relative(price, blend(world, own, common(Name::WorldPriceCorrelation)))
    });
    let main = way.main_leg().and_then(|it| Some((it.leg.mode, cost::leg_cost(facts, it)?.usd)));
    let freight = main.map_or(1.0, |(mode, rates)| {
        let market = draws.normal(scenario, Purpose::FreightMarket, key(mode.word()));
        let own = draws.normal(scenario, Purpose::FreightLane, key(&way.key));
        relative(rates, blend(market, own, common(Name::FreightCorrelation)))
    });
    let exchange = open.map_or(1.0, |it| {
        let z = draws.normal(scenario, Purpose::ExchangeRate, it.key);
        (it.deviation * z - it.deviation * it.deviation / 2.0).exp()
    });
    Factors { goods, freight, exchange }
}

/// A currency position that stays open: the deviation of the logarithm of the rate until payment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenPosition {
    pub deviation: f64,
    pub key: u64,
}

/// The open position of a plan; `None` when it is hedged or in the person's own currency.
pub fn open_position(
    facts: &Facts<'_>,
    option: &payments::PaymentOption,
    hedge: Hedge,
    days_to_ship: f64,
) -> Option<OpenPosition> {
    let home = facts.dossier.need.currency;
    let from = option.invoice_currency;
    if from == home || hedge == Hedge::ForwardCover {
        return None;
    }
    let volatility = facts.volatility(from)?;
    let years = option.terms.days_to_pay(days_to_ship) / 365.0;
    Some(OpenPosition { deviation: volatility * years.sqrt(), key: key(&format!("{from}{home}")) })
}

/// The value of a range at a standard normal draw, relative to its middle: the two halves have their own width.
fn relative(range: Interval, z: f64) -> f64 {
    const TENTH: f64 = 1.281_551_565_544_6;
    if range.mid <= 0.0 {
        return 1.0;
    }
    let width = if z < 0.0 { range.mid - range.low } else { range.high - range.mid };
    // No price is less than a tenth of its middle, however far the draw.
    (1.0 + z * width / TENTH / range.mid).max(0.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tenth_and_ninetieth_percentiles_of_a_range_come_out() {
        let range = Interval::new(8.0, 10.0, 15.0);
        assert!((relative(range, 0.0) - 1.0).abs() < 1e-12);
        assert!((relative(range, -1.281_551_565_544_6) - 0.8).abs() < 1e-12);
        assert!((relative(range, 1.281_551_565_544_6) - 1.5).abs() < 1e-12);
    }
}
