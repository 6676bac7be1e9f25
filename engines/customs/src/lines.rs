//! Duty of many lines at once: a table in, a table out.
//!
//! Columns in, in any order: `importer`, `origin`, `hs`, `value`; and where known `currency`, `quantity`, `unit`, `date`, `mode`,
//! `dispatched_from`, `net_kg`, `freight`, `insurance`, `inland`. `value` is the price of the goods, and the customs value where `freight`
//! and `insurance` are left out. Any further column is a declared fact by its name (`goods.alcohol_percent`, `origin.change`).
//!
//! Columns out: what [`OUT_HEADER`] says. Amounts are in the currency of the row; an empty amount is not known, and `finding` says why.
//! A row that cannot be read stays in the table with its reason.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::quantity::plain_number;
use domain::{Currency, Date, Decimal, Economy, Finding, HsCode, Mode, Money, Quantity, Severity, Unit};

use crate::answer;
use crate::core::{self, Core, Found, What};
use crate::csv;
use crate::origin::Facts;
use crate::question::DutyQuestion;
use crate::regime::{CustomsBooks, Regime};

/// Header of the table that comes out.
pub const OUT_HEADER: &str =
    "line,importer,origin,hs,value,currency,date,duty,taxes,fees,basis,expression,finding";

const NAMED: [&str; 14] = [
    "importer",
    "origin",
    "hs",
    "value",
    "currency",
    "quantity",
    "unit",
    "date",
    "mode",
    "dispatched_from",
    "net_kg",
    "freight",
    "insurance",
    "inland",
];
const NEEDED: [&str; 4] = ["importer", "origin", "hs", "value"];

/// Where each column is.
#[derive(Clone, Debug)]
pub struct LineReader {
    /// By place in [`NAMED`].
    at: [Option<usize>; 14],
    /// Further columns, which are facts.
    facts: Vec<(usize, String)>,
    /// Day for rows without a date.
    as_of: Date,
}

/// A part of the table, worked out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineReport {
    /// Rows of the table that comes out, without its header.
    pub csv: String,
    pub rows: usize,
    /// Rows whose duty or tax is not known.
    pub unknown: usize,
    /// Rows that could not be read, or were mended, by line of the table that went in.
    pub findings: Vec<(usize, Finding)>,
}

impl LineReport {
    /// Puts the report of the following part behind this one.
    pub fn append(&mut self, next: Self) {
        if self.csv.is_empty() {
            self.csv = next.csv;
        } else {
            self.csv.push_str(&next.csv);
        }
        self.rows += next.rows;
        self.unknown += next.unknown;
        self.findings.extend(next.findings);
    }
}

/// Works out a whole table. The error is for a table whose header lacks a column that is needed; bad rows are findings.
pub fn duty_lines(text: &str, as_of: Date, books: &CustomsBooks) -> Result<LineReport, Finding> {
    let (reader, body) = LineReader::of(text, as_of)?;
    let mut report = LineReport { csv: String::with_capacity(text.len() * 2), ..LineReport::default() };
    report.csv.push_str(OUT_HEADER);
    report.csv.push('\n');
    report.append(reader.run(body, 2, books));
    Ok(report)
}

/// Cuts the body of a table into at most `parts` parts of about equal length, each with the line it starts on. A table with quotes is one
/// part, as a quote may hide the end of a line.
pub fn split(body: &str, first_line: usize, parts: usize) -> Vec<(usize, &str)> {
    if parts < 2 || body.contains('"') {
        return vec![(first_line, body)];
    }
    let mut all = Vec::with_capacity(parts);
    let (mut rest, mut line) = (body, first_line);
    for part in (1..=parts).rev() {
        let want = rest.len() / part;
        let end = match rest.as_bytes()[want.min(rest.len())..].iter().position(|it| *it == b'\n') {
            Some(more) if part > 1 => want + more + 1,
            _ => rest.len(),
        };
        let (this, after) = rest.split_at(end);
        if !this.is_empty() {
            all.push((line, this));
        }
        if after.is_empty() {
            break;
        }
        line += this.bytes().filter(|it| *it == b'\n').count();
        rest = after;
    }
    all
}

