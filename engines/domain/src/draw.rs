//! Counter-based random numbers: a draw is a pure function of (seed, scenario, purpose, key), so every plan of an answer
//! sees the same scenarios, in any order and on any number of threads.
//!
//! The mixing function is the finaliser of `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number
//! generators", OOPSLA 2014); successive words are mixed in one after the other.

/// A stream of draws for one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    seed: u64,
}

/// What a draw is for. Two purposes never share a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u64)]
pub enum Purpose {
    GoodsPrice = 1,
    WorldPrice = 2,
    FreightMarket = 3,
    FreightLane = 4,
    ExchangeRate = 5,
    LeadTime = 6,
    LegDelay = 7,
    Corridor = 8,
    Border = 9,
    Schedule = 10,
    CargoLoss = 11,
    Counterparty = 12,
    Travel = 13,
    DwellOut = 14,
    DwellIn = 15,
    OnTime = 16,
    LegDelayMore = 17,
    Inspection = 18,
    CorridorDelay = 19,
}

impl Draws {
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    pub const fn seed(self) -> u64 {
        self.seed
    }

    /// 64 uniform bits.
    #[inline]
    pub fn bits(self, scenario: u32, purpose: Purpose, key: u64) -> u64 {
        let first = mix(self.seed ^ mix(u64::from(scenario).wrapping_add(0x9E37_79B9_7F4A_7C15)));
        mix(mix(first ^ (purpose as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93)) ^ key)
    }

    /// Uniform in the open interval (0, 1): never 0 and never 1, so that logarithms and quantiles are finite.
    #[inline]
    pub fn uniform(self, scenario: u32, purpose: Purpose, key: u64) -> f64 {
        ((self.bits(scenario, purpose, key) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    /// Standard normal, by the inverse of its distribution function.
    #[inline]
    pub fn normal(self, scenario: u32, purpose: Purpose, key: u64) -> f64 {
        inverse_normal(self.uniform(scenario, purpose, key))
    }
}

#[inline]
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A key for [`Draws`] from text: FNV-1a, 64 bits (Fowler, Noll, Vo).
pub fn key(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// Quantile function of the standard normal; P. J. Acklam's rational approximation (2003), relative error below 1.15e-9.
#[expect(
    clippy::unreadable_literal,
    clippy::excessive_precision,
    reason = "the coefficients are as published"
)]
pub fn inverse_normal(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00,
    ];
    const B: [f64; 5] = [
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
    ];
    const C: [f64; 6] = [
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00,
    ];
    const D: [f64; 4] =
        [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00];
    const LOW: f64 = 0.02425;
    let tail = |p: f64| {
        let q = (-2.0 * p.ln()).sqrt();
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    if p < LOW {
        return tail(p);
    }
    if p > 1.0 - LOW {
        return -tail(1.0 - p);
    }
    let q = p - 0.5;
    let r = q * q;
    (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
        / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_all_of_its_keys_and_on_nothing_else() {
        let draws = Draws::new(7);
        let base = draws.bits(3, Purpose::GoodsPrice, 11);
        assert_eq!(base, Draws::new(7).bits(3, Purpose::GoodsPrice, 11));
        for other in [
            Draws::new(8).bits(3, Purpose::GoodsPrice, 11),
            draws.bits(4, Purpose::GoodsPrice, 11),
            draws.bits(3, Purpose::WorldPrice, 11),
            draws.bits(3, Purpose::GoodsPrice, 12),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn uniforms_are_uniform() {
        let draws = Draws::new(1);
        let n = 20_000_u32;
        let mean = (0..n).map(|it| draws.uniform(it, Purpose::LegDelay, 5)).sum::<f64>() / f64::from(n);
        // Standard error of the mean of n uniforms is 1 / sqrt(12 n) = 0.002; four of them.
        assert!((mean - 0.5).abs() < 0.0082, "{mean}");
    }

    /// Quantiles of the standard normal as tabulated (for example Abramowitz and Stegun, table 26.5).
    #[test]
    fn normal_quantiles_are_as_tabulated() {
        for (p, expect) in
            [(0.5, 0.0), (0.9, 1.281_551_6), (0.975, 1.959_964), (0.001, -3.090_232_3), (0.99, 2.326_347_9)]
        {
            assert!((inverse_normal(p) - expect).abs() < 1e-6, "{p}");
        }
    }
}
