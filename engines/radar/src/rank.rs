//! From plans that stand to a short ranked list: an explicit profile over the axes, groups of look-alikes, stability.

use std::collections::BTreeMap;

use domain::Wishes;
use serde::{Deserialize, Serialize};

/// The axes of the profile, all "less is better".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// Landed cost (or the negative of net proceeds).
    Cost,
    /// Days to arrival.
    Arrival,
    /// Kilograms CO2e of transport.
    Carbon,
    /// Money at risk that the choices leave open.
    Resilience,
    /// The person's own money out before the goods are in.
    Cash,
}

impl Axis {
    pub const ALL: [Self; 5] = [Self::Cost, Self::Arrival, Self::Carbon, Self::Resilience, Self::Cash];

    pub fn word(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Arrival => "arrival",
            Self::Carbon => "carbon",
            Self::Resilience => "resilience",
            Self::Cash => "cash",
        }
    }

    pub fn weight(self, wishes: &Wishes) -> f64 {
        f64::from(match self {
            Self::Cost => wishes.cost,
            Self::Arrival => wishes.arrival,
            Self::Carbon => wishes.carbon,
            Self::Resilience => wishes.resilience,
            Self::Cash => wishes.cash,
        })
    }
}

/// Where a plan stands on each axis; `None` is unknown.
pub type Standing = [Option<f64>; 5];

/// Best and middle of each axis among the plans compared: the scale of the profile. The middle, not the worst, because one odd
/// plan would otherwise make all others look alike. A score can be recomputed by hand from it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    pub best: [f64; 5],
    pub middle: [f64; 5],
}

/// An unknown place: as far from the middle as the middle is from the best. Never better than a figure that is known to be usual.
const UNKNOWN: f64 = 2.0;

impl Scale {
    pub fn of<'a>(standings: impl IntoIterator<Item = &'a Standing>) -> Self {
        let mut by_axis: [Vec<f64>; 5] = Default::default();
        for standing in standings {
            for (values, value) in by_axis.iter_mut().zip(standing) {
                values.extend(value);
            }
        }
        let mut scale = Self { best: [0.0; 5], middle: [0.0; 5] };
        for (axis, values) in by_axis.iter_mut().enumerate() {
            values.sort_by(f64::total_cmp);
            if let Some(&best) = values.first() {
                scale.best[axis] = best;
                scale.middle[axis] = quantile(values, 0.5);
                // Half of the plans are as good as the best: then the worst gives the scale.
                if scale.middle[axis] <= best {
                    scale.middle[axis] = values[values.len() - 1];
                }
            }
        }
        scale
    }

    /// Arrival as money: a unit of it weighs as much as a unit of cost.
    #[must_use]
    pub fn with_arrival_as_cost(mut self) -> Self {
        self.middle[1] = self.best[1] + (self.middle[0] - self.best[0]);
        self
    }

    /// 0 at the best seen, 1 at the middle.
    pub fn place(&self, axis: usize, value: Option<f64>) -> f64 {
        let width = self.middle[axis] - self.best[axis];
        match value {
            None => UNKNOWN,
            // Plans alike on an axis are not told apart by it.
            Some(_) if width <= 0.0 => 0.0,
            Some(value) => (value - self.best[axis]) / width,
        }
    }
}

/// The weighted mean of the places on the axes, and its parts. Weights of nothing at all count as cost alone.
pub fn score(standing: &Standing, scale: &Scale, wishes: &Wishes) -> (f64, BTreeMap<String, f64>) {
    let total: f64 = Axis::ALL.iter().map(|it| it.weight(wishes)).sum();
    let mut parts = BTreeMap::new();
    let mut sum = 0.0;
    for (at, axis) in Axis::ALL.into_iter().enumerate() {
        let weight =
            if total > 0.0 { axis.weight(wishes) / total } else { f64::from(u8::from(axis == Axis::Cost)) };
        if weight > 0.0 {
            let part = weight * scale.place(at, standing[at]);
            parts.insert(axis.word().to_owned(), part);
            sum += part;
        }
    }
    (sum, parts)
}

/// Places on every axis, by its word: what another weighing needs to be reckoned without deciding again.
pub fn places(standing: &Standing, scale: &Scale) -> BTreeMap<String, f64> {
    let place = |(at, axis): (usize, Axis)| (axis.word().to_owned(), scale.place(at, standing[at]));
    Axis::ALL.into_iter().enumerate().map(place).collect()
}

/// Keeps the first of each group (the list is in order of preference) and counts the others under it.
/// Returns (index of the first, look-alikes under it), and for each folded plan the index it folded under.
pub fn fold_groups<K: Ord>(keys: &[K]) -> (Vec<(usize, u64)>, Vec<Option<usize>>) {
    let mut firsts: Vec<(usize, u64)> = Vec::new();
    let mut at: BTreeMap<&K, usize> = BTreeMap::new();
    let mut under = vec![None; keys.len()];
    for (index, key) in keys.iter().enumerate() {
        if let Some(&group) = at.get(key) {
            firsts[group].1 += 1;
            under[index] = Some(firsts[group].0);
        } else {
            at.insert(key, firsts.len());
            firsts.push((index, 0));
        }
    }
    (firsts, under)
}

