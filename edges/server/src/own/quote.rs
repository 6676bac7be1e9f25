//! One quote as a person writes it, and as the market engine judges it.

use std::collections::BTreeMap;

use ::customs::classify::clear;
use domain::{Date, Finding, Severity};
use market::quotes::{Fate, NoteKind, Quote, Report, Table, parse_with};
use serde::{Deserialize, Serialize};
use store::NewQuote;
use utoipa::ToSchema;

use crate::hall::Hall;
use crate::problem::{Problem, Row};

/// Columns of our own layout with the names that the API gives them, in order.
pub const COLUMNS: [(&str, &str); 14] = [
    ("supplier", "supplier"),
    ("hs", "hs"),
    ("goods", "goods"),
    ("price", "price"),
    ("unit", "unit"),
    ("currency", "currency"),
    ("incoterm", "incoterm"),
    ("place", "place"),
    ("country", "country"),
    ("lead time", "lead_time"),
    ("minimum order", "minimum"),
    ("validity", "valid_until"),
    ("certificates", "certificates"),
    ("weight per unit", "unit_weight"),
];

/// No cell of a quotation is longer.
const CELL_CHARS: usize = 200;

/// A quote as text, field by field; `QuoteSent` is what is sent to us and refuses unknown fields.
macro_rules! quote_text {
    ($(#[$meta:meta])* $name:ident) => {
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        $(#[$meta])*
        pub struct $name {
            #[schema(example = "Ningbo Magnets")]
            #[serde(default)]
            pub supplier: String,
            #[schema(example = "850511")]
            #[serde(default)]
            pub hs: Option<String>,
            #[serde(default)]
            pub goods: String,
            #[schema(example = "31.50")]
            #[serde(default)]
            pub price: String,
            /// How many units the price is for; one when left out.
            #[serde(default)]
            pub per: Option<String>,
            #[schema(example = "kg")]
            #[serde(default)]
            pub unit: String,
            #[schema(example = "USD")]
            #[serde(default)]
            pub currency: String,
            #[schema(example = "FOB")]
            #[serde(default)]
            pub incoterm: String,
            #[schema(example = "Ningbo")]
            #[serde(default)]
            pub place: Option<String>,
            #[schema(example = "CN")]
            #[serde(default)]
            pub country: Option<String>,
            #[schema(example = "28 days")]
            #[serde(default)]
            pub lead_time: Option<String>,
            #[schema(example = "500 kg")]
            #[serde(default)]
            pub minimum: Option<String>,
            #[schema(example = "2027-06-30")]
            #[serde(default)]
            pub valid_until: Option<String>,
            #[serde(default)]
            pub certificates: Vec<String>,
            /// Kilograms of one unit, where the price is not by mass.
            #[serde(default)]
            pub unit_weight: Option<String>,
        }
    };
}

quote_text! {
    /// A quote in the words in which quotations are written.
    QuoteText
}
quote_text! {
    /// What a person says of a quote.
    #[serde(deny_unknown_fields)]
    QuoteSent
}

impl From<QuoteSent> for QuoteText {
    fn from(it: QuoteSent) -> Self {
        let QuoteSent { supplier, hs, goods, price, per, unit, currency, incoterm, place, country, .. } = it;
        let QuoteSent { lead_time, minimum, valid_until, certificates, unit_weight, .. } = it;
        Self {
            supplier,
            hs,
            goods,
            price,
            per,
            unit,
            currency,
            incoterm,
            place,
            country,
            lead_time,
            minimum,
            valid_until,
            certificates,
            unit_weight,
        }
    }
}

/// The sheet in which a quote came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FromSheet {
    pub id: String,
    pub name: String,
    pub line: u64,
}

/// A quote as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptQuote {
    #[serde(flatten)]
    pub text: QuoteText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<FromSheet>,
}

impl QuoteText {
    /// Cells in the order of [`COLUMNS`].
    pub fn cells(&self) -> Vec<String> {
        let maybe = |it: &Option<String>| it.clone().unwrap_or_default();
        let per = self.per.as_deref().map(str::trim).filter(|it| !it.is_empty() && *it != "1");
        let unit = per.map_or_else(|| self.unit.clone(), |per| format!("{per} {}", self.unit));
        let weight = maybe(&self.unit_weight);
        let bare = !weight.is_empty() && weight.chars().all(|it| it.is_ascii_digit() || it == '.');
        vec![
            self.supplier.clone(),
            maybe(&self.hs),
            self.goods.clone(),
            self.price.clone(),
            unit,
            self.currency.clone(),
            self.incoterm.clone(),
            maybe(&self.place),
            maybe(&self.country),
            maybe(&self.lead_time),
            maybe(&self.minimum),
            maybe(&self.valid_until),
            self.certificates.join("; "),
            if bare { format!("{weight} kg") } else { weight },
        ]
    }

