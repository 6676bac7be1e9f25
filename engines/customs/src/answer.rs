//! From what is owed to lines with evidence, preferences and findings.

use std::fmt::Write as _;
use std::sync::Arc;

use domain::{Basis, CostKind, Decimal, Evidence, Figure, Finding, HsCode, Money, Severity, Source};

use crate::book::{MeasureKind, Row, Stated, TariffBook};
use crate::core::{self, Amount, Core, Owed, Unknown, Via, What, is_additional};
use crate::expression::{Expression, Missing};
use crate::origin::{OriginTest, Scheme, Verdict, yes_no};
use crate::question::{DutyAmounts, DutyAnswer, DutyLine, DutyQuestion, Preference, PreferenceState};
use crate::regime::{CustomsBooks, Grant, Regime, TaxRule, Valuation};

/// Most lines of a short code that a finding names; the rest is counted.
const MOST_NAMED: usize = 6;

/// What the goods owe on entry, with evidence.
pub fn duty(question: &DutyQuestion<'_>, books: &CustomsBooks) -> DutyAnswer {
    let regime = Regime::of(question.importer, question.on, books);
    duty_under(question, &regime, books)
}

/// As [`duty`], with the rules of the importer and day already looked up.
pub fn duty_under(question: &DutyQuestion<'_>, regime: &Regime, books: &CustomsBooks) -> DutyAnswer {
    let core = core::work_out(question, regime, books);
    answer_of(question, regime, books, &core)
}

pub(crate) fn answer_of(
    question: &DutyQuestion<'_>,
    regime: &Regime,
    books: &CustomsBooks,
    core: &Core<'_>,
) -> DutyAnswer {
    let teller = Teller { question, regime, books, core };
    let mut findings = teller.findings();
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
    findings.dedup();
    DutyAnswer {
        customs_value: teller.customs_value(),
        lines: core.owed.iter().filter_map(|it| teller.line(it)).collect(),
        preferences: teller.preferences(),
        findings,
    }
}

/// The amounts alone: the same as those of [`duty_under`], for a million lines.
pub fn duty_amounts(question: &DutyQuestion<'_>, regime: &Regime, books: &CustomsBooks) -> DutyAmounts {
    amounts_of(question, &core::work_out(question, regime, books))
}

pub(crate) fn amounts_of(question: &DutyQuestion<'_>, core: &Core<'_>) -> DutyAmounts {
    let money = question.price.currency();
    let sum = |wanted: fn(&Owed<'_>) -> bool| {
        core.owed
            .iter()
            .filter(|it| wanted(it))
            .try_fold(Money::zero(money), |sum, it| sum.checked_add(it.money?).ok())
    };
    DutyAmounts {
        money,
        customs_value: value_of(core),
        duty: sum(|it| !matches!(it.kind, CostKind::CustomsFee | CostKind::Tax)),
        fees: sum(|it| it.kind == CostKind::CustomsFee),
        tax: sum(|it| it.kind == CostKind::Tax),
        recoverable: if is_registered(question) {
            sum(|it| matches!(it.what, What::Tax(..)))
        } else {
            Some(Money::zero(money))
        },
    }
}

fn value_of(core: &Core<'_>) -> Option<Money> {
    core.value.as_ref().ok().and_then(|it| Money::from_decimal(*it, core.goods.money).ok())
}

/// A business is taken to be registered for the tax unless it says otherwise.
fn is_registered(question: &DutyQuestion<'_>) -> bool {
    yes_no(question.facts, "buyer.vat_registered") != Some(false)
}

/// Why the first of what is not known is not known, by code; `None` when everything is.
pub(crate) fn reason_of(
    question: &DutyQuestion<'_>,
    regime: &Regime,
    books: &CustomsBooks,
    core: &Core<'_>,
) -> Option<Finding> {
    let mut findings = Vec::new();
    Teller { question, regime, books, core }.tell_unknowns(&mut findings);
    findings.into_iter().min()
}

struct Teller<'a> {
    question: &'a DutyQuestion<'a>,
    regime: &'a Regime,
    books: &'a CustomsBooks,
    core: &'a Core<'a>,
}

