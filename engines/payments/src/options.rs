//! The ways to pay one invoice.

use std::sync::Arc;

use domain::calendar::parse_date;
use domain::{
    Basis, Currency, Date, DomainError, Economy, Evidence, Figure, Finding, Incoterm, Interval, Money,
    Severity, Source,
};
use finance::{ChargeBook, ChargeKind, ChargeSheet, FinanceError, PaymentTerms, RateBook, Tenor};
use serde::{Deserialize, Serialize};

use crate::path::{Path, Sides, routes};
use crate::regions;

/// Days from the order until a letter of credit is open and the seller starts: assumed.
const CREDIT_OPENING_DAYS: Interval = Interval { low: 4.0, mid: 7.0, high: 14.0 };

/// An invoice to be paid. The currencies and terms given are the choices; every pair comes back as options or as dropped.
#[derive(Clone, Debug)]
pub struct PaymentQuestion<'q> {
    pub buyer: Economy,
    pub seller: Economy,
    /// Currencies of the two economies, where known.
    pub buyer_currency: Option<Currency>,
    pub seller_currency: Option<Currency>,
    pub currencies: &'q [Currency],
    pub terms: &'q [PaymentTerms],
    /// The invoice, in any currency.
    pub amount: Money,
    pub incoterm: Incoterm,
    /// From order to shipment, for how long banks are bound.
    pub days_to_ship: f64,
    pub on: Date,
}

/// One complete way to pay.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PaymentOption {
    /// `terms.currency.path`, stable.
    pub id: String,
    pub terms: PaymentTerms,
    pub invoice_currency: Currency,
    pub path: Path,
    pub path_description: &'static str,
    /// The invoice in its currency; `None` when no rate is known.
    pub amount: Option<Money>,
    /// What the buyer's banks charge the buyer, in the invoice currency, ready for any amount; `None` when not known.
    pub buyer_sheet: Option<ChargeSheet>,
    /// The same on this amount, major units of the invoice currency.
    pub bank_charges: Option<Figure<Interval>>,
    /// What banks charge the seller, who will mind it in the price.
    pub seller_sheet: Option<ChargeSheet>,
    pub seller_charges: Option<Figure<Interval>>,
    /// Bank's margin over the mid rate, as a share of the amount, when the buyer must buy the invoice currency at once. Not in the
    /// charges: forward cover has its own margin in its place.
    pub fx_margin: Option<Figure<Interval>>,
    /// Business days from the buyer's order to the seller's account.
    pub days_to_settle: Figure<Interval>,
    /// Days by which the terms delay the start of the deal (opening a credit, waiting for an advance).
    pub lead_days: Figure<Interval>,
    pub findings: Vec<Finding>,
}

/// A way that does not work, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    pub terms: PaymentTerms,
    pub currency: Currency,
    pub path: Path,
    pub reason: String,
}

/// Ways proposed and ways dropped.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PaymentAnswer {
    pub options: Vec<PaymentOption>,
    pub dropped: Vec<Dropped>,
}

/// Middle of the charge on `amount`, in the currency of the sheet. No allocation; the full answer is made of the same sheet.
#[inline]
pub fn bank_charge_scalar(sheet: &ChargeSheet, amount: f64) -> f64 {
    sheet.on(amount).mid
}

/// Services the buyer's side pays its bank for. Charges are shared (SHA); issuing and deferred-payment commission are the
/// applicant's by custom.
fn buyer_kinds(terms: PaymentTerms, path: Path) -> Vec<ChargeKind> {
    match terms {
        PaymentTerms::Advance { share } if share.0 < 1_000_000 && share.0 > 0 => {
            vec![path.charge(), path.charge()]
        }
        PaymentTerms::Advance { .. } | PaymentTerms::OpenAccount { .. } => vec![path.charge()],
        PaymentTerms::LetterOfCredit { tenor: Tenor::Sight, .. } => {
            vec![ChargeKind::CreditIssuance, ChargeKind::Swift, path.charge()]
        }
        PaymentTerms::LetterOfCredit { tenor: Tenor::Usance { .. }, .. } => {
            vec![ChargeKind::CreditIssuance, ChargeKind::Swift, ChargeKind::Acceptance, path.charge()]
        }
        PaymentTerms::DocumentsAgainstPayment | PaymentTerms::DocumentsAgainstAcceptance { .. } => {
            vec![ChargeKind::Collection, path.charge()]
        }
    }
}

