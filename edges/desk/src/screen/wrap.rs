//! Breaking text into lines of a width in columns, where a Chinese character takes two and may be broken after.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Columns that `text` takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Breaks `text` at spaces, and between wide characters; a word wider than the line is cut.
/// The first line is `first` columns wide, the others `rest`. Never returns an empty list.
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = first.max(1);
    let mut used = 0;
    for piece in pieces(text) {
        let gap = if used > 0 { piece.spaces } else { 0 };
        let wide = width(piece.text);
        if used + gap + wide <= room {
            push(&mut lines, gap, piece.text);
            used += gap + wide;
            continue;
        }
        if used > 0 {
            lines.push(String::new());
            room = rest.max(1);
            used = 0;
        }
        if piece.text.contains("://") {
            // An address that is cut cannot be copied; it runs over the edge instead.
            push(&mut lines, 0, piece.text);
            used += wide;
            continue;
        }
        for letter in piece.text.chars() {
            let wide = letter.width().unwrap_or(0);
            if used > 0 && used + wide > room {
                lines.push(String::new());
                room = rest.max(1);
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(letter);
            }
            used += wide;
        }
    }
    lines
}

/// The width of the widest unbreakable piece.
pub fn longest_word(text: &str) -> usize {
    pieces(text).map(|piece| width(piece.text)).max().unwrap_or(0)
}

fn push(lines: &mut [String], gap: usize, text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(&"  "[..gap]);
        line.push_str(text);
    }
}

struct Piece<'a> {
    text: &'a str,
    /// How many spaces stood before it, at most two: pairs set figures apart.
    spaces: usize,
}

/// Words; each wide character is a word of its own, together with the closing punctuation that must not start a line.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let trimmed = rest.trim_start_matches([' ', '\n', '\t']);
        let spaces = (rest.len() - trimmed.len()).min(2);
        if trimmed.is_empty() {
            return None;
        }
        let end = piece_end(trimmed);
        let (piece, after) = trimmed.split_at(end);
        rest = after;
        Some(Piece { text: piece, spaces })
    })
}

fn piece_end(text: &str) -> usize {
    let mut letters = text.char_indices();
    let Some((_, first)) = letters.next() else { return 0 };
    let opens = is_opening(first);
    let mut wide = is_wide(first) && !opens;
    let mut after_opening = opens;
    for (at, letter) in letters {
        if letter == ' ' && holds_together(text, at) {
            continue;
        }
        if matches!(letter, ' ' | '\n' | '\t') {
            return at;
        }
        if is_closing(letter) {
            wide = true;
            continue;
        }
        if wide || (is_wide(letter) && !after_opening) {
            return at;
        }
        if after_opening && is_wide(letter) {
            wide = true;
        }
        after_opening = false;
    }
    text.len()
}

/// A figure keeps its unit: "96 %" and "132,410 GBP" are not broken at the space.
fn holds_together(text: &str, space: usize) -> bool {
    let (before, after) = (&text[..space], &text[space + 1..]);
    let unit =
        after.split([' ', ',', ';', '/', ')', '\u{ff0c}', '\u{ff1b}', '\u{3002}']).next().unwrap_or("");
    let currency = unit.len() == 3 && unit.bytes().all(|it| it.is_ascii_uppercase());
    before.ends_with(|it: char| it.is_ascii_digit())
        && (currency || matches!(unit, "%" | "kg" | "t" | "km" | "d"))
}

fn is_wide(letter: char) -> bool {
    letter.width() == Some(2)
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '，' | '。' | '、' | '；' | '：' | '）' | '」' | '』' | '！' | '？' | '”' | '》' | '％')
}

fn is_opening(letter: char) -> bool {
    matches!(letter, '（' | '「' | '『' | '“' | '《')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_between_wide_characters() {
        let check =
            |text, first, rest, expect: &[&str]| assert_eq!(wrap(text, first, rest), expect, "{text}");
        check("by sea to Felixstowe", 6, 10, &["by sea", "to", "Felixstowe"]);
        check("", 5, 5, &[""]);
        check("Felixstowe", 4, 4, &["Feli", "xsto", "we"]);
        check("海运到菲利克斯托，再走公路。", 8, 8, &["海运到菲", "利克斯", "托，再走", "公路。"]);
        check("HS 850511 永磁体", 9, 9, &["HS 850511", "永磁体"]);
        check("on time 96 %", 10, 10, &["on time", "96 %"]);
        check("a  b", 9, 9, &["a  b"]);
        check("see https://a.example/b for", 8, 8, &["see", "https://a.example/b", "for"]);
        check("（甲）乙", 6, 6, &["（甲）", "乙"]);
    }
}
