//! The tariff book: every measure of one customs territory, and who belongs to its groups of origins.
//!
//! # Layout
//! Two texts of comma-separated values, UTF-8, with a header line.
//!
//! `measures.csv`, one measure a row, columns in this order:
//!
//! | column | what it holds |
//! |---|---|
//! | `hs` | 2, 4, 6, 8 or 10 digits without dots; `*` for all goods. The row covers every code below it. |
//! | `geo` | origins it applies to: `*`, an ISO 3166 alpha-2 code, or a group of `groups.csv`; then any number of `!XX` (economy or group) left out: `*!CN!RU`, `DCTS!IN` |
//! | `kind` | `mfn` `preference` `suspension` `quota` `additional` `safeguard` `antidumping` `countervailing` `fee` `excise` `vat` `restriction` `prohibition` |
//! | `programme` | which scheme, list or order: `USMCA`, `301-3`, `IEEPA-reciprocal`, order number of a quota, `standard`/`reduced`/`zero` for vat. May be empty for `mfn`. No blanks. |
//! | `expression` | the duty in the words of the source, trimmed: `Free`, `2.1%`, `6.8¢/kg + 3.4%`, `13.8 % MIN 13 MAX 15 - 7 GBP/DTN`, `The duty provided in the applicable subheading + 25%`. Never rewritten to fit: a text that nobody can read is an unknown duty with a finding, not an error of the book. Empty only for `restriction` and `prohibition`. |
//! | `unit` | supplementary unit of the line as the source writes it (`NO`, `kg`, `p/st`), or empty |
//! | `from`, `to` | first and last day in force, ISO 8601; empty is open. Seasonal rates are rows with dates. |
//! | `condition` | `name=value` pairs joined by `&` that the declared facts must show: `end_use=yes`, `producer=A999`. Empty: none. |
//! | `unless` | programmes, joined by a blank, that displace this row where one of them applies to the same goods: `232-steel 232-aluminium` |
//! | `reference` | law or heading it rests on: `HTSUS 9903.88.03` |
//! | `note` | what a reader should know |
//!
//! `groups.csv`: `group,economy,from,to`, one member a row, dates as above. A group is named in capitals, digits and hyphens and is
//! not two letters long, so that it is never taken for an economy.
//!
//! # Which rows apply
//! Of the rows of one kind and one programme that are in force on the day, cover the origin and whose condition is met, those with the
//! longest `hs` apply; among them those with the narrowest `geo` (economy, then group, then `*`), then those with a condition before those
//! without, then the latest `from`. So a product exempt from a duty on all goods is a longer row with the expression `Free`.
//! Rows of different programmes of an additional kind add up, save for `unless`. Of `mfn`, programme plays no part in the choice.
//!
//! Order of rows is free; the book sorts itself. Expressions and texts are interned, so repeats cost nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::{Date, Economy, HsCode, Source};
use thiserror::Error;

use crate::csv;
use crate::expression::{Expression, ExpressionError, parse_expression};

/// Most measures a book may have: ten times the whole TARIC of 2019; more is taken for a wrong file.
pub const MOST_MEASURES: usize = 3_000_000;
/// Header of `measures.csv`.
pub const MEASURES_HEADER: &str =
    "hs,geo,kind,programme,expression,unit,from,to,condition,unless,reference,note";
/// Header of `groups.csv`.
pub const GROUPS_HEADER: &str = "group,economy,from,to";

/// What a measure does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKind {
    /// Duty on goods of any origin without preference: "third country duty", "general", column 1 general.
    Mfn,
    /// Lower duty for goods that originate in a partner and prove it.
    Preference,
    /// Duty lowered for a time for all origins.
    Suspension,
    /// Lower duty inside a quota.
    Quota,
    /// Duty on top: Section 301, Section 232, reciprocal, retaliation.
    Additional,
    Safeguard,
    AntiDumping,
    Countervailing,
    /// Fee of customs for a line.
    Fee,
    Excise,
    /// Value added tax or goods and services tax, where the line has a rate of its own.
    Vat,
    /// Needs a licence, certificate or other paper.
    Restriction,
    /// May not be brought in.
    Prohibition,
}

