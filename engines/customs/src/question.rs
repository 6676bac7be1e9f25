//! What customs is asked, and what it answers.

use domain::{
    CostKind, Currency, Date, Decimal, Economy, Evidence, Figure, Finding, HsCode, Mode, Money, Quantity,
    Unit,
};

use crate::origin::Facts;

/// One line of goods that enters a country. Duties are counted in the money of `price`; other sums are converted with the rates of the
/// books, and are unknown where there is no rate.
#[derive(Clone, Copy, Debug)]
pub struct DutyQuestion<'a> {
    pub importer: Economy,
    pub origin: Economy,
    pub dispatched_from: Economy,
    pub hs: HsCode,
    pub on: Date,
    /// How the goods arrive; `None`: not known.
    pub mode: Option<Mode>,
    /// What is paid for the goods without carriage and insurance between the countries.
    pub price: Money,
    /// Carriage to the place where the goods enter the territory; `None`: not known.
    pub freight_to_border: Option<Money>,
    /// Insurance to there; zero when there is none; `None`: not known.
    pub insurance: Option<Money>,
    /// Carriage and other incidental costs from there to the first destination; `None`: not known.
    pub freight_inland: Option<Money>,
    /// Worth of the whole consignment, for the relief of small ones; `None`: not known, and no relief is taken.
    pub consignment: Option<Money>,
    pub quantity: Option<Quantity>,
    pub net_kg: Option<Decimal>,
    /// Supplementary quantities.
    pub measures: &'a [(Unit, Decimal)],
    /// What the person declares: `buyer.vat_registered`, `origin.change`, `goods.alcohol_percent`, ...
    pub facts: &'a Facts,
}

/// What is owed, what could be saved, and what there is to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct DutyAnswer {
    /// `None`: a part is not known; a finding names it.
    pub customs_value: Option<Figure<Money>>,
    pub lines: Vec<DutyLine>,
    pub preferences: Vec<Preference>,
    /// Sorted by weight, heaviest first.
    pub findings: Vec<Finding>,
}

/// One duty, fee or tax.
#[derive(Clone, Debug, PartialEq)]
pub struct DutyLine {
    /// `Duty`, `AdditionalDuty`, `AntiDumping`, `CustomsFee` or `Tax`.
    pub kind: CostKind,
    pub label: String,
    /// Rounded to the minor unit; `None`: not known.
    pub amount: Option<Money>,
    /// Not rounded.
    pub exact: Option<Decimal>,
    /// Lowest and highest, where the code means several lines with different duties; `amount` is then the highest.
    pub range: Option<(Money, Money)>,
    /// A registered buyer gets it back.
    pub recoverable: bool,
    pub because: Evidence,
}

/// Whether a preference is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PreferenceState {
    /// The declared facts meet the rule; the lower duty is in the lines.
    Claimed,
    /// The declared facts do not say; the saving is there for whoever proves origin.
    Provable,
    /// The declared facts do not meet the rule.
    NotMet,
    /// The rate is not loaded or cannot be counted, so the saving is not known.
    Unknown,
}

/// A lower duty under an agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Preference {
    /// Code of the scheme, as in the tariff and origin books.
    pub scheme: String,
    pub title: String,
    /// The rate as the source writes it.
    pub rate: String,
    /// Less duty than without it; `None`: not known.
    pub saved: Option<Money>,
    /// In words; empty where it is not loaded.
    pub rule_of_origin: String,
    /// Papers and facts, in words.
    pub must_prove: Vec<String>,
    /// Names of facts that would decide it.
    pub ask: Vec<String>,
    pub state: PreferenceState,
    pub reference: String,
}

/// The amounts of an answer and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyAmounts {
    pub money: Currency,
    pub customs_value: Option<Money>,
    /// All duties: base, additional, anti-dumping.
    pub duty: Option<Money>,
    pub fees: Option<Money>,
    /// Value added tax, goods and services tax, excise.
    pub tax: Option<Money>,
    /// The part of `tax` that a registered buyer gets back.
    pub recoverable: Option<Money>,
}