impl LineReader {
    /// Reads the header; returns the reader and what follows.
    pub fn of(text: &str, as_of: Date) -> Result<(Self, &str), Finding> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (header, body) = text.split_once('\n').unwrap_or((text, ""));
        let mut fields = Vec::new();
        csv::records(header).read(&mut fields);
        let mut at = [None; 14];
        let mut facts = Vec::new();
        for (place, name) in fields.iter().enumerate() {
            let name = name.trim();
            match NAMED.iter().position(|it| it.eq_ignore_ascii_case(name)) {
                Some(known) => at[known] = Some(place),
                None if name.is_empty() => {}
                None => facts.push((place, name.to_owned())),
            }
        }
        let lacks: Vec<&str> = NAMED
            .iter()
            .zip(at)
            .filter(|(name, at)| at.is_none() && NEEDED.contains(name))
            .map(|(name, _)| *name)
            .collect();
        if lacks.is_empty() {
            return Ok((Self { at, facts, as_of }, body));
        }
        let text =
            format!("The table has no column {}; its header is '{}'", lacks.join(", "), fields.join(","));
        Err(Finding::new(1250, Severity::Barrier, text)
            .hint("columns: importer, origin, hs, value, currency, quantity, unit, date"))
    }

    /// Works out the rows of `body`, whose first line is line `first` of the table.
    pub fn run(&self, body: &str, first: usize, books: &CustomsBooks) -> LineReport {
        let mut report = LineReport { csv: String::with_capacity(body.len() * 2), ..LineReport::default() };
        let mut known = Known {
            books,
            regimes: Vec::new(),
            numbers: BTreeMap::new(),
            found: Vec::new(),
            last: None,
            currency: Vec::new(),
            unit: Vec::new(),
            date: Vec::new(),
        };
        let mut records = csv::records(body);
        let mut fields = Vec::new();
        while let Some(line) = records.read(&mut fields) {
            let line = first + line - 1;
            report.rows += 1;
            self.row(&fields, line, &mut known, &mut report);
        }
        report
    }

    fn field<'f>(&self, fields: &'f [Cow<'_, str>], name: usize) -> &'f str {
        self.at[name].and_then(|at| fields.get(at)).map_or("", |it| it.trim())
    }

    fn row(&self, fields: &[Cow<'_, str>], line: usize, known: &mut Known<'_>, report: &mut LineReport) {
        let echo = |out: &mut String| {
            push_whole(out, line as u64, 1);
            for name in [0, 1, 2, 3, 4, 7] {
                out.push(',');
                csv::write_field(out, self.field(fields, name));
            }
        };
        echo(&mut report.csv);
        let read = match self.read(fields, known) {
            Ok(read) => read,
            Err((column, why)) => {
                report.unknown += 1;
                let text = format!("Row {line}, column {column}: {why}");
                report.csv.push_str(",,,,,,");
                csv::write_field(&mut report.csv, &format!("PRP-1251: {column}: {why}"));
                report.csv.push('\n');
                report.findings.push((line, Finding::new(1251, Severity::Barrier, text)));
                return;
            }
        };
        if let Some(mended) = &read.mended {
            report.findings.push((line, Finding::new(1252, Severity::Note, mended.as_str())));
        }
        let question = read.question();
        let place = known.find(&question);
        let known: &Known<'_> = known;
        let Some(regime) = known.current() else { return };
        let found = place.and_then(|it| known.found[it].as_ref()).map(|(_, rows)| rows);
        let core = core::work_out_on(&question, regime, known.books, found);
        let amounts = answer::amounts_of(&question, &core);
        let out = &mut report.csv;
        for amount in [amounts.duty, amounts.tax, amounts.fees] {
            out.push(',');
            if let Some(amount) = amount {
                write_money(out, amount);
            }
        }
        out.push(',');
        out.push_str(basis(&core));
        out.push(',');
        write_expressions(out, &core, regime);
        out.push(',');
        if amounts.duty.is_none() || amounts.tax.is_none() || amounts.fees.is_none() {
            report.unknown += 1;
            let why = answer::reason_of(&question, regime, known.books, &core);
            let text = why.map_or_else(String::new, |it| format!("{}: {}", it.code, it.text));
            csv::write_field(out, &text);
        } else if !core.lines.is_empty() {
            let _ = write!(out, "PRP-1238: {} of {} lines taken", core.line, core.lines.len());
        }
        out.push('\n');
    }

    fn read(
        &self,
        fields: &[Cow<'_, str>],
        known: &mut Known<'_>,
    ) -> Result<ReadRow, (&'static str, String)> {
        let text = |name: usize| self.field(fields, name);
        let say = |name: usize, error: &dyn std::fmt::Display| (NAMED[name], error.to_string());
        let importer = read_economy(text(0)).map_err(|it| say(0, &it))?;
        let origin = read_economy(text(1)).map_err(|it| say(1, &it))?;
        let (hs, mended) = read_hs(text(2)).map_err(|it| say(2, &it))?;
        let date = known.date(text(7), self.as_of).map_err(|it| say(7, &it))?;
        known.regime(importer, date);
        let currency = known.currency(text(4)).map_err(|it| say(4, &it))?;
        let number = |name: usize| -> Result<Option<Decimal>, (&'static str, String)> {
            let text = text(name);
            if text.is_empty() {
                return Ok(None);
            }
            // Without separators it is a number as it stands.
            let plain = text.bytes().all(|it| it.is_ascii_digit() || it == b'.');
            let number = if plain { text.parse().ok() } else { plain_number(text) };
            let number = number.filter(|it: &Decimal| !it.is_sign_negative());
            number.map(Some).ok_or_else(|| {
                say(name, &format!("'{text}' is not an amount; write digits with a decimal point"))
            })
        };
        let money = |name: usize| -> Result<Option<Money>, (&'static str, String)> {
            let amount = number(name)?;
            amount.map(|it| Money::from_decimal(it, currency).map_err(|it| say(name, &it))).transpose()
        };
        let value = money(3)?.ok_or_else(|| say(3, &"there is no value"))?;
        let quantity = match (number(5)?, text(6)) {
            (None, _) => None,
            (Some(_), "") => return Err(say(6, &"a quantity has no unit; write for example kg or pcs")),
            (Some(amount), unit) => Some(Quantity::new(amount, known.unit(unit).map_err(|it| say(6, &it))?)),
        };
        let mode = match text(8) {
            "" => Some(Mode::Sea),
            word => Some(
                Mode::ALL
                    .into_iter()
                    .find(|it| it.word().eq_ignore_ascii_case(word))
                    .ok_or_else(|| say(8, &format!("'{word}' is not a mode; one of sea, air, rail, road")))?,
            ),
        };
        let zero = Money::zero(currency);
        let dispatched_from =
            if text(9).is_empty() { origin } else { text(9).parse().map_err(|it| say(9, &it))? };
        let facts = self
            .facts
            .iter()
            .filter_map(|(at, name)| Some((name.clone(), fields.get(*at)?.trim().to_owned())))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        Ok(ReadRow {
            importer,
            origin,
            dispatched_from,
            hs,
            date,
            mode,
            value,
            freight: money(11)?.unwrap_or(zero),
            insurance: money(12)?.unwrap_or(zero),
            inland: money(13)?.unwrap_or(zero),
            quantity,
            net_kg: number(10)?,
            facts,
            mended,
        })
    }
}

struct ReadRow {
    importer: Economy,
    origin: Economy,
    dispatched_from: Economy,
    hs: HsCode,
    date: Date,
    mode: Option<Mode>,
    value: Money,
    freight: Money,
    insurance: Money,
    inland: Money,
    quantity: Option<Quantity>,
    net_kg: Option<Decimal>,
    facts: Facts,
    mended: Option<String>,
}

impl ReadRow {
    fn question(&self) -> DutyQuestion<'_> {
        DutyQuestion {
            importer: self.importer,
            origin: self.origin,
            dispatched_from: self.dispatched_from,
            hs: self.hs,
            on: self.date,
            mode: self.mode,
            price: self.value,
            freight_to_border: Some(self.freight),
            insurance: Some(self.insurance),
            freight_inland: Some(self.inland),
            consignment: None,
            quantity: self.quantity,
            net_kg: self.net_kg,
            measures: &[],
            facts: &self.facts,
        }
    }
}

/// What neighbouring rows have in common, so that it is looked up once.
struct Known<'a> {
    books: &'a CustomsBooks,
    regimes: Vec<Regime>,
    numbers: BTreeMap<(Economy, Date), usize>,
    /// Rows found last, each at its [`Asked::place`].
    found: Vec<Option<(Asked, Found<'a>)>>,
    last: Option<((Economy, Date), usize)>,
    currency: Vec<(String, Currency)>,
    unit: Vec<(String, Unit)>,
    date: Vec<(String, Date)>,
}

/// What rows are found for: regime, origin and code, packed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Asked(u64, u32);

impl Asked {
    fn of(regime: usize, question: &DutyQuestion<'_>) -> Self {
        let [a, b] = *question.origin.code().as_bytes() else { return Self(u64::MAX, regime as u32) };
        let origin = u64::from(a) << 8 | u64::from(b);
        let code = question.hs.padded() << 4 | question.hs.digits() as u64;
        Self(origin << 48 | code, regime as u32)
    }

    /// Where its rows are kept: multiplicative hashing by the golden ratio (D. E. Knuth, The Art of Computer Programming, 6.4).
    fn place(self) -> usize {
        let mixed = (self.0 ^ u64::from(self.1).rotate_right(16)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (64 - KEPT.trailing_zeros())) as usize
    }
}

/// How many codes with an origin keep their rows: few enough to stay near the processor, as a miss in main memory costs as much as
/// finding the rows again.
const KEPT: usize = 1 << 14;

impl Known<'_> {
    fn regime(&mut self, importer: Economy, on: Date) {
        let key = (importer, on);
        if self.last.as_ref().is_some_and(|(it, _)| *it == key) {
            return;
        }
        let number = *self.numbers.entry(key).or_insert_with(|| {
            self.regimes.push(Regime::of(importer, on, self.books));
            self.regimes.len() - 1
        });
        self.last = Some((key, number));
    }

    /// Finds the rows of the tariff once for a code and origin while neighbours ask for them. Declared facts may change them, so rows with
    /// facts are not kept; the place they are kept at comes back.
    fn find(&mut self, question: &DutyQuestion<'_>) -> Option<usize> {
        let (_, number) = self.last?;
        if !question.facts.is_empty() {
            return None;
        }
        let asked = Asked::of(number, question);
        let place = asked.place();
        if self.found.is_empty() {
            self.found.resize_with(KEPT, || None);
        }
        if self.found[place].as_ref().is_none_or(|(it, _)| *it != asked) {
            let rows = core::find_rows(question, &self.regimes[number], self.books);
            self.found[place] = Some((asked, rows));
        }
        Some(place)
    }

    fn current(&self) -> Option<&Regime> {
        self.last.and_then(|(_, number)| self.regimes.get(number))
    }

    /// The money of the importing country, where the row names none.
    fn currency(&mut self, text: &str) -> Result<Currency, String> {
        if text.is_empty() {
            let money = self.current().and_then(Regime::money);
            return money.ok_or_else(|| "there is no currency".to_owned());
        }
        remembered(&mut self.currency, text, |it| {
            it.parse().map_err(|it: domain::DomainError| it.to_string())
        })
    }

    fn unit(&mut self, text: &str) -> Result<Unit, String> {
        remembered(&mut self.unit, text, |it| it.parse().map_err(|it: domain::DomainError| it.to_string()))
    }

    fn date(&mut self, text: &str, as_of: Date) -> Result<Date, String> {
        if text.is_empty() {
            return Ok(as_of);
        }
        remembered(&mut self.date, text, |it| domain::calendar::parse_date(it).map_err(|it| it.to_string()))
    }
}