impl MeasureKind {
    const WORDS: [(Self, &'static str); 13] = [
        (Self::Mfn, "mfn"),
        (Self::Preference, "preference"),
        (Self::Suspension, "suspension"),
        (Self::Quota, "quota"),
        (Self::Additional, "additional"),
        (Self::Safeguard, "safeguard"),
        (Self::AntiDumping, "antidumping"),
        (Self::Countervailing, "countervailing"),
        (Self::Fee, "fee"),
        (Self::Excise, "excise"),
        (Self::Vat, "vat"),
        (Self::Restriction, "restriction"),
        (Self::Prohibition, "prohibition"),
    ];

    /// The word of the `kind` column.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// Reads the word of the `kind` column.
    pub fn find_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, it)| *it == word).map(|(kind, _)| *kind)
    }

    fn has_expression(self) -> bool {
        !matches!(self, Self::Restriction | Self::Prohibition)
    }
}

/// Why a book cannot be made. The old book stays in force.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BookError {
    #[error("PRP-1201: {file} has the header '{given}'; it must be '{expected}'")]
    Header { file: &'static str, given: String, expected: &'static str },
    #[error("PRP-1202: {file} line {line}: {why} ('{given}')")]
    Row { file: &'static str, line: usize, given: String, why: &'static str },
    #[error("PRP-1203: measures.csv has more than {most} rows; this is not a tariff of one territory")]
    TooLong { most: usize },
}

/// A duty text with what it was read as. Texts nobody can read are kept with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    pub text: Box<str>,
    pub parsed: Result<Expression, ExpressionError>,
}

/// One row of the book, compact; texts are numbers into the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Left-aligned to ten digits; 0 for all goods.
    pub(crate) padded: u64,
    pub(crate) digits: u8,
    pub(crate) kind: MeasureKind,
    pub(crate) geo: u16,
    pub(crate) programme: u16,
    pub(crate) condition: u16,
    pub(crate) unless: u16,
    pub(crate) expression: u32,
    /// yyyymmdd, first and last day.
    pub(crate) from: i32,
    pub(crate) to: i32,
    pub(crate) unit: u32,
    pub(crate) reference: u32,
    pub(crate) note: u32,
}

impl Row {
    pub(crate) fn in_force(&self, day: i32) -> bool {
        self.from <= day && day <= self.to
    }
}

/// One measure, for people and for tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure<'a> {
    /// Empty: all goods.
    pub hs: String,
    pub geo: &'a str,
    pub kind: MeasureKind,
    pub programme: &'a str,
    pub expression: &'a Stated,
    pub unit: &'a str,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub condition: &'a str,
    pub unless: &'a str,
    pub reference: &'a str,
    pub note: &'a str,
}

/// Who a `geo` column names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Geo {
    text: Box<str>,
    who: Who,
    except: Vec<Who>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Who {
    Any,
    One(Economy),
    /// Sorted members with first and last day.
    Group(Vec<(Economy, i32, i32)>),
}

impl Who {
    fn covers(&self, economy: Economy, day: i32) -> bool {
        match self {
            Self::Any => true,
            Self::One(one) => *one == economy,
            Self::Group(members) => {
                let start = members.partition_point(|(it, _, _)| *it < economy);
                members[start..]
                    .iter()
                    .take_while(|(it, _, _)| *it == economy)
                    .any(|&(_, from, to)| from <= day && day <= to)
            }
        }
    }
}

/// Facts that must be declared, all of them. The first of a book is the empty one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) text: Box<str>,
    pub(crate) pairs: Vec<(Box<str>, Box<str>)>,
}

/// Programmes that push a row aside. The first of a book is the empty one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Displacers {
    text: Box<str>,
    programmes: Vec<u16>,
}

/// All measures of one customs territory. Immutable; replaced whole.
#[derive(Clone, Debug)]
pub struct TariffBook {
    jurisdiction: Economy,
    source: Arc<Source>,
    /// Sorted by padded code, digits, kind, programme, geo, from.
    rows: Vec<Row>,
    /// Where each chapter starts in `rows`; 0 holds the rows for all goods.
    chapters: Vec<u32>,
    /// Every code that has rows, with its number of digits in the last place, and where its rows start: small enough to stay near.
    codes: Vec<u64>,
    starts: Vec<u32>,
    /// Where each chapter starts in `codes`.
    code_chapters: Vec<u32>,
    expressions: Vec<Stated>,
    /// Programmes, conditions, displacing programmes, units, references, notes; 0 is the empty text.
    texts: Vec<Box<str>>,
    conditions: Vec<Condition>,
    displacers: Vec<Displacers>,
    geos: Vec<Geo>,
}

