//! Terms of payment: when the buyer's money leaves, what that costs, and who trusts whom meanwhile.

use std::fmt;

use domain::{Basis, Figure, Finding, Money, Ppm, Severity};
use serde::{Deserialize, Serialize};

use crate::daycount::DayCount;
use crate::error::FinanceError;

/// Days from shipment until documents that comply reach the issuing bank and it pays at sight: making out documents, courier,
/// and examination of at most five banking days (UCP 600, article 14 b; presentation at most 21 days after shipment, 14 c).
/// Assumed middle.
pub const CREDIT_DOCUMENT_DAYS: f64 = 12.0;
/// Days from shipment until a collecting bank presents the documents (URC 522, articles 5 and 6: without delay). Assumed middle.
pub const COLLECTION_DOCUMENT_DAYS: f64 = 14.0;

/// When a documentary credit pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenor {
    /// Against complying documents.
    Sight,
    /// So many days after the date of the transport document.
    Usance { days: u16 },
}

/// Terms of payment, by the names of the trade. Letters of credit follow UCP 600, collections URC 522.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentTerms {
    /// A share with the order, the rest on shipment against copies of the documents. A share of 100 % is payment in advance.
    Advance { share: Ppm },
    /// Irrevocable documentary credit (UCP 600); confirmed by a second bank or not (article 8).
    LetterOfCredit { tenor: Tenor, confirmed: bool },
    /// Documents against payment, D/P (URC 522, article 7).
    DocumentsAgainstPayment,
    /// Documents against acceptance of a draft of so many days after sight, D/A (URC 522, article 7).
    DocumentsAgainstAcceptance { days: u16 },
    /// Payment so many days after shipment, on the buyer's word alone.
    OpenAccount { days: u16 },
}

/// Whose promise the waiting side relies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditRisk {
    /// The buyer has paid and waits for goods.
    BuyerOnSeller,
    /// The seller relies on the issuing bank, and on its country.
    SellerOnIssuingBank,
    /// The seller relies on a bank at home.
    SellerOnConfirmingBank,
    /// The seller keeps the documents until the buyer pays; an unwilling buyer leaves him with goods abroad.
    SellerOnBuyerTakingUp,
    /// The seller has shipped and waits for the buyer's money.
    SellerOnBuyer,
}

impl PaymentTerms {
    /// The set that the radar proposes, from safest for the seller to safest for the buyer.
    pub const USUAL: [Self; 8] = [
        Self::Advance { share: Ppm(1_000_000) },
        Self::Advance { share: Ppm(300_000) },
        Self::LetterOfCredit { tenor: Tenor::Sight, confirmed: true },
        Self::LetterOfCredit { tenor: Tenor::Sight, confirmed: false },
        Self::LetterOfCredit { tenor: Tenor::Usance { days: 90 }, confirmed: false },
        Self::DocumentsAgainstPayment,
        Self::DocumentsAgainstAcceptance { days: 60 },
        Self::OpenAccount { days: 60 },
    ];

    /// The tranches: share of the invoice, and days after the order on which the buyer's cash leaves.
    #[inline]
    fn tranches(self, days_to_ship: f64) -> [(f64, f64); 2] {
        let shipped = days_to_ship;
        match self {
            Self::Advance { share } => {
                let share = share.to_f64().clamp(0.0, 1.0);
                [(share, 0.0), (1.0 - share, shipped)]
            }
            Self::LetterOfCredit { tenor: Tenor::Sight, .. } => once(shipped + CREDIT_DOCUMENT_DAYS),
            // The bank is due so many days after shipment, and never before it has seen the documents.
            Self::LetterOfCredit { tenor: Tenor::Usance { days }, .. } => {
                once(shipped + f64::from(days).max(CREDIT_DOCUMENT_DAYS))
            }
            Self::DocumentsAgainstPayment => once(shipped + COLLECTION_DOCUMENT_DAYS),
            Self::DocumentsAgainstAcceptance { days } => {
                once(shipped + COLLECTION_DOCUMENT_DAYS + f64::from(days))
            }
            Self::OpenAccount { days } => once(shipped + f64::from(days)),
        }
    }

    /// Days from order to the (last) payment: how long a foreign-currency invoice stays exposed.
    pub fn days_to_pay(self, days_to_ship: f64) -> f64 {
        self.tranches(days_to_ship).into_iter().filter(|it| it.0 > 0.0).map(|it| it.1).fold(0.0, f64::max)
    }

    /// Days for which banks are bound, from opening to payment; `None` without a bank's undertaking.
    pub fn undertaking_days(self, days_to_ship: f64) -> Option<f64> {
        matches!(self, Self::LetterOfCredit { .. }).then(|| self.days_to_pay(days_to_ship))
    }

