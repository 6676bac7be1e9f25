//! A sentence as tokens: words, numbers, single Chinese characters, quoted names and marks.

/// What kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    /// One Chinese character.
    Han,
    /// Between double quotes of any shape.
    Quoted,
    Mark,
}

/// One token with its place in the sentence.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    /// Full-width forms narrowed, letters as written.
    pub text: String,
    /// The same in lower case.
    pub key: String,
    pub start: usize,
    pub end: usize,
}

/// Splits a sentence. Every character that is not a blank belongs to exactly one token.
pub(super) fn lex(sentence: &str) -> Vec<Token> {
    let letters: Vec<(usize, char)> = sentence.char_indices().map(|(at, it)| (at, narrow(it))).collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at].1;
        if letter.is_whitespace() {
            at += 1;
            continue;
        }
        let (kind, text, end) = token(&letters, at);
        let byte = |index: usize| letters.get(index).map_or(sentence.len(), |it| it.0);
        // What is quoted stands as it was written; only its doubled quotes are one.
        let verbatim = (kind == Kind::Quoted).then(|| sentence.get(byte(at + 1)..byte(end - 1))).flatten();
        let text = verbatim.map_or(text, |it| it.replace("\"\"", "\""));
        let key = text.to_lowercase();
        // Not a number is a bad number, not a word.
        let bare = kind == Kind::Word;
        let kind =
            if bare && matches!(key.as_str(), "nan" | "inf" | "infinity") { Kind::Number } else { kind };
        tokens.push(Token { kind, key, text, start: byte(at), end: byte(end) });
        at = end;
    }
    tokens
}

/// Full-width letters and Chinese punctuation as their plain forms.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' => ' ',
        '、' => ',',
        '。' => '.',
        '“' | '”' | '„' | '「' | '」' | '『' | '』' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        '–' | '−' => '-',
        _ => letter,
    }
}

fn token(letters: &[(usize, char)], at: usize) -> (Kind, String, usize) {
    let letter = letters[at].1;
    let next = |step: usize| letters.get(at + step).map_or(' ', |it| it.1);
    let before = at.checked_sub(1).map_or(' ', |it| letters[it].1);
    if letter == '"' {
        if let Some((text, end)) = quoted(letters, at) {
            return (Kind::Quoted, text, end);
        }
    }
    if is_han(letter) {
        return (Kind::Han, letter.to_string(), at + 1);
    }
    let signed = matches!(letter, '-' | '+') && next(1).is_ascii_digit() && !before.is_alphanumeric();
    if letter.is_ascii_digit() || signed {
        return run(letters, at, Kind::Number, number_goes_on);
    }
    if letter.is_alphanumeric() {
        return run(letters, at, Kind::Word, word_goes_on);
    }
    (Kind::Mark, letter.to_string(), at + 1)
}

fn run(
    letters: &[(usize, char)],
    at: usize,
    kind: Kind,
    goes_on: fn(char, char) -> bool,
) -> (Kind, String, usize) {
    let mut end = at + 1;
    while end < letters.len() && goes_on(letters[end].1, letters.get(end + 1).map_or(' ', |it| it.1)) {
        end += 1;
    }
    (kind, letters[at..end].iter().map(|it| it.1).collect(), end)
}

/// Digits, and what stands between digits in numbers, dates and codes.
fn number_goes_on(letter: char, next: char) -> bool {
    letter.is_ascii_digit() || (matches!(letter, '.' | ',' | '_' | '-' | '/') && next.is_ascii_digit())
}

fn word_goes_on(letter: char, next: char) -> bool {
    let inside = |it: char| it == '_' || (it.is_alphanumeric() && !is_han(it));
    inside(letter) || (matches!(letter, '-' | '\'' | '.') && inside(next))
}

/// The text between two quotes, doubled quotes being one; `None` when it is never closed.
fn quoted(letters: &[(usize, char)], at: usize) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut index = at + 1;
    while index < letters.len() {
        let letter = letters[index].1;
        let doubled = letter == '"' && letters.get(index + 1).is_some_and(|it| it.1 == '"');
        if letter == '"' && !doubled {
            return Some((text, index + 1));
        }
        text.push(letter);
        index += if doubled { 2 } else { 1 };
    }
    None
}

pub(super) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