/// The day as yyyymmdd.
pub(crate) fn day(date: Date) -> i32 {
    i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day())
}

fn date_of(day: i32) -> Option<Date> {
    let part = |it: i32| i8::try_from(it).ok();
    let year = i16::try_from(day / 10_000).ok()?;
    Date::new(year, part(day / 100 % 100)?, part(day % 100)?).ok()
}

const OPEN_FROM: i32 = 0;
const OPEN_TO: i32 = 99_991_231;

impl TariffBook {
    /// Reads a book from its two texts; `groups` may be empty. See the module for the layout.
    pub fn from_csv(
        jurisdiction: Economy,
        measures: &str,
        groups: &str,
        source: Arc<Source>,
    ) -> Result<Self, BookError> {
        let groups = read_groups(groups)?;
        let mut maker = Maker::new(&groups);
        maker.read(measures)?;
        Ok(maker.finish(jurisdiction, source))
    }

    pub fn jurisdiction(&self) -> Economy {
        self.jurisdiction
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Texts that nobody can read yet, with the reason and the number of rows that carry each.
    pub fn list_unread(&self) -> Vec<(&str, &ExpressionError, usize)> {
        let mut counts = vec![0_usize; self.expressions.len()];
        for row in self.rows.iter().filter(|it| it.kind.has_expression()) {
            counts[row.expression as usize] += 1;
        }
        self.expressions
            .iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .filter_map(|(it, count)| it.parsed.as_ref().err().map(|error| (&*it.text, error, count)))
            .collect()
    }

    /// Every measure whose code covers `hs` or lies below it, in the order of the book, in force or not.
    pub fn measures(&self, hs: HsCode) -> impl Iterator<Item = Measure<'_>> {
        let low = hs.padded();
        let high = low + 10_u64.pow(10 - hs.digits() as u32);
        let chapter = self.chapter(0).iter().chain(self.chapter(hs.chapter()));
        chapter
            .filter(move |row| (low..high).contains(&row.padded) || covers(row, hs))
            .map(|row| self.show(row))
    }

    /// The rows of the book for all goods (`0`) or of one chapter.
    pub(crate) fn chapter(&self, chapter: u8) -> &[Row] {
        let at = usize::from(chapter.min(99));
        &self.rows[self.chapters[at] as usize..self.chapters[at + 1] as usize]
    }

    /// The rows written for exactly this padded code and number of digits.
    pub(crate) fn exactly(&self, hs: HsCode) -> &[Row] {
        let at = usize::from(hs.chapter().min(99));
        let (from, to) = (self.code_chapters[at] as usize, self.code_chapters[at + 1] as usize);
        match self.codes[from..to].binary_search(&key(hs.padded(), hs.digits() as u8)) {
            Ok(found) => {
                &self.rows[self.starts[from + found] as usize..self.starts[from + found + 1] as usize]
            }
            Err(_) => &[],
        }
    }

    /// The rows written for codes longer than `hs` and below it.
    pub(crate) fn below(&self, hs: HsCode) -> &[Row] {
        let chapter = self.chapter(hs.chapter());
        let high = hs.padded() + 10_u64.pow(10 - hs.digits() as u32);
        let start =
            chapter.partition_point(|row| (row.padded, row.digits) <= (hs.padded(), hs.digits() as u8));
        let end = chapter.partition_point(|row| row.padded < high);
        &chapter[start..end.max(start)]
    }

