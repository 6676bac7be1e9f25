//! Figures as people read them: thousands apart, units last, unknown said.

use domain::deal::{Assessment, Deals};
use domain::total::{CostKind, CostLine};
use domain::{Basis, Direction, Money, Severity, Total};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::screen::Role;
use crate::words::{Lang, Words};

/// "132410.22" as "132,410.22".
pub fn grouped(value: Decimal) -> String {
    group(&value.to_string())
}

/// A float with `decimals` places, thousands apart.
pub fn grouped_real(value: f64, decimals: usize) -> String {
    group(&format!("{value:.decimals$}"))
}

fn group(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |it| ("-", it));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(a, b)| (a, Some(b)));
    if !whole.bytes().all(|it| it.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// "132,410.22 GBP".
pub fn money(money: Money) -> String {
    format!("{} {}", grouped(money.to_decimal()), money.currency())
}

/// "132,410.22".
pub fn amount(money: Money) -> String {
    grouped(money.to_decimal())
}

/// Whole units, for a glance: "132,410". Amounts below a hundred keep their decimals.
pub fn rounded(money: Money) -> String {
    let exact = money.to_decimal();
    if exact.abs() < Decimal::ONE_HUNDRED {
        return grouped(exact);
    }
    grouped(exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
}

/// "132,410 GBP".
pub fn about(money: Money) -> String {
    format!("{} {}", rounded(money), money.currency())
}

/// "78 %"; nothing between 0 and 1 or 99 and 100 is rounded to the end it is not.
pub fn percent(value: f64) -> String {
    if value > 99.0 && value < 100.0 {
        return ">99 %".to_owned();
    }
    if value > 0.0 && value < 1.0 {
        return "<1 %".to_owned();
    }
    format!("{value:.0} %")
}

/// How an answer is read: a buyer reads what the goods cost landed, a seller what is left of the price.
/// The domain counts both as costs, so that for a seller every sign turns.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    sells: bool,
}

impl Ledger {
    pub fn of(deals: &Deals) -> Self {
        Self { sells: deals.need.direction == Direction::Sell }
    }

    pub fn money(self, money: Money) -> Money {
        if self.sells { Money::from_minor(-money.minor(), money.currency()) } else { money }
    }

    /// P10 and P90, the lower first.
    pub fn range(self, (low, high): (Money, Money)) -> (Money, Money) {
        if self.sells { (self.money(high), self.money(low)) } else { (low, high) }
    }

    /// "132,410 GBP"; "at least ..." for a cost with an unknown part, "at most ..." for what is left of a price.
    pub fn total(self, total: &Total, words: &Words, show: fn(Money) -> String) -> String {
        self.bound(total, words, show(self.money(total.bound())))
    }

    /// A figure that is a bound when the total is one.
    pub fn bound(self, total: &Total, words: &Words, figure: String) -> String {
        match (total.is_exact(), self.sells) {
            (true, _) => figure,
            (false, false) => words.with("at-least", &[("amount", &figure)]),
            (false, true) => words.with("at-most", &[("amount", &figure)]),
        }
    }

    /// `<key>`, or `<key>-sell` for a seller.
    pub fn key(self, key: &str) -> String {
        if self.sells { format!("{key}-sell") } else { key.to_owned() }
    }

    pub fn words(self, key: &str, words: &Words) -> String {
        words.get(&self.key(key))
    }
}

/// The names of what a total does not know.
pub fn unknown_parts(total: &Total) -> Option<String> {
    match total {
        Total::Exactly(_) => None,
        Total::AtLeast { unknown, .. } => Some(unknown.join(", ")),
    }
}

/// One letter for a basis; the legend spells it out.
pub fn letter(basis: Basis) -> &'static str {
    match basis {
        Basis::Observed => "o",
        Basis::Benchmark => "b",
        Basis::Modelled => "m",
        Basis::Assumed => "a",
    }
}

