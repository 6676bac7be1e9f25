//! Lead time as a distribution per leg: waiting for departure, moving, dwelling at the end, the border, delay, and
//! disruptions of a passage that strike every plan through it alike.
//!
//! Draws are counter-based ([`domain::Draws`]): the same scenario gives the same delay to the same leg in every plan,
//! and the same disruption to every leg through the same passage.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::draw::key;
use domain::table::{TableError, each_row};
use domain::{Basis, Draws, Economy, Evidence, Interval, Mode, Purpose, Source};
use serde::{Deserialize, Serialize};

use crate::error::RouteError;
use crate::passage::PassageSet;

/// The parameters of one leg's days, resolved from the book. Self-contained: a dossier keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegTime {
    /// Days between departures; the wait is uniform between none and one headway. 0 for a vehicle hired for the goods.
    pub headway_days: f64,
    /// Days under way.
    pub moving_days: Interval,
    /// Days of handling and waiting where the leg ends (and for a port of departure, where it begins).
    pub dwell_days: Interval,
    /// A customs border crossed at the end of the leg.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub border: Option<Border>,
    /// Share of departures that keep their schedule.
    pub on_time_share: f64,
    /// Mean of the delay of the others: Erlang with two stages.
    pub delay_mean_days: f64,
    /// Disruptions of passages, shared by all that go through them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shocks: Vec<Shock>,
    /// Key of this leg's own draws: the same for the same stretch in every plan.
    pub key: u64,
}

/// Release at a border: green, or held for inspection.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Border {
    pub green_days: Interval,
    pub inspected_days: Interval,
    pub inspected_share: f64,
}

/// With a chance of `share`, everything through the passage is late by `days`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shock {
    pub passage: String,
    pub share: f64,
    pub days: Interval,
}

/// Days that this leg takes in one scenario.
pub fn sample_leg_days(time: &LegTime, draws: Draws, scenario: u32) -> f64 {
    let uniform = |purpose, salt: u64| draws.uniform(scenario, purpose, time.key ^ salt);
    let wait = time.headway_days * uniform(Purpose::Schedule, 0);
    let moving = time.moving_days.quantile(uniform(Purpose::LegDelay, 1));
    let dwell = time.dwell_days.quantile(uniform(Purpose::LegDelay, 2));
    let border = time.border.map_or(0.0, |it| {
        let held = uniform(Purpose::Border, 3) < it.inspected_share;
        let range = if held { it.inspected_days } else { it.green_days };
        range.quantile(uniform(Purpose::Border, 4))
    });
    let late = uniform(Purpose::LegDelay, 5) >= time.on_time_share;
    // Erlang-2 with the given mean: minus the mean over two times the logarithm of two uniforms.
    let delay = if late {
        -0.5 * time.delay_mean_days * (uniform(Purpose::LegDelay, 6) * uniform(Purpose::LegDelay, 7)).ln()
    } else {
        0.0
    };
    let shock: f64 = time.shocks.iter().map(|it| shock_days(it, draws, scenario)).sum();
    wait + moving + dwell + border + delay + shock
}

fn shock_days(shock: &Shock, draws: Draws, scenario: u32) -> f64 {
    let corridor = key(&shock.passage);
    if draws.uniform(scenario, Purpose::Corridor, corridor) >= shock.share {
        return 0.0;
    }
    shock.days.quantile(draws.uniform(scenario, Purpose::Corridor, corridor ^ 1))
}

/// P10, P50 and P90 of a leg over `scenarios` draws (type 7 quantiles).
pub fn leg_quantiles(time: &LegTime, draws: Draws, scenarios: u32) -> [f64; 3] {
    let mut days: Vec<f64> = (0..scenarios.max(1)).map(|it| sample_leg_days(time, draws, it)).collect();
    days.sort_by(f64::total_cmp);
    [0.1, 0.5, 0.9].map(|share| {
        let at = share * (days.len() - 1) as f64;
        let (low, high) = (days[at.floor() as usize], days[at.ceil() as usize]);
        low + (high - low) * (at - at.floor())
    })
}

