//! The arithmetic of duty and tax, without words. [`crate::duty()`] and [`crate::duty_amounts`] both read what it finds, so their amounts
//! cannot differ.

use std::borrow::Cow;
use std::ops::Bound;

use domain::{CostKind, Currency, Decimal, Economy, HsCode, Money};

use crate::book::{MeasureKind, Row, TariffBook};
use crate::expression::{Expression, Goods, Missing};
use crate::origin::{Facts, Verdict, yes_no};
use crate::question::DutyQuestion;
use crate::regime::{CustomsBooks, Fee, Grant, Regime, Tax, TaxBase, TaxRule, Valuation};

/// Most lines under a short code that are worked out one by one; a chapter has fewer than a thousand.
pub(crate) const MOST_LINES: usize = 1_000;

/// Why an amount is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// The tariff of the territory is not loaded.
    NoTariff,
    /// The tariff has no line for the code.
    NoLine,
    /// The duty text cannot be read; the number of the text in the book.
    Unread(u32),
    /// The rate is written as an addition to the rate of another line.
    OnTop(u32),
    Missing(Missing),
    /// No rule says which costs belong to the customs value.
    NoValuation,
    /// A part of the customs value or of the base of the tax.
    Part(&'static str),
    /// The rate of the tax.
    TaxRate,
    /// Another line is not known.
    Other,
    /// The code has too many lines below it.
    TooManyLines(usize),
}

pub(crate) type Amount = Result<Decimal, Unknown>;

/// Under what the base duty is charged.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Via<'a> {
    Row(&'a Row),
    Grant(&'a Grant),
    /// Free as a small consignment.
    Relief,
    /// There is no row to charge by.
    Nothing,
}

/// What an owed amount is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What<'a> {
    Base(Via<'a>),
    Row(&'a Row),
    Fee(&'a Fee),
    /// A tax at the rate of the line, or at the standard rate.
    Tax(&'a Tax, Option<&'a Row>),
    /// Whether there is a tax is not known.
    TaxUnknown,
}

/// One amount that is owed.
#[derive(Clone, Debug)]
pub(crate) struct Owed<'a> {
    pub(crate) kind: CostKind,
    pub(crate) what: What<'a>,
    /// Not rounded.
    pub(crate) exact: Amount,
    /// Rounded to the minor unit.
    pub(crate) money: Option<Money>,
}

/// The rows that hold for one code and origin on one day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picked<'a> {
    pub(crate) mfn: Option<&'a Row>,
    pub(crate) others: Vec<&'a Row>,
    /// Rows that would hold if an undeclared fact were so.
    pub(crate) possible: Vec<&'a Row>,
}

/// Everything owed, in the order of a landed cost.
#[derive(Clone, Debug)]
pub(crate) struct Core<'a> {
    pub(crate) goods: Goods<'a>,
    pub(crate) value: Result<Decimal, Unknown>,
    /// The line the code was taken for.
    pub(crate) line: HsCode,
    /// Other lines the code may mean, with their duty; empty when it means one.
    pub(crate) lines: Vec<(HsCode, Amount)>,
    pub(crate) picked: Picked<'a>,
    /// The duty without preference.
    pub(crate) mfn: Amount,
    pub(crate) owed: Vec<Owed<'a>>,
    pub(crate) tax_base: Option<Decimal>,
}

/// What a question and its books have in common for every line of a code.
struct Context<'a> {
    /// The tariff of the territory, when it is loaded.
    book: Option<&'a TariffBook>,
    question: &'a DutyQuestion<'a>,
    regime: &'a Regime,
    books: &'a CustomsBooks,
    goods: Goods<'a>,
}