    /// The codes longer than `hs` and below it that have rows, with their rows.
    pub(crate) fn codes_below(&self, hs: HsCode) -> impl Iterator<Item = (HsCode, &[Row])> {
        let at = usize::from(hs.chapter().min(99));
        let (from, to) = (self.code_chapters[at] as usize, self.code_chapters[at + 1] as usize);
        let chapter = &self.codes[from..to];
        let high = key(hs.padded() + 10_u64.pow(10 - hs.digits() as u32), 0);
        let start = from + chapter.partition_point(|it| *it <= key(hs.padded(), hs.digits() as u8));
        let end = from + chapter.partition_point(|it| *it < high);
        (start..end.max(start)).filter_map(|at| {
            let code = HsCode::from_padded(self.codes[at] >> 4, (self.codes[at] & 15) as u8)?;
            Some((code, &self.rows[self.starts[at] as usize..self.starts[at + 1] as usize]))
        })
    }

    /// The numbers of the rows for all goods that are in force on a day.
    pub(crate) fn for_all_goods(&self, day: i32) -> Vec<u32> {
        (self.chapters[0]..self.chapters[1]).filter(|at| self.rows[*at as usize].in_force(day)).collect()
    }

    pub(crate) fn row(&self, at: u32) -> &Row {
        &self.rows[at as usize]
    }

    pub(crate) fn text(&self, index: u32) -> &str {
        &self.texts[index as usize]
    }

    pub(crate) fn stated(&self, index: u32) -> &Stated {
        &self.expressions[index as usize]
    }

    pub(crate) fn condition(&self, row: &Row) -> &Condition {
        &self.conditions[usize::from(row.condition)]
    }

    pub(crate) fn displacers(&self, row: &Row) -> &[u16] {
        &self.displacers[usize::from(row.unless)].programmes
    }

    pub(crate) fn covers_origin(&self, row: &Row, origin: Economy, day: i32) -> bool {
        let geo = &self.geos[usize::from(row.geo)];
        geo.who.covers(origin, day) && !geo.except.iter().any(|it| it.covers(origin, day))
    }

    /// 2 for one economy, 1 for a group, 0 for all.
    pub(crate) fn narrowness(&self, row: &Row) -> u8 {
        match self.geos[usize::from(row.geo)].who {
            Who::Any => 0,
            Who::Group(_) => 1,
            Who::One(_) => 2,
        }
    }

    pub(crate) fn show(&self, row: &Row) -> Measure<'_> {
        let padded = format!("{:010}", row.padded);
        Measure {
            hs: padded[..usize::from(row.digits)].to_owned(),
            geo: &self.geos[usize::from(row.geo)].text,
            kind: row.kind,
            programme: self.text(u32::from(row.programme)),
            expression: self.stated(row.expression),
            unit: self.text(row.unit),
            from: date_of(row.from),
            to: date_of(row.to).filter(|_| row.to != OPEN_TO),
            condition: &self.condition(row).text,
            unless: &self.displacers[usize::from(row.unless)].text,
            reference: self.text(row.reference),
            note: self.text(row.note),
        }
    }
}

/// A code and its number of digits in one number that sorts as rows do.
fn key(padded: u64, digits: u8) -> u64 {
    padded << 4 | u64::from(digits)
}

fn covers(row: &Row, hs: HsCode) -> bool {
    if row.digits == 0 {
        return true;
    }
    let unit = 10_u64.pow(10 - u32::from(row.digits));
    usize::from(row.digits) <= hs.digits() && hs.padded() / unit == row.padded / unit
}

/// Group name to members with first and last day.
type Groups = BTreeMap<String, Vec<(Economy, i32, i32)>>;

fn read_groups(text: &str) -> Result<Groups, BookError> {
    const FILE: &str = "groups.csv";
    let mut groups = Groups::new();
    let mut records = csv::records(text);
    let mut fields = Vec::new();
    if records.read(&mut fields).is_none() {
        return Ok(groups);
    }
    check_header(FILE, &fields, GROUPS_HEADER)?;
    while let Some(line) = records.read(&mut fields) {
        let refuse = |why| BookError::Row { file: FILE, line, given: fields.join(","), why };
        let [group, economy, from, to] = fields.as_slice() else {
            return Err(refuse("it must have 4 columns"));
        };
        if !is_group_name(group) {
            return Err(refuse("a group is named in capitals, digits and hyphens, and not with two letters"));
        }
        let economy = economy.parse().map_err(|_| refuse("the economy must be two letters of ISO 3166"))?;
        let (from, to) =
            days(from, to).ok_or_else(|| refuse("dates must be YYYY-MM-DD or empty, in order"))?;
        groups.entry(group.to_string()).or_default().push((economy, from, to));
    }
    for members in groups.values_mut() {
        members.sort_unstable();
    }
    Ok(groups)
}