/// In how many percent of the draws each plan is first: `draws[plan][scenario]`, less is better. A plan with fewer draws than
/// the longest is out of the race beyond its own: the budget went to where the order was in doubt.
pub fn first_percent(draws: &[Vec<f64>]) -> Vec<f64> {
    let most = draws.iter().map(Vec::len).max().unwrap_or(0);
    let mut wins = vec![0_u32; draws.len()];
    for scenario in 0..most {
        let first = draws
            .iter()
            .enumerate()
            .filter_map(|(plan, it)| it.get(scenario).map(|score| (plan, *score)))
            .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        if let Some((plan, _)) = first {
            wins[plan] += 1;
        }
    }
    wins.into_iter().map(|it| 100.0 * f64::from(it) / most.max(1) as f64).collect()
}

/// The value at `share` of sorted figures, between the nearest ranks (Hyndman and Fan 1996, type 7).
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = share * last as f64;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    sorted[low] + (sorted[high] - sorted[low]) * (at - at.floor())
}

/// Mean of the worst `share` of sorted figures (expected shortfall; Acerbi and Tasche 2002).
pub fn mean_of_worst(sorted: &[f64], share: f64) -> f64 {
    let count = ((sorted.len() as f64 * share).round() as usize).clamp(1, sorted.len().max(1));
    let worst = &sorted[sorted.len().saturating_sub(count)..];
    worst.iter().sum::<f64>() / worst.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_the_weighted_places() {
        let standings: [Standing; 2] = [
            [Some(100.0), Some(30.0), None, Some(0.0), Some(0.0)],
            [Some(200.0), Some(20.0), Some(5.0), Some(0.0), Some(0.0)],
        ];
        let scale = Scale::of(&standings);
        let wishes = Wishes { cost: 75, arrival: 25, carbon: 0, resilience: 0, cash: 0 };
        // The middle of two is half way: the worse of them is at 2.
        assert!((score(&standings[0], &scale, &wishes).0 - 0.5).abs() < 1e-12);
        assert!((score(&standings[1], &scale, &wishes).0 - 1.5).abs() < 1e-12);
        let green = Wishes { cost: 0, arrival: 0, carbon: 100, resilience: 0, cash: 0 };
        assert!(
            score(&standings[0], &scale, &green).0 > score(&standings[1], &scale, &green).0,
            "unknown is not zero"
        );
    }

    /// Whatever the wishes, the score is the weighted mean of the places.
    #[test]
    fn a_score_can_be_reckoned_from_the_places() {
        let standings: [Standing; 3] = [
            [Some(100.0), Some(30.0), None, Some(4.0), Some(0.0)],
            [Some(200.0), Some(20.0), Some(5.0), Some(1.0), Some(0.0)],
            [Some(150.0), Some(25.0), Some(9.0), Some(2.0), Some(0.0)],
        ];
        let scale = Scale::of(&standings);
        for wishes in
            [Wishes::default(), Wishes { cost: 10, arrival: 0, carbon: 30, resilience: 20, cash: 5 }]
        {
            let total: f64 = Axis::ALL.iter().map(|it| it.weight(&wishes)).sum();
            for standing in &standings {
                let places = places(standing, &scale);
                let mean: f64 =
                    Axis::ALL.iter().map(|it| it.weight(&wishes) * places[it.word()]).sum::<f64>() / total;
                assert!((mean - score(standing, &scale, &wishes).0).abs() < 1e-12, "{places:?}");
            }
        }
    }

    #[test]
    fn no_weights_mean_cost() {
        let scale = Scale { best: [0.0; 5], middle: [1.0; 5] };
        let none = Wishes { cost: 0, arrival: 0, carbon: 0, resilience: 0, cash: 0 };
        assert!((score(&[Some(0.5); 5], &scale, &none).0 - 0.5).abs() < 1e-12);
    }

    #[test]
    fn groups_keep_their_first() {
        let (firsts, under) = fold_groups(&["cn", "jp", "cn", "cn", "de"]);
        assert_eq!(firsts, [(0, 2), (1, 0), (4, 0)]);
        assert_eq!(under, [None, None, Some(0), Some(0), None]);
    }

    #[test]
    fn first_places_are_counted_by_scenario() {
        let draws = [vec![1.0, 3.0, 1.0, 1.0], vec![2.0, 2.0], vec![9.0; 4]];
        assert_eq!(first_percent(&draws), [75.0, 25.0, 0.0]);
        assert!(first_percent(&[]).is_empty());
    }

    /// Type 7 of 1..=5: the quartile is 2, the 0.9 quantile 4.6.
    #[test]
    fn quantiles_are_type_seven() {
        let sorted = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert!((quantile(&sorted, 0.25) - 2.0).abs() < 1e-12);
        assert!((quantile(&sorted, 0.9) - 4.6).abs() < 1e-12);
        assert!((mean_of_worst(&sorted, 0.4) - 4.5).abs() < 1e-12);
    }
}