/// Services the seller pays for: advice, handling and confirmation are the beneficiary's by custom (UCP 600, article 37 c leaves
/// it to the instructions); a collection is the principal's (URC 522, article 21).
fn seller_kinds(terms: PaymentTerms, path: Path) -> Vec<ChargeKind> {
    let mut kinds = match terms {
        PaymentTerms::Advance { .. } | PaymentTerms::OpenAccount { .. } => Vec::new(),
        PaymentTerms::LetterOfCredit { confirmed, .. } => {
            let confirmation = confirmed.then_some(ChargeKind::CreditConfirmation);
            [ChargeKind::CreditAdvice, ChargeKind::CreditHandling].into_iter().chain(confirmation).collect()
        }
        PaymentTerms::DocumentsAgainstPayment | PaymentTerms::DocumentsAgainstAcceptance { .. } => {
            vec![ChargeKind::Collection, ChargeKind::Swift]
        }
    };
    if path == Path::Correspondent {
        kinds.push(ChargeKind::CorrespondentDeduction);
    }
    kinds
}

fn sheet(
    kinds: &[ChargeKind],
    days: f64,
    currency: Currency,
    on: Date,
    charges: &ChargeBook,
    rates: &RateBook,
) -> Result<ChargeSheet, FinanceError> {
    let mut total = ChargeSheet::default();
    for &kind in kinds {
        let row = charges.get(kind, on)?;
        rates.rate_date(row.currency, currency, on)?;
        let rate = rates.rate(row.currency, currency, on).unwrap_or(f64::NAN);
        total = total.plus(row.sheet(days, rate));
    }
    Ok(total)
}

/// What the buyer pays banks for these terms, in `currency`, ready for any amount.
///
/// # Errors
/// A charge or an exchange rate that is not known.
pub fn buyer_sheet(
    terms: PaymentTerms,
    path: Path,
    days_to_ship: f64,
    currency: Currency,
    on: Date,
    charges: &ChargeBook,
    rates: &RateBook,
) -> Result<ChargeSheet, FinanceError> {
    let days = terms.undertaking_days(days_to_ship).unwrap_or(0.0);
    sheet(&buyer_kinds(terms, path), days, currency, on, charges, rates)
}

/// As [`buyer_sheet`], for the seller.
///
/// # Errors
/// As [`buyer_sheet`].
pub fn seller_sheet(
    terms: PaymentTerms,
    path: Path,
    days_to_ship: f64,
    currency: Currency,
    on: Date,
    charges: &ChargeBook,
    rates: &RateBook,
) -> Result<ChargeSheet, FinanceError> {
    let days = terms.undertaking_days(days_to_ship).unwrap_or(0.0);
    sheet(&seller_kinds(terms, path), days, currency, on, charges, rates)
}

/// Every way to pay the invoice by the given terms and currencies: proposed, or dropped with its reason. Input order of the choices
/// does not matter; equal choices count once.
pub fn options(question: &PaymentQuestion<'_>, charges: &ChargeBook, rates: &RateBook) -> PaymentAnswer {
    let sides = Sides {
        buyer: question.buyer,
        seller: question.seller,
        buyer_currency: question.buyer_currency,
        seller_currency: question.seller_currency,
        on: question.on,
    };
    let currencies = in_order(question.currencies);
    let mut answer = PaymentAnswer { options: Vec::new(), dropped: Vec::new() };
    for &terms in &in_order(question.terms) {
        for &currency in &currencies {
            for route in routes(currency, &sides) {
                match obstacle(terms, route.path).or(route.obstacle) {
                    Some(reason) => answer.dropped.push(Dropped {
                        terms,
                        currency,
                        path: route.path,
                        reason: reason.to_owned(),
                    }),
                    None => {
                        answer.options.push(option(question, terms, currency, route.path, charges, rates))
                    }
                }
            }
        }
    }
    answer
}

fn in_order<T: Copy + Ord>(choices: &[T]) -> Vec<T> {
    let mut all = choices.to_vec();
    all.sort_unstable();
    all.dedup();
    all
}

/// Terms that a path does not carry.
fn obstacle(terms: PaymentTerms, path: Path) -> Option<&'static str> {
    let documentary = !matches!(terms, PaymentTerms::Advance { .. } | PaymentTerms::OpenAccount { .. });
    (documentary && path == Path::Domestic)
        .then_some("documentary credits and collections are for trade between economies")
}

fn option(
    question: &PaymentQuestion<'_>,
    terms: PaymentTerms,
    currency: Currency,
    path: Path,
    charges: &ChargeBook,
    rates: &RateBook,
) -> PaymentOption {
    let mut findings = Vec::new();
    let on = question.on;
    let amount = known(rates.convert(question.amount, currency, on).map(|it| it.value), &mut findings);
    let ask = |make: Sheet| make(terms, path, question.days_to_ship, currency, on, charges, rates);
    let (buyer, seller) = (known(ask(buyer_sheet), &mut findings), known(ask(seller_sheet), &mut findings));
    let figure = |sheet: Option<ChargeSheet>| {
        let (sheet, amount) = (sheet?, amount?);
        Some(Figure::new(sheet.on(amount.to_f64()), evidence(&sheet, amount, charges)))
    };
    let buys_currency = question.buyer_currency.is_some_and(|it| it != currency);
    let fx_margin =
        if buys_currency { known(charges.share(ChargeKind::FxSpotMargin, on), &mut findings) } else { None };
    findings.dedup();
    findings.extend(remarks(question, path));
    PaymentOption {
        id: format!("{}.{}.{}", terms.id(), currency.code().to_ascii_lowercase(), path.word()),
        terms,
        invoice_currency: currency,
        path,
        path_description: path.description(),
        amount,
        bank_charges: figure(buyer),
        seller_charges: figure(seller),
        buyer_sheet: buyer,
        seller_sheet: seller,
        fx_margin,
        days_to_settle: settlement(path),
        lead_days: lead(terms, path),
        findings,
    }
}

