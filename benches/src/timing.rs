//! Clocks.

use std::time::Instant;

/// Seconds that the work takes, and what it gives.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_secs_f64(), made)
}

/// Median seconds of so many runs.
pub(crate) fn median_of<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut all: Vec<f64> = (0..runs).map(|_| timed(&mut work).0).collect();
    median(&mut all)
}

pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// CPU time of this process so far, all threads: it does not rise while others have the processor.
pub(crate) fn cpu_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
