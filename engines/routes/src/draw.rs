//! Random numbers by counter: a number depends only on what it is for, never on how many were drawn before. So plans
//! that share a canal share its fate in the same scenario, and results are the same on any number of threads.

/// One of the shared scenarios of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScenarioDraw {
    pub seed: u64,
    pub scenario: u32,
}

impl ScenarioDraw {
    /// A number strictly between 0 and 1 for a purpose ("late", "dwell") of a thing ("CNSHA", "suez").
    pub fn uniform(self, purpose: &str, key: &str) -> f64 {
        let mut state = mix(self.seed ^ 0x5045_5249_504C_5553);
        state = mix(state ^ u64::from(self.scenario));
        state = mix(state ^ fingerprint(purpose));
        state = mix(state ^ fingerprint(key));
        ((state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Erlang of `shape` phases with the given mean: the sum of that many exponentials.
    pub fn erlang(self, shape: u32, mean: f64, purpose: &str, key: &str) -> f64 {
        let phase = |at: u32| -self.uniform(purpose, &format!("{key}#{at}")).ln();
        (0..shape).map(phase).sum::<f64>() * mean / f64::from(shape.max(1))
    }
}

/// Finaliser of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014).
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// FNV-1a, 64 bits.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}
