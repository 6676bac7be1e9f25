//! Text into lines: where a line may end, how wide it is, and in which faces and directions it is drawn.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Deref;

use krilla::text::KrillaGlyph;
use unicode_bidi::{BidiInfo, Level};

use super::faces::{Face, Faces, is_silent};
use crate::block::Tone;

/// How a run of text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) ink: Ink,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Black,
    Grey,
    Accent,
    Red,
}

impl Ink {
    pub(super) fn of(tone: Tone) -> Self {
        match tone {
            Tone::Plain | Tone::Strong => Self::Black,
            Tone::Dim => Self::Grey,
            Tone::Warn => Self::Red,
        }
    }
}

/// A run of text in one style, perhaps a link.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) to: Option<String>,
}

/// A part of a line in one style.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) to: Option<String>,
    pub(super) width: f32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    /// Without the spaces at its end.
    pub(super) width: f32,
    pub(super) size: f32,
}

/// What a line is broken into.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    run: usize,
    width: f32,
    /// Without the space at its end.
    tight: f32,
    may_begin: bool,
}

/// A stretch of a line in one face and direction.
pub(super) struct Stretch {
    pub(super) face: Face,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// In parts of the size.
    pub(super) width: f32,
}

/// Text with every character that no face has written as its code, and those characters noted.
pub(super) fn covered(faces: &Faces, text: &str, missing: &mut BTreeSet<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            letter if is_silent(letter) => {}
            letter if faces.for_letter(letter, false).is_some() => out.push(letter),
            letter => {
                missing.insert(letter);
                let _ = write!(out, "[U+{:04X}]", u32::from(letter));
            }
        }
    }
    out
}

fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Signs that a line does not begin with.
fn closes(letter: char) -> bool {
    "，。、；：！？）》」』】〕〉”’％,.;:!?)]}%…".contains(letter)
}

/// Signs that a line does not end with.
fn opens(letter: char) -> bool {
    "（《「『【〔〈“‘([{".contains(letter)
}

/// Pieces of a text between which a line may end.
fn split(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, letter) in text.char_indices() {
        if let Some(last) = before {
            if breaks(last, letter) {
                out.push(&text[start..at]);
                start = at;
            }
        }
        before = Some(letter);
    }
    out.push(&text[start..]);
    out
}

fn breaks(last: char, next: char) -> bool {
    if next == ' ' || closes(next) || opens(last) {
        return false;
    }
    match last {
        // "20 %" and "a – b" stay together before the sign.
        ' ' => !matches!(next, '%' | '–'),
        '/' | '_' | '+' => next.is_alphabetic(),
        '-' => next.is_alphabetic(),
        _ => is_cjk(last) || is_cjk(next),
    }
}

/// The stretches of a text in the order in which they are drawn, left to right.
pub(super) fn stretches(faces: &Faces, text: &str, bold: bool) -> Vec<Stretch> {
    let mut out = Vec::new();
    let right_to_left =
        |it: char| matches!(it, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if !text.chars().any(right_to_left) {
        by_face(faces, text, bold, &mut out);
        return out;
    }
    let info = BidiInfo::new(text, Some(Level::ltr()));
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let backwards = levels.get(run.start).is_some_and(Level::is_rtl);
            let from = out.len();
            by_face(faces, &text[run], bold, &mut out);
            if backwards {
                out[from..].reverse();
            }
        }
    }
    out
}

fn by_face(faces: &Faces, text: &str, bold: bool, out: &mut Vec<Stretch>) {
    let mut start = 0;
    let mut now: Option<Face> = None;
    let mut push = |face: Option<Face>, text: &str| {
        let Some(face) = face.filter(|_| !text.is_empty()) else { return };
        let (glyphs, width) = faces.shape(face, text);
        out.push(Stretch { face, text: text.to_owned(), glyphs, width });
    };
    for (at, letter) in text.char_indices() {
        // A space is set in the face of what stands before it.
        let face = match now {
            Some(Face::Arabic) if letter == ' ' => now,
            _ => faces.for_letter(letter, bold).or(now),
        };
        if face != now {
            push(now, &text[start..at]);
            start = at;
            now = face;
        }
    }
    push(now, &text[start..]);
}

/// The faces, with the widths of what was measured already: the words of tables come again and again.
pub(super) struct Measure<'a> {
    faces: &'a Faces,
    widths: RefCell<BTreeMap<(bool, String), f32>>,
}

/// Widths kept at most; beyond that they are measured again.
const WIDTHS_KEPT: usize = 20_000;

