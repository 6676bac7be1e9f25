//! What an answer cost to make: seconds, CPU-seconds, and the energy estimated from them.

use std::time::Instant;

use serde::{Deserialize, Serialize};

/// Time and energy of one answer. Not part of the decision: it differs from run to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// Wall clock, from the start of the command.
    pub seconds: f64,
    /// CPU time of the whole process, all threads; `None` where the system does not tell.
    pub cpu_seconds: Option<f64>,
    /// CPU-seconds times the assumed power of a busy core, joules.
    pub energy_joules: Option<f64>,
    /// The assumption: setting `watts_per_core`.
    pub watts_per_core: f64,
    /// Always "assumed": power is not measured.
    pub energy_basis: String,
}

/// A running clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Instant);

impl Clock {
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }

    pub fn stop(self, watts_per_core: f64) -> Effort {
        let cpu_seconds = cpu_seconds();
        Effort {
            seconds: round(self.seconds()),
            cpu_seconds: cpu_seconds.map(round),
            energy_joules: cpu_seconds.map(|it| round(it * watts_per_core)),
            watts_per_core,
            energy_basis: "assumed".to_owned(),
        }
    }
}

fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
fn cpu_seconds() -> Option<f64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(time.tv_sec as f64 + time.tv_nsec as f64 / 1e9)
}

#[cfg(not(unix))]
fn cpu_seconds() -> Option<f64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn energy_is_cpu_time_times_power() {
        let effort = Clock::start().stop(10.0);
        let (cpu, energy) = (effort.cpu_seconds.unwrap(), effort.energy_joules.unwrap());
        assert!((energy - cpu * 10.0).abs() < 0.01, "{effort:?}");
    }
}
