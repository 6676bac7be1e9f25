//! The table of headings and subheadings, found by code.

use std::sync::{Arc, OnceLock};

use domain::{DomainError, Finding, HsCode, HsRevision, Severity};
use thiserror::Error;

use super::search::{Index, Match};

/// All of HS 2022 has some 6,900 chapters, headings and subheadings.
const MAX_ROWS: usize = 50_000;
/// How many codes a "did you mean" lists.
const NEAREST: usize = 4;

/// What can be wrong with goods as they are named.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClassifyError {
    /// PRP-1280
    #[error("PRP-1280: HS {given} does not exist in HS 2022{}", suggestion(.nearest))]
    Unknown { given: String, nearest: Vec<String> },
    /// PRP-1281
    #[error("PRP-1281: {table} cannot be read, line {line}: {why}; rebuild it with 'xtask books hs'")]
    Table { table: &'static str, line: usize, why: String },
    /// PRP-1282
    #[error("PRP-1282: HS {given} ended with HS 2017 ('{description}'); HS 2022 has {}", .successors.join(" or "))]
    Ended { given: String, description: String, successors: Vec<String> },
    #[error(transparent)]
    Domain(#[from] DomainError),
}

fn suggestion(nearest: &[String]) -> String {
    if nearest.is_empty() {
        "; look it up by name, for example 'permanent magnets'".to_owned()
    } else {
        format!("; did you mean {}?", nearest.join(" or "))
    }
}

/// A code that exists, with what there is to say about how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub hs: HsCode,
    pub findings: Vec<Finding>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    hs: HsCode,
    start: u32,
    len: u32,
}

/// The Harmonized System, edition 2022, with other names of goods in English and Chinese.
#[derive(Clone, Debug, Default)]
pub struct Nomenclature {
    text: String,
    /// Sorted by code.
    rows: Vec<Row>,
    names: Vec<(String, HsCode)>,
    ended: Vec<(HsCode, String)>,
    index: OnceLock<Arc<Index>>,
}

impl Nomenclature {
    pub const REVISION: HsRevision = HsRevision::Hs2022;

    /// Reads `books/hs/hs2022.csv`: `code,description` for chapters, headings and subheadings.
    pub fn from_csv(text: &str) -> Result<Self, ClassifyError> {
        let mut all = Self::default();
        each(text, "hs2022.csv", ["code", "description"], |_, hs, description| {
            all.rows.push(Row { hs, start: all.text.len() as u32, len: description.len() as u32 });
            all.text.push_str(description);
        })?;
        all.rows.sort_by_key(|it| (it.hs, it.hs.digits()));
        if let Some(pair) = all.rows.windows(2).find(|it| it[0].hs == it[1].hs) {
            let why = format!("{} is there twice", pair[0].hs);
            return Err(ClassifyError::Table { table: "hs2022.csv", line: 1, why });
        }
        Ok(all)
    }

    /// Adds other names by which goods are known: `code,name`, in any language. Names of codes that HS 2022 does not
    /// have are passed over.
    pub fn with_names(mut self, text: &str) -> Result<Self, ClassifyError> {
        let mut names = Vec::new();
        each(text, "names", ["code", "name"], |_, hs, name| names.push((name.to_owned(), hs)))?;
        names.retain(|(_, hs)| self.has(*hs));
        self.names.extend(names);
        self.index = OnceLock::new();
        Ok(self)
    }