impl<'a> Measure<'a> {
    pub(super) fn new(faces: &'a Faces) -> Self {
        Self { faces, widths: RefCell::default() }
    }

    /// In parts of the size.
    fn width(&self, text: &str, bold: bool) -> f32 {
        let key = (bold, text.to_owned());
        if let Some(width) = self.widths.borrow().get(&key) {
            return *width;
        }
        let width = stretches(self.faces, text, bold).iter().map(|it| it.width).sum();
        let mut widths = self.widths.borrow_mut();
        if widths.len() < WIDTHS_KEPT {
            widths.insert(key, width);
        }
        width
    }
}

impl Deref for Measure<'_> {
    type Target = Faces;

    fn deref(&self) -> &Faces {
        self.faces
    }
}

/// The width of a text in points.
pub(super) fn width(faces: &Measure<'_>, text: &str, style: Style) -> f32 {
    faces.width(text, style.bold) * style.size
}

/// The widest part of a text that a line cannot end in.
pub(super) fn widest_word(faces: &Measure<'_>, text: &str, style: Style) -> f32 {
    split(text).into_iter().map(|it| width(faces, it.trim_end(), style)).fold(0.0, f32::max)
}

fn words(faces: &Measure<'_>, runs: &[Run], limit: f32) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        for (nth, part) in split(&run.text).into_iter().enumerate().filter(|it| !it.1.is_empty()) {
            let tight = width(faces, part.trim_end(), run.style);
            let first = part.chars().next().unwrap_or(' ');
            // Between runs a line may end only where the text before ends with a space.
            let after_space = out.last().is_some_and(|it| it.text.ends_with(' '));
            let may_begin = (nth > 0 || after_space) && first != ' ';
            if tight <= limit {
                let full = if part.ends_with(' ') { width(faces, part, run.style) } else { tight };
                out.push(Word { text: part.to_owned(), run: index, width: full, tight, may_begin });
                continue;
            }
            out.extend(chopped(faces, part, run.style, index, limit, may_begin));
        }
    }
    out
}

/// A word longer than a line, in parts that fit.
fn chopped(
    faces: &Measure<'_>,
    text: &str,
    style: Style,
    run: usize,
    limit: f32,
    may_begin: bool,
) -> Vec<Word> {
    let mut out = Vec::new();
    let mut part = String::new();
    let mut at = 0.0;
    let mut push = |part: &mut String, at: &mut f32| {
        let may_begin = may_begin || !out.is_empty();
        out.push(Word { text: std::mem::take(part), run, width: *at, tight: *at, may_begin });
        *at = 0.0;
    };
    for letter in text.chars() {
        let wide = width(faces, letter.encode_utf8(&mut [0; 4]), style);
        if at + wide > limit && !part.is_empty() {
            push(&mut part, &mut at);
        }
        part.push(letter);
        at += wide;
    }
    push(&mut part, &mut at);
    out
}

/// Lines no wider than `limit`, as far as their words allow.
pub(super) fn wrap(faces: &Measure<'_>, runs: &[Run], limit: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line: Vec<Word> = Vec::new();
    let mut used = 0.0;
    for word in words(faces, runs, limit) {
        if used + word.tight > limit + 0.01 && !line.is_empty() {
            let all = line.iter().chain([&word]);
            // Signs that may not begin a line take the word before them along.
            let cut = all.enumerate().filter(|(at, it)| *at > 0 && it.may_begin).map(|it| it.0).last();
            if let Some(cut) = cut {
                let rest = line.split_off(cut);
                lines.push(set(runs, &line));
                used = rest.iter().map(|it| it.width).sum();
                line = rest;
            }
        }
        used += word.width;
        line.push(word);
    }
    if !line.is_empty() {
        lines.push(set(runs, &line));
    }
    lines
}

/// Words of one run next to each other become one piece.
fn set(runs: &[Run], line: &[Word]) -> Line {
    let mut out = Line::default();
    let mut last = None;
    for word in line {
        let run = &runs[word.run];
        out.size = out.size.max(run.style.size);
        match out.pieces.last_mut() {
            Some(piece) if last == Some(word.run) => {
                piece.text.push_str(&word.text);
                piece.width += word.width;
            }
            _ => out.pieces.push(Piece {
                text: word.text.clone(),
                style: run.style,
                to: run.to.clone(),
                width: word.width,
            }),
        }
        last = Some(word.run);
    }
    let slack = line.last().map_or(0.0, |it| it.width - it.tight);
    out.width = line.iter().map(|it| it.width).sum::<f32>() - slack;
    out
}
