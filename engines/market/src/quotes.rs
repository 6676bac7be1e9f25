//! Quotes that people bring in spreadsheets: rows of text in, offers and a report on every row out.
//!
//! Nothing is guessed that changes a price: a missing unit, currency or rule of delivery rejects the row, with the
//! column and the way to mend it. What is mended (thousands separators, a lost leading zero) is told.

mod cells;
mod columns;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    Basis, Currency, Date, Decimal, Economy, EconomyBook, Evidence, Finding, HsCode, Incoterm, Interval,
    Locode, Offer, Place, Quantity, Severity, Source, Unit, quantity::Kind,
};
use serde::Serialize;

use cells::{Amount, price_words};
pub use columns::Field;
use columns::Layout;

/// A table of quotes as it lies in a file.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// File name, for evidence and for the ids of offers.
    pub name: &'a str,
    /// All rows; the header is the first that has at least two known columns.
    pub rows: &'a [Vec<String>],
    /// Line in the file of each row; when shorter than `rows`, a row's line is its position, from 1.
    pub lines: &'a [usize],
}

/// One quote: the offer, and what it is an offer of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quote {
    pub line: usize,
    /// `None` when the row says only in words what is offered.
    pub hs: Option<HsCode>,
    pub goods: String,
    /// The price as quoted.
    pub price: Price,
    /// Weight of one unit in kilograms, where the price is not by mass and the row says it.
    pub unit_kg: Option<f64>,
    pub minimum: Option<Quantity>,
    pub offer: Offer,
}

/// A price as quoted: `amount` of `currency` for `per` `unit`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Price {
    pub amount: Decimal,
    pub per: Decimal,
    pub unit: Unit,
    pub currency: Currency,
}

/// What happened to a row, in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    Accepted,
    Repaired,
    /// A repetition of an earlier row.
    Duplicate,
    Rejected,
}

/// One thing to say about one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    pub line: usize,
    /// Header as the file writes it; empty when the note is about the whole row.
    pub column: String,
    pub kind: NoteKind,
    pub finding: Finding,
    /// What the cell says.
    pub found: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// Mended.
    Repair,
    /// Accepted, with something to know.
    Remark,
    Rejection,
}

/// Every row of the table is in exactly one of `accepted`, `repaired`, `duplicate` and `rejected`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    pub rows: usize,
    pub accepted: usize,
    pub repaired: usize,
    pub duplicate: usize,
    pub rejected: usize,
    /// In the order of the lines.
    pub notes: Vec<Note>,
    /// Which header was read as what; headers that mean nothing here are listed with `None`.
    pub columns: Vec<(String, Option<Field>)>,
    /// About the table as a whole.
    pub findings: Vec<Finding>,
    /// The fate of each row, by line.
    pub fates: Vec<(usize, Fate)>,
}

/// Finds the one place that a name means; `None` when it means several, or none.
pub type FindPlace<'a> = &'a dyn Fn(&str) -> Option<Place>;

/// Reads a table of quotes. `today` decides which have expired. An unusable table gives no quotes and a finding.
pub fn parse(table: &Table<'_>, economies: &EconomyBook, today: Date) -> (Vec<Quote>, Report) {
    parse_with(table, economies, &|_| None, today)
}

/// As [`parse`]; where no cell says the country, the place of a rule that hands over at the seller's ("FOB Ningbo") does.
pub fn parse_with(
    table: &Table<'_>,
    economies: &EconomyBook,
    find_place: FindPlace<'_>,
    today: Date,
) -> (Vec<Quote>, Report) {
    let mut report = Report::default();
    let Some((header_at, layout)) = columns::find_header(table.rows) else {
        report.findings.push(no_header(table.rows));
        return (Vec::new(), report);
    };
    report.columns = layout.list();
    if let Some(finding) = layout.lacks() {
        report.findings.push(finding);
    }
    let source = Arc::new(Source {
        title: table.name.to_owned(),
        publisher: "the person's own quotes".to_owned(),
        vintage: today.to_string(),
        book: None,
        licence: None,
    });
    let price_cells = table.rows.iter().skip(header_at + 1).filter_map(|it| it.get(layout.at(Field::Price)?));
    let comma_file =
        price_cells.into_iter().any(|it| matches!(cells::amount(&price_words(it).number), Amount::Comma(_)));
    let mut quotes = Vec::new();
    let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let body = table.rows.iter().enumerate().skip(header_at + 1);
    for (index, cells) in body.filter(|(_, cells)| cells.iter().any(|it| !it.trim().is_empty())) {
        let line = table.lines.get(index).copied().unwrap_or(index + 1);
        let mut row = Row {
            line,
            cells,
            layout: &layout,
            economies,
            find_place,
            comma_file,
            today,
            source: &source,
            notes: Vec::new(),
        };
        let fate = row.judge(&mut seen, &mut quotes);
        report.count(line, fate);
        report.notes.append(&mut row.notes);
    }
    (quotes, report)
}