/// Duties of one line.
struct Line<'p, 'a> {
    hs: HsCode,
    picked: Cow<'p, Picked<'a>>,
    mfn: Amount,
    base: Amount,
    via: Via<'a>,
    extras: Vec<(CostKind, &'a Row, Amount)>,
}

impl Line<'_, '_> {
    fn total(&self) -> Amount {
        let mut total = self.base.clone()?;
        for (_, _, amount) in &self.extras {
            total = total.checked_add(amount.clone()?).ok_or(Unknown::Missing(Missing::Overflow))?;
        }
        Ok(total)
    }
}

pub(crate) fn work_out<'a>(
    question: &'a DutyQuestion<'a>,
    regime: &'a Regime,
    books: &'a CustomsBooks,
) -> Core<'a> {
    work_out_on(question, regime, books, None)
}

/// The rows for the code, origin and day of a question; they do not depend on value, quantity or mode.
/// With a book that lives longer than the question, so that they can be kept for the next one.
pub(crate) fn find_rows<'b>(
    question: &DutyQuestion<'_>,
    regime: &Regime,
    books: &'b CustomsBooks,
) -> Found<'b> {
    let Some(book) = books.tariffs.get(&regime.jurisdiction) else {
        return Found { hs: question.hs, lines: Err(Unknown::NoTariff) };
    };
    Search { book, regime, origin: question.origin, facts: question.facts }.find(question.hs)
}

/// As [`work_out`], with the rows already found.
pub(crate) fn work_out_on<'a>(
    question: &'a DutyQuestion<'a>,
    regime: &'a Regime,
    books: &'a CustomsBooks,
    known: Option<&Found<'a>>,
) -> Core<'a> {
    let money = question.price.currency();
    let value = customs_value(question, regime, books);
    let goods = Goods {
        value: value.as_ref().ok().copied(),
        money,
        quantity: question.quantity,
        net_kg: question.net_kg,
        measures: question.measures,
        facts: question.facts,
        home: regime.home.unwrap_or(money),
        rates: &books.rates,
        on: question.on,
    };
    let book = books.tariffs.get(&regime.jurisdiction).map(|it| &**it);
    let context = Context { book, question, regime, books, goods };
    let found = known.map_or_else(|| Cow::Owned(context.find_rows()), Cow::Borrowed);
    let mut owed = Vec::with_capacity(6);
    let (line, lines) = context.choose(&found);
    context.owe_duties(&line, &mut owed);
    context.owe_fees(&line, &mut owed);
    let tax_base = context.owe_tax(&line, &mut owed);
    Core {
        value,
        line: line.hs,
        lines,
        picked: line.picked.into_owned(),
        mfn: line.mfn,
        owed,
        tax_base,
        goods: context.goods,
    }
}

/// An amount of money in the money of the question.
pub(crate) fn in_money(amount: Money, money: Currency, books: &CustomsBooks) -> Option<Decimal> {
    books.rates.convert(amount.to_decimal(), amount.currency(), money)
}

fn customs_value(
    question: &DutyQuestion<'_>,
    regime: &Regime,
    books: &CustomsBooks,
) -> Result<Decimal, Unknown> {
    let money = question.price.currency();
    let price = question.price.to_decimal();
    let (valuation, _) = regime.valuation.as_ref().ok_or(Unknown::NoValuation)?;
    if *valuation == Valuation::Fob {
        return Ok(price);
    }
    let part = |amount: Option<Money>, name| {
        amount.and_then(|it| in_money(it, money, books)).ok_or(Unknown::Part(name))
    };
    let freight = part(question.freight_to_border, "freight to the border")?;
    let insurance = part(question.insurance, "insurance")?;
    price
        .checked_add(freight)
        .and_then(|it| it.checked_add(insurance))
        .ok_or(Unknown::Missing(Missing::Overflow))
}

/// The lines a code means, each with its rows.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    hs: HsCode,
    lines: Result<Vec<(HsCode, Picked<'a>)>, Unknown>,
}

/// Looks rows up for one origin and day.
struct Search<'s, 'b> {
    book: &'b TariffBook,
    regime: &'s Regime,
    origin: Economy,
    facts: &'s Facts,
}