impl Teller<'_> {
    fn customs_value(&self) -> Option<Figure<Money>> {
        let (valuation, because) = self.regime.valuation.as_ref()?;
        let money = value_of(self.core)?;
        let price = self.question.price;
        let formula = match valuation {
            Valuation::Fob => format!("{price} without carriage and insurance"),
            Valuation::Cif => {
                let part = |it: Option<Money>| it.map_or_else(|| "?".to_owned(), |it| it.to_string());
                let (freight, insurance) =
                    (part(self.question.freight_to_border), part(self.question.insurance));
                format!("{price} + {freight} freight to the border + {insurance} insurance = {money}")
            }
        };
        Some(Figure::new(money, because.clone().formula(formula)))
    }

    fn tariff_source(&self) -> Arc<Source> {
        match &self.regime.book {
            Some(book) => Arc::clone(book.source()),
            None => Arc::new(Source {
                title: format!("tariff of {} (not loaded)", self.regime.jurisdiction),
                publisher: "none".into(),
                vintage: "none".into(),
                book: None,
                licence: None,
            }),
        }
    }

    /// `None`: a duty on top that is nothing is not worth a line.
    fn line(&self, owed: &Owed<'_>) -> Option<DutyLine> {
        if matches!(owed.what, What::Row(_)) && owed.money.is_some_and(Money::is_zero) {
            return None;
        }
        let several = matches!(owed.what, What::Base(_)) && !self.core.lines.is_empty();
        let mut because = self.because(owed);
        if several {
            because = because.at_best(Basis::Assumed);
        }
        Some(DutyLine {
            kind: owed.kind,
            label: self.label(owed),
            amount: owed.money,
            exact: owed.exact.as_ref().ok().copied(),
            range: if several { self.range(owed) } else { None },
            recoverable: matches!(owed.what, What::Tax(..)) && is_registered(self.question),
            because,
        })
    }

    /// Lowest and highest base duty over the lines a short code may mean, shifted by what comes on top in the chosen line.
    fn range(&self, owed: &Owed<'_>) -> Option<(Money, Money)> {
        let highest = owed.money?;
        let totals: Option<Vec<Decimal>> =
            self.core.lines.iter().map(|(_, amount)| amount.as_ref().ok().copied()).collect();
        let totals = totals?;
        let (low, high) = (totals.iter().min()?, totals.iter().max()?);
        let lowest = owed.exact.as_ref().ok()?.checked_sub(high.checked_sub(*low)?)?.max(Decimal::ZERO);
        Some((Money::from_decimal(lowest, self.core.goods.money).ok()?, highest))
    }

    fn label(&self, owed: &Owed<'_>) -> String {
        let hs = self.core.line.dotted();
        match owed.what {
            What::Base(Via::Relief) => format!("Duty {hs}: free as a small consignment"),
            What::Base(Via::Grant(grant)) => format!("Duty {hs}, preference {}", self.title(&grant.rules)),
            What::Base(Via::Nothing) => format!("Duty {hs}"),
            What::Base(Via::Row(row)) | What::Row(row) => self.row_label(row, &hs),
            What::Fee(fee) => fee.label.clone(),
            What::Tax(tax, _) => format!("{} on import", tax.name),
            What::TaxUnknown => "Tax on import".to_owned(),
        }
    }

    fn row_label(&self, row: &Row, hs: &str) -> String {
        let programme = self.programme(row);
        let words = match row.kind {
            MeasureKind::Mfn => return format!("Third-country duty {hs}"),
            MeasureKind::Preference => return format!("Duty {hs}, preference {}", self.title(programme)),
            MeasureKind::Suspension => return format!("Duty {hs}, suspended"),
            MeasureKind::Quota => return format!("Duty {hs}, quota {programme}"),
            MeasureKind::Additional => "Additional duty",
            MeasureKind::Safeguard => "Safeguard duty",
            MeasureKind::AntiDumping => "Anti-dumping duty",
            MeasureKind::Countervailing => "Countervailing duty",
            MeasureKind::Fee => "Customs fee",
            MeasureKind::Excise => "Excise",
            MeasureKind::Vat => "Tax on import",
            MeasureKind::Restriction => "Restriction",
            MeasureKind::Prohibition => "Prohibition",
        };
        if programme.is_empty() { words.to_owned() } else { format!("{words} {programme}") }
    }

    fn programme(&self, row: &Row) -> &str {
        self.regime.book.as_ref().map_or("", |book| book.text(u32::from(row.programme)))
    }

    fn title(&self, scheme: &str) -> String {
        self.books.origin.find(scheme).map_or_else(|| scheme.to_owned(), |it| it.title.clone())
    }

    fn because(&self, owed: &Owed<'_>) -> Evidence {
        match owed.what {
            What::Base(Via::Relief) => self.relief_because(),
            What::Base(Via::Grant(grant)) => grant
                .because
                .clone()
                .formula(self.with_result(&grant.expression.formula(&self.core.goods), owed)),
            What::Base(Via::Nothing) => Evidence::new(Basis::Observed, &self.tariff_source()),
            What::Base(Via::Row(row)) | What::Row(row) => self.row_because(row, owed),
            What::Fee(fee) => {
                let rate = &fee.rate;
                let value = self.core.goods.value.map_or_else(|| "?".to_owned(), |it| it.to_string());
                let mut because = rate.because.clone();
                let mut formula = format!("{value} {} x {} %", self.core.goods.money, rate.value.normalize());
                for (bound, word) in [(&fee.minimum, "MIN"), (&fee.maximum, "MAX")] {
                    if let Some(bound) = bound {
                        let currency = fee.currency.map(|it| format!(" {it}")).unwrap_or_default();
                        let _ = write!(formula, " {word} {}{currency}", bound.value);
                        because = because.at_best(bound.because.basis);
                        if let Some(reference) = &bound.because.reference {
                            because = because.reference(reference.as_str());
                        }
                    }
                }
                because.formula(self.with_result(&formula, owed))
            }
            What::Tax(tax, row) => self.tax_because(tax, row, owed),
            What::TaxUnknown => Evidence::new(Basis::Observed, &self.tariff_source()),
        }
    }

    fn relief_because(&self) -> Evidence {
        match &self.regime.relief {
            Some(relief) => relief.threshold.because.clone(),
            None => Evidence::new(Basis::Observed, &self.tariff_source()),
        }
    }

    fn row_because(&self, row: &Row, owed: &Owed<'_>) -> Evidence {
        let Some(book) = &self.regime.book else {
            return Evidence::new(Basis::Observed, &self.tariff_source());
        };
        let stated = book.stated(row.expression);
        let mut because = Evidence::new(Basis::Observed, book.source()).stated(&*stated.text);
        let formula = stated.parsed.as_ref().map_or(String::new(), |it| it.formula(&self.core.goods));
        let inside = stated.parsed.as_ref().is_ok_and(Expression::includes_base);
        if inside {
            because = because.formula(self.with_result(&format!("{formula} less the base duty"), owed));
        } else if !formula.is_empty() {
            because = because.formula(self.with_result(&formula, owed));
        }
        because.reference(reference_of(book, row))
    }

    fn tax_because(&self, tax: &crate::regime::Tax, row: Option<&Row>, owed: &Owed<'_>) -> Evidence {
        let base = self.core.tax_base.map_or_else(|| "?".to_owned(), |it| it.to_string());
        let money = self.core.goods.money;
        let reference = tax.base_because.reference.clone().unwrap_or_default();
        if let (Some(row), Some(book)) = (row, &self.regime.book) {
            let text = &book.stated(row.expression).text;
            return Evidence::new(Basis::Observed, book.source())
                .stated(&**text)
                .formula(self.with_result(&format!("{base} {money} x {text}"), owed))
                .reference(reference);
        }
        let Some(rate) = &tax.standard else { return tax.base_because.clone() };
        let law = rate.because.reference.clone().unwrap_or_default();
        rate.because
            .clone()
            .at_best(Basis::Assumed)
            .formula(self.with_result(&format!("{base} {money} x {} %", rate.value.normalize()), owed))
            .reference(format!("{reference}; {law}"))
    }

    fn with_result(&self, formula: &str, owed: &Owed<'_>) -> String {
        match (&owed.exact, owed.money) {
            (Ok(exact), Some(money)) if *exact == money.to_decimal() => format!("{formula} = {money}"),
            (Ok(exact), Some(money)) => {
                format!("{formula} = {} {}, rounded {money}", exact.normalize(), self.core.goods.money)
            }
            _ => format!("{formula} = ?"),
        }
    }

    fn preferences(&self) -> Vec<Preference> {
        if matches!(&self.core.mfn, Ok(it) if it.is_zero()) {
            return Vec::new();
        }
        let mut all: Vec<Preference> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        if let Some(book) = &self.regime.book {
            for row in self.core.picked.others.iter().filter(|it| it.kind == MeasureKind::Preference) {
                let stated = book.stated(row.expression);
                let programme = self.programme(row);
                seen.push(programme.to_owned());
                let amount = self.evaluate(stated);
                let scheme = self.books.origin.find(programme);
                let preference =
                    self.preference(programme, scheme, &stated.text, &amount, reference_of(book, row));
                all.push(preference);
            }
        }
        let territory = self.regime.jurisdiction;
        for grant in &self.regime.grants {
            let (origin, on) = (self.question.origin, self.question.on);
            if grant.covers(self.core.line, origin, territory, on, &self.books.origin)
                && !seen.contains(&grant.rules)
            {
                seen.push(grant.rules.clone());
                all.push(self.granted(grant));
            }
        }
        for scheme in self.books.origin.of(territory, self.question.origin, self.question.on) {
            if !seen.contains(&scheme.code) {
                let unknown = Err(Unknown::NoLine);
                let rate = "not loaded";
                all.push(self.preference(
                    &scheme.code,
                    Some(scheme),
                    rate,
                    &unknown,
                    scheme.reference.clone(),
                ));
            }
        }
        all.retain(|it| it.saved.is_none_or(|it| !it.is_zero()));
        all.sort_by(|a, b| {
            b.saved.map(Money::minor).cmp(&a.saved.map(Money::minor)).then_with(|| a.scheme.cmp(&b.scheme))
        });
        all
    }

    fn granted(&self, grant: &Grant) -> Preference {
        let amount = grant.expression.evaluate(&self.core.goods).map_err(Unknown::Missing);
        let scheme = self.books.origin.find(&grant.rules);
        let mut preference =
            self.preference(&grant.rules, scheme, &grant.text, &amount, grant.reference.clone());
        preference.scheme.clone_from(&grant.scheme);
        preference
    }

    fn evaluate(&self, stated: &Stated) -> Amount {
        let expression = stated.parsed.as_ref().map_err(|_| Unknown::Other)?;
        expression.evaluate(&self.core.goods).map_err(Unknown::Missing)
    }

    fn preference(
        &self,
        code: &str,
        scheme: Option<&Scheme>,
        rate: &str,
        amount: &Amount,
        reference: String,
    ) -> Preference {
        let facts = self.question.facts;
        let test = scheme.map_or_else(
            || OriginTest {
                verdict: Verdict::NoRule,
                rule: String::new(),
                ask: vec!["origin.rule_met".into()],
            },
            |it| it.test(self.core.line, facts),
        );
        let verdict = core::verdict(self.books, code, self.core.line, facts);
        let saved = match (&self.core.mfn, amount) {
            (Ok(full), Ok(less)) => full
                .checked_sub(*less)
                .map(|it| it.max(Decimal::ZERO))
                .and_then(|it| Money::from_decimal(it, self.core.goods.money).ok()),
            _ => None,
        };
        let state = match verdict {
            Verdict::NotMet => PreferenceState::NotMet,
            _ if saved.is_none() => PreferenceState::Unknown,
            Verdict::Met => PreferenceState::Claimed,
            Verdict::Open | Verdict::NoRule => PreferenceState::Provable,
        };
        Preference {
            scheme: code.to_owned(),
            title: scheme.map_or_else(|| code.to_owned(), |it| it.title.clone()),
            rate: rate.to_owned(),
            saved,
            must_prove: must_prove(scheme, &test),
            rule_of_origin: test.rule,
            ask: test.ask,
            state,
            reference,
        }
    }

    fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.tell_unknowns(&mut findings);
        self.tell_lines(&mut findings);
        self.tell_rows(&mut findings);
        self.tell_tax(&mut findings);
        self.tell_relief(&mut findings);
        self.tell_origin(&mut findings);
        self.tell_age(&mut findings);
        findings
    }

    fn tell_unknowns(&self, findings: &mut Vec<Finding>) {
        if let Err(why) = &self.core.value {
            findings.push(self.unknown("The customs value", why, ""));
        }
        for owed in &self.core.owed {
            if let Err(why) = &owed.exact {
                if *why == Unknown::Missing(Missing::CustomsValue) && self.core.value.is_err() {
                    continue;
                }
                let stated = match owed.what {
                    What::Base(Via::Row(row)) | What::Row(row) => {
                        self.regime.book.as_ref().map_or("", |book| &*book.stated(row.expression).text)
                    }
                    _ => "",
                };
                findings.push(self.unknown(&self.label(owed), why, stated));
            }
        }
    }

    fn unknown(&self, what: &str, why: &Unknown, stated: &str) -> Finding {
        let place = self.regime.jurisdiction;
        let finding = |code, text: String| Finding::new(code, Severity::Caution, text);
        let hs = self.core.line.dotted();
        match why {
            Unknown::NoTariff => finding(1230, format!("{what} is not known: tariff of {place} not loaded"))
                .hint("`periplus data import FILE`"),
            Unknown::NoValuation => finding(
                1231,
                format!(
                    "{what} is not known: no rule of {place} is loaded that says which costs belong to it"
                ),
            )
            .hint("add a rulepack of the kind valuation"),
            Unknown::NoLine => {
                let nearest = self.nearest_lines();
                let hint = if nearest.is_empty() {
                    "check the code".to_owned()
                } else {
                    format!("nearest lines: {nearest}")
                };
                finding(
                    1232,
                    format!(
                        "{what} is not known: the tariff of {place} has no line for {hs} on {}",
                        self.question.on
                    ),
                )
                .hint(hint)
            }
            Unknown::Unread(number) => {
                let (text, reason) = self.unread(*number);
                finding(
                    1233,
                    format!(
                        "{what} is not known: the tariff of {place} says '{text}' of {hs}, which cannot be counted ({reason})"
                    ),
                )
                .hint("read the tariff line yourself; report the text so that it can be taught")
            }
            Unknown::OnTop(_) => finding(
                1233,
                format!("{what} is not known: '{stated}' only adds to the duty of another line"),
            )
            .hint("give the code of the goods themselves, not of chapter 98 or 99"),
            Unknown::Missing(missing) => finding(1234, format!("{what} is not known: it takes {missing}"))
                .hint(match missing {
                    Missing::Fact(name) => format!("declare `{name}`"),
                    Missing::Quantity(unit) => format!("give the quantity in {unit}"),
                    Missing::Rate(from, to) => {
                        format!("load customs exchange rates that hold {from} and {to}")
                    }
                    Missing::CustomsValue => "give price, freight and insurance".to_owned(),
                    Missing::Component(_) | Missing::Season | Missing::Overflow => {
                        "look the duty up by hand".to_owned()
                    }
                }),
            Unknown::Part(part) => finding(1234, format!("{what} is not known: it takes the {part}"))
                .hint(format!("give the {part}")),
            Unknown::TaxRate => finding(
                1235,
                format!(
                    "{what} is not known: no rate of {} on {} is loaded",
                    self.question.importer, self.question.on
                ),
            )
            .hint("add it to the rulepack of the kind tax"),
            Unknown::Other => {
                finding(1236, format!("{what} is not known, as a duty it is charged on is not"))
            }
            Unknown::TooManyLines(count) => {
                finding(1237, format!("{what} is not known: {hs} means any of {count} lines"))
                    .hint("give eight digits")
            }
        }
    }

    fn unread(&self, number: u32) -> (String, String) {
        let Some(book) = &self.regime.book else { return Default::default() };
        let stated = book.stated(number);
        let reason = stated.parsed.as_ref().err().map(ToString::to_string).unwrap_or_default();
        (stated.text.to_string(), reason)
    }

    /// Up to three lines that share the longest part of the code.
    fn nearest_lines(&self) -> String {
        let Some(book) = &self.regime.book else { return String::new() };
        for level in self.question.hs.ancestry().skip(1) {
            let mut codes: Vec<String> = Vec::new();
            for row in book.below(level).iter().filter(|it| it.kind == MeasureKind::Mfn) {
                let code = book.show(row).hs;
                if codes.last() != Some(&code) {
                    codes.push(code);
                }
                if codes.len() == 3 {
                    break;
                }
            }
            if !codes.is_empty() {
                return codes.join(", ");
            }
        }
        String::new()
    }

    fn tell_lines(&self, findings: &mut Vec<Finding>) {
        let lines = &self.core.lines;
        if lines.is_empty() {
            return;
        }
        let show = |(hs, amount): &(HsCode, Amount)| match amount {
            Ok(amount) => {
                format!("{} {} {}", hs.dotted(), amount.round_dp(2).normalize(), self.core.goods.money)
            }
            Err(_) => format!("{} unknown", hs.dotted()),
        };
        let named: Vec<String> = lines.iter().take(MOST_NAMED).map(show).collect();
        let rest = lines.len().saturating_sub(MOST_NAMED);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let distinct = {
            let mut amounts: Vec<_> = lines.iter().filter_map(|(_, it)| it.as_ref().ok()).collect();
            amounts.sort_unstable();
            amounts.dedup();
            amounts.len()
        };
        let (severity, taken) = if distinct <= 1 && lines.iter().all(|(_, it)| it.is_ok()) {
            (Severity::Note, "all owe the same".to_owned())
        } else {
            let most = if lines.iter().all(|(_, it)| it.is_ok()) {
                "is taken, which owes most"
            } else {
                "is shown, as not all of them are known"
            };
            (Severity::Caution, format!("{} {most}", self.core.line.dotted()))
        };
        let text = format!(
            "{} means any of {} lines of the tariff of {}: {}{rest}; {taken}",
            self.question.hs.dotted(),
            lines.len(),
            self.regime.jurisdiction,
            named.join(", ")
        );
        findings.push(Finding::new(1238, severity, text).hint("give the full code of the tariff"));
    }

    fn tell_rows(&self, findings: &mut Vec<Finding>) {
        let Some(book) = &self.regime.book else { return };
        for row in &self.core.picked.others {
            let words = |what: &str| {
                let note = book.text(row.note);
                let programme = self.programme(row);
                format!("{what} {programme} on {}: {note}", self.core.line.dotted()).replace("  ", " ")
            };
            match row.kind {
                MeasureKind::Prohibition => findings.push(
                    Finding::new(1239, Severity::Prohibited, words("Import prohibition"))
                        .reference(reference_of(book, row)),
                ),
                MeasureKind::Restriction => findings.push(
                    Finding::new(1240, Severity::Barrier, words("Import needs a licence or certificate"))
                        .reference(reference_of(book, row)),
                ),
                _ => {}
            }
        }
        for row in &self.core.picked.possible {
            let measure = book.show(row);
            let text = format!(
                "If {}: {} {} '{}' would hold",
                measure.condition.replace('&', " and "),
                measure.kind.word(),
                measure.programme,
                measure.expression.text
            );
            findings.push(
                Finding::new(1241, Severity::Note, text)
                    .hint("declare the fact")
                    .reference(reference_of(book, row)),
            );
        }
        let origin = self.question.origin;
        let remedies = book
            .below(self.core.line)
            .iter()
            .filter(|it| {
                is_additional(it.kind)
                    && it.in_force(self.regime.day)
                    && book.covers_origin(it, origin, self.regime.day)
            })
            .count();
        if remedies > 0 {
            let text = format!(
                "{remedies} additional or trade-remedy measures against {origin} stand on longer codes below {}; they are not counted",
                self.core.line.dotted()
            );
            findings
                .push(Finding::new(1242, Severity::Caution, text).hint("give the full code of the tariff"));
        }
        if self.core.owed.iter().any(|it| it.kind == CostKind::AdditionalDuty) {
            let text = format!(
                "Additional duties are those of the tariff book of {} ({}); they change at short notice",
                self.regime.jurisdiction,
                book.source().vintage
            );
            findings
                .push(Finding::new(1243, Severity::Note, text).hint("look up the latest before you commit"));
        }
    }

    fn tell_tax(&self, findings: &mut Vec<Finding>) {
        let TaxRule::Charged(tax) = &self.regime.tax else { return };
        if yes_no(self.question.facts, "buyer.vat_registered").is_none() {
            let text = format!("The buyer is taken to be registered for {}, and to get it back", tax.name);
            findings.push(
                Finding::new(1244, Severity::Note, text)
                    .hint("declare `buyer.vat_registered=no` if it is not"),
            );
        }
        let standard =
            self.core.owed.iter().any(|it| matches!(it.what, What::Tax(_, None)) && it.money.is_some());
        if standard {
            let text = format!(
                "The standard rate of {} is taken; a reduced rate for these goods would not be known here",
                tax.name
            );
            findings.push(Finding::new(1245, Severity::Note, text));
        }
    }

    fn tell_relief(&self, findings: &mut Vec<Finding>) {
        if let Some(reference) = &self.regime.relief_ended {
            if self.question.consignment.is_some() {
                let text = format!(
                    "The relief of {} for small consignments has ended; none is taken",
                    self.regime.jurisdiction
                );
                findings.push(Finding::new(1246, Severity::Note, text).reference(reference.as_str()));
            }
        }
        let Some(relief) = &self.regime.relief else { return };
        let worth = core::in_money(self.question.price, relief.currency, self.books);
        let small = worth.is_some_and(|it| it <= relief.threshold.value);
        if small && self.question.consignment.is_none() && relief.covers(self.core.line, self.question.origin)
        {
            let text = format!(
                "A whole consignment of at most {} {} would be free of duty; the worth of the consignment is not given, so no relief is taken",
                relief.threshold.value, relief.currency
            );
            let reference = relief.threshold.because.reference.clone().unwrap_or_default();
            findings.push(Finding::new(1246, Severity::Note, text).reference(reference));
        }
    }

    fn tell_origin(&self, findings: &mut Vec<Finding>) {
        let question = self.question;
        if question.dispatched_from != question.origin
            && self
                .core
                .owed
                .iter()
                .any(|it| matches!(it.what, What::Base(Via::Grant(_))) || is_preference(it))
        {
            let text = format!(
                "Preference is claimed on goods of {} dispatched from {}",
                question.origin, question.dispatched_from
            );
            findings.push(Finding::new(1247, Severity::Caution, text).hint("keep proof that they were not altered on the way (single transport document or customs certificate)"));
        }
        if self.regime.jurisdiction.code() == "GB"
            && yes_no(question.facts, "place.northern_ireland") == Some(true)
        {
            let text = "Goods for Northern Ireland that are at risk of moving on into the European Union owe the EU duty";
            findings.push(
                Finding::new(1248, Severity::Caution, text)
                    .hint("check the UK Internal Market Scheme")
                    .reference("Windsor Framework, article 5"),
            );
        }
    }

    fn tell_age(&self, findings: &mut Vec<Finding>) {
        let Some(book) = &self.regime.book else { return };
        let vintage = &book.source().vintage;
        let Some(year) = vintage.get(..4).and_then(|it| it.parse::<i16>().ok()) else { return };
        let age = self.question.on.year() - year;
        if age >= 1 {
            let severity = if age >= 3 { Severity::Caution } else { Severity::Note };
            let text = format!(
                "The tariff of {} is of {vintage}; the day asked for is {}",
                self.regime.jurisdiction, self.question.on
            );
            findings.push(
                Finding::new(1249, severity, text).hint("`periplus data import FILE` with a newer one"),
            );
        }
    }
}

fn is_preference(owed: &Owed<'_>) -> bool {
    matches!(owed.what, What::Base(Via::Row(row)) if row.kind == MeasureKind::Preference)
}

fn must_prove(scheme: Option<&Scheme>, test: &OriginTest) -> Vec<String> {
    let mut all = Vec::new();
    match scheme {
        Some(scheme) if !scheme.proofs.is_empty() => {
            all.push(format!("proof of origin: {}", scheme.proofs.join(" or ")))
        }
        _ => all.push("proof of origin in the form the agreement asks".to_owned()),
    }
    all.push(if test.rule.is_empty() {
        "that the goods originate under the rule of the agreement, which is not loaded".to_owned()
    } else {
        format!("that the goods meet the rule of origin: {}", test.rule)
    });
    all.push("that the goods were not altered on the way".to_owned());
    all
}

fn reference_of(book: &TariffBook, row: &Row) -> String {
    let reference = book.text(row.reference);
    if !reference.is_empty() {
        return reference.to_owned();
    }
    let measure = book.show(row);
    let hs = if measure.hs.is_empty() { "all goods".to_owned() } else { measure.hs };
    format!("tariff of {}, {hs}", book.jurisdiction())
}