/// The offers among `quotes` for goods `hs`: those of that code, of a heading above or a line below it, and those that
/// say only in words what they are (the person put them into this file for this need).
pub fn offers_for(quotes: &[Quote], hs: HsCode) -> Vec<Offer> {
    let fits = |it: &&Quote| it.hs.is_none_or(|code| code.covers(hs) || hs.covers(code));
    quotes.iter().filter(fits).map(|it| it.offer.clone()).collect()
}

/// How many columns the best header among the first rows has that are understood; 0 without a price column.
/// For telling a table of quotes from other tables, and one delimiter from another.
pub fn known_columns(rows: &[Vec<String>]) -> usize {
    columns::find_header(rows)
        .filter(|(_, layout)| layout.at(Field::Price).is_some())
        .map_or(0, |(_, layout)| layout.list().iter().filter(|it| it.1.is_some()).count())
}

/// The quotes as a table of our own layout, header first, which [`parse`] reads back to the same offers.
pub fn to_rows(quotes: &[Quote]) -> Vec<Vec<String>> {
    let header = [
        "supplier",
        "hs",
        "goods",
        "price",
        "unit",
        "currency",
        "incoterm",
        "place",
        "country",
        "lead time",
        "minimum order",
        "validity",
        "certificates",
        "weight per unit",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(quotes.iter().map(to_row));
    rows
}

fn to_row(quote: &Quote) -> Vec<String> {
    let Quote { offer, price, .. } = quote;
    let per = if price.per == Decimal::ONE { String::new() } else { format!("{} ", price.per) };
    let days = |it: Interval| {
        if it.is_exact() { format!("{} days", it.low) } else { format!("{}-{} days", it.low, it.high) }
    };
    let place = offer.place.as_ref().map(|it| match it.locode {
        Some(locode) if it.name.contains('(') || it.name == locode.code() => it.name.clone(),
        Some(locode) => format!("{} ({locode})", it.name),
        None => it.name.clone(),
    });
    vec![
        offer.firm.clone().unwrap_or_default(),
        quote.hs.map(|it| it.to_string()).unwrap_or_default(),
        quote.goods.clone(),
        price.amount.to_string(),
        format!("{per}{}", price.unit.symbol()),
        price.currency.to_string(),
        offer.incoterm.to_string(),
        place.unwrap_or_default(),
        offer.economy.to_string(),
        offer.lead_days.map(days).unwrap_or_default(),
        quote.minimum.map(|it| it.to_string()).unwrap_or_default(),
        offer.valid_until.map(|it| it.to_string()).unwrap_or_default(),
        offer.certificates.join("; "),
        quote.unit_kg.map(|it| format!("{it} kg")).unwrap_or_default(),
    ]
}

impl Report {
    fn count(&mut self, line: usize, fate: Fate) {
        self.rows += 1;
        *match fate {
            Fate::Accepted => &mut self.accepted,
            Fate::Repaired => &mut self.repaired,
            Fate::Duplicate => &mut self.duplicate,
            Fate::Rejected => &mut self.rejected,
        } += 1;
        self.fates.push((line, fate));
    }
}

fn no_header(rows: &[Vec<String>]) -> Finding {
    let first = rows.first().map(|it| it.join(", ")).unwrap_or_default();
    let seen: String = first.chars().take(100).collect();
    Finding::new(1310, Severity::Barrier, format!("no header of a quotation table was found; the first row is '{seen}'"))
        .hint("name the columns, for example: supplier, hs, price, unit, currency, incoterm, place, country, lead time, minimum order, validity, certificates")
}

/// A cell that makes its row unusable: field, reason with the way to mend it, and what the cell says.
struct Refusal {
    field: Option<Field>,
    code: u16,
    why: String,
    hint: &'static str,
}

impl Refusal {
    fn new(field: Field, code: u16, why: impl Into<String>, hint: &'static str) -> Self {
        Self { field: Some(field), code, why: why.into(), hint }
    }
}

/// The value, or `None` with its refusal put aside.
fn kept<T>(read: Result<T, Refusal>, refusals: &mut Vec<Refusal>) -> Option<T> {
    read.map_err(|it| refusals.push(it)).ok()
}

struct Row<'a> {
    line: usize,
    cells: &'a [String],
    layout: &'a Layout,
    economies: &'a EconomyBook,
    find_place: FindPlace<'a>,
    /// Some price of the table has a decimal comma.
    comma_file: bool,
    today: Date,
    source: &'a Arc<Source>,
    notes: Vec<Note>,
}