impl<'b> Search<'_, 'b> {
    fn find(&self, hs: HsCode) -> Found<'b> {
        let picked = self.pick(hs);
        if picked.mfn.is_some_and(|it| usize::from(it.digits) == hs.digits()) {
            return Found { hs, lines: Ok(vec![(hs, picked)]) };
        }
        let below: Vec<HsCode> = lines_under(self.book, hs, self.regime.day).take(MOST_LINES + 1).collect();
        let lines = match below.len() {
            0 if picked.mfn.is_some() => Ok(vec![(hs, picked)]),
            0 => Err(Unknown::NoLine),
            count if count > MOST_LINES => Err(Unknown::TooManyLines(count)),
            _ => Ok(below.into_iter().map(|line| (line, self.pick_below(hs, line, &picked))).collect()),
        };
        Found { hs, lines }
    }

    /// The rows that hold for a code.
    fn pick(&self, hs: HsCode) -> Picked<'b> {
        let mut picked = Picked::default();
        for level in hs.ancestry() {
            for row in self.book.exactly(level) {
                self.consider(row, &mut picked);
            }
        }
        for at in &self.regime.for_all_goods {
            self.consider(self.book.row(*at), &mut picked);
        }
        picked
    }

    /// The rows that hold for a line below `hs`, whose own rows are picked already.
    fn pick_below(&self, hs: HsCode, line: HsCode, above: &Picked<'b>) -> Picked<'b> {
        let mut picked = above.clone();
        for level in line.ancestry().take_while(|it| it.digits() > hs.digits()) {
            for row in self.book.exactly(level) {
                self.consider(row, &mut picked);
            }
        }
        picked
    }

    fn consider(&self, row: &'b Row, picked: &mut Picked<'b>) {
        let (book, day) = (self.book, self.regime.day);
        if !row.in_force(day) || !book.covers_origin(row, self.origin, day) {
            return;
        }
        match condition(book, row, self.facts) {
            Some(true) => {}
            Some(false) => return,
            None => {
                picked.possible.push(row);
                return;
            }
        }
        if row.kind == MeasureKind::Mfn {
            if picked.mfn.is_none_or(|it| beats(book, row, it)) {
                picked.mfn = Some(row);
            }
            return;
        }
        let rival = picked.others.iter_mut().find(|it| it.kind == row.kind && it.programme == row.programme);
        match rival {
            Some(it) if beats(book, row, it) => *it = row,
            Some(_) => {}
            None => picked.others.push(row),
        }
    }
}