    pub fn credit_risk(self) -> CreditRisk {
        match self {
            Self::Advance { .. } => CreditRisk::BuyerOnSeller,
            Self::LetterOfCredit { confirmed: true, .. } => CreditRisk::SellerOnConfirmingBank,
            Self::LetterOfCredit { confirmed: false, .. } => CreditRisk::SellerOnIssuingBank,
            Self::DocumentsAgainstPayment => CreditRisk::SellerOnBuyerTakingUp,
            Self::DocumentsAgainstAcceptance { .. } | Self::OpenAccount { .. } => CreditRisk::SellerOnBuyer,
        }
    }

    /// A short stable name for files and groups: "advance-30", "lc-sight-confirmed", "da-60", "open-60".
    pub fn id(self) -> String {
        match self {
            Self::Advance { share } => format!("advance-{}", share.to_percent()),
            Self::LetterOfCredit { tenor, confirmed } => {
                let tenor = match tenor {
                    Tenor::Sight => "sight".to_owned(),
                    Tenor::Usance { days } => days.to_string(),
                };
                format!("lc-{tenor}{}", if confirmed { "-confirmed" } else { "" })
            }
            Self::DocumentsAgainstPayment => "dp".to_owned(),
            Self::DocumentsAgainstAcceptance { days } => format!("da-{days}"),
            Self::OpenAccount { days } => format!("open-{days}"),
        }
    }
}

impl fmt::Display for PaymentTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Advance { share } if share.0 >= 1_000_000 => f.write_str("payment in advance"),
            Self::Advance { share } => write!(f, "{share} in advance, rest on shipment"),
            Self::LetterOfCredit { tenor, confirmed } => {
                let confirmed = if *confirmed { "confirmed " } else { "" };
                match tenor {
                    Tenor::Sight => write!(f, "{confirmed}letter of credit at sight"),
                    Tenor::Usance { days } => write!(f, "{confirmed}letter of credit, usance {days} days"),
                }
            }
            Self::DocumentsAgainstPayment => f.write_str("documentary collection, D/P"),
            Self::DocumentsAgainstAcceptance { days } => write!(f, "documentary collection, D/A {days} days"),
            Self::OpenAccount { days } => write!(f, "open account {days} days"),
        }
    }
}

#[inline]
fn once(day: f64) -> [(f64, f64); 2] {
    [(1.0, day), (0.0, 0.0)]
}

/// Cost to the buyer of money that left before the goods arrived: the sum over tranches of
/// `amount x share x rate x days / basis`, counting only days before delivery. In the unit of `amount`; no allocation.
#[inline]
pub fn terms_cost_scalar(
    amount: f64,
    terms: PaymentTerms,
    days_to_ship: f64,
    days_in_transit: f64,
    yearly_rate: f64,
    day_basis: f64,
) -> f64 {
    let delivered = days_to_ship + days_in_transit;
    let [a, b] = terms.tranches(days_to_ship);
    let days = a.0 * (delivered - a.1).max(0.0) + b.0 * (delivered - b.1).max(0.0);
    amount * yearly_rate * days / day_basis
}

/// What the seller's waiting after shipment costs the seller, by the seller's rate. A seller will put it into the price.
#[inline]
pub fn supplier_credit_scalar(
    amount: f64,
    terms: PaymentTerms,
    days_to_ship: f64,
    seller_rate: f64,
    day_basis: f64,
) -> f64 {
    let [a, b] = terms.tranches(days_to_ship);
    let days = a.0 * (a.1 - days_to_ship).max(0.0) + b.0 * (b.1 - days_to_ship).max(0.0);
    amount * seller_rate * days / day_basis
}

/// Terms to be judged for one deal.
#[derive(Clone, Debug)]
pub struct TermsQuestion {
    pub invoice: Money,
    pub terms: PaymentTerms,
    /// From order to shipment.
    pub days_to_ship: f64,
    /// From shipment to delivery where the buyer wants the goods.
    pub days_in_transit: f64,
    /// What the buyer pays for money, by the year, and its range.
    pub buyer_rate: Figure<Ppm>,
    pub buyer_rate_range: (Ppm, Ppm),
    /// What the seller pays, when known: it prices the credit that the terms give.
    pub seller_rate: Option<Figure<Ppm>>,
}