type Sheet =
    fn(PaymentTerms, Path, f64, Currency, Date, &ChargeBook, &RateBook) -> Result<ChargeSheet, FinanceError>;

/// What is not known becomes a finding that names the fact.
fn known<T>(result: Result<T, FinanceError>, findings: &mut Vec<Finding>) -> Option<T> {
    result
        .map_err(|error| {
            let text = format!("Bank charges in this currency are not known: {error}");
            findings.push(Finding::new(1530, Severity::Caution, text));
        })
        .ok()
}

fn evidence(sheet: &ChargeSheet, amount: Money, charges: &ChargeBook) -> Evidence {
    Evidence::new(charges.basis(), charges.source())
        .formula(format!("{:.2} + {:.3} % x {amount}", sheet.fixed.mid, sheet.share.mid * 100.0))
        .reference("Charges shared (SHA); UCP 600 article 37, URC 522 article 21")
}

/// Whose word stands behind days that no book gives.
fn ours(title: &str) -> Arc<Source> {
    Arc::new(Source {
        title: title.to_owned(),
        publisher: "Periplus".to_owned(),
        vintage: "2026".to_owned(),
        book: None,
        licence: None,
    })
}

fn settlement(path: Path) -> Figure<Interval> {
    let (days, basis, reference) = path.business_days();
    Figure::new(days, Evidence::new(basis, &ours("Execution time of payments")).reference(reference))
}

fn lead(terms: PaymentTerms, path: Path) -> Figure<Interval> {
    let days = match terms {
        PaymentTerms::LetterOfCredit { .. } => CREDIT_OPENING_DAYS,
        PaymentTerms::Advance { .. } => path.business_days().0,
        _ => Interval::exact(0.0),
    };
    let because = Evidence::new(Basis::Assumed, &ours("Start of a deal by terms of payment"))
        .stated("days until the seller has what the terms promise before he starts");
    Figure::new(days, because)
}

fn remarks(question: &PaymentQuestion<'_>, path: Path) -> Vec<Finding> {
    let mut all = Vec::new();
    for (economy, side) in [(question.seller, "seller"), (question.buyer, "buyer")] {
        if regions::called_for_action(economy, question.on) {
            let text = format!(
                "The {side}'s economy, {economy}, is on the FATF list of high-risk jurisdictions subject to a call for action."
            );
            all.push(
                Finding::new(1533, Severity::Barrier, text)
                    .hint("Ask the bank before anything is signed; most banks refuse.")
                    .reference(
                        "FATF Recommendation 19; High-Risk Jurisdictions subject to a Call for Action",
                    ),
            );
        } else if regions::watched(economy) {
            let text = format!("Banks examine or refuse payments with {economy}, the {side}'s economy.");
            all.push(
                Finding::new(1534, Severity::Caution, text).hint("Ask the bank before anything is signed."),
            );
        }
        if regions::controls_payments(economy) {
            let text = format!(
                "{economy}, the {side}'s economy, controls payments abroad; its bank asks for contract, invoice and customs declaration."
            );
            all.push(
                Finding::new(1535, Severity::Note, text)
                    .reference("IMF, Annual Report on Exchange Arrangements and Exchange Restrictions"),
            );
        }
        if question.buyer == question.seller {
            break;
        }
    }
    all.extend(address_rule(question.on, path));
    all
}

/// From 14 November 2026 cross-border payments need at least town and country as fields of their own.
fn address_rule(on: Date, path: Path) -> Option<Finding> {
    let starts = parse_date("2026-11-14").ok()?;
    (path == Path::Correspondent && on >= starts).then(|| {
        let text = "Postal addresses in the payment must be structured or hybrid, with town and country in their own fields.";
        Finding::new(1536, Severity::Note, text).reference("Swift CBPR+ usage guidelines, end of unstructured addresses, November 2026")
    })
}

/// A charge as money, for those who have the sheet: the middle, rounded to the minor unit.
///
/// # Errors
/// An amount that cannot be held.
pub fn bank_charge(sheet: &ChargeSheet, amount: Money) -> Result<Money, DomainError> {
    Money::from_f64(bank_charge_scalar(sheet, amount.to_f64()), amount.currency())
}

#[cfg(test)]
mod tests;