impl<'a> Context<'a> {
    fn find_rows(&self) -> Found<'a> {
        find_rows(self.question, self.regime, self.books)
    }

    /// The line of the tariff that the code means. Where it means several, the one with the highest duty, so that no duty is understated,
    /// and all of them with their duty.
    fn choose<'p>(&self, found: &'p Found<'a>) -> (Line<'p, 'a>, Vec<(HsCode, Amount)>) {
        let (Ok(lines), Some(book)) = (&found.lines, self.book) else {
            let why = found.lines.as_ref().err().unwrap_or(&Unknown::NoTariff);
            return (no_line(found.hs, why), Vec::new());
        };
        match lines.as_slice() {
            [] => (no_line(found.hs, &Unknown::NoLine), Vec::new()),
            [(hs, picked)] => (self.charge(book, *hs, picked), Vec::new()),
            many => self.dearest(book, found.hs, many),
        }
    }

    fn dearest<'p>(
        &self,
        book: &'a TariffBook,
        hs: HsCode,
        lines: &'p [(HsCode, Picked<'a>)],
    ) -> (Line<'p, 'a>, Vec<(HsCode, Amount)>) {
        let mut dearest: Option<(Line<'p, 'a>, Decimal)> = None;
        let mut all = Vec::with_capacity(lines.len());
        let mut unknown = None;
        for (code, picked) in lines {
            let line = self.charge(book, *code, picked);
            let total = line.total();
            all.push((*code, total.clone()));
            match total {
                Err(_) => unknown = unknown.or(Some(line)),
                Ok(total) if dearest.as_ref().is_none_or(|(_, most)| total > *most) => {
                    dearest = Some((line, total));
                }
                Ok(_) => {}
            }
        }
        let line = unknown.or(dearest.map(|(line, _)| line));
        (line.unwrap_or_else(|| no_line(hs, &Unknown::NoLine)), all)
    }

    fn charge<'p>(&self, book: &'a TariffBook, hs: HsCode, picked: &'p Picked<'a>) -> Line<'p, 'a> {
        let mfn = match picked.mfn {
            Some(row) => self.evaluate(book, row),
            None => Err(Unknown::NoLine),
        };
        let (base, via) = self.base(book, hs, picked, &mfn);
        let extras = self.extras(book, picked, &base);
        Line { hs, picked: Cow::Borrowed(picked), mfn, base, via, extras }
    }

    fn evaluate(&self, book: &TariffBook, row: &Row) -> Amount {
        let expression =
            book.stated(row.expression).parsed.as_ref().map_err(|_| Unknown::Unread(row.expression))?;
        let may_be_on_top = is_additional(row.kind) || row.kind == MeasureKind::Fee;
        if expression.is_on_top() && !may_be_on_top {
            return Err(Unknown::OnTop(row.expression));
        }
        expression.evaluate(&self.goods).map_err(Unknown::Missing)
    }

    /// The lowest duty that may be claimed on the declared facts.
    fn base(&self, book: &'a TariffBook, hs: HsCode, picked: &Picked<'a>, mfn: &Amount) -> (Amount, Via<'a>) {
        let mut best = (mfn.clone(), picked.mfn.map_or(Via::Nothing, Via::Row));
        if matches!(&best.0, Ok(it) if it.is_zero()) {
            return best;
        }
        let mut offer = |amount: Amount, via: Via<'a>| {
            if let Ok(amount) = amount {
                if best.0.as_ref().map_or(true, |it| amount < *it) {
                    best = (Ok(amount), via);
                }
            }
        };
        for row in &picked.others {
            if self.may_claim(book, hs, row) {
                offer(self.evaluate(book, row), Via::Row(row));
            }
        }
        if claims_origin(self.question.facts) {
            for grant in &self.regime.grants {
                if self.grants(grant, hs) && self.verdict(&grant.rules, hs) == Verdict::Met {
                    offer(
                        grant.expression.evaluate(&self.goods).map_err(Unknown::Missing),
                        Via::Grant(grant),
                    );
                }
            }
        }
        best
    }

    fn grants(&self, grant: &Grant, hs: HsCode) -> bool {
        grant.covers(hs, self.question.origin, self.regime.jurisdiction, self.question.on, &self.books.origin)
    }

    fn may_claim(&self, book: &TariffBook, hs: HsCode, row: &Row) -> bool {
        let programme = book.text(u32::from(row.programme));
        match row.kind {
            MeasureKind::Suspension => true,
            MeasureKind::Quota => yes_no(self.question.facts, &format!("quota.{programme}")) == Some(true),
            MeasureKind::Preference => {
                claims_origin(self.question.facts) && self.verdict(programme, hs) == Verdict::Met
            }
            _ => false,
        }
    }

    fn verdict(&self, scheme: &str, hs: HsCode) -> Verdict {
        verdict(self.books, scheme, hs, self.question.facts)
    }

    /// Duties on top of the base duty, those that others displace left out.
    fn extras(
        &self,
        book: &'a TariffBook,
        picked: &Picked<'a>,
        base: &Amount,
    ) -> Vec<(CostKind, &'a Row, Amount)> {
        let charged = |row: &&&Row| is_additional(row.kind) && !is_free(book, row);
        let displaced = |row: &Row| {
            let by = book.displacers(row);
            !by.is_empty() && picked.others.iter().filter(charged).any(|it| by.contains(&it.programme))
        };
        picked
            .others
            .iter()
            .filter(charged)
            .filter(|row| !displaced(row))
            .map(|row| (kind_of(row.kind), *row, self.on_top(book, row, base)))
            .collect()
    }

    /// What a row adds to the base duty.
    fn on_top(&self, book: &TariffBook, row: &Row, base: &Amount) -> Amount {
        let amount = self.evaluate(book, row)?;
        if !book.stated(row.expression).parsed.as_ref().is_ok_and(Expression::includes_base) {
            return Ok(amount);
        }
        let base = base.clone().map_err(|_| Unknown::Other)?;
        Ok(amount.checked_sub(base).map_or(Decimal::ZERO, |it| it.max(Decimal::ZERO)))
    }

    fn owe_duties(&self, line: &Line<'_, 'a>, owed: &mut Vec<Owed<'a>>) {
        if self.is_relieved(line.hs) {
            self.owe(owed, CostKind::Duty, What::Base(Via::Relief), Ok(Decimal::ZERO));
            return;
        }
        self.owe(owed, CostKind::Duty, What::Base(line.via), line.base.clone());
        for (kind, row, amount) in &line.extras {
            self.owe(owed, *kind, What::Row(row), amount.clone());
        }
        if let Some(book) = self.book {
            for row in line.picked.others.iter().filter(|it| it.kind == MeasureKind::Excise) {
                self.owe(owed, CostKind::Tax, What::Row(row), self.evaluate(book, row));
            }
        }
    }

    fn is_relieved(&self, hs: HsCode) -> bool {
        let (Some(relief), Some(consignment)) = (&self.regime.relief, self.question.consignment) else {
            return false;
        };
        let worth = in_money(consignment, relief.currency, self.books);
        relief.covers(hs, self.question.origin) && worth.is_some_and(|it| it <= relief.threshold.value)
    }

    fn owe_fees(&self, line: &Line<'_, 'a>, owed: &mut Vec<Owed<'a>>) {
        let relieved = self.is_relieved(line.hs);
        if !(relieved && self.regime.relief.as_ref().is_some_and(|it| it.fees)) {
            for fee in &self.regime.fees {
                if let Some(amount) = self.fee(fee, line.via) {
                    self.owe(owed, CostKind::CustomsFee, What::Fee(fee), amount);
                }
            }
        }
        if let Some(book) = self.book {
            for row in line.picked.others.iter().filter(|it| it.kind == MeasureKind::Fee) {
                self.owe(owed, CostKind::CustomsFee, What::Row(row), self.evaluate(book, row));
            }
        }
    }

    /// `None`: the fee is not charged on these goods.
    fn fee(&self, fee: &Fee, via: Via<'_>) -> Option<Amount> {
        if let Some(mode) = fee.mode {
            match self.question.mode {
                None => return Some(Err(Unknown::Part("mode of transport"))),
                Some(it) if it != mode => return None,
                Some(_) => {}
            }
        }
        if self.is_exempt(fee, via) {
            return None;
        }
        let Some(value) = self.goods.value else {
            return Some(Err(Unknown::Missing(Missing::CustomsValue)));
        };
        Some(self.fee_on(fee, value))
    }

    fn is_exempt(&self, fee: &Fee, via: Via<'_>) -> bool {
        let (Via::Row(row), Some(book)) = (via, self.book) else { return false };
        let programme = book.text(u32::from(row.programme));
        row.kind == MeasureKind::Preference
            && fee.exempt_programmes.iter().any(|it| it.eq_ignore_ascii_case(programme))
    }

    fn fee_on(&self, fee: &Fee, value: Decimal) -> Amount {
        let overflow = Unknown::Missing(Missing::Overflow);
        let share = value.checked_mul(fee.rate.value).ok_or(overflow)? * Decimal::new(1, 2);
        let bound = |it: &Option<domain::Figure<Decimal>>| -> Result<Option<Decimal>, Unknown> {
            let Some(figure) = it else { return Ok(None) };
            let from = fee.currency.unwrap_or(self.goods.home);
            let amount = self.books.rates.convert(figure.value, from, self.goods.money);
            amount.map(Some).ok_or(Unknown::Missing(Missing::Rate(from, self.goods.money)))
        };
        let (least, most) = (bound(&fee.minimum)?, bound(&fee.maximum)?);
        let fee = least.map_or(share, |it| share.max(it));
        Ok(most.map_or(fee, |it| fee.min(it)))
    }

    /// Adds the tax; returns what it is charged on.
    fn owe_tax(&self, line: &Line<'_, 'a>, owed: &mut Vec<Owed<'a>>) -> Option<Decimal> {
        if self.is_relieved(line.hs) && self.regime.relief.as_ref().is_some_and(|it| it.tax) {
            return None;
        }
        let tax = match &self.regime.tax {
            TaxRule::None => return None,
            TaxRule::Unknown => {
                self.owe(owed, CostKind::Tax, What::TaxUnknown, Err(Unknown::TaxRate));
                return None;
            }
            TaxRule::Charged(tax) => tax,
        };
        let base = self.tax_base(tax, owed);
        let row = self.tax_row(&line.picked);
        let amount = match (row, self.book) {
            (Some(row), Some(book)) => match &base {
                Ok(base) => self.tax_at(book, row, *base),
                Err(why) => Err(why.clone()),
            },
            _ => standard_tax(tax, &base),
        };
        self.owe(owed, CostKind::Tax, What::Tax(tax, row), amount);
        base.ok()
    }

    fn tax_base(&self, tax: &Tax, owed: &[Owed<'_>]) -> Amount {
        let overflow = || Unknown::Missing(Missing::Overflow);
        let part = |amount: Option<Money>, name| {
            amount.and_then(|it| in_money(it, self.goods.money, self.books)).ok_or(Unknown::Part(name))
        };
        let mut base = self.goods.value.ok_or(Unknown::Missing(Missing::CustomsValue))?;
        for it in owed {
            let amount = it.money.ok_or(Unknown::Other)?.to_decimal();
            base = base.checked_add(amount).ok_or_else(overflow)?;
        }
        let more = match tax.base {
            TaxBase::Inland => {
                [part(self.question.freight_inland, "carriage to the first destination")?, Decimal::ZERO]
            }
            TaxBase::Transport => [
                part(self.question.freight_to_border, "freight to the border")?,
                part(self.question.insurance, "insurance")?,
            ],
        };
        base.checked_add(more[0]).and_then(|it| it.checked_add(more[1])).ok_or_else(overflow)
    }

    /// The tax row of the line: the one the facts name in `tax.programme`, else the first; `None` when the line has none.
    fn tax_row(&self, picked: &Picked<'a>) -> Option<&'a Row> {
        let book = self.book?;
        let mut rows = picked.others.iter().filter(|it| it.kind == MeasureKind::Vat);
        let named = self.question.facts.get("tax.programme");
        let programme = |row: &Row| book.text(u32::from(row.programme)).to_owned();
        if let Some(named) = named {
            if let Some(row) = rows.clone().find(|it| programme(it) == *named) {
                return Some(row);
            }
        }
        let rate = |row: &Row| {
            book.stated(row.expression)
                .parsed
                .as_ref()
                .ok()
                .and_then(Expression::percent)
                .unwrap_or(Decimal::ZERO)
        };
        let first = rows.next()?;
        Some(rows.fold(*first, |most, it| if rate(it) > rate(most) { it } else { most }))
    }

    fn tax_at(&self, book: &TariffBook, row: &Row, base: Decimal) -> Amount {
        let expression =
            book.stated(row.expression).parsed.as_ref().map_err(|_| Unknown::Unread(row.expression))?;
        expression.evaluate(&Goods { value: Some(base), ..self.goods }).map_err(Unknown::Missing)
    }

    fn owe(&self, owed: &mut Vec<Owed<'a>>, kind: CostKind, what: What<'a>, exact: Amount) {
        let rounded = exact.as_ref().ok().map(|it| Money::from_decimal(*it, self.goods.money));
        let (exact, money) = match rounded {
            Some(Err(_)) => (Err(Unknown::Missing(Missing::Overflow)), None),
            Some(Ok(money)) => (exact, Some(money)),
            None => (exact, None),
        };
        owed.push(Owed { kind, what, exact, money });
    }
}

fn no_line<'p, 'a>(hs: HsCode, why: &Unknown) -> Line<'p, 'a> {
    Line {
        hs,
        picked: Cow::Owned(Picked::default()),
        mfn: Err(why.clone()),
        base: Err(why.clone()),
        via: Via::Nothing,
        extras: Vec::new(),
    }
}

fn standard_tax(tax: &Tax, base: &Amount) -> Amount {
    let rate = tax.standard.as_ref().ok_or(Unknown::TaxRate)?;
    let base = base.clone()?;
    base.checked_mul(rate.value).map(|it| it * Decimal::new(1, 2)).ok_or(Unknown::Missing(Missing::Overflow))
}

/// How the declared facts stand to the rule of origin of a scheme. Where the rule is not loaded, only a declaration that it is met counts.
pub(crate) fn verdict(books: &CustomsBooks, scheme: &str, hs: HsCode, facts: &Facts) -> Verdict {
    if yes_no(facts, "origin.direct_transport") == Some(false) {
        return Verdict::NotMet;
    }
    let declared = || {
        let met = |name| yes_no(facts, name) == Some(true);
        let declared = met("origin.wholly_obtained") || met("origin.rule_met");
        if declared { Verdict::Met } else { Verdict::NoRule }
    };
    books.origin.find(scheme).map_or_else(declared, |it| it.test(hs, facts).verdict)
}

fn claims_origin(facts: &Facts) -> bool {
    let from = (Bound::Included("origin."), Bound::Unbounded);
    facts.range::<str, _>(from).next().is_some_and(|(name, _)| name.starts_with("origin."))
}

/// Whether the declared facts meet the condition of a row; `None`: they do not say.
fn condition(book: &TariffBook, row: &Row, facts: &Facts) -> Option<bool> {
    let mut met = Some(true);
    for (name, value) in &book.condition(row).pairs {
        match facts.get(&**name) {
            Some(it) if it.trim().eq_ignore_ascii_case(value) => {}
            Some(_) => return Some(false),
            None => met = None,
        }
    }
    met
}

/// Whether `row` goes before `other` of the same kind and programme.
fn beats(book: &TariffBook, row: &Row, other: &Row) -> bool {
    let rank = |it: &Row| (it.digits, book.narrowness(it), it.condition != 0, it.from);
    rank(row) > rank(other)
}

fn is_free(book: &TariffBook, row: &Row) -> bool {
    book.stated(row.expression).parsed.as_ref().is_ok_and(Expression::is_free)
}

pub(crate) fn is_additional(kind: MeasureKind) -> bool {
    use MeasureKind as K;
    matches!(kind, K::Additional | K::Safeguard | K::AntiDumping | K::Countervailing)
}

fn kind_of(kind: MeasureKind) -> CostKind {
    match kind {
        MeasureKind::AntiDumping | MeasureKind::Countervailing => CostKind::AntiDumping,
        _ => CostKind::AdditionalDuty,
    }
}

/// The lines with a duty of their own below a code, in order.
fn lines_under(book: &TariffBook, hs: HsCode, day: i32) -> impl Iterator<Item = HsCode> {
    let has_duty = move |rows: &[Row]| rows.iter().any(|it| it.kind == MeasureKind::Mfn && it.in_force(day));
    book.codes_below(hs).filter(move |(_, rows)| has_duty(rows)).map(|(code, _)| code)
}
