//! Figures about the server itself, as Prometheus reads them. Labels come from fixed sets alone: routes, methods, states.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Upper bounds in microseconds.
const BOUNDS: [u64; 13] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000,
    30_000_000,
];

/// How long something took, and how often it happened.
#[derive(Debug, Default)]
pub struct Histogram {
    counts: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl Histogram {
    pub fn observe(&self, took: Duration) {
        let micros = took.as_micros() as u64;
        let at = BOUNDS.partition_point(|it| *it < micros);
        self.counts[at].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    fn write(&self, out: &mut String, name: &str, labels: &str) {
        let comma = if labels.is_empty() { "" } else { "," };
        let mut sum = 0;
        for (bound, count) in BOUNDS.iter().zip(&self.counts) {
            sum += count.load(Ordering::Relaxed);
            let seconds = *bound as f64 / 1e6;
            let _ = writeln!(out, "{name}_bucket{{{labels}{comma}le=\"{seconds}\"}} {sum}");
        }
        sum += self.counts[BOUNDS.len()].load(Ordering::Relaxed);
        let _ = writeln!(out, "{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {sum}");
        let total = self.micros.load(Ordering::Relaxed) as f64 / 1e6;
        let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
        let _ = writeln!(out, "{name}_sum{labels} {total}");
        let _ = writeln!(out, "{name}_count{labels} {sum}");
    }
}

/// By method and hundreds of the status.
type OfRoute = BTreeMap<(&'static str, u16), Arc<Histogram>>;
type Key = (&'static str, String, u16);

/// All figures of one process.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: RwLock<BTreeMap<String, OfRoute>>,
    pub streams: AtomicI64,
    pub events_sent: AtomicU64,
    pub deliveries_done: AtomicU64,
    pub deliveries_failed: AtomicU64,
    pub jobs_done: AtomicU64,
    pub jobs_failed: AtomicU64,
    pub watches_swept: AtomicU64,
    pub watches_decided: AtomicU64,
    pub alerts: AtomicU64,
    pub signins_refused: AtomicU64,
    pub limited: AtomicU64,
    pub sweep: Histogram,
}

/// Methods that are counted under their own name; a client may invent others.
fn known(method: &str) -> &'static str {
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
        .into_iter()
        .find(|it| *it == method)
        .unwrap_or("other")
}

impl Metrics {
    /// A request that was answered; `route` is the pattern that matched, never the address.
    pub fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, class) = (known(method), status / 100);
        if let Some(found) = self.requests.read().unwrap_or_else(PoisonError::into_inner).get(route) {
            if let Some(it) = found.get(&(method, class)) {
                it.observe(took);
                return;
            }
        }
        let mut all = self.requests.write().unwrap_or_else(PoisonError::into_inner);
        let of_route = all.entry(route.to_owned()).or_default();
        of_route.entry((method, class)).or_default().observe(took);
    }

    /// The text that Prometheus reads; `gauges` are read at this moment.
    pub fn text(&self, gauges: &[(&str, &str, f64)]) -> String {
        let mut out = String::new();
        head(
            &mut out,
            "periplus_http_request_seconds",
            "histogram",
            "Requests by route, method and kind of status.",
        );
        for ((method, route, class), histogram) in self.sorted() {
            let labels = format!("route=\"{}\",method=\"{method}\",status=\"{class}xx\"", escaped(&route));
            histogram.write(&mut out, "periplus_http_request_seconds", &labels);
        }
        head(&mut out, "periplus_sweep_seconds", "histogram", "Sweeps of watches after a book changed.");
        self.sweep.write(&mut out, "periplus_sweep_seconds", "");
        let counters: [(&str, &str, &AtomicU64); 10] = [
            ("events_sent", "Events written to streams.", &self.events_sent),
            ("deliveries_done", "Webhook calls that were answered with 2xx.", &self.deliveries_done),
            ("deliveries_failed", "Webhook calls that were not.", &self.deliveries_failed),
            ("jobs_done", "Jobs that ended well.", &self.jobs_done),
            ("jobs_failed", "Jobs that ended badly.", &self.jobs_failed),
            ("watches_swept", "Watches looked at because a book changed.", &self.watches_swept),
            ("watches_decided", "Needs that had to be decided again for them.", &self.watches_decided),
            ("alerts", "Alerts given.", &self.alerts),
            ("signins_refused", "Sign-ins refused.", &self.signins_refused),
            ("limited", "Requests refused because they came too often.", &self.limited),
        ];
        for (name, help, value) in counters {
            let name = format!("periplus_{name}_total");
            head(&mut out, &name, "counter", help);
            let _ = writeln!(out, "{name} {}", value.load(Ordering::Relaxed));
        }
        head(&mut out, "periplus_streams", "gauge", "Open streams of events.");
        let _ = writeln!(out, "periplus_streams {}", self.streams.load(Ordering::Relaxed));
        for (name, help, value) in gauges {
            head(&mut out, name, "gauge", help);
            let _ = writeln!(out, "{name} {value}");
        }
        out
    }

    fn sorted(&self) -> Vec<(Key, Arc<Histogram>)> {
        let all = self.requests.read().unwrap_or_else(PoisonError::into_inner);
        let flat = all.iter().flat_map(|(route, of)| {
            of.iter().map(move |((method, class), it)| ((*method, route.clone(), *class), Arc::clone(it)))
        });
        flat.collect()
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up_and_names_are_those_of_routes() {
        let metrics = Metrics::default();
        for millis in [0, 1, 3, 700, 60_000] {
            metrics.request("GET", "/api/v1/answers/{id}", 200, Duration::from_millis(millis));
        }
        metrics.request("BREW", "/api/v1/answers/{id}", 405, Duration::from_millis(1));
        let text = metrics.text(&[("periplus_ready", "Whether it is ready.", 1.0)]);
        for line in [
            "periplus_http_request_seconds_bucket{route=\"/api/v1/answers/{id}\",method=\"GET\",status=\"2xx\",le=\"0.001\"} 2",
            "periplus_http_request_seconds_bucket{route=\"/api/v1/answers/{id}\",method=\"GET\",status=\"2xx\",le=\"+Inf\"} 5",
            "periplus_http_request_seconds_count{route=\"/api/v1/answers/{id}\",method=\"GET\",status=\"2xx\"} 5",
            "periplus_http_request_seconds_count{route=\"/api/v1/answers/{id}\",method=\"other\",status=\"4xx\"} 1",
            "periplus_ready 1",
        ] {
            assert!(text.lines().any(|it| it == line), "{line}\n{text}");
        }
    }
}
