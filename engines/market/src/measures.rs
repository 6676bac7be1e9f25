//! Measures of trade, each a plain function with its definition, unit and source.

use domain::Ppm;

/// Share of `part` in `whole`, as parts per million. `None` when the whole is not positive.
pub fn share(part: i64, whole: i64) -> Option<Ppm> {
    (whole > 0).then(|| Ppm::from_f64(part as f64 / whole as f64))
}

/// Herfindahl-Hirschman index: the sum of squared shares, between 1/n and 1, where 1 is one party holding all
/// (A. O. Hirschman, "The Paternity of an Index", American Economic Review 54, 1964).
/// Parties with nothing do not count. `None` when there is no value at all.
pub fn hhi(values: impl IntoIterator<Item = i64>) -> Option<f64> {
    concentration(values).map(|it| it.0)
}

/// The same on a scale from 0 (all equal) to 1 (one holds all): (HHI - 1/n) / (1 - 1/n). `None` with fewer than two parties,
/// where evenness has no meaning.
pub fn hhi_normalised(values: impl IntoIterator<Item = i64>) -> Option<f64> {
    let (raw, n) = concentration(values)?;
    let least = 1.0 / n as f64;
    (n >= 2).then(|| ((raw - least) / (1.0 - least)).max(0.0))
}

fn concentration(values: impl IntoIterator<Item = i64>) -> Option<(f64, usize)> {
    let positive: Vec<f64> = values.into_iter().filter(|it| *it > 0).map(|it| it as f64).collect();
    let whole: f64 = positive.iter().sum();
    (whole > 0.0).then(|| (positive.iter().map(|it| (it / whole).powi(2)).sum(), positive.len()))
}

/// Compound annual growth rate: (last / first)^(1 / years) - 1, as parts per million a year.
/// `None` when either end is not positive or there is no time between them: growth from nothing has no rate.
pub fn growth(first: i64, last: i64, years: u16) -> Option<Ppm> {
    if first <= 0 || last <= 0 || years == 0 {
        return None;
    }
    let rate = (last as f64 / first as f64).powf(1.0 / f64::from(years)) - 1.0;
    Some(Ppm::from_f64(rate))
}

/// How much of what an importer buys comes from one supplier: the supplier's share of its imports.
pub fn dependence(from_supplier: i64, all_imports: i64) -> Option<Ppm> {
    share(from_supplier, all_imports)
}

/// The smallest value at which the weights up to it reach `portion` (0..=1) of all weights: the weighted nearest-rank
/// quantile, which is always one of the values and never interpolated. `None` when no weight is positive.
/// Sorts `pairs` of (value, weight).
pub fn weighted_quantile(pairs: &mut [(f64, f64)], portion: f64) -> Option<f64> {
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let whole: f64 = pairs.iter().map(|it| it.1).sum();
    if whole <= 0.0 || !whole.is_finite() {
        return None;
    }
    // A hair of slack, so that a sum that should reach its portion exactly does so in floating point too.
    let wanted = whole * portion * (1.0 - 1e-12);
    let mut reached = 0.0;
    for (value, weight) in pairs.iter() {
        reached += weight;
        if reached >= wanted {
            return Some(*value);
        }
    }
    pairs.last().map(|it| it.0)
}

/// The middle of sorted values: mean of the two middle ones when their number is even.
fn median(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len();
    if n == 0 {
        return None;
    }
    Some(if n % 2 == 1 { sorted[n / 2] } else { f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]) })
}

/// Modified z-scores: 0.6745 (x - median) / MAD, and where the median absolute deviation is 0 (more than half of the
/// values equal), (x - median) / (1.253314 x mean absolute deviation). All zero when every value is the same.
/// B. Iglewicz and D. C. Hoaglin, "How to Detect and Handle Outliers", ASQC Basic References in Quality Control 16, 1993.
pub fn modified_z_scores(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(middle) = median(&sorted) else { return Vec::new() };
    let mut deviations: Vec<f64> = values.iter().map(|it| (it - middle).abs()).collect();
    deviations.sort_by(f64::total_cmp);
    let mad = median(&deviations).unwrap_or(0.0);
    let mean = deviations.iter().sum::<f64>() / deviations.len() as f64;
    let scale = if mad > 0.0 { mad / 0.6745 } else { mean * 1.253_314 };
    values.iter().map(|it| if scale > 0.0 { (it - middle) / scale } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests;