/// "benchmark 93 %, modelled 5 %, assumed 2 %": how much of a total rests on what, by the size of its lines.
pub fn shares(lines: &[CostLine], words: &Words) -> String {
    let counted = || lines.iter().filter(|it| !it.recoverable);
    let size = |it: &CostLine| it.amount.map_or(0.0, |it| it.to_f64().abs());
    let total: f64 = counted().map(size).sum();
    if total <= 0.0 {
        return String::new();
    }
    let mut parts: Vec<(f64, Basis)> = [Basis::Observed, Basis::Benchmark, Basis::Modelled, Basis::Assumed]
        .into_iter()
        .map(|basis| (counted().filter(|it| it.because.basis == basis).map(size).sum::<f64>(), basis))
        .filter(|it| it.0 > 0.0)
        .collect();
    parts.sort_by(|a, b| b.0.total_cmp(&a.0));
    let said = |(part, basis): &(f64, Basis)| {
        format!("{} {}", words.term("basis", basis.word()), percent(part / total * 100.0))
    };
    parts.iter().map(said).collect::<Vec<_>>().join(&words.get("list-comma"))
}

/// "89,822 – 114,773"; empty for a range without width, which would say more than is known.
pub fn range((low, high): (Money, Money)) -> String {
    let (low, high) = (rounded(low), rounded(high));
    if low == high { String::new() } else { format!("{low} – {high}") }
}

/// A landed cost is as weak as its weakest line.
pub fn weakest(lines: &[CostLine]) -> Option<Basis> {
    lines.iter().filter(|it| !it.recoverable && it.amount.is_some()).map(|it| it.because.basis).max()
}

/// Duty of every kind: `None` when no line speaks of duty, `Some(None)` when one is unknown.
pub fn duty(plan: &Assessment) -> Option<Option<Money>> {
    let kinds = [CostKind::Duty, CostKind::AdditionalDuty, CostKind::AntiDumping];
    let mut lines = plan.lines.iter().filter(|it| kinds.contains(&it.kind) && !it.recoverable).peekable();
    lines.peek()?;
    let mut sum = Money::zero(plan.landed.bound().currency());
    for line in lines {
        match line.amount.map(|it| sum.checked_add(it)) {
            Some(Ok(more)) => sum = more,
            _ => return Some(None),
        }
    }
    Some(Some(sum))
}

/// The snake_case word of a kind of cost, as in JSON.
pub fn kind_word(kind: CostKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or("cost").to_owned()
}

/// The label of a line in the person's language; where that is not known, its kind stands before the engine's English.
pub fn line_label(line: &CostLine, words: &Words) -> String {
    let label = words.say(&line.label);
    if words.lang == Lang::En || !label.is_ascii() {
        return label.into_owned();
    }
    format!("{}{}{label}", words.term("cost", &kind_word(line.kind)), words.get("colon"))
}

pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Caution => "caution",
        Severity::Barrier => "barrier",
        Severity::Prohibited => "prohibited",
    }
}

/// A mark that reads without colour.
pub fn severity_mark(severity: Severity) -> (&'static str, Role) {
    match severity {
        Severity::Note => ("·", Role::Dim),
        Severity::Caution => ("!", Role::Warn),
        Severity::Barrier => ("!!", Role::Bad),
        Severity::Prohibited => ("✗", Role::Bad),
    }
}

/// Kilograms CO2e of transport and, when known, of the goods.
pub fn carbon(plan: &Assessment, words: &Words) -> String {
    let unknown = || words.get("unknown");
    let kilograms = |it: f64| format!("{} kg CO2e", grouped_real(it, 0));
    plan.carbon.transport_kg.map_or_else(unknown, kilograms)
}

/// Days with one decimal when short.
pub fn days(value: f64) -> String {
    if value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (given, expect) in
            [("1234567.80", "1,234,567.80"), ("-1000", "-1,000"), ("999", "999"), ("NaN", "NaN")]
        {
            assert_eq!(group(given), expect);
        }
    }

    #[test]
    fn nearly_all_is_not_all() {
        for (given, expect) in
            [(99.6, ">99 %"), (100.0, "100 %"), (0.4, "<1 %"), (0.0, "0 %"), (78.1, "78 %")]
        {
            assert_eq!(percent(given), expect);
        }
    }
}