    /// From the engine's own row of a judged quote.
    fn of(quote: &Quote, cells: &[String]) -> Self {
        let at = |column: usize| cells.get(column).cloned().unwrap_or_default();
        let maybe = |column: usize| Some(at(column)).filter(|it| !it.is_empty());
        Self {
            supplier: at(0),
            hs: maybe(1),
            goods: at(2),
            price: at(3),
            per: Some(quote.price.per.to_string()),
            unit: quote.price.unit.symbol().to_owned(),
            currency: at(5),
            incoterm: at(6),
            place: maybe(7),
            country: maybe(8),
            lead_time: maybe(9),
            minimum: maybe(10),
            valid_until: maybe(11),
            certificates: quote.offer.certificates.clone(),
            unit_weight: quote.unit_kg.map(|it| it.to_string()),
        }
    }

    pub fn expired(&self, today: Date) -> bool {
        self.valid_until.as_deref().and_then(|it| it.parse::<Date>().ok()).is_some_and(|it| it < today)
    }
}

/// The header of our own layout.
pub fn header() -> Vec<String> {
    COLUMNS.iter().map(|it| it.0.to_owned()).collect()
}

/// The API's name of a column of our own layout.
pub fn field(column: &str) -> &str {
    COLUMNS.iter().find(|it| it.0 == column).map_or(column, |it| it.1)
}

/// Judges rows under a header: the quotes that stand, and what is to be said of every row.
pub fn judge(
    hall: &Hall,
    name: &str,
    rows: &[Vec<String>],
    lines: &[usize],
    today: Date,
) -> (Vec<Quote>, Report) {
    let tables = &hall.room.tables;
    let find = |text: &str| tables.places.resolve(text, &tables.economies, &[]).ok().map(|it| it.place);
    parse_with(&Table { name, rows, lines }, &tables.economies, &find, today)
}

/// Quotes by their line, and what is to be said of lines.
pub type Kept = (Vec<(usize, NewQuote)>, Vec<(usize, Finding)>);

/// Quotes as they are kept. One without a code is given the code that its description clearly means, with a remark; scans find
/// quotes by their code, so that one whose goods stay unclear is left out, with the reason.
pub fn kept(hall: &Hall, quotes: &[Quote], sheet: Option<(&str, &str)>) -> Kept {
    let rows = market::quotes::to_rows(quotes);
    let (mut all, mut remarks) = (Vec::new(), Vec::new());
    for (quote, cells) in quotes.iter().zip(rows.iter().skip(1)) {
        let mut text = QuoteText::of(quote, cells);
        if text.hs.is_none() {
            let matches = hall.room.tables.nomenclature.classify(&quote.goods, 5);
            let Some(found) = clear(&matches) else {
                let said = format!("'{}' may be several goods, and there is no HS code", quote.goods);
                remarks.push((
                    quote.line,
                    Finding::new(2022, Severity::Barrier, said).hint("write the HS code"),
                ));
                continue;
            };
            let said = format!("'{}' is taken as HS {} ({})", quote.goods, found.hs, found.description);
            remarks.push((
                quote.line,
                Finding::new(2023, Severity::Caution, said).hint("write the HS code to mean another"),
            ));
            text.hs = Some(found.hs.to_string());
        }
        let from = sheet.map(|(id, name)| FromSheet {
            id: id.to_owned(),
            name: name.to_owned(),
            line: quote.line as u64,
        });
        let new = NewQuote {
            hs: text.hs.clone().unwrap_or_default(),
            supplier: if text.supplier.is_empty() { "-".to_owned() } else { text.supplier.clone() },
            economy: quote.offer.economy.code().to_owned(),
            quote: serde_json::to_value(KeptQuote { text, sheet: from }).unwrap_or_default(),
        };
        all.push((quote.line, new));
    }
    (all, remarks)
}