fn is_group_name(name: &str) -> bool {
    let letters = name.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'-');
    letters && !name.is_empty() && name.parse::<Economy>().is_err()
}

pub(crate) fn check_header(
    file: &'static str,
    fields: &[Cow<'_, str>],
    expected: &'static str,
) -> Result<(), BookError> {
    let given = fields.join(",");
    if given == expected { Ok(()) } else { Err(BookError::Header { file, given, expected }) }
}

pub(crate) fn days(from: &str, to: &str) -> Option<(i32, i32)> {
    let from = if from.is_empty() { OPEN_FROM } else { read_day(from)? };
    let to = if to.is_empty() { OPEN_TO } else { read_day(to)? };
    (from <= to).then_some((from, to))
}

fn read_day(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i32>().ok();
    let packed = number(0..4)? * 10_000 + number(5..7)? * 100 + number(8..10)?;
    date_of(packed).map(|_| packed)
}

/// Gives each text a number; remembers the last one, as neighbours in a book mostly agree.
struct Interner {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    /// The last number of each column that shares the texts.
    last: [u32; 4],
}

impl Interner {
    fn new() -> Self {
        Self { texts: vec!["".into()], numbers: HashMap::from([("".into(), 0)]), last: [0; 4] }
    }

    fn number(&mut self, text: &str) -> u32 {
        self.column(0, text)
    }

    fn column(&mut self, column: usize, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if *self.texts[self.last[column] as usize] == *text {
            return self.last[column];
        }
        self.last[column] = if let Some(&known) = self.numbers.get(text) {
            known
        } else {
            let next = self.texts.len() as u32;
            self.texts.push(text.into());
            self.numbers.insert(text.into(), next);
            next
        };
        self.last[column]
    }
}

/// Reads rows and interns their texts.
struct Maker<'a> {
    groups: &'a Groups,
    rows: Vec<Row>,
    texts: Interner,
    expressions: Interner,
    geos: Interner,
    geo_table: Vec<Geo>,
    conditions: Interner,
    condition_table: Vec<Condition>,
    unless: Interner,
    unless_table: Vec<Displacers>,
}

impl<'a> Maker<'a> {
    fn new(groups: &'a Groups) -> Self {
        Self {
            groups,
            rows: Vec::new(),
            texts: Interner::new(),
            expressions: Interner::new(),
            geos: Interner::new(),
            geo_table: vec![Geo { text: "".into(), who: Who::Group(Vec::new()), except: Vec::new() }],
            conditions: Interner::new(),
            condition_table: vec![Condition::default()],
            unless: Interner::new(),
            unless_table: vec![Displacers::default()],
        }
    }

    fn read(&mut self, text: &str) -> Result<(), BookError> {
        const FILE: &str = "measures.csv";
        let mut records = csv::records(text);
        let mut fields = Vec::with_capacity(12);
        records.read(&mut fields);
        check_header(FILE, &fields, MEASURES_HEADER)?;
        self.rows.reserve(text.len() / 40);
        while let Some(line) = records.read(&mut fields) {
            if self.rows.len() == MOST_MEASURES {
                return Err(BookError::TooLong { most: MOST_MEASURES });
            }
            let row = self.row(&fields).map_err(|why| BookError::Row {
                file: FILE,
                line,
                given: fields.join(","),
                why,
            })?;
            self.rows.push(row);
        }
        Ok(())
    }