/// What the terms mean for the buyer, and who trusts whom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermsAnswer {
    /// Interest on money that leaves before the goods arrive, in the invoice's currency.
    pub financing: Figure<Money>,
    pub financing_range: (Money, Money),
    /// Mean days, weighted by the tranches, from the buyer's payment to delivery; negative when the buyer pays afterwards.
    pub buyer_cash_days: f64,
    /// Mean days from shipment to the seller's money; negative when it comes before.
    pub seller_credit_days: f64,
    /// What that waiting costs the seller and will be in the price; `None` when the seller's rate is not known.
    pub supplier_credit: Option<Figure<Money>>,
    pub who_bears_credit_risk: CreditRisk,
    pub findings: Vec<Finding>,
}

/// Days and interest of one set of terms. Interest is simple, counted by the invoice currency's money-market convention.
///
/// # Errors
/// Days that are not numbers, or an amount that cannot be held.
pub fn cost_of_terms(question: &TermsQuestion) -> Result<TermsAnswer, FinanceError> {
    let TermsQuestion { invoice, terms, days_to_ship, days_in_transit, .. } = *question;
    let count = DayCount::of(invoice.currency());
    let cost = |rate: Ppm| {
        let amount = invoice.to_f64();
        let scalar =
            terms_cost_scalar(amount, terms, days_to_ship, days_in_transit, rate.to_f64(), count.basis());
        Money::from_f64(scalar, invoice.currency())
    };
    let (low, high) = question.buyer_rate_range;
    let value = cost(question.buyer_rate.value)?;
    let delivered = days_to_ship + days_in_transit;
    let tranches = terms.tranches(days_to_ship);
    let mean = |days: &dyn Fn(f64) -> f64| tranches.iter().map(|it| it.0 * days(it.1)).sum::<f64>();
    let financed = mean(&|day| (delivered - day).max(0.0));
    let because = question
        .buyer_rate
        .because
        .clone()
        .at_best(Basis::Modelled)
        .formula(format!(
            "{invoice} x {} x {financed:.1} days / {:.0} = {value}",
            question.buyer_rate.value,
            count.basis()
        ))
        .reference(format!("Simple interest, {} (2006 ISDA Definitions, 4.16)", count.word()));
    Ok(TermsAnswer {
        financing: Figure::new(value, because),
        financing_range: (cost(low)?, cost(high)?),
        buyer_cash_days: mean(&|day| delivered - day),
        seller_credit_days: mean(&|day| day - days_to_ship),
        supplier_credit: supplier_credit(question, count)?,
        who_bears_credit_risk: terms.credit_risk(),
        findings: remarks(question),
    })
}

fn supplier_credit(question: &TermsQuestion, count: DayCount) -> Result<Option<Figure<Money>>, FinanceError> {
    let Some(rate) = &question.seller_rate else { return Ok(None) };
    let amount = question.invoice.to_f64();
    let scalar = supplier_credit_scalar(
        amount,
        question.terms,
        question.days_to_ship,
        rate.value.to_f64(),
        count.basis(),
    );
    let value = Money::from_f64(scalar, question.invoice.currency())?;
    let because = rate.because.clone().at_best(Basis::Modelled).formula(format!(
        "{} x {} x days from shipment to payment / {:.0}",
        question.invoice,
        rate.value,
        count.basis()
    ));
    Ok(Some(Figure::new(value, because)))
}

/// What each set of terms asks of the two sides.
fn remarks(question: &TermsQuestion) -> Vec<Finding> {
    let early = question.terms.tranches(question.days_to_ship)[0];
    let finding = match question.terms {
        PaymentTerms::Advance { .. } if early.0 > 0.0 => {
            let text = format!("{:.0} % is paid before shipment, on the seller's word.", early.0 * 100.0);
            Finding::new(1521, Severity::Caution, text)
                .hint("Ask for an advance payment guarantee of the seller's bank.")
                .reference("ICC Uniform Rules for Demand Guarantees, URDG 758")
        }
        PaymentTerms::LetterOfCredit { confirmed, .. } => {
            let bank = if confirmed { "the confirming bank" } else { "the issuing bank" };
            let text = format!("Payment by {bank} depends on documents that comply, not on the goods.");
            Finding::new(1522, Severity::Note, text).reference("UCP 600, articles 4, 5, 7 and 14")
        }
        PaymentTerms::DocumentsAgainstPayment | PaymentTerms::DocumentsAgainstAcceptance { .. } => {
            let text = "Banks pass on documents and money; none of them promises payment.";
            Finding::new(1523, Severity::Note, text).reference("URC 522, articles 4 and 7")
        }
        PaymentTerms::OpenAccount { .. } => {
            let text = "The seller gives credit on the buyer's word; a new supplier may refuse or insure it.";
            Finding::new(1524, Severity::Note, text)
        }
        PaymentTerms::Advance { .. } => return Vec::new(),
    };
    vec![finding]
}

#[cfg(test)]
mod tests;