/// Judges one quote that a person wrote.
///
/// # Errors
/// PRP-2007 with a row for each field that cannot be.
pub fn judge_one(
    hall: &Hall,
    text: &QuoteText,
    sheet: Option<FromSheet>,
    today: Date,
) -> Result<(NewQuote, Vec<Finding>), Problem> {
    let cells = text.cells();
    if let Some(at) = cells.iter().position(|it| it.chars().count() > CELL_CHARS) {
        let why = format!("more than {CELL_CHARS} characters");
        return Err(refused(vec![Row::field(COLUMNS[at].1, why)]));
    }
    let (quotes, report) = judge(hall, "quote", &[header(), cells], &[1, 2], today);
    let of_kind = |kind: NoteKind| report.notes.iter().filter(move |it| it.kind == kind);
    if quotes.is_empty() {
        let rows = of_kind(NoteKind::Rejection).map(|it| Row::field(field(&it.column), said(&it.finding)));
        return Err(refused(rows.collect()));
    }
    let (mut all, remarks) = kept(hall, &quotes, None);
    let Some((_, mut new)) = all.pop() else {
        return Err(refused(remarks.iter().map(|it| Row::field("hs", said(&it.1))).collect()));
    };
    if sheet.is_some() {
        new.quote["sheet"] = serde_json::to_value(sheet).unwrap_or_default();
    }
    let notes = report.notes.iter().filter(|it| it.kind != NoteKind::Rejection).map(|it| it.finding.clone());
    Ok((new, notes.chain(remarks.into_iter().map(|it| it.1)).collect()))
}

fn refused(rows: Vec<Row>) -> Problem {
    let first = rows.first().map_or_else(String::new, |it| it.text.clone());
    let field = rows.first().and_then(|it| it.column.clone()).unwrap_or_else(|| "the quote".to_owned());
    Problem::refused(&field, &first).with_rows(rows)
}

fn said(finding: &Finding) -> String {
    match &finding.hint {
        Some(hint) => format!("{}; {hint}", finding.text),
        None => finding.text.clone(),
    }
}

/// What stands on a judged sheet of quotes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct SheetReport {
    pub rows: usize,
    pub accepted: usize,
    pub repaired: usize,
    pub duplicate: usize,
    pub rejected: usize,
    pub notes: Vec<SheetNote>,
    /// How many more notes there are.
    #[serde(default)]
    pub more: usize,
    #[schema(schema_with = crate::openapi::findings)]
    #[serde(default)]
    pub findings: Vec<Finding>,
}

/// One thing to say about one row.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SheetNote {
    pub line: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub column: Option<String>,
    /// repair, remark or rejection.
    pub kind: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub hint: Option<String>,
    pub found: String,
    pub code: String,
}

/// Notes that are shown; all rows are counted.
const NOTES: usize = 500;

impl SheetReport {
    /// The engine's report; `names` gives the sheet's own names of our columns.
    pub fn of(report: &Report, names: &BTreeMap<String, String>, remarks: &[(usize, Finding)]) -> Self {
        let kind = |it: NoteKind| match it {
            NoteKind::Repair => "repair",
            NoteKind::Remark => "remark",
            NoteKind::Rejection => "rejection",
        };
        let note = |line: usize, column: &str, kind: &str, it: &Finding, found: &str| SheetNote {
            line: line as u64,
            column: (!column.is_empty())
                .then(|| names.get(column).cloned().unwrap_or_else(|| column.to_owned())),
            kind: kind.to_owned(),
            text: it.text.clone(),
            hint: it.hint.clone(),
            found: found.to_owned(),
            code: it.code.to_string(),
        };
        let mut notes: Vec<SheetNote> = report
            .notes
            .iter()
            .map(|it| note(it.line, &it.column, kind(it.kind), &it.finding, &it.found))
            .collect();
        notes.extend(remarks.iter().map(|(line, it)| {
            let kind = if it.severity == Severity::Barrier { "rejection" } else { "remark" };
            note(*line, "", kind, it, "")
        }));
        notes.sort_by_key(|it| it.line);
        let more = notes.len().saturating_sub(NOTES);
        notes.truncate(NOTES);
        let without_code = remarks.iter().filter(|it| it.1.severity == Severity::Barrier);
        let lost: Vec<usize> = without_code.map(|it| it.0).collect();
        let fate_of = |line: usize| report.fates.iter().find(|it| it.0 == line).map(|it| it.1);
        let lost_of = |fate: Fate| lost.iter().filter(|it| fate_of(**it) == Some(fate)).count();
        Self {
            rows: report.rows,
            accepted: report.accepted - lost_of(Fate::Accepted),
            repaired: report.repaired - lost_of(Fate::Repaired),
            duplicate: report.duplicate,
            rejected: report.rejected + lost.len(),
            notes,
            more,
            findings: report.findings.clone(),
        }
    }
}
