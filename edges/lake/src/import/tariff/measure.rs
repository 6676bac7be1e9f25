//! Rows of a tariff book on their way from an official file to `measures.csv` and `groups.csv` of `customs::book`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use domain::{Date, HsCode};

use crate::csv_text::Table;

/// Header of `measures.csv`, as `customs::book` reads it; a test keeps the two alike.
pub const MEASURES_HEADER: &str =
    "hs,geo,kind,programme,expression,unit,from,to,condition,unless,reference,note";
/// Header of `groups.csv`.
pub const GROUPS_HEADER: &str = "group,economy,from,to";

/// What a measure does, as `customs::MeasureKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKind {
    Mfn,
    Preference,
    Suspension,
    Quota,
    Additional,
    Safeguard,
    AntiDumping,
    Countervailing,
    Excise,
    Vat,
    Restriction,
    Prohibition,
}

impl MeasureKind {
    /// The word of the `kind` column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mfn => "mfn",
            Self::Preference => "preference",
            Self::Suspension => "suspension",
            Self::Quota => "quota",
            Self::Additional => "additional",
            Self::Safeguard => "safeguard",
            Self::AntiDumping => "antidumping",
            Self::Countervailing => "countervailing",
            Self::Excise => "excise",
            Self::Vat => "vat",
            Self::Restriction => "restriction",
            Self::Prohibition => "prohibition",
        }
    }
}

/// One row of `measures.csv`; the layout and its meaning are described in `customs::book`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// `None` is all goods.
    pub hs: Option<HsCode>,
    pub kind: MeasureKind,
    pub programme: Cow<'static, str>,
    pub geo: Cow<'static, str>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// In the words of the source.
    pub expression: String,
    pub unit: String,
    pub condition: Cow<'static, str>,
    pub unless: Cow<'static, str>,
    pub reference: Cow<'static, str>,
    pub note: Cow<'static, str>,
}

impl Measure {
    /// A measure for goods of any origin, open in time; the other columns are empty.
    pub fn new(hs: Option<HsCode>, kind: MeasureKind, expression: impl Into<String>) -> Self {
        Self {
            hs,
            kind,
            programme: Cow::Borrowed(""),
            geo: Cow::Borrowed("*"),
            from: None,
            to: None,
            expression: expression.into(),
            unit: String::new(),
            condition: Cow::Borrowed(""),
            unless: Cow::Borrowed(""),
            reference: Cow::Borrowed(""),
            note: Cow::Borrowed(""),
        }
    }

    #[must_use]
    pub fn programme(mut self, programme: impl Into<Cow<'static, str>>) -> Self {
        self.programme = programme.into();
        self
    }

    #[must_use]
    pub fn geo(mut self, geo: impl Into<Cow<'static, str>>) -> Self {
        self.geo = geo.into();
        self
    }

    #[must_use]
    pub fn between(mut self, from: Option<Date>, to: Option<Date>) -> Self {
        (self.from, self.to) = (from, to);
        self
    }

    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    #[must_use]
    pub fn condition(mut self, condition: impl Into<Cow<'static, str>>) -> Self {
        self.condition = condition.into();
        self
    }

    #[must_use]
    pub fn unless(mut self, programmes: impl Into<Cow<'static, str>>) -> Self {
        self.unless = programmes.into();
        self
    }

    #[must_use]
    pub fn reference(mut self, reference: impl Into<Cow<'static, str>>) -> Self {
        self.reference = reference.into();
        self
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.note = note.into();
        self
    }
}

/// One row of `groups.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    pub group: String,
    pub economy: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Member {
    pub fn new(group: &str, economy: &str) -> Self {
        Self { group: group.to_owned(), economy: economy.to_owned(), from: None, to: None }
    }

    #[must_use]
    pub fn between(mut self, from: Option<Date>, to: Option<Date>) -> Self {
        (self.from, self.to) = (from, to);
        self
    }
}

/// Every economy of each group, from constants.
pub fn members_of(groups: &[(&str, &[&str])]) -> Vec<Member> {
    groups.iter().flat_map(|(group, economies)| economies.iter().map(|it| Member::new(group, it))).collect()
}

/// `measures.csv`: sorted, each row once.
pub fn measures_csv(mut measures: Vec<Measure>) -> String {
    measures.sort_unstable();
    measures.dedup();
    let mut table = Table::new(&header(MEASURES_HEADER));
    for it in &measures {
        let hs = it.hs.map_or_else(|| "*".to_owned(), |hs| hs.to_string());
        table.row([
            hs.as_str(),
            &it.geo,
            it.kind.word(),
            &it.programme,
            &it.expression,
            &it.unit,
            &day(it.from),
            &day(it.to),
            &it.condition,
            &it.unless,
            &it.reference,
            &it.note,
        ]);
    }
    table.finish()
}

/// `groups.csv`: sorted, each row once.
pub fn groups_csv(members: impl IntoIterator<Item = Member>) -> String {
    let members: BTreeSet<_> = members.into_iter().collect();
    let mut table = Table::new(&header(GROUPS_HEADER));
    for it in &members {
        table.row([it.group.as_str(), &it.economy, &day(it.from), &day(it.to)]);
    }
    table.finish()
}

fn header(line: &'static str) -> Vec<&'static str> {
    line.split(',').collect()
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |it| it.to_string())
}

/// The measures and groups of a book whose tables may be several: the base (`measures.csv`) and what single imports
/// laid over it (`measures-301.csv`, `measures-0702000007.csv`, `groups-uk-areas.csv`). Each is `(file name, text)`.
pub fn join_tables<'a>(tables: impl IntoIterator<Item = (&'a str, &'a str)>) -> (String, String) {
    let mut measures = format!("{MEASURES_HEADER}\n");
    let mut groups = format!("{GROUPS_HEADER}\n");
    for (name, text) in tables {
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        if name.starts_with("measures") {
            measures.push_str(body);
        } else if name.starts_with("groups") {
            groups.push_str(body);
        }
    }
    (measures, groups)
}

/// A text with zero-width characters taken out, every run of blanks made one, and the HTML marks that publishers leave in undone.
pub fn tidy(text: &str) -> String {
    let text = text.replace("&#58;", ":").replace("&amp;", "&").replace("&nbsp;", " ");
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars() {
        match letter {
            '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' => {}
            _ if letter.is_whitespace() => gap = true,
            _ => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(letter);
            }
        }
    }
    out
}