/// Parameters of lead times: dated ranges with the reason or source of each.
#[derive(Clone, Debug)]
pub struct LeadTimeBook {
    rows: BTreeMap<(String, String), Row>,
    source: Arc<Source>,
    basis: Basis,
}

#[derive(Clone, Debug)]
struct Row {
    range: Interval,
    why: String,
}

/// What the book needs to know of a leg to time it.
#[derive(Clone, Copy, Debug)]
pub struct LegFacts<'f> {
    pub mode: Mode,
    pub class: &'f str,
    pub distance_km: f64,
    pub passages: PassageSet,
    pub from: Economy,
    pub to: Economy,
    /// Whether the leg ends at a port, airport or terminal (dwell there), and whether it began at one.
    pub ends_at_terminal: bool,
    pub starts_at_terminal: bool,
    /// Whether goods are cleared for import at the end of this leg.
    pub clears_import: bool,
    /// Departures: days between them where known better than the book's general figure.
    pub headway_days: Option<f64>,
    /// Text that names the stretch, the same in every plan: "CNSHA>GBFXT sea".
    pub name: &'f str,
}

impl LeadTimeBook {
    /// Reads `what,key,low,mid,high,unit,why`. `key` is a mode, a class, a passage, an economy, or `*`.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn from_csv(text: &str, basis: Basis, source: Arc<Source>) -> Result<Self, RouteError> {
        let mut rows = BTreeMap::new();
        each_row(text, &["what", "key", "low", "mid", "high", "why"], |row| {
            let range = Interval::new(row.get(2)?, row.get(3)?, row.get(4)?);
            rows.insert(
                (row.text(0).to_owned(), row.text(1).to_owned()),
                Row { range, why: row.text(5).to_owned() },
            );
            Ok::<(), TableError>(())
        })
        .map_err(|error| RouteError::Table {
            table: "lead times",
            line: error.line,
            why: error.why,
        })?;
        let book = Self { rows, source, basis };
        for mode in Mode::ALL {
            for what in ["speed", "headway", "dwell", "on_time", "delay"] {
                if book.find(what, &[mode.word(), "*"]).is_none() {
                    let why = format!("there is no '{what}' for {mode} and none for '*'");
                    return Err(RouteError::Table { table: "lead times", line: book.rows.len() + 1, why });
                }
            }
        }
        Ok(book)
    }

    fn find(&self, what: &str, keys: &[&str]) -> Option<&Row> {
        keys.iter().find_map(|key| self.rows.get(&(what.to_owned(), (*key).to_owned())))
    }

    fn range(&self, what: &str, keys: &[&str]) -> Interval {
        self.find(what, keys).map(|it| it.range).unwrap_or_default()
    }

    /// The distribution of a leg's days.
    pub fn time_of(&self, leg: &LegFacts<'_>) -> LegTime {
        let mode = leg.mode.word();
        let keys = [leg.class, mode, "*"];
        let speed = self.range("speed", &keys);
        // Days from km a day: the fast end of the speed is the low end of the days.
        let moving_days = Interval::new(
            leg.distance_km / speed.high,
            leg.distance_km / speed.mid,
            leg.distance_km / speed.low,
        );
        let terminal =
            |there: bool, what| if there { self.range(what, &[mode, "*"]) } else { Interval::default() };
        let dwell_days =
            terminal(leg.starts_at_terminal, "departure_dwell").plus(terminal(leg.ends_at_terminal, "dwell"));
        LegTime {
            headway_days: leg.headway_days.unwrap_or(self.range("headway", &keys).mid),
            moving_days,
            dwell_days,
            border: leg.clears_import.then(|| self.border(leg)).flatten(),
            on_time_share: self.range("on_time", &keys).mid,
            delay_mean_days: self.range("delay", &keys).mid,
            shocks: self.shocks(leg.passages),
            key: key(leg.name),
        }
    }

    fn border(&self, leg: &LegFacts<'_>) -> Option<Border> {
        if leg.from == leg.to {
            return None;
        }
        let keys = [leg.to.code(), "*"];
        Some(Border {
            green_days: self.range("border_green", &keys),
            inspected_days: self.range("border_inspected", &keys),
            inspected_share: self.range("inspected_share", &keys).mid,
        })
    }

    fn shocks(&self, passages: PassageSet) -> Vec<Shock> {
        passages
            .iter()
            .filter_map(|passage| {
                let share = self.find("shock_share", &[passage.key()])?.range.mid;
                let days = self.find("shock_days", &[passage.key(), "*"])?.range;
                Some(Shock { passage: passage.key().to_owned(), share, days })
            })
            .collect()
    }

    /// What stands behind the days of a leg of this mode.
    pub fn evidence(&self, mode: Mode) -> Evidence {
        let why = self.find("speed", &[mode.word(), "*"]).map_or("", |it| it.why.as_str());
        Evidence::new(self.basis, &self.source).stated(why.to_owned()).formula(
            "wait for departure + distance / speed + handling + border + delay + disruption of passages",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::Passage;

    fn book() -> LeadTimeBook {
        let source = Source {
            title: "t".into(),
            publisher: "p".into(),
            vintage: "2026".into(),
            book: None,
            licence: None,
        };
        let text = include_str!("../../../books/lead-times/lead-times.csv");
        LeadTimeBook::from_csv(text, Basis::Assumed, Arc::new(source)).unwrap()
    }

    fn sea(passages: PassageSet, name: &str) -> LegTime {
        book().time_of(&LegFacts {
            mode: Mode::Sea,
            class: "container",
            distance_km: 19_600.0,
            passages,
            from: Economy::new(*b"CN"),
            to: Economy::new(*b"NL"),
            ends_at_terminal: true,
            starts_at_terminal: true,
            clears_import: true,
            headway_days: Some(7.0),
            name,
        })
    }

    /// Carriers' schedules give about a month port to port by Suez; terminals, border and delay come on top.
    #[test]
    fn asia_to_europe_takes_weeks() {
        let [p10, p50, p90] = leg_quantiles(&sea(PassageSet::EMPTY, "a"), Draws::new(1), 2_000);
        assert!(28.0 < p10 && p10 < p50 && p50 < p90 && p90 < 70.0, "{p10} {p50} {p90}");
    }

    #[test]
    fn a_closed_canal_strikes_all_that_use_it_together() {
        let suez = PassageSet::EMPTY.with(Passage::Suez);
        let (a, b, clear) = (sea(suez, "a"), sea(suez, "b"), sea(PassageSet::EMPTY, "a"));
        let draws = Draws::new(5);
        let struck =
            |it: &LegTime, s| it.shocks.iter().map(|shock| shock_days(shock, draws, s)).sum::<f64>() > 0.0;
        assert!((0..2_000).all(|s| struck(&a, s) == struck(&b, s)));
        assert!((0..2_000).any(|s| struck(&a, s)));
        assert!((0..200).all(|s| sample_leg_days(&a, draws, s) >= sample_leg_days(&clear, draws, s)));
    }

    /// Mean of an Erlang delay with two stages is its parameter: the mean over many draws, within four standard errors.
    #[test]
    fn delays_have_the_mean_the_book_says() {
        let time = LegTime {
            headway_days: 0.0,
            moving_days: Interval::default(),
            dwell_days: Interval::default(),
            border: None,
            on_time_share: 0.0,
            delay_mean_days: 6.0,
            shocks: Vec::new(),
            key: 9,
        };
        let n = 20_000;
        let mean = (0..n).map(|s| sample_leg_days(&time, Draws::new(3), s)).sum::<f64>() / f64::from(n);
        // The standard deviation of the Erlang-2 is mean / sqrt 2.
        assert!((mean - 6.0).abs() < 4.0 * 6.0 / 2.0_f64.sqrt() / f64::from(n).sqrt(), "{mean}");
    }

    #[test]
    fn a_book_without_a_parameter_is_refused() {
        let source = Source {
            title: "t".into(),
            publisher: "p".into(),
            vintage: "2026".into(),
            book: None,
            licence: None,
        };
        let error =
            LeadTimeBook::from_csv("what,key,low,mid,high,unit,why\n", Basis::Assumed, Arc::new(source))
                .unwrap_err();
        assert!(error.to_string().contains("there is no 'speed' for sea"), "{error}");
    }
}
