//! The table of places, packed: names in one text, rows of some 30 bytes, two sorted indexes.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use domain::suggest::{fold, likeness};
use domain::{Coordinates, Economy, Locode, Place};

use super::resolve::PlaceError;

const HEADER: [&str; 6] = ["locode", "name", "lat", "lon", "functions", "rank"];
/// A table with more rows than all of UN/LOCODE twice over is not a table of places.
const MAX_ROWS: usize = 250_000;
/// Names in UN/LOCODE have at most 35 letters; other scripts and bracketed forms stay far below this.
const MAX_NAME_BYTES: usize = 250;

/// What a place serves as, by the function classifier of UN/LOCODE (Recommendation 16, column "Function").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Functions(u8);

impl Functions {
    const DIGITS: &str = "1234567";

    /// From digits such as "1345": 1 port, 2 rail, 3 road, 4 airport, 5 postal, 6 inland clearance or multimodal, 7 fixed installation.
    pub fn from_digits(text: &str) -> Option<Self> {
        text.chars()
            .try_fold(Self::default(), |all, it| Self::DIGITS.find(it).map(|bit| Self(all.0 | 1 << bit)))
    }

    pub fn digits(self) -> String {
        Self::DIGITS.char_indices().filter(|(bit, _)| self.0 & (1 << bit) != 0).map(|(_, it)| it).collect()
    }

    pub fn port(self) -> bool {
        self.0 & 1 != 0
    }

    pub fn rail(self) -> bool {
        self.0 & 2 != 0
    }

    pub fn road(self) -> bool {
        self.0 & 4 != 0
    }

    pub fn airport(self) -> bool {
        self.0 & 8 != 0
    }

    pub fn inland_terminal(self) -> bool {
        self.0 & 32 != 0
    }

    /// "port, rail, airport".
    pub fn words(self) -> String {
        const WORDS: [&str; 7] =
            ["port", "rail", "road", "airport", "postal exchange", "inland terminal", "fixed installation"];
        let named: Vec<&str> =
            WORDS.iter().enumerate().filter(|(bit, _)| self.0 & (1 << bit) != 0).map(|(_, it)| *it).collect();
        if named.is_empty() { "function not stated".to_owned() } else { named.join(", ") }
    }
}

/// One place of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceRow<'a> {
    pub locode: Locode,
    pub name: &'a str,
    pub at: Option<Coordinates>,
    pub functions: Functions,
    /// Weight in trade, in points, as the table's source.toml defines them; only for telling namesakes apart.
    pub rank: u8,
}

impl PlaceRow<'_> {
    pub fn place(&self) -> Place {
        Place {
            name: self.name.to_owned(),
            economy: self.locode.economy(),
            locode: Some(self.locode),
            at: self.at,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Packed {
    locode: Locode,
    functions: Functions,
    rank: u8,
    name: Span,
    /// Degrees; not a number where the place has no coordinates.
    lat: f32,
    lon: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    len: u8,
}

impl Span {
    fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.start as usize + usize::from(self.len)).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug)]
struct Key {
    word: Span,
    row: u32,
}

/// All places, found by UN/LOCODE and by any of their names.
#[derive(Clone, Debug, Default)]
pub struct PlaceBook {
    names: String,
    words: String,
    rows: Vec<Packed>,
    /// Sorted by code.
    by_code: Vec<u32>,
    /// Sorted by folded name; one place may have several.
    by_name: Vec<Key>,
}

impl PlaceBook {
    /// Reads `books/places/places.csv`: locode, name, latitude, longitude, functions, rank. No more than 250,000 rows.
    pub fn from_csv(text: &str) -> Result<Self, PlaceError> {
        Self::from_tables([text])
    }

    /// Adds other names of places, in any language, from a table of `locode,name`: 鹿特丹, Leghorn.
    /// A name for a place that is not in the book is passed over: the names may be wider than the places.
    pub fn with_names(mut self, text: &str) -> Result<Self, PlaceError> {
        self.read_names(text)?;
        self.sort_names();
        Ok(self)
    }

