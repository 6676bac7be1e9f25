//! The sources of an answer, numbered in the order in which they are met.

use domain::deal::Assessment;
use domain::{Evidence, Source};

/// Distinct sources. Numbers start at one.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// The number of a source; a new one gets the next.
    pub fn number(&mut self, source: &Source) -> usize {
        if let Some(at) = self.0.iter().position(|it| it == source) {
            return at + 1;
        }
        self.0.push(source.clone());
        self.0.len()
    }

    pub fn of_plans<'a>(plans: impl IntoIterator<Item = &'a Assessment>) -> Self {
        let mut it = Self::default();
        for plan in plans {
            evidence_of(plan).for_each(|because| {
                it.number(&because.source);
            });
        }
        it
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (usize, &Source)> {
        (1..).zip(&self.0)
    }

    /// Title, publisher, vintage, licence on one line.
    pub fn words(source: &Source) -> String {
        let mut out = format!("{}, {}, {}", source.title, source.publisher, source.vintage);
        for more in [&source.book, &source.licence].into_iter().flatten() {
            out.push_str("; ");
            out.push_str(more);
        }
        out
    }
}

/// Everything that stands behind a plan.
pub fn evidence_of(plan: &Assessment) -> impl Iterator<Item = &Evidence> {
    let lines = plan.lines.iter().map(|it| &it.because);
    let legs = plan.legs.iter().map(|it| &it.because);
    let carbon = [&plan.carbon.transport_because, &plan.carbon.product_because].into_iter().flatten();
    lines.chain(legs).chain(carbon)
}