    fn row(&mut self, fields: &[Cow<'_, str>]) -> Result<Row, &'static str> {
        let [hs, geo, kind, programme, expression, unit, from, to, condition, unless, reference, note] =
            fields
        else {
            return Err("it must have 12 columns");
        };
        let (padded, digits) = read_hs(hs)?;
        let kind = MeasureKind::find_word(kind).ok_or("its kind is not known")?;
        if expression.is_empty() && kind.has_expression() {
            return Err("it has no expression");
        }
        if programme.contains(' ') {
            return Err("a programme has no blanks");
        }
        let (from, to) = days(from, to).ok_or("dates must be YYYY-MM-DD or empty, in order")?;
        Ok(Row {
            padded,
            digits,
            kind,
            geo: self.geo(geo)?,
            programme: self.programme(programme)?,
            condition: self.condition(condition)?,
            unless: self.displacers(unless)?,
            expression: self.expressions.number(expression),
            from,
            to,
            unit: self.texts.column(1, unit),
            reference: self.texts.column(2, reference),
            note: self.texts.column(3, note),
        })
    }

    fn programme(&mut self, text: &str) -> Result<u16, &'static str> {
        u16::try_from(self.texts.number(text)).map_err(|_| "too many different texts before this programme")
    }

    fn geo(&mut self, text: &str) -> Result<u16, &'static str> {
        let number = self.geos.number(text);
        if number as usize == self.geo_table.len() {
            let mut names = text.split('!');
            let who = self.who(names.next().unwrap_or(""))?;
            let except = names.map(|name| self.who(name)).collect::<Result<_, _>>()?;
            self.geo_table.push(Geo { text: text.into(), who, except });
        }
        if number == 0 {
            return Err("it has no geo");
        }
        u16::try_from(number).map_err(|_| "too many different geos")
    }

    fn who(&self, name: &str) -> Result<Who, &'static str> {
        if name == "*" {
            return Ok(Who::Any);
        }
        if let Some(members) = self.groups.get(name) {
            return Ok(Who::Group(members.clone()));
        }
        name.parse().map(Who::One).map_err(|_| "its geo is neither *, an economy nor a group of groups.csv")
    }

    fn condition(&mut self, text: &str) -> Result<u16, &'static str> {
        let number = self.conditions.number(text);
        if number as usize == self.condition_table.len() {
            let pair =
                |it: &str| it.split_once('=').map(|(name, value)| (name.trim().into(), value.trim().into()));
            let pairs = text.split('&').map(pair).collect::<Option<_>>();
            let pairs = pairs.ok_or("a condition is written name=value, joined by &")?;
            self.condition_table.push(Condition { text: text.into(), pairs });
        }
        u16::try_from(number).map_err(|_| "too many different conditions")
    }

    fn displacers(&mut self, text: &str) -> Result<u16, &'static str> {
        let number = self.unless.number(text);
        if number as usize == self.unless_table.len() {
            let programmes = text.split(' ').map(|it| self.programme(it)).collect::<Result<_, _>>()?;
            self.unless_table.push(Displacers { text: text.into(), programmes });
        }
        u16::try_from(number).map_err(|_| "too many different lists of displacing programmes")
    }

    fn finish(mut self, jurisdiction: Economy, source: Arc<Source>) -> TariffBook {
        self.rows.sort_by_key(|row| (row.padded, row.digits, row.kind, row.programme, row.geo, row.from));
        let starts =
            |chapter: u64| self.rows.partition_point(|row| row.padded < chapter * 100_000_000) as u32;
        let chapters = (0..=100).map(starts).collect();
        let (mut codes, mut starts) = (Vec::new(), Vec::new());
        for (at, row) in self.rows.iter().enumerate() {
            let code = key(row.padded, row.digits);
            if codes.last() != Some(&code) {
                codes.push(code);
                starts.push(at as u32);
            }
        }
        starts.push(self.rows.len() as u32);
        let chapter_starts =
            |chapter: u64| codes.partition_point(|it| *it < key(chapter * 100_000_000, 0)) as u32;
        let code_chapters = (0..=100).map(chapter_starts).collect();
        let stated = |text: Box<str>| Stated { parsed: parse_expression(&text), text };
        TariffBook {
            jurisdiction,
            source,
            chapters,
            code_chapters,
            codes,
            starts,
            expressions: self.expressions.texts.into_iter().map(stated).collect(),
            rows: self.rows,
            texts: self.texts.texts,
            conditions: self.condition_table,
            displacers: self.unless_table,
            geos: self.geo_table,
        }
    }
}

fn read_hs(text: &str) -> Result<(u64, u8), &'static str> {
    if text == "*" {
        return Ok((0, 0));
    }
    let code: HsCode = text.parse().map_err(|_| "its hs is not 2, 4, 6, 8 or 10 digits")?;
    Ok((code.padded(), code.digits() as u8))
}