    /// A book of several tables, as a bundled one with an imported part of UN/LOCODE is: tables of places (later rows replace
    /// earlier ones of the same code, and keep the higher rank), then tables of names. Any order.
    pub fn from_tables<'a>(tables: impl IntoIterator<Item = &'a str>) -> Result<Self, PlaceError> {
        let is_names = |text: &&str| text.trim_start_matches('\u{feff}').starts_with("locode,name\n");
        let (names, places): (Vec<&str>, Vec<&str>) = tables.into_iter().partition(is_names);
        let mut book = Self::default();
        for table in places {
            book.read_places(table)?;
        }
        book.index();
        for table in names {
            book.read_names(table)?;
        }
        book.sort_names();
        Ok(book)
    }

    pub fn shared(self) -> Arc<Self> {
        Arc::new(self)
    }

    pub fn len(&self) -> usize {
        self.by_code.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_code.is_empty()
    }

    /// The bytes that the book holds in memory.
    pub fn bytes(&self) -> usize {
        self.names.capacity()
            + self.words.capacity()
            + self.rows.capacity() * size_of::<Packed>()
            + self.by_code.capacity() * size_of::<u32>()
            + self.by_name.capacity() * size_of::<Key>()
    }

    pub fn find(&self, locode: Locode) -> Option<PlaceRow<'_>> {
        self.position(locode).and_then(|row| self.row(row))
    }

    /// In the order of codes.
    pub fn list_all(&self) -> impl Iterator<Item = PlaceRow<'_>> {
        self.by_code.iter().filter_map(|&it| self.row(it))
    }

    /// Places of an economy, weightiest first.
    pub fn list_of(&self, economy: Economy, at_most: usize) -> Vec<PlaceRow<'_>> {
        let start = self.by_code.partition_point(|&it| self.code(it).economy() < economy);
        let mut found: Vec<PlaceRow<'_>> = self.by_code[start..]
            .iter()
            .map_while(|&it| self.row(it).filter(|row| row.locode.economy() == economy))
            .collect();
        found.sort_by(by_weight);
        found.truncate(at_most);
        found
    }

    /// Whether any place has this name; case, accents and hyphens do not matter.
    pub fn has_name(&self, text: &str) -> bool {
        !self.named(&fold(text)).is_empty()
    }

    /// All places of that name, weightiest first; ties by code.
    pub fn list_named(&self, text: &str) -> Vec<PlaceRow<'_>> {
        let mut rows: Vec<u32> = self.named(&fold(text)).iter().map(|key| key.row).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut found: Vec<PlaceRow<'_>> = rows.into_iter().filter_map(|it| self.row(it)).collect();
        found.sort_by(by_weight);
        found
    }

    /// The place nearest to a point, among those whose coordinates are known, with the distance in km.
    pub fn nearest_to(&self, at: Coordinates) -> Option<(PlaceRow<'_>, f64)> {
        let far = |row: &PlaceRow<'_>| row.at.map(|it| it.great_circle_km(at));
        self.list_all()
            .filter_map(|row| far(&row).map(|km| (row, km)))
            .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.locode.cmp(&b.0.locode)))
    }

    /// The names most like `text`, for "did you mean": the likeliest first, at most `at_most`.
    pub(super) fn list_like(&self, text: &str, at_most: usize) -> Vec<PlaceRow<'_>> {
        /// As in [`domain::suggest::nearest`].
        const NEAR_ENOUGH: f64 = 0.86;
        let wanted = fold(text);
        let mut near: Vec<(f64, PlaceRow<'_>)> = self
            .by_name
            .iter()
            .filter_map(|key| {
                let like = likeness(&wanted, key.word.of(&self.words));
                (like >= NEAR_ENOUGH).then(|| self.row(key.row).map(|row| (like, row))).flatten()
            })
            .collect();
        // A misspelt Rotterdam is rather the harbour than a hamlet whose name is a letter nearer.
        let weight = |it: &(f64, PlaceRow<'_>)| it.0 + f64::from(it.1.rank) / 200.0;
        near.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.1.locode.cmp(&b.1.locode)));
        let mut found: Vec<PlaceRow<'_>> = Vec::new();
        for (_, row) in near {
            if found.len() < at_most && found.iter().all(|it| it.locode != row.locode) {
                found.push(row);
            }
        }
        found
    }

    fn read_places(&mut self, text: &str) -> Result<(), PlaceError> {
        let mut records = domain::csv::records(text);
        let mut fields = Vec::with_capacity(HEADER.len());
        let line = records.read(&mut fields).ok_or_else(|| refuse(1, "it is empty"))?;
        if fields != HEADER {
            return Err(refuse(line, format!("the header must be {}", HEADER.join(","))));
        }
        let guess = text.len() / 30;
        self.names.reserve(text.len() / 3);
        self.words.reserve(text.len() / 3);
        self.rows.reserve(guess);
        self.by_name.reserve(guess + guess / 8);
        while let Some(line) = records.read(&mut fields) {
            self.push(line, &fields)?;
        }
        Ok(())
    }

    fn read_names(&mut self, text: &str) -> Result<(), PlaceError> {
        let mut records = domain::csv::records(text);
        let mut fields = Vec::with_capacity(2);
        let line = records.read(&mut fields).ok_or_else(|| refuse(1, "it is empty"))?;
        if fields != ["locode", "name"] {
            return Err(refuse(line, "the header must be locode,name"));
        }
        while let Some(line) = records.read(&mut fields) {
            let [code, name] = fields.as_slice() else {
                return Err(refuse(line, format!("it has {} fields instead of 2", fields.len())));
            };
            let locode: Locode =
                code.parse().map_err(|error: domain::DomainError| refuse(line, error.to_string()))?;
            check_name(line, name)?;
            if let Some(row) = self.position(locode) {
                self.key(name, row);
            }
        }
        Ok(())
    }

    fn push(&mut self, line: usize, fields: &[Cow<'_, str>]) -> Result<(), PlaceError> {
        let [code, name, lat, lon, functions, rank] = fields else {
            return Err(refuse(line, format!("it has {} fields instead of {}", fields.len(), HEADER.len())));
        };
        if self.rows.len() == MAX_ROWS {
            return Err(refuse(line, format!("it has more than {MAX_ROWS} rows")));
        }
        let locode: Locode =
            code.parse().map_err(|error: domain::DomainError| refuse(line, error.to_string()))?;
        check_name(line, name)?;
        let at = coordinates(line, lat, lon)?;
        let functions = Functions::from_digits(functions).ok_or_else(|| {
            refuse(line, format!("'{functions}' is not a list of functions, digits 1 to 7"))
        })?;
        let rank = rank.parse().map_err(|_| refuse(line, format!("'{rank}' is not a rank from 0 to 255")))?;
        let row = self.rows.len() as u32;
        let span = Span { start: self.names.len() as u32, len: name.len() as u8 };
        self.names.push_str(name);
        let (lat, lon) = at.map_or((f32::NAN, f32::NAN), |it| (it.lat() as f32, it.lon() as f32));
        self.rows.push(Packed { locode, functions, rank, name: span, lat, lon });
        self.key(name, row);
        // "Jakarta, Java" and "Cairo (El Qahira)" are found by their first part too.
        if let Some(cut) = name.find(", ").or_else(|| name.find(" (")) {
            self.key(&name[..cut], row);
        }
        Ok(())
    }

    fn key(&mut self, name: &str, row: u32) {
        let start = self.words.len();
        if name.bytes().all(|it| it.is_ascii_alphabetic()) {
            self.words.extend(name.chars().map(|it| it.to_ascii_lowercase()));
        } else {
            self.words.push_str(&fold(name));
        }
        let len = self.words.len() - start;
        match u8::try_from(len) {
            Ok(len @ 1..) => self.by_name.push(Key { word: Span { start: start as u32, len }, row }),
            _ => self.words.truncate(start),
        }
    }

    fn index(&mut self) {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_by_key(|&it| self.rows[it as usize].locode);
        // Of rows with one code the last is in force.
        let mut replaced = vec![false; self.rows.len()];
        for pair in order.windows(2) {
            let (old, new) = (pair[0] as usize, pair[1] as usize);
            if self.rows[old].locode == self.rows[new].locode {
                replaced[old] = true;
                self.rows[new].rank = self.rows[new].rank.max(self.rows[old].rank);
            }
        }
        if replaced.contains(&true) {
            order.retain(|&it| !replaced[it as usize]);
            self.by_name.retain(|key| !replaced[key.row as usize]);
        }
        self.by_code = order;
    }

    fn sort_names(&mut self) {
        let words = &self.words;
        // Most names differ in their first eight bytes: those are compared as one number, beside the key.
        let mut keyed: Vec<(u64, Key)> =
            self.by_name.iter().map(|key| (head_of(key.word.of(words)), *key)).collect();
        keyed.sort_unstable_by(|(head_a, a), (head_b, b)| {
            let rest = || a.word.of(words).cmp(b.word.of(words)).then(a.row.cmp(&b.row));
            head_a.cmp(head_b).then_with(rest)
        });
        self.by_name = keyed.into_iter().map(|it| it.1).collect();
    }

    fn named(&self, word: &str) -> &[Key] {
        if word.is_empty() {
            return &[];
        }
        let start = self.by_name.partition_point(|key| key.word.of(&self.words) < word);
        let rest = &self.by_name[start..];
        let len = rest.iter().take_while(|key| key.word.of(&self.words) == word).count();
        &rest[..len]
    }

    fn code(&self, row: u32) -> Locode {
        self.rows[row as usize].locode
    }

    fn position(&self, locode: Locode) -> Option<u32> {
        let at = self.by_code.binary_search_by_key(&locode, |&it| self.code(it)).ok()?;
        self.by_code.get(at).copied()
    }

    fn row(&self, row: u32) -> Option<PlaceRow<'_>> {
        let packed = self.rows.get(row as usize)?;
        // Coordinates were checked when they were read; four decimals (11 m) survive the narrower float.
        let degrees = |it: f32| (f64::from(it) * 1e4).round() / 1e4;
        Some(PlaceRow {
            locode: packed.locode,
            name: packed.name.of(&self.names),
            at: Coordinates::new(degrees(packed.lat), degrees(packed.lon)).ok(),
            functions: packed.functions,
            rank: packed.rank,
        })
    }
}

