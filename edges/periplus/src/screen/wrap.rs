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
        let gap = usize::from(piece.space && used > 0);
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
        if gap == 1 {
            line.push(' ');
        }
        line.push_str(text);
    }
}

struct Piece<'a> {
    text: &'a str,
    /// A space stood before it.
    space: bool,
}

/// Words; each wide character is a word of its own, together with the closing punctuation that must not start a line.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let trimmed = rest.trim_start_matches([' ', '\n', '\t']);
        let space = trimmed.len() < rest.len();
        if trimmed.is_empty() {
            return None;
        }
        let end = piece_end(trimmed);
        let (piece, after) = trimmed.split_at(end);
        rest = after;
        Some(Piece { text: piece, space })
    })
}

fn piece_end(text: &str) -> usize {
    let mut letters = text.char_indices();
    let Some((_, first)) = letters.next() else { return 0 };
    let opens = is_opening(first);
    let mut wide = is_wide(first) && !opens;
    let mut after_opening = opens;
    for (at, letter) in letters {
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
        check("（甲）乙", 4, 4, &["（甲）", "乙"]);
    }
}
