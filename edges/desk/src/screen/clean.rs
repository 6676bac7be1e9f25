//! Text of others, made safe to show: control characters never reach a terminal, formulas never reach a spreadsheet.

use std::fmt::Write as _;

use std::borrow::Cow;

/// One line: every control character, line break and bidirectional override becomes a replacement sign.
pub fn line(text: &str) -> Cow<'_, str> {
    replace(text, |letter| letter == '\n' || is_control(letter))
}

/// Several lines: line breaks stay, other control characters go.
pub fn block(text: &str) -> Cow<'_, str> {
    replace(text, is_control)
}

fn replace(text: &str, bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|letter| match letter {
                '\t' => ' ',
                letter if bad(letter) => '\u{fffd}',
                letter => letter,
            })
            .collect(),
    )
}

/// C0, DEL, C1, and the characters that reorder what is read (Unicode TR 36, "Bidirectional Text Spoofing").
fn is_control(letter: char) -> bool {
    letter != '\n' && letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// Text for a CSV or spreadsheet cell: what a spreadsheet would run as a formula gets an apostrophe in front
/// (OWASP, "CSV Injection"). A plain number keeps its sign.
pub fn cell(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if risky { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Text for HTML, in content or in a quoted attribute.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if is_control(letter) => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

/// JSON escapes C0 itself; this escapes what is left and could steer a terminal (DEL and C1, which only occur in strings).
pub fn json(text: &str) -> Cow<'_, str> {
    let bad = |letter: char| is_control(letter) && !matches!(letter, '\r' | '\t');
    if !text.chars().any(bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if bad(letter) {
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            line("a\u{1b}[2Jb\u{9b}c\u{7f}\nd\u{202e}e"),
            "a\u{fffd}[2Jb\u{fffd}c\u{fffd}\u{fffd}d\u{fffd}e"
        );
        assert_eq!(block("a\nb\u{7}"), "a\nb\u{fffd}");
        assert_eq!(line("港口 São"), "港口 São");
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        for (given, expect) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("-118.25", "-118.25"),
            ("+4", "+4"),
            ("Ningbo", "Ningbo"),
        ] {
            assert_eq!(cell(given), expect);
        }
    }

    #[test]
    fn html_and_json_are_escaped() {
        assert_eq!(html("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
        assert_eq!(json("\"a\u{9b}b\u{7f}\""), "\"a\\u009bb\\u007f\"");
    }
}