impl Row<'_> {
    fn judge(&mut self, seen: &mut BTreeMap<Vec<String>, usize>, quotes: &mut Vec<Quote>) -> Fate {
        let key: Vec<String> = self.cells.iter().map(|it| it.trim().to_lowercase()).collect();
        if let Some(first) = seen.get(&key) {
            let text = format!("the row repeats line {first}");
            self.note(None, NoteKind::Rejection, Finding::new(1311, Severity::Note, text));
            return Fate::Duplicate;
        }
        seen.insert(key, self.line);
        match self.quote() {
            Ok(quote) => {
                quotes.push(quote);
                let mended = self.notes.iter().any(|it| it.kind == NoteKind::Repair);
                if mended { Fate::Repaired } else { Fate::Accepted }
            }
            Err(refusals) => {
                for refusal in refusals {
                    let finding =
                        Finding::new(refusal.code, Severity::Caution, refusal.why).hint(refusal.hint);
                    self.note(refusal.field, NoteKind::Rejection, finding);
                }
                Fate::Rejected
            }
        }
    }

    /// The cells in their order. Every one is read, so that all that is wrong with a row is told at once.
    fn quote(&mut self) -> Result<Quote, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let goods = kept(self.goods(), &mut refusals);
        let price = self.price(&mut refusals);
        let rule = kept(self.incoterm(), &mut refusals);
        let (incoterm, named) = rule.clone().map_or((None, String::new()), |it| (Some(it.0), it.1));
        let place_text = if named.is_empty() { self.text(Field::Place).to_owned() } else { named };
        let place = kept(self.place(&place_text, incoterm), &mut refusals);
        let lead_days = kept(self.lead_days(), &mut refusals).flatten();
        let valid_until = kept(self.validity(), &mut refusals).flatten();
        let price_unit = price.map_or(Unit::Kilogram, |it| it.unit);
        let minimum = kept(self.minimum(price_unit), &mut refusals).flatten();
        let unit_kg = kept(self.unit_kg(), &mut refusals).flatten();
        let (Some((hs, goods)), Some(price), Some(incoterm), Some((economy, place)), true) =
            (goods, price, incoterm, place, refusals.is_empty())
        else {
            return Err(refusals);
        };
        let price_per_kg = self.price_per_kg(&price, unit_kg);
        let because = Evidence::new(Basis::Observed, self.source).stated(format!(
            "line {}: {}",
            self.line,
            price.stated()
        ));
        let firm = Some(self.text(Field::Supplier)).filter(|it| !it.is_empty()).map(str::to_owned);
        let offer = Offer {
            id: format!("quote:{}", self.line),
            firm,
            economy,
            place,
            price_per_kg,
            currency: price.currency,
            incoterm,
            lead_days,
            minimum_kg: minimum.and_then(Quantity::kilograms),
            valid_until,
            yearly_kg: None,
            world_share: None,
            growth: None,
            certificates: cells::certificates(self.text(Field::Certificates)),
            because,
        };
        Ok(Quote { line: self.line, hs, goods, price, unit_kg, minimum, offer })
    }

    fn goods(&mut self) -> Result<(Option<HsCode>, String), Refusal> {
        let goods = self.text(Field::Goods).to_owned();
        let code = self.text(Field::Hs).to_owned();
        if code.is_empty() {
            if goods.is_empty() {
                return Err(Refusal::new(
                    Field::Hs,
                    1312,
                    "neither a goods code nor a description says what is offered",
                    "fill in the HS code or the description",
                ));
            }
            return Ok((None, goods));
        }
        // Spreadsheets write a code as a number: 850511.0.
        let code = code.strip_suffix(".0").filter(|it| !it.contains('.')).unwrap_or(&code);
        match code.parse::<HsCode>() {
            Ok(hs) => Ok((Some(hs), goods)),
            Err(error) => match HsCode::with_lost_zero(code) {
                Some(hs) => {
                    self.repair(Field::Hs, 1313, format!("leading zero of the goods code put back: {hs}"));
                    Ok((Some(hs), goods))
                }
                None => {
                    Err(Refusal::new(Field::Hs, 1312, error.to_string(), "write 2 to 10 digits, as text"))
                }
            },
        }
    }

    /// The price with its unit and currency, from its own cell, the other cells and the header, in this order.
    fn price(&mut self, refusals: &mut Vec<Refusal>) -> Option<Price> {
        let words = price_words(self.text(Field::Price));
        let amount = kept(self.amount(&words.number), refusals);
        let in_header = price_words(self.layout.header(Field::Price).unwrap_or_default());
        let currency = kept(self.currency(&words.currency, &in_header.currency), refusals);
        let unit = kept(self.unit(&words.unit, &in_header.unit), refusals);
        let (per, unit) = unit?;
        Some(Price { amount: amount?, per, unit, currency: currency? })
    }

    fn amount(&mut self, number: &str) -> Result<Decimal, Refusal> {
        let cell = self.text(Field::Price).to_owned();
        let refuse = |why: String, hint| Refusal::new(Field::Price, 1314, why, hint);
        if cell.is_empty() {
            return Err(refuse("there is no price".to_owned(), "fill in the price of one unit"));
        }
        if self.comma_file && cells::three_after_one_mark(number) {
            return Err(refuse(
                format!(
                    "cannot read '{cell}' as a price: other prices here have a decimal comma, so it may be thousands or decimals"
                ),
                "write it without thousands separators, with two decimals, for example 1250,00",
            ));
        }
        let amount = match cells::amount(number) {
            Amount::Plain(amount) => amount,
            Amount::Grouped(amount) => {
                self.repair(Field::Price, 1315, format!("thousands separators taken out: {amount}"));
                amount
            }
            Amount::Comma(amount) => {
                self.repair(Field::Price, 1315, format!("decimal comma read as a point: {amount}"));
                amount
            }
            Amount::Bad(why) => {
                return Err(refuse(
                    format!("cannot read '{cell}' as a price: {why}"),
                    "write digits with a decimal point, for example 1234.50",
                ));
            }
        };
        if amount <= Decimal::ZERO {
            return Err(refuse(
                "a price must be more than nothing".to_owned(),
                "leave the row out if there is no price",
            ));
        }
        Ok(amount)
    }

    fn currency(&self, in_cell: &str, in_header: &str) -> Result<Currency, Refusal> {
        let own = self.text(Field::Currency);
        let given = [own, in_cell, in_header].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
        if given.is_empty() {
            return Err(Refusal::new(
                Field::Currency,
                1316,
                "the price has no currency",
                "add a currency column with the three letters of ISO 4217",
            ));
        }
        Currency::from_word(given).map_err(|it| {
            Refusal::new(
                Field::Currency,
                1316,
                it.to_string(),
                "write the three letters of ISO 4217, for example USD",
            )
        })
    }

    /// How many of which unit the price is for: "kg", "100 kg", "MT".
    fn unit(&self, in_cell: &str, in_header: &str) -> Result<(Decimal, Unit), Refusal> {
        let own = self.text(Field::Unit);
        let given = [own, in_cell, in_header].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
        let hint = "say what one price buys: kg, t, lb, pcs";
        if given.is_empty() {
            return Err(Refusal::new(Field::Unit, 1317, "the price has no unit", hint));
        }
        cells::unit(given).map_err(|why| Refusal::new(Field::Unit, 1317, why, hint))
    }

    /// The rule and, when its cell names one ("FOB Ningbo"), the place.
    fn incoterm(&self) -> Result<(Incoterm, String), Refusal> {
        let cell = self.text(Field::Incoterm);
        let mut words = cell.splitn(2, |it: char| it.is_whitespace() || it == ',');
        let hint = "write one of EXW FCA CPT CIP DAP DPU DDP FAS FOB CFR CIF";
        let rule = words.next().unwrap_or_default();
        if rule.is_empty() {
            return Err(Refusal::new(
                Field::Incoterm,
                1318,
                "the price has no rule of delivery (Incoterm)",
                hint,
            ));
        }
        let incoterm = rule
            .parse()
            .map_err(|it: domain::DomainError| Refusal::new(Field::Incoterm, 1318, it.to_string(), hint))?;
        Ok((incoterm, words.next().unwrap_or_default().replace("Incoterms 2020", "").trim().to_owned()))
    }

    /// The economy of the offer and the place its rule names. A code of UN/LOCODE says both.
    fn place(&mut self, text: &str, incoterm: Option<Incoterm>) -> Result<(Economy, Option<Place>), Refusal> {
        let country = self.text(Field::Country);
        let stated = match country {
            "" => None,
            it => Some(self.economies.get_word(it).map_err(|it| {
                Refusal::new(Field::Country, 1319, it.to_string(), "write the country's ISO code or name")
            })?),
        };
        let locode = cells::locode(text)
            .filter(|(it, sure)| {
                self.economies.find(it.economy()).is_some() && (*sure || stated == Some(it.economy()))
            })
            .map(|it| it.0);
        let tail = text.rsplit_once(',').map(|it| it.1);
        let said = stated.or_else(|| locode.map(Locode::economy)).or_else(|| self.economies.find_word(tail?));
        if let (None, Some(place)) = (said, self.place_of_seller(text, incoterm)) {
            let economy = place.economy;
            let finding = Finding::new(
                1325,
                Severity::Caution,
                format!(
                    "no country is stated: taken as {}, where {place} lies (assumed)",
                    self.economies.name(economy)
                ),
            )
            .hint("add a country column when the goods were made elsewhere");
            self.note(Some(Field::Place), NoteKind::Remark, finding);
            return Ok((economy, Some(place)));
        }
        let economy = said.ok_or_else(|| {
            Refusal::new(
                Field::Country,
                1319,
                "nothing says which country the goods come from",
                "add a country column, or write the place as 'Ningbo (CNNGB)' or 'Ningbo, China'",
            )
        })?;
        if text.is_empty() {
            return Ok((economy, None));
        }
        // The rule's place may lie in another economy than the goods' (DDP Hamburg from China).
        let at = locode.map_or_else(
            || tail.and_then(|it| self.economies.find_word(it)).unwrap_or(economy),
            Locode::economy,
        );
        Ok((economy, Some(Place { name: text.to_owned(), economy: at, locode, at: None })))
    }

    /// The place of a rule that hands the goods over at the seller's side; that of the others says where they go.
    fn place_of_seller(&self, text: &str, incoterm: Option<Incoterm>) -> Option<Place> {
        let at_sellers = matches!(incoterm?, Incoterm::Exw | Incoterm::Fca | Incoterm::Fas | Incoterm::Fob);
        if text.is_empty() || !at_sellers { None } else { (self.find_place)(text) }
    }

    fn lead_days(&self) -> Result<Option<Interval>, Refusal> {
        let cell = self.text(Field::LeadTime);
        if cell.is_empty() {
            return Ok(None);
        }
        let header = self.layout.header(Field::LeadTime).unwrap_or_default();
        cells::days(cell, header).map(Some).map_err(|why| {
            Refusal::new(Field::LeadTime, 1320, why, "write days or weeks: '30 days', '4-6 weeks'")
        })
    }

    fn validity(&mut self) -> Result<Option<Date>, Refusal> {
        let cell = self.text(Field::Validity).to_owned();
        if cell.is_empty() {
            return Ok(None);
        }
        let hint = "write the day as YYYY-MM-DD";
        let (date, mended) =
            cells::date(&cell).map_err(|why| Refusal::new(Field::Validity, 1321, why, hint))?;
        if mended {
            self.repair(Field::Validity, 1321, format!("read as {date}"));
        }
        if date < self.today {
            let text = format!("the quote expired on {date}");
            let finding =
                Finding::new(1322, Severity::Caution, text).hint("ask the supplier to confirm the price");
            self.note(Some(Field::Validity), NoteKind::Remark, finding);
        }
        Ok(Some(date))
    }

    fn minimum(&mut self, price_unit: Unit) -> Result<Option<Quantity>, Refusal> {
        let cell = self.text(Field::Minimum).to_owned();
        if cell.is_empty() {
            return Ok(None);
        }
        let refuse = |why| Refusal::new(Field::Minimum, 1323, why, "write amount and unit: '500 kg', '1 t'");
        let unit_words = cells::header_unit(self.layout.header(Field::Minimum).unwrap_or_default());
        let minimum = cells::quantity(&cell, unit_words, price_unit).map_err(refuse)?;
        if let Some(mended) = minimum.mended {
            self.repair(Field::Minimum, 1323, mended);
        }
        if minimum.quantity.unit.kind() != Kind::Mass {
            let text = format!(
                "the minimum order {} is not a mass and cannot be compared by weight",
                minimum.quantity
            );
            self.note(Some(Field::Minimum), NoteKind::Remark, Finding::new(1323, Severity::Note, text));
        }
        Ok(Some(minimum.quantity))
    }

    /// Weight of one unit, when a column gives it; in kilograms unless its cell or header says otherwise.
    fn unit_kg(&self) -> Result<Option<f64>, Refusal> {
        let cell = self.text(Field::UnitWeight);
        if cell.is_empty() {
            return Ok(None);
        }
        let header = cells::header_unit(self.layout.header(Field::UnitWeight).unwrap_or_default());
        let weight = cells::quantity(cell, header, Unit::Kilogram).map_err(|why| {
            Refusal::new(Field::UnitWeight, 1324, why, "write the weight of one unit in kg")
        })?;
        Ok(weight.quantity.kilograms().filter(|it| *it > 0.0))
    }

    /// The price of a kilogram; unknown, with a remark, when the unit is not a mass and no weight of a unit is given.
    fn price_per_kg(&mut self, price: &Price, unit_kg: Option<f64>) -> Option<Interval> {
        let amount: f64 = price.amount.try_into().unwrap_or(f64::NAN);
        let units: f64 = price.per.try_into().unwrap_or(f64::NAN);
        let kilograms =
            Quantity::new(price.per, price.unit).kilograms().or_else(|| unit_kg.map(|it| it * units));
        if let Some(kilograms) = kilograms {
            return Some(Interval::exact(amount / kilograms));
        }
        let text = format!(
            "the price is per {}, not by mass: the price of a kilogram is unknown",
            price.unit.symbol()
        );
        let finding = Finding::new(1324, Severity::Caution, text)
            .hint("add a column 'weight per unit' in kg, or ask for a price by mass");
        self.note(Some(Field::Price), NoteKind::Remark, finding);
        None
    }

    fn text(&self, field: Field) -> &str {
        self.layout.at(field).and_then(|it| self.cells.get(it)).map_or("", |it| cells::bare(it))
    }

    fn repair(&mut self, field: Field, code: u16, text: String) {
        self.note(Some(field), NoteKind::Repair, Finding::new(code, Severity::Note, text));
    }

    fn note(&mut self, field: Option<Field>, kind: NoteKind, finding: Finding) {
        let column = field.and_then(|it| self.layout.header(it)).unwrap_or_default().to_owned();
        let found = field.map(|it| self.text(it).to_owned()).unwrap_or_default();
        self.notes.push(Note { line: self.line, column, kind, finding, found });
    }
}

impl Price {
    fn stated(&self) -> String {
        let per = if self.per == Decimal::ONE { String::new() } else { format!("{} ", self.per) };
        format!("{} {} per {per}{}", self.amount, self.currency, self.unit.symbol())
    }
}

#[cfg(test)]
mod tests;