    /// Adds the subheadings that ended with HS 2017, so that one of them is told from a slip of the pen.
    pub fn with_ended(mut self, text: &str) -> Result<Self, ClassifyError> {
        let mut ended = Vec::new();
        each(text, "ended_2017.csv", ["code", "description"], |_, hs, it| ended.push((hs, it.to_owned())))?;
        self.ended = ended;
        Ok(self)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn has(&self, hs: HsCode) -> bool {
        self.position(hs).is_some()
    }

    /// What the code covers; for a national line (8 or 10 digits) what its subheading covers.
    pub fn describe(&self, hs: HsCode) -> Option<&str> {
        let hs = hs.subheading().unwrap_or(hs);
        self.position(hs).map(|at| self.text_of(&self.rows[at]))
    }

    /// Chapter, heading and subheading with their descriptions, widest first.
    pub fn ancestry(&self, hs: HsCode) -> Vec<(HsCode, &str)> {
        let mut all: Vec<_> = hs.ancestry().filter_map(|it| Some((it, self.describe_exactly(it)?))).collect();
        all.reverse();
        all
    }

    pub fn list_all(&self) -> impl Iterator<Item = (HsCode, &str)> {
        self.rows.iter().map(|row| (row.hs, self.text_of(row)))
    }

    /// Other names of goods with their codes, as the tables give them.
    pub fn list_names(&self) -> &[(String, HsCode)] {
        &self.names
    }

    /// The subheadings that best fit a text in English or Chinese, best first, at most `at_most`.
    /// Same text, same answer; a score is a share of the text that was understood, not a probability.
    pub fn classify(&self, text: &str, at_most: usize) -> Vec<Match> {
        self.index.get_or_init(|| Arc::new(Index::of(self))).search(self, text, at_most)
    }

    /// Whether the code exists. The national digits of an 8 or 10 digit line are for the tariff to know.
    pub fn check(&self, hs: HsCode) -> Result<Checked, ClassifyError> {
        let six = hs.subheading().unwrap_or(hs);
        if self.has(six) && !beyond(six) {
            return Ok(Checked { hs, findings: Vec::new() });
        }
        if let Ok(at) = self.ended.binary_search_by_key(&six, |it| it.0) {
            return Err(ClassifyError::Ended {
                given: hs.to_string(),
                description: self.ended[at].1.clone(),
                successors: self.nearest(six),
            });
        }
        Err(ClassifyError::Unknown { given: hs.to_string(), nearest: self.nearest(six) })
    }

    /// As [`Self::check`], from text; puts back a leading zero that a spreadsheet has eaten, when the code then exists.
    pub fn check_text(&self, text: &str) -> Result<Checked, ClassifyError> {
        let Err(error) = text.parse::<HsCode>() else {
            return self.check(text.parse()?);
        };
        let Some(mended) = HsCode::with_lost_zero(text) else { return Err(error.into()) };
        let mut checked = self.check(mended).map_err(|_| error)?;
        checked.findings.push(
            Finding::new(
                1283,
                Severity::Caution,
                format!("'{}' is read as HS {mended}: the leading zero was lost", text.trim()),
            )
            .hint("format the column of codes as text in the spreadsheet"),
        );
        Ok(checked)
    }

    /// Codes of the same length that exist: those a slip of one or two neighbouring digits away first, then the first of the same heading.
    fn nearest(&self, hs: HsCode) -> Vec<String> {
        let wanted = hs.to_string();
        let slip = |code: &str| slips(wanted.as_bytes(), code.as_bytes());
        let mut near: Vec<(u8, HsCode)> = self
            .rows
            .iter()
            .filter(|row| row.hs.digits() == hs.digits() && !beyond(row.hs))
            .filter_map(|row| {
                let code = row.hs.to_string();
                let sibling = hs.digits() == 6 && code[..4] == wanted[..4];
                slip(&code).map(|it| it * 2).or(sibling.then_some(3)).map(|it| (it, row.hs))
            })
            .collect();
        // A wrong last digit is likelier than a wrong chapter, so what shares more with the given code comes first.
        let shared =
            |it: &HsCode| it.to_string().bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
        near.sort_by_key(|(slips, it)| (*slips, std::cmp::Reverse(shared(it)), *it));
        let tell = |hs: HsCode| format!("{hs} ({})", shortened(self.describe(hs).unwrap_or_default()));
        if near.is_empty() {
            near.extend(self.same_chapter(hs).into_iter().map(|it| (u8::MAX, it)));
        }
        near.into_iter().take(NEAREST).map(|(_, it)| tell(it)).collect()
    }

    /// When nothing is near: codes of the same chapter, those nearest by number first.
    fn same_chapter(&self, hs: HsCode) -> Vec<HsCode> {
        let number = |it: HsCode| it.to_string().parse::<u64>().unwrap_or_default();
        let inside = |it: &HsCode| it.digits() == hs.digits() && it.cut(2) == hs.cut(2) && !beyond(*it);
        let mut codes: Vec<HsCode> = self.rows.iter().map(|row| row.hs).filter(inside).collect();
        codes.sort_by_key(|it| (number(*it).abs_diff(number(hs)), *it));
        codes
    }

    pub(super) fn describe_exactly(&self, hs: HsCode) -> Option<&str> {
        self.position(hs).map(|at| self.text_of(&self.rows[at]))
    }

    fn text_of(&self, row: &Row) -> &str {
        self.text.get(row.start as usize..(row.start + row.len) as usize).unwrap_or_default()
    }

    fn position(&self, hs: HsCode) -> Option<usize> {
        self.rows.binary_search_by_key(&(hs, hs.digits()), |it| (it.hs, it.hs.digits())).ok()
    }
}

/// Chapters 98 and 99 are left to national use (General notes of the nomenclature): trade statistics put there what has
/// no code, and it is no code for goods.
pub(super) fn beyond(hs: HsCode) -> bool {
    hs.cut(2).is_some_and(|it| matches!(it.to_string().as_str(), "98" | "99"))
}

/// One digit replaced, or two neighbours swapped: 1. `None` when more is different.
fn slips(a: &[u8], b: &[u8]) -> Option<u8> {
    if a.len() != b.len() {
        return None;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|&at| a[at] != b[at]).collect();
    match differ.as_slice() {
        [_] => Some(1),
        &[i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i] => Some(1),
        _ => None,
    }
}

/// The beginning of a description, cut at a word.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}...", cut[..end].trim_end_matches([',', ';']))
}

/// Calls `take` for each row of a table of two columns, the first a code.
fn each(
    text: &str,
    table: &'static str,
    header: [&str; 2],
    mut take: impl FnMut(usize, HsCode, &str),
) -> Result<(), ClassifyError> {
    let refuse = |line, why: String| ClassifyError::Table { table, line, why };
    let mut records = domain::csv::records(text);
    let mut fields = Vec::with_capacity(2);
    let line = records.read(&mut fields).ok_or_else(|| refuse(1, "it is empty".to_owned()))?;
    if fields != header {
        return Err(refuse(line, format!("the header must be {}", header.join(","))));
    }
    let mut rows = 0;
    while let Some(line) = records.read(&mut fields) {
        let [code, name] = fields.as_slice() else {
            return Err(refuse(line, format!("it has {} fields instead of 2", fields.len())));
        };
        rows += 1;
        if rows > MAX_ROWS {
            return Err(refuse(line, format!("it has more than {MAX_ROWS} rows")));
        }
        if name.trim().is_empty() {
            return Err(refuse(line, format!("the {} is empty", header[1])));
        }
        take(line, code.parse().map_err(|error: DomainError| refuse(line, error.to_string()))?, name);
    }
    if rows == 0 { Err(refuse(line, "it has no rows".to_owned())) } else { Ok(()) }
}