/// Reads a text, or takes what it was read as before. Keeps the last few that differ.
fn remembered<T: Copy>(
    known: &mut Vec<(String, T)>,
    text: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, String> {
    const MOST: usize = 32;
    if let Some((_, value)) = known.iter().find(|(it, _)| it == text) {
        return Ok(*value);
    }
    let value = read(text)?;
    if known.len() == MOST {
        known.clear();
    }
    known.push((text.to_owned(), value));
    Ok(value)
}

/// Two capitals are an economy as they stand; anything else goes the long way.
fn read_economy(text: &str) -> Result<Economy, domain::DomainError> {
    match text.as_bytes() {
        [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Ok(Economy::new([*a, *b])),
        _ => text.parse(),
    }
}

/// The code, mended where a spreadsheet took its leading zero.
fn read_hs(text: &str) -> Result<(HsCode, Option<String>), String> {
    match text.parse() {
        Ok(hs) => Ok((hs, None)),
        Err(error) => match HsCode::with_lost_zero(text) {
            Some(hs) => Ok((hs, Some(format!("'{text}' is read as {hs}: a leading zero was lost")))),
            None => Err(domain::DomainError::to_string(&error)),
        },
    }
}

fn basis(core: &Core<'_>) -> &'static str {
    let duty_known = core.owed.first().is_some_and(|it| it.money.is_some());
    match (duty_known, core.lines.is_empty()) {
        (false, _) => "unknown",
        (true, false) => "assumed",
        (true, true) => "observed",
    }
}

fn write_expressions(out: &mut String, core: &Core<'_>, regime: &Regime) {
    let mut text = Cow::Borrowed("");
    for owed in &core.owed {
        let (row, tag) = match (owed.what, &regime.book) {
            (What::Base(core::Via::Row(row)), Some(_)) => (row, false),
            (What::Row(row), Some(_)) => (row, true),
            (What::Base(core::Via::Grant(grant)), _) => {
                add(&mut text, &grant.text);
                continue;
            }
            _ => continue,
        };
        let Some(book) = &regime.book else { continue };
        if !text.is_empty() {
            add(&mut text, "; ");
        }
        add(&mut text, &book.stated(row.expression).text);
        if tag {
            for part in [" [", book.text(u32::from(row.programme)), "]"] {
                add(&mut text, part);
            }
        }
    }
    csv::write_field(out, &text);
}

/// Adds to a text that in most lines has one part only and is then not copied.
fn add<'t>(text: &mut Cow<'t, str>, part: &'t str) {
    if text.is_empty() {
        *text = Cow::Borrowed(part);
    } else {
        text.to_mut().push_str(part);
    }
}

/// The decimal alone: the currency has its own column.
fn write_money(out: &mut String, money: Money) {
    let digits = money.currency().minor_digits();
    let unit = 10_u64.pow(digits);
    let minor = money.minor().unsigned_abs();
    if money.minor() < 0 {
        out.push('-');
    }
    push_whole(out, minor / unit, 1);
    if digits > 0 {
        out.push('.');
        push_whole(out, minor % unit, digits as usize);
    }
}

/// A whole number with at least so many digits; spares the machinery of formatting, of which a line has ten.
fn push_whole(out: &mut String, mut value: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while value > 0 || digits.len() - at < least {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
}