/// The first eight bytes as a number that sorts as the text does; a shorter text is filled with zeros.
fn head_of(word: &str) -> u64 {
    let mut head = [0; 8];
    let len = word.len().min(8);
    head[..len].copy_from_slice(&word.as_bytes()[..len]);
    u64::from_be_bytes(head)
}

/// Heaviest first, then by code.
fn by_weight(a: &PlaceRow<'_>, b: &PlaceRow<'_>) -> Ordering {
    b.rank.cmp(&a.rank).then(a.locode.cmp(&b.locode))
}

fn check_name(line: usize, name: &str) -> Result<(), PlaceError> {
    if name.trim().is_empty() {
        return Err(refuse(line, "the name is empty"));
    }
    if name.len() > MAX_NAME_BYTES {
        return Err(refuse(line, format!("the name is longer than {MAX_NAME_BYTES} bytes")));
    }
    Ok(())
}

fn coordinates(line: usize, lat: &str, lon: &str) -> Result<Option<Coordinates>, PlaceError> {
    if lat.is_empty() && lon.is_empty() {
        return Ok(None);
    }
    let degrees = |text: &str| {
        text.parse::<f64>().map_err(|_| refuse(line, format!("'{text}' is not a number of degrees")))
    };
    Coordinates::new(degrees(lat)?, degrees(lon)?).map(Some).map_err(|error| refuse(line, error.to_string()))
}

fn refuse(line: usize, why: impl Into<String>) -> PlaceError {
    PlaceError::Table { line, why: why.into() }
}
